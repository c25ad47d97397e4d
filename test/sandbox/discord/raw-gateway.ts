import { WebSocket } from 'ws';
import type { DiscordStandIn } from '../../../sandbox/discord/start-discord.ts';

/** The fields of events that tests look into by name; matchers see the rest as well. */
export interface EventData {
  id: string;
  token: string;
  guild_id?: string;
  app_permissions: string;
  user?: { id: string };
  member?: { permissions: string; roles: string[] };
  data: {
    values: string[];
    options: unknown[];
    components: unknown[];
    resolved: { users: object; members: object };
  };
}

interface Received {
  op: number;
  t: string | null;
  s: number | null;
  d: EventData;
}

/** A bare gateway connection that identifies itself, to see events without discord.js. */
export const connectRaw = async (discord: DiscordStandIn, { token = discord.token, intents = 1 } = {}) => {
  const socket = new WebSocket(`${discord.url.replace('http', 'ws').replace('/api', '')}/gateway`);
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  let closedWith: number | undefined;
  const tell = (): void => {
    for (const check of waiting) check();
  };
  socket.on('message', (raw) => {
    received.push(JSON.parse(String(raw)));
    tell();
  });
  socket.on('close', (code) => {
    closedWith = code;
    tell();
  });
  const next = <T>(look: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const check = (): void => {
        const found = look();
        if (found === undefined) return;
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    });
  await next(() => received.find((one) => one.op === 10));
  socket.send(JSON.stringify({ op: 2, d: { token, intents, properties: {} } }));
  return {
    /** The nth event of a name, from 0. */
    event: (name: string, nth = 0) => next(() => received.filter((one) => one.t === name)[nth]?.d),
    closed: () => next(() => closedWith),
    send: (op: number, d: unknown) => socket.send(JSON.stringify({ op, d })),
    received,
    next,
    close: () => socket.close(),
  };
};

export type RawGateway = Awaited<ReturnType<typeof connectRaw>>;
