import { Events } from 'discord.js';
import type { DiscordContext } from '../context.ts';
import type { Command } from '../interactions/handler.ts';
import { createRouter } from '../interactions/router.ts';
import { disconnect } from './connection.ts';
import { createLeader, type Duties, type ShardLock } from './leader.ts';
import { registerEverywhere, registerOnJoin } from './register-commands.ts';

/** The bot has one connection to the gateway, for all guilds. */
const SHARD = 0;
const ANSWERS_WITHIN_MS = 5_000;

export interface Served extends Omit<Duties, 'register'> {
  readonly commands: readonly Command[];
  /** One process serves: the one that has this. */
  lock(name: string): Promise<ShardLock | undefined>;
}

/** Takes interactions, and does what is due every few seconds, while this process is the one that serves. */
export function serve(ctx: DiscordContext, { commands, ...served }: Served) {
  const { client, guilds, clock, log } = ctx;
  const definitions = commands.map(({ definition }) => definition);
  const router = createRouter(ctx, commands);
  const leader = createLeader({
    ...served,
    shard: SHARD,
    register: () => registerEverywhere(ctx, definitions),
    facts: { bot: client.user.tag, guilds },
    clock,
    log,
  });
  registerOnJoin(ctx, definitions, leader.isLeader);
  client.on(Events.InteractionCreate, (interaction) => {
    if (leader.isLeader()) router.route(interaction);
  });
  leader.start();
  return {
    /** Takes no more presses, and lets another process have the shard at once. */
    async stop(): Promise<void> {
      const handedOver = leader.stop();
      // What waits for its turn is not sent any more.
      ctx.rateLimit.stop();
      await handedOver;
    },
    /** Leaves Discord, once what was pressed has its answer. */
    async leave(): Promise<void> {
      await Promise.race([router.settled(), clock.sleep(ANSWERS_WITHIN_MS)]);
      await disconnect(client);
    },
  };
}
