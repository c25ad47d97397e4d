import type { Client, Collection, Guild, GuildMember } from 'discord.js';
import { type MemberFacts, Problem } from '../lib/index.ts';
import type { ChannelState } from '../policy/index.ts';
import { rightsIn, sendableIn } from './channels.ts';
import type { DiscordContext } from './context.ts';
import { attempt, calling } from './errors.ts';
import { memberNow, memberOf, membersByRole } from './members.ts';

/** The most that Discord gives at once. */
const PAGE = 1000;
const LONGEST_NAME = 100;

type DirectoryContext = Pick<DiscordContext, 'client' | 'canListMembers' | 'log'>;
type PlacesContext = Pick<DiscordContext, 'client' | 'log'>;
type Page = Collection<string, GuildMember>;

/** What Discord does not tell is 'unknown'. */
function orUnknown<T>(
  { log }: Pick<DiscordContext, 'log'>,
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

function listMembers({ log }: DirectoryContext, guild: Guild, after?: string): Promise<Page> {
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

export async function channelState(ctx: PlacesContext, guild: string, id: string): Promise<ChannelState> {
  const state = await inGuild(ctx, guild, (found) => stateOf(ctx.client, found, id));
  return state === 'unknown' ? { is: 'unknown' } : state;
}

/** Which of these roles the guild does not have, by what the gateway keeps up to date. */
export function goneRoles(ctx: PlacesContext, guild: string, ids: readonly string[]) {
  return inGuild(ctx, guild, async ({ available, roles: { cache } }) =>
    available ? ids.filter((id) => !cache.has(id)) : 'unknown',
  );
}

/** How many members have each of these roles, in their order. */
export function roleCounts(ctx: PlacesContext, guild: string, ids: readonly string[]) {
  return inGuild(ctx, guild, async (found) => {
    const counts = await membersByRole(found);
    return ids.map((id) => counts[id] ?? 0);
  });
}

/** What Discord does not tell is told nobody: the next look may know it. */
function inGuild<T>(ctx: PlacesContext, guild: string, ask: (guild: Guild) => Promise<T>) {
  return orUnknown(ctx, guild, 'Discord did not tell about channels or roles', async () =>
    ask(await calling(ctx.client.guilds.fetch(guild))),
  );
}

async function stateOf(client: Client, guild: Guild, id: string): Promise<ChannelState> {
  if (!guild.available) return { is: 'unknown' };
  return attempt<ChannelState, ChannelState>(
    async () => {
      const channel = await sendableIn(client, guild, id);
      if (!channel) return { is: 'gone' };
      const { canView, canSend } = rightsIn(guild, channel);
      if (canView && canSend) return { is: 'open' };
      const lacks = canView ? 'send' : canSend ? 'view' : 'both';
      return { is: 'closed', name: channel.name, lacks };
    },
    (failure) => {
      if (failure.kind === 'unknown') return { is: 'gone' };
      if (failure.kind === 'forbidden') return { is: 'closed', name: id, lacks: 'both' };
      throw failure;
    },
  );
}
