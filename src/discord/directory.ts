import type { Collection, Guild, GuildMember } from 'discord.js';
import { type MemberFacts, Problem } from '../lib/index.ts';
import type { DiscordContext } from './context.ts';
import { attempt, calling } from './errors.ts';
import { memberNow, memberOf } from './members.ts';

/** The most that Discord gives at once. */
const PAGE = 1000;
const LONGEST_NAME = 100;

type DirectoryContext = Pick<DiscordContext, 'client' | 'canListMembers' | 'log'>;
type Page = Collection<string, GuildMember>;

/** What Discord does not tell is 'unknown'. */
function orUnknown<T>(
  { log }: DirectoryContext,
  guild: string,
  what: string,
  ask: () => Promise<T>,
): Promise<T | 'unknown'> {
  return attempt(ask, (err) => {
    log.warn({ guild, err }, what);
    return 'unknown';
  });
}

export function findMember(
  ctx: DirectoryContext,
  guild: string,
  user: string,
): Promise<MemberFacts | 'none' | 'unknown'> {
  return orUnknown(ctx, guild, 'Discord did not tell whether somebody is a member', async () => {
    const member = await memberNow(ctx.client, guild, user);
    return member ? memberOf(member) : 'none';
  });
}

export async function findNamed(
  ctx: DirectoryContext,
  guild: string,
  name: string,
): Promise<readonly MemberFacts[] | 'unknown'> {
  const query = name.trim();
  if (query === '' || query.length > LONGEST_NAME) return [];
  return orUnknown(ctx, guild, 'Discord did not tell who has a name', async () => {
    const { members } = await calling(ctx.client.guilds.fetch(guild));
    const found = await calling(members.search({ query, limit: PAGE, cache: false }));
    // As many begin with it: somebody of this very name may be among those left out.
    if (found.size === PAGE) return 'unknown';
    return [...found.values()].filter((member) => isNamed(member, query)).map(memberOf);
  });
}

export async function* membersWithRole(
  ctx: DirectoryContext,
  guild: string,
  role: string,
): AsyncGenerator<MemberFacts, void, undefined> {
  if (!ctx.canListMembers) throw new Problem('members_not_listed', {});
  const found = await orUnknown(ctx, guild, 'Discord did not tell about a server', () =>
    calling(ctx.client.guilds.fetch(guild)),
  );
  if (found === 'unknown') throw new Problem('members_not_told', {});
  let page: Page | undefined;
  do {
    page = await listMembers(ctx, found, page?.lastKey());
    for (const member of page.values()) if (member.roles.cache.has(role)) yield memberOf(member);
  } while (page.size === PAGE);
}

function listMembers(
  { log }: DirectoryContext,
  guild: Guild,
  after: string | undefined,
): Promise<Page> {
  const from = after === undefined ? {} : { after };
  return attempt(
    () => calling(guild.members.list({ limit: PAGE, cache: false, ...from })),
    (err) => {
      log.warn({ guild: guild.id, err }, 'Discord did not list the members of a server');
      throw new Problem(err.kind === 'forbidden' ? 'members_not_listed' : 'members_not_told', {});
    },
  );
}

function isNamed({ user, nickname }: GuildMember, name: string): boolean {
  return [user.username, user.globalName, nickname].some((each) => each && isSame(each, name));
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
