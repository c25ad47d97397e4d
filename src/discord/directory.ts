import type { Client, Collection, Guild, GuildMember } from 'discord.js';
import { type Directory, type Log, Problem } from '../lib/index.ts';
import { calling, DiscordFailure } from './errors.ts';
import { memberNow, memberOf } from './members.ts';

/** The most that Discord gives at once. */
const PAGE = 1000;
const LONGEST_NAME = 100;

interface Parts {
  client: Client;
  /** The bot was given the Server Members intent. */
  canListMembers: boolean;
  log: Log;
}

type Page = Collection<string, GuildMember>;

export function createDirectory({ client, canListMembers, log }: Parts): Directory {
  async function orUnknown<T>(guild: string, what: string, ask: () => Promise<T>) {
    try {
      return await ask();
    } catch (err) {
      if (!(err instanceof DiscordFailure)) throw err;
      log.warn({ guild, err }, what);
      return 'unknown';
    }
  }

  async function list(guild: Guild, after: string | undefined): Promise<Page> {
    try {
      const from = after === undefined ? {} : { after };
      return await calling(guild.members.list({ limit: PAGE, cache: false, ...from }));
    } catch (err) {
      if (!(err instanceof DiscordFailure)) throw err;
      log.warn({ guild: guild.id, err }, 'Discord did not list the members of a server');
      throw new Problem(err.kind === 'forbidden' ? 'members_not_listed' : 'members_not_told', {});
    }
  }

  return {
    canListMembers,

    find: (guild, user) =>
      orUnknown(guild, 'Discord did not tell whether somebody is a member', async () => {
        const member = await memberNow(client, guild, user);
        return member ? memberOf(member) : 'none';
      }),

    async named(guild, name) {
      const query = name.trim();
      if (query === '' || query.length > LONGEST_NAME) return [];
      return orUnknown(guild, 'Discord did not tell who has a name', async () => {
        const { members } = await calling(client.guilds.fetch(guild));
        const found = await calling(members.search({ query, limit: PAGE, cache: false }));
        // As many begin with it: somebody of this very name may be among those left out.
        if (found.size === PAGE) return 'unknown';
        return [...found.values()].filter((member) => isNamed(member, query)).map(memberOf);
      });
    },

    async *withRole(id, role) {
      if (!canListMembers) throw new Problem('members_not_listed', {});
      const guild = await guildNow(id);
      let page: Page | undefined;
      do {
        page = await list(guild, page?.lastKey());
        for (const member of page.values())
          if (member.roles.cache.has(role)) yield memberOf(member);
      } while (page.size === PAGE);
    },
  };

  async function guildNow(id: string): Promise<Guild> {
    const guild = await orUnknown(id, 'Discord did not tell about a server', () =>
      calling(client.guilds.fetch(id)),
    );
    if (guild === 'unknown') throw new Problem('members_not_told', {});
    return guild;
  }
}

function isNamed({ user, nickname }: GuildMember, name: string): boolean {
  return [user.username, user.globalName, nickname].some((each) => each && isSame(each, name));
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
