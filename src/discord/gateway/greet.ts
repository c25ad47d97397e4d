import { Events, type Guild } from 'discord.js';
import type { DiscordContext } from '../context.ts';
import { isOwn } from './shards.ts';

/** So long after it has joined a server the bot still says so there: it may not have run when somebody invited it. */
const NEW_FOR_MS = 24 * 60 * 60_000;

type GreetContext = Pick<DiscordContext, 'client' | 'guilds' | 'clock' | 'log'>;

/** Greets servers that the bot has joined, whether it saw that or was not running then. `greet` greets each once for ever. */
export function createGreeter(ctx: GreetContext, greet: (guild: string) => Promise<void>) {
  const { client, guilds, clock, log } = ctx;

  const isNew = ({ joinedTimestamp }: Guild) => clock.now() - joinedTimestamp < NEW_FOR_MS;

  async function greetIfNew(guild: Guild): Promise<void> {
    if (!guilds.includes(guild.id) || !isNew(guild)) return;
    try {
      await greet(guild.id);
    } catch (err) {
      log.warn(
        { guild: guild.id, err },
        'a server that Cardigan has joined was not greeted; the next start tries again',
      );
    }
  }

  return {
    /** Those that it joined while nobody served them. */
    async greetNew(): Promise<void> {
      const own = guilds.filter((guild) => isOwn(client, guild));
      const joined = own.flatMap((guild) => client.guilds.cache.get(guild) ?? []);
      await Promise.all(joined.filter(({ available }) => available).map(greetIfNew));
    },
    /** `isServing`: of several processes only one greets. */
    onJoin(isServing: () => boolean): void {
      client.on(Events.GuildCreate, (guild) => {
        if (isServing()) void greetIfNew(guild);
      });
    },
  };
}
