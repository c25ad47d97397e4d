import { Events } from 'discord.js';
import type { DiscordContext } from '../context.ts';
import { type Command, definitionsOf } from '../interactions/handler.ts';
import { createRouter } from '../interactions/router.ts';
import { disconnect } from './connection.ts';
import { createGreeter } from './greet.ts';
import { createLeader, type Duties, type ShardLock } from './leader.ts';
import { checksOf } from './ready.ts';
import { registerEverywhere, registerOnJoin } from './register-commands.ts';
import { followOthers, isOwn, ownShard } from './shards.ts';

const ANSWERS_WITHIN_MS = 5_000;
const LEAVES_WITHIN_MS = 3_000;

export interface Served extends Omit<Duties, 'register'> {
  readonly commands: readonly Command[];
  /** Has the admins of a server that the bot has joined told how to set it up, if nobody has. */
  greet(guild: string): Promise<void>;
  /** Of the processes of a shard one serves, and of all one does the jobs: the one that has this. */
  lock(name: string): Promise<ShardLock | undefined>;
}

/** Takes interactions of its shard, and does what is due every few seconds, while this process is the one that does. */
export function serve(ctx: DiscordContext, { commands, greet, ...served }: Served) {
  const { client, clock, log } = ctx;
  const definitions = definitionsOf(commands);
  const router = createRouter(ctx, commands);
  const leaving = new AbortController();
  const following = followOthers(ctx, leaving.signal);
  const greeter = createGreeter(ctx, greet);
  const leader = createLeader({
    ...served,
    shard: ownShard(client).shard,
    recover: async () => {
      await following;
      // Whoever was told to end while they were not known yet takes nothing up.
      if (!leaving.signal.aborted) await served.recover();
    },
    register: async () => {
      await registerEverywhere(ctx, definitions);
      await greeter.greetNew();
    },
    facts: () => readyFacts(ctx),
    clock,
    log,
  });
  registerOnJoin(ctx, definitions, leader.isLeader);
  greeter.onJoin(leader.isLeader);
  client.on(Events.InteractionCreate, (interaction) => {
    // What an earlier number of shards brought here belongs to another process.
    if (leader.isLeader() && isOwn(client, interaction.guildId)) router.route(interaction);
  });
  leader.start();
  return {
    /** Takes no more presses, and lets another process have the shard at once. */
    async stop(): Promise<void> {
      leaving.abort();
      const handedOver = leader.stop();
      // What waits for its turn is not sent any more.
      ctx.rateLimit.stop();
      await handedOver;
    },
    checks: checksOf(ctx, leader.standing, router.areLost),
    /** Leaves Discord, once what was pressed has its answer. */
    async leave(): Promise<void> {
      await Promise.race([router.settled(), clock.sleep(ANSWERS_WITHIN_MS)]);
      // Where the network is gone, half a minute goes by before the connection counts as closed; the store waits for this.
      await Promise.race([disconnect(client), clock.sleep(LEAVES_WITHIN_MS)]);
    },
  };
}

/** A guild that nobody has invited the bot to is not served, whatever the configuration says. */
function readyFacts({ client, guilds }: DiscordContext): object {
  const isJoined = (guild: string) => client.guilds.cache.has(guild);
  const own = guilds.filter((guild) => isOwn(client, guild));
  const notIn = own.filter((guild) => !isJoined(guild));
  return { bot: client.user.tag, guilds: own.filter(isJoined), ...(notIn.length > 0 && { notIn }) };
}
