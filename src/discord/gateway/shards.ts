import { type Client, type Guild, ShardClientUtil } from 'discord.js';
import type { Clock, Log } from '../../lib/index.ts';
import { attempt, calling } from '../errors.ts';
import { isNotIn } from './access.ts';

/** Guilds of other shards have no gateway here that tells of changes. */
const REFRESH_EVERY_MS = 60_000;
const TRY_AGAIN_AFTER_MS = 3_000;
/** Lost orders of all servers are not to wait for one that Discord does not tell about. */
const WAITS_AT_MOST_MS = 60_000;

/** Which part of all guilds a process is connected for. discord.js spreads them by their ids, as Discord does. */
export interface ShardOf {
  readonly shard: number;
  readonly count: number;
}

/** The shard of a connected client. */
export function ownShard({ options }: Client): ShardOf {
  const { shards, shardCount: count = 1 } = options;
  const [shard = 0] = Array.isArray(shards) ? shards : [];
  return { shard, count };
}

/** Whether interactions of that guild arrive here; `null`: those of direct messages, which Discord sends to the first shard. */
export function isOwn(client: Client, guild: string | null): boolean {
  const { shard, count } = ownShard(client);
  return (guild === null ? 0 : ShardClientUtil.shardIdForGuildId(guild, count)) === shard;
}

interface SharingContext {
  client: Client;
  guilds: readonly string[];
  clock: Clock;
  log: Log;
}

/**
 * Keeps what is known of guilds of other shards about a minute fresh, until then: orders and campaigns of all guilds are
 * looked after by one process. Resolves when all of them are known for the first time, or after a minute: one that is not
 * known then counts as in an outage.
 */
export async function followOthers(ctx: SharingContext, until: AbortSignal): Promise<void> {
  const others = ctx.guilds.filter((guild) => !isOwn(ctx.client, guild));
  if (others.length === 0) return;
  const pause = (ms: number) => ctx.clock.sleep(ms, until).catch(() => undefined);
  const patientUntil = ctx.clock.now() + WAITS_AT_MOST_MS;
  while (!until.aborted && !(await areRead(ctx, others)) && ctx.clock.now() < patientUntil) {
    await pause(TRY_AGAIN_AFTER_MS);
  }
  void (async () => {
    for (;;) {
      await pause(REFRESH_EVERY_MS);
      if (until.aborted) return;
      await areRead(ctx, others);
    }
  })();
}

async function areRead(ctx: SharingContext, others: readonly string[]): Promise<boolean> {
  const read = await Promise.all(others.map((guild) => isRead(ctx, guild)));
  return !read.includes(false);
}

/** False: Discord did not tell. That the bot is not in a guild is told as well. */
function isRead({ client, log }: SharingContext, id: string): Promise<boolean> {
  return attempt(
    async () => {
      const isNew = !client.guilds.cache.has(id);
      const guild = await calling(client.guilds.fetch({ guild: id, force: true }));
      if (isNew) guild.available = false;
      await Promise.all([calling(guild.members.fetchMe({ force: true })), readChannels(guild)]);
      // discord.js takes only the gateway's word for it, and by REST a guild in an outage is none.
      guild.available = true;
      return true;
    },
    (err) => {
      if (isNotIn(err)) return true;
      log.warn({ guild: id, err }, 'Discord did not tell about a server of another shard');
      return false;
    },
  );
}

async function readChannels({ client, channels }: Guild): Promise<void> {
  const there = await calling(channels.fetch());
  const gone = [...channels.cache.keys()].filter((id) => !there.has(id));
  for (const { cache } of [channels, client.channels]) for (const id of gone) cache.delete(id);
}
