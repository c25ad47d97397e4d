import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { GatewayCloseCodes, GatewayIntentBits, GatewayOpcodes as Op } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { applicationFlags, guildCreateJson, type Json, userJson } from './payloads.ts';
import { membersAsked } from './request-members.ts';
import { tellChange, type World } from './world.ts';

/** Sends an event to every connected bot process that the guild's shard belongs to. */
export type Dispatch = (event: string, data: Json, guildId?: string) => void;

export interface Gateway {
  dispatch: Dispatch;
  attach(server: Server): void;
  /** Closes all connections; `forget` also ends the sessions, so that a bot has to identify again. */
  drop(forget: boolean): void;
  /** Asks every connection to come back and resume. */
  askToReconnect(): void;
  /** Says that the sessions are invalid; `resumable`: that they can be resumed all the same. */
  invalidate(resumable: boolean): void;
  /** Closes all connections for good, as for a token that is no longer good. */
  refuseAll(): void;
  connections(): number;
  close(): void;
}

/** An event as the gateway sends it: its name, and its data. */
export interface GatewayEvent {
  readonly t: string;
  readonly d: Json;
}

interface Session {
  id: string;
  shard: [number, number];
  intents: number;
  socket: WebSocket | undefined;
  /** Every event it was sent or would have been: its sequence number is its place, from 1. */
  events: GatewayEvent[];
}

// Discord grants these only to bots that asked for them in its portal.
const PRIVILEGED = GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;

/** "Apps can send 120 gateway events per connection every 60 seconds" (page "Gateway", Rate Limiting). */
const EVENTS = { most: 120, perMs: 60_000 };

const frame = z.object({ op: z.number(), d: z.unknown() });
const identify = z.object({
  token: z.string(),
  intents: z.number().int(),
  shard: z.tuple([z.number().int(), z.number().int()]).default([0, 1]),
});
const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.number().int() });

const isFor = (session: Session, guildId: string | undefined): boolean => {
  const [shard, count] = session.shard;
  return Number((BigInt(guildId ?? 0) >> 22n) % BigInt(count)) === shard;
};

const send = (socket: WebSocket, op: number, d: unknown = null): void =>
  socket.send(JSON.stringify({ op, d, s: null, t: null }));

const sendEvent = (session: Session, index: number): void => {
  session.socket?.send(JSON.stringify({ op: Op.Dispatch, s: index + 1, ...session.events[index] }));
};

/** Interactions need no intent; what concerns other members than the bot has one of its own. */
const intentFor = (event: string, data: Json, botId: string): number => {
  // An answer, which goes to whoever asked whatever intents they have.
  if (event === 'GUILD_MEMBERS_CHUNK') return 0;
  const isOfOther = /^GUILD_MEMBER_/.test(event) && (data.user as { id: string }).id !== botId;
  if (isOfOther) return GatewayIntentBits.GuildMembers;
  return /^(GUILD|CHANNEL|THREAD)_/.test(event) ? GatewayIntentBits.Guilds : 0;
};

export const createGateway = (world: World, log: GatewayEvent[]): Gateway => {
  const sessions = new Map<string, Session>();
  const sockets = new WebSocketServer({ noServer: true });

  const push = (session: Session, t: string, d: Json): void => {
    const wanted = intentFor(t, d, world.bot.id);
    if ((session.intents & wanted) !== wanted) return;
    const event = { t, d };
    session.events.push(event);
    log.push(event);
    sendEvent(session, session.events.length - 1);
  };

  const greet = (session: Session): void => {
    const guilds = [...world.guilds.values()].filter((guild) => guild.joined && isFor(session, guild.id));
    push(session, 'READY', {
      v: 10,
      user: { ...userJson(world.bot), verified: true, mfa_enabled: false, email: null },
      guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: gatewayUrl(world),
      shard: session.shard,
      application: { id: world.bot.id, flags: applicationFlags(world) },
      session_type: 'normal',
      private_channels: [],
      relationships: [],
      _trace: [],
    });
    for (const guild of guilds) {
      if (guild.unavailable) push(session, 'GUILD_DELETE', { id: guild.id, unavailable: true });
      else push(session, 'GUILD_CREATE', guildCreateJson(world, guild));
    }
  };

  /** With more than a day's, the token is reset as well (page "Gateway", Identifying). */
  const mayStart = (socket: WebSocket, shard: number): boolean => {
    const taken = world.sessionStarts.take(shard);
    if (taken === 'too soon') send(socket, Op.InvalidSession, false);
    if (taken === 'used up') {
      world.token = `${world.token}.reset`;
      refuseAll();
    }
    return taken === 'granted';
  };

  const refuseAll = (): void => {
    for (const session of sessions.values()) session.socket = undefined;
    sessions.clear();
    for (const socket of sockets.clients)
      refuse(socket, GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
  };

  const onIdentify = (socket: WebSocket, data: unknown): Session | undefined => {
    const asked = identify.safeParse(data).data;
    if (!asked) return refuse(socket, GatewayCloseCodes.DecodeError, 'Error while decoding.');
    if (asked.token.replace(/^Bot /, '') !== world.token)
      return refuse(socket, GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    const granted = world.membersIntent ? GatewayIntentBits.GuildMembers : 0;
    if (asked.intents & PRIVILEGED & ~granted)
      return refuse(socket, GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).');
    const { shard, intents } = asked;
    if (!mayStart(socket, shard[0])) return undefined;
    const session: Session = { id: randomUUID(), shard, intents, socket, events: [] };
    sessions.set(session.id, session);
    greet(session);
    tellChange(world, { kind: 'connection' });
    return session;
  };

  const onResume = (socket: WebSocket, data: unknown): Session | undefined => {
    const asked = resume.safeParse(data).data;
    const session = sessions.get(asked?.session_id ?? '');
    if (asked && asked.token.replace(/^Bot /, '') !== world.token)
      return refuse(socket, GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    if (!asked || !session || asked.seq > session.events.length) {
      send(socket, Op.InvalidSession, false);
      return undefined;
    }
    session.socket = socket;
    for (let index = asked.seq; index < session.events.length; index++) sendEvent(session, index);
    push(session, 'RESUMED', { _trace: [] });
    tellChange(world, { kind: 'connection' });
    return session;
  };

  /** It is no news for a session that is away. */
  const onRequestMembers = (session: Session, data: unknown): void => {
    const chunk = membersAsked(world, session.intents, data);
    if (chunk) push(session, 'GUILD_MEMBERS_CHUNK', chunk);
  };

  const accept = (socket: WebSocket): void => {
    let session: Session | undefined;
    const connection = randomUUID();
    send(socket, Op.Hello, { heartbeat_interval: 41_250 });
    socket.on('message', (raw) => {
      const read = parseFrame(String(raw));
      if (world.limits.spend(`gateway ${connection}`, EVENTS).isOver)
        refuse(socket, GatewayCloseCodes.RateLimited, 'Rate limited.');
      else if (!read) refuse(socket, GatewayCloseCodes.DecodeError, 'Error while decoding.');
      else if (read.op === Op.Heartbeat) send(socket, Op.HeartbeatAck);
      else if (read.op === Op.Identify && session)
        refuse(socket, GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.');
      else if (read.op === Op.Identify) session = onIdentify(socket, read.d);
      else if (read.op === Op.Resume) session = onResume(socket, read.d);
      else if (!session) refuse(socket, GatewayCloseCodes.NotAuthenticated, 'Not authenticated.');
      else if (read.op === Op.RequestGuildMembers) onRequestMembers(session, read.d);
      else if (read.op !== Op.PresenceUpdate) refuse(socket, GatewayCloseCodes.UnknownOpcode, 'Unknown opcode.');
    });
    socket.on('close', (code) => {
      if (session?.socket !== socket) return;
      session.socket = undefined;
      // A bot that says goodbye gives its session up; one that just vanishes may resume it.
      if (code === 1000 || code === 1001) sessions.delete(session.id);
      tellChange(world, { kind: 'connection' });
    });
  };

  return {
    attach: (server) => {
      server.on('upgrade', (request, socket, head) => {
        if (!request.url?.startsWith('/gateway')) return socket.destroy();
        sockets.handleUpgrade(request, socket, head, accept);
      });
    },
    dispatch: (event, data, guildId) => {
      const isOut = guildId !== undefined && world.guilds.get(guildId)?.unavailable && event !== 'GUILD_DELETE';
      if (isOut) return;
      for (const session of sessions.values()) if (isFor(session, guildId)) push(session, event, data);
    },
    drop: (forget) => {
      for (const session of sessions.values()) session.socket = undefined;
      if (forget) sessions.clear();
      for (const socket of sockets.clients) socket.close(GatewayCloseCodes.UnknownError);
    },
    refuseAll,
    askToReconnect: () => {
      for (const socket of sockets.clients) send(socket, Op.Reconnect);
    },
    invalidate: (resumable) => {
      for (const session of sessions.values()) if (!resumable) session.socket = undefined;
      if (!resumable) sessions.clear();
      for (const socket of sockets.clients) send(socket, Op.InvalidSession, resumable);
    },
    connections: () => [...sessions.values()].filter((session) => session.socket).length,
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
};

export const gatewayUrl = (world: World): string => `${world.origin.replace(/^http/, 'ws')}/gateway`;

const refuse = (socket: WebSocket, code: number, reason: string): undefined => {
  socket.close(code, reason);
};

const parseFrame = (raw: string): z.output<typeof frame> | undefined => {
  try {
    return frame.safeParse(JSON.parse(raw)).data;
  } catch {
    return undefined;
  }
};
