import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { MessageFlags } from 'discord-api-types/v10';
import type { ChannelSetup } from './channels.ts';
import { commandJson, GLOBAL } from './commands.ts';
import { openDm } from './direct-messages.ts';
import { type Actor, createActor } from './driver/actor.ts';
import { createSight, type Sight } from './driver/sight.ts';
import { maySee, messagesIn } from './driver/visible.ts';
import { createGateway, type GatewayEvent } from './gateway.ts';
import { createGuilds, type GuildSetup, type MemberSetup } from './guilds.ts';
import type { Message } from './message.ts';
import type { Json } from './payloads.ts';
import { sayAs } from './post.ts';
import { createFaults, type Fault, type FaultHandle } from './rest/faults.ts';
import { createDelay, type Latency } from './rest/latency.ts';
import type { LimitsMode } from './rest/limits.ts';
import { createRestServer, type LoggedRequest } from './rest/server.ts';
import type { RoleSetup } from './roles.ts';
import type { SessionLimits } from './session-starts.ts';
import { restore, snapshotOf } from './snapshot.ts';
import type { ThreadSetup } from './threads.ts';
import {
  type Change,
  type Channel,
  type Command,
  createWorld,
  type Guild,
  type Role,
  type SpamRefusal,
  tellChange,
  type User,
} from './world.ts';

export type { Actor } from './driver/actor.ts';
export type { OptionValues } from './driver/command-options.ts';
export type { Exchange } from './driver/exchange.ts';
export type { Sight } from './driver/sight.ts';
export type { GatewayEvent } from './gateway.ts';
export type { Message } from './message.ts';
export type { Fault, FaultHandle } from './rest/faults.ts';
export type { Latency } from './rest/latency.ts';
export type { LimitsMode } from './rest/limits.ts';
export type { LoggedRequest } from './rest/server.ts';
export type { Channel, Command, Guild, Role, User } from './world.ts';

export interface DiscordOptions {
  /** Default: a free one. */
  port?: number;
  host?: '127.0.0.1';
  token?: string;
  applicationId?: string;
  /** Whether the application has the Server Members intent; default false. */
  membersIntent?: boolean;
  /** Whether more than Discord lets a bot ask is refused; default: real. Off is for what measures the bot alone. */
  limits?: LimitsMode;
  /** How long requests take besides; default: no time. */
  latency?: Latency;
  /** Goes on from what `snapshot` of another stand-in gave. */
  past?: string;
}

export type Place = { guildId: string; channelId: string } | { dm: true };

export interface DiscordStandIn {
  /** REST base without version, for DISCORD_API_URL or discord.js's `rest: { api }`. */
  readonly url: string;
  readonly token: string;
  /** Also the bot's user id. */
  readonly applicationId: string;
  addGuild(setup: GuildSetup): Guild;
  /** The bot joins or leaves later; a connected bot hears of it. */
  joinGuild(guildId: string): void;
  leaveGuild(guildId: string): void;
  /** An outage of a guild: the bot is told that it is unavailable, hears nothing of it, and of its end. */
  startOutage(guildId: string): void;
  endOutage(guildId: string): void;
  addChannel(guildId: string, name: string, setup?: ChannelSetup): Channel;
  deleteChannel(guildId: string, channelId: string): void;
  setBotMayPost(channelId: string, may: boolean): void;
  /** The bot may do this in a channel from now on, or may not, whatever its roles say. */
  setBotMay(channelId: string, bits: bigint, may: boolean): void;
  /** A public thread of a text channel, or a post of a forum. */
  addThread(channelId: string, name: string, setup?: ThreadSetup): Channel;
  setThread(threadId: string, state: Pick<ThreadSetup, 'locked' | 'archived'>): void;
  /** Somebody publishes a message to the followers of its channel: it can be edited a few times an hour then. */
  publish(messageId: string): void;
  /** The same name in another guild is the same user. */
  addMember(guildId: string, setup: MemberSetup): User;
  /** What this member alone may do beyond everyone, as a role of their own. */
  setPermissions(guildId: string, userId: string, bits: bigint): void;
  addRole(guildId: string, setup: RoleSetup): Role;
  deleteRole(guildId: string, roleId: string): void;
  /** All roles of a member, but the one that `setPermissions` gave them, which they keep. */
  setRoles(guildId: string, userId: string, roleIds: readonly string[]): void;
  removeMember(guildId: string, userId: string): void;
  /** What is registered in a guild, or globally without one, as Discord lists it. */
  commands(guildId?: string): Json[];
  /** A guild that the bot served before has the commands that another one has: Discord keeps them until they are taken away. */
  leaveCommands(guildId: string, likeThoseOf: string): void;
  /** How often registration was written. */
  readonly commandWrites: number;
  as(userId: string, where: Place): Actor;
  user(userId: string): User | undefined;
  channel(channelId: string): Channel | undefined;
  guild(guildId: string): Guild | undefined;
  /** What this user sees, everywhere. */
  sight(userId: string): Sight;
  /** This user writes into a channel or into their direct messages with the bot. */
  say(userId: string, channelId: string, text: string): Message;
  /** These users react to a message, with `🎉` or with `name:id` of a custom emoji. */
  react(messageId: string, emoji: string, userIds: readonly string[]): void;
  /** As its owner in the portal: from now on the application has the Server Members intent, or has it no more. */
  grantMembersIntent(granted?: boolean): void;
  /** How many ids each request for members by the gateway named (opcode 8). */
  readonly memberRequests: readonly number[];
  /** The next requests for members by the gateway have no answer. */
  loseMemberRequests(times: number): void;
  /** As its owner in the portal: interactions are sent to an address from now on, and to no bot at the gateway; null ends it. */
  setInteractionsEndpoint(url: string | null): void;
  /** As its owner in the portal: what else the application is, as Discord lists it, such as `bot_public`. */
  setApplication(fields: Readonly<Record<string, unknown>>): void;
  /** Answers are dated so much later than it is; less than 0: earlier. */
  setDateSkew(ms: number): void;
  /** What a guild has registered becomes something else, past the bot. */
  changeCommands(guildId: string, change: (commands: readonly Command[]) => Command[]): void;
  /** What everybody in a guild may do from now on, where nothing else says otherwise. */
  setEveryoneMay(guildId: string, bits: bigint): void;
  /** Whether the user refuses direct messages. */
  closeDms(userId: string, closed?: boolean): void;
  /**
   * Takes the bot's direct messages for spam from now on, or the next `times` of them; 0 ends it. It is said with 40003,
   * `flagged` with 20026, as to a bot in quarantine, and `says` has the others. `opening`: not the messages are refused,
   * but the channels for those to whom the bot has none.
   */
  takeDmsForSpam(how?: { times?: number; flagged?: boolean; says?: SpamRefusal; opening?: boolean }): void;
  /** Oldest first. */
  dmsOf(userId: string): Message[];
  /** All messages of a channel, also the ephemeral ones, oldest first. */
  channelMessages(channelId: string): Message[];
  /** Makes the next matching requests fail. */
  fail(fault: Fault): FaultHandle;
  /** Every API request so far, also those that were made to fail. */
  readonly requests: readonly LoggedRequest[];
  /** From now on more than Discord lets a bot ask is refused, or not. */
  setLimits(mode: LimitsMode): void;
  /** From now on requests take so long besides; without one, no time. */
  setLatency(latency?: Latency): void;
  /** Answers of the last ten minutes with 401, 403 or 429: from 10,000 on Discord bans the address for a while. */
  readonly invalidRequests: number;
  /** Every gateway event so far, once for each bot process that it went to. */
  readonly events: readonly GatewayEvent[];
  /** Bot processes connected to the gateway now. */
  readonly connections: number;
  /** Breaks the gateway connections; with `forget` the bot can't resume and identifies again. */
  dropGateway(how?: { forget?: boolean }): void;
  /** Asks connected bots to come back and resume, as Discord does when a gateway goes away (opcode 7). */
  askToReconnect(): void;
  /** Tells connected bots that their session is invalid (opcode 9), and whether it can be resumed; default: not. */
  invalidateSessions(how?: { resumable?: boolean }): void;
  /** How many sessions may begin: when there are none left, Discord resets the token of who asks for one. */
  limitSessions(limits: SessionLimits): void;
  /** As its owner in the portal: the bot's token is no longer good, and its connections are closed. */
  resetToken(): void;
  /** Lets time pass for tokens, the nonce memory and the three seconds. */
  advance(ms: number): void;
  /** Guilds, people, channels and messages as they are now, for `past` of another stand-in. */
  snapshot(): string;
  /** Called after every change, until the returned function is called. */
  on(event: 'change', listener: (change: Change) => void): () => void;
  close(): Promise<void>;
}

/** Starts a server that plays Discord: REST v10 and gateway, on loopback. */
export const startDiscord = async (options: DiscordOptions = {}): Promise<DiscordStandIn> => {
  const { port = 0, host = '127.0.0.1' } = options;
  const applicationId = options.applicationId ?? '1000000000000000001';
  const token = options.token ?? 'stand-in.discord.token';
  const world = createWorld(token, applicationId);
  if (options.past) restore(world, options.past);
  const requests: LoggedRequest[] = [];
  const events: GatewayEvent[] = [];
  const faults = createFaults();
  const gateway = createGateway(world, events);
  const server = createRestServer(world, faults, requests);
  gateway.attach(server);
  server.listen(port, host);
  await once(server, 'listening');
  world.membersIntent = options.membersIntent ?? world.membersIntent;
  world.limits.mode = options.limits ?? 'real';
  world.delay = options.latency && createDelay(options.latency);
  world.origin = `http://${host}:${(server.address() as AddressInfo).port}`;

  const userOf = (userId: string): User => {
    const user = world.users.get(userId);
    if (!user) throw new Error(`There is no user ${userId}.`);
    return user;
  };
  const placeOf = (userId: string, where: Place): Channel => {
    if ('dm' in where) return openDm(world, userId);
    const channel = world.channels.get(where.channelId);
    if (channel?.guildId === where.guildId) return channel;
    throw new Error(`There is no channel ${where.channelId} in guild ${where.guildId}.`);
  };

  return {
    url: `${world.origin}/api`,
    token,
    applicationId,
    ...createGuilds(world, gateway.dispatch),
    commands: (guildId = GLOBAL) => (world.commands.get(guildId) ?? []).map((command) => commandJson(command, true)),
    leaveCommands: (guildId, likeThoseOf) => {
      const left = world.commands.get(likeThoseOf) ?? [];
      const moved = left.map((one) => ({ ...one, id: world.nextId(), guild_id: guildId }));
      world.commands.set(guildId, moved);
      tellChange(world, { kind: 'commands' });
    },
    get commandWrites() {
      return world.commandWrites;
    },
    as: (userId, where) => createActor(world, gateway.dispatch, userOf(userId), placeOf(userId, where)),
    user: (userId) => world.users.get(userId),
    channel: (channelId) => world.channels.get(channelId),
    guild: (guildId) => world.guilds.get(guildId),
    sight: (userId) => createSight(world, userOf(userId)),
    say: (userId, channelId, text) => {
      const channel = world.channels.get(channelId);
      if (!channel || !maySee(world, userOf(userId).id, channel))
        throw new Error(`${userOf(userId).name} can't write in channel ${channelId}.`);
      return sayAs(world, userId, channel, text);
    },
    react: (messageId, emoji, userIds) => {
      const message = world.messages.get(messageId);
      if (!message) throw new Error(`There is no message ${messageId}.`);
      message.reactions[emoji] = [...new Set([...(message.reactions[emoji] ?? []), ...userIds])];
    },
    grantMembersIntent: (granted = true) => {
      world.membersIntent = granted;
      tellChange(world, { kind: 'guilds' });
    },
    memberRequests: world.memberRequests,
    loseMemberRequests: (times) => {
      world.memberRequestsLost = times;
    },
    setInteractionsEndpoint: (url) => {
      world.interactionsEndpoint = url;
      tellChange(world, { kind: 'guilds' });
    },
    setApplication: (fields) => {
      world.application = { ...world.application, ...fields };
      tellChange(world, { kind: 'guilds' });
    },
    setDateSkew: (ms) => {
      world.dateSkewMs = ms;
    },
    changeCommands: (guildId, change) => {
      world.commands.set(guildId, change(world.commands.get(guildId) ?? []));
      tellChange(world, { kind: 'commands' });
    },
    closeDms: (userId, closed = true) => {
      userOf(userId).dmsClosed = closed;
      tellChange(world, { kind: 'guilds' });
    },
    takeDmsForSpam: ({ times = Number.POSITIVE_INFINITY, flagged = false, opening = false, says } = {}) => {
      const said = says ?? (flagged ? 'flaggedAsSpam' : 'dmsTooFast');
      world.spam = { left: times, says: said, at: opening ? 'opening' : 'sending' };
    },
    publish: (messageId) => {
      const message = world.messages.get(messageId);
      if (!message) throw new Error(`There is no message ${messageId} to publish.`);
      message.flags |= MessageFlags.Crossposted;
      tellChange(world, { kind: 'message', message });
    },
    dmsOf: (userId) => messagesIn(world, openDm(world, userOf(userId).id).id),
    channelMessages: (channelId) => messagesIn(world, channelId),
    fail: faults.add,
    setLimits: (mode) => {
      world.limits.mode = mode;
    },
    setLatency: (latency) => {
      world.delay = latency && createDelay(latency);
    },
    get invalidRequests() {
      return world.limits.invalid();
    },
    ...{ requests, events },
    get connections() {
      return gateway.connections();
    },
    dropGateway: ({ forget = false } = {}) => gateway.drop(forget),
    askToReconnect: () => gateway.askToReconnect(),
    invalidateSessions: ({ resumable = false } = {}) => gateway.invalidate(resumable),
    limitSessions: (limits) => world.sessionStarts.limit(limits),
    resetToken: () => {
      world.token = `${token}.reset`;
      gateway.refuseAll();
    },
    advance: (ms) => {
      world.clock.advance(ms);
      tellChange(world, { kind: 'time' });
    },
    snapshot: () => snapshotOf(world),
    on: (event, listener) => {
      world.changes.on(event, listener);
      return () => world.changes.off(event, listener);
    },
    close: async () => {
      if (world.closed) return;
      world.closed = true;
      tellChange(world, { kind: 'closed' });
      const closed = once(server, 'close');
      gateway.close();
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
