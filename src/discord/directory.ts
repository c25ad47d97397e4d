import type { Client, Collection, Guild, GuildMember } from 'discord.js';
import { isPseudonym, type MemberFacts, Problem, seenText } from '../lib/index.ts';
import type { ChannelState } from '../policy/index.ts';
import { unheardOf } from './boards/approvers.ts';
import { isPublic, mayWrite, rightsIn, sendableIn } from './channels.ts';
import type { DiscordContext } from './context.ts';
import { attempt, calling } from './errors.ts';
import { MOST_ASKED } from './gateway/request-members.ts';
import { memberNow, memberOf, membersByRole } from './members.ts';

/** The most that Discord gives at once. */
const PAGE = 1000;
const LONGEST_NAME = 100;

type DirectoryContext = Pick<DiscordContext, 'client' | 'canListMembers' | 'memberRequests' | 'log'>;
type Found = MemberFacts | 'none' | 'unknown';
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

export function findMember(ctx: PlacesContext, guild: string, user: string): Promise<Found> {
  // Whoever was erased from the record is nobody whom Discord knows.
  if (isPseudonym(user)) return Promise.resolve('none');
  return orUnknown(ctx, guild, 'Discord did not tell whether somebody is a member', async () => {
    const member = await memberNow(ctx.client, guild, user);
    return member ? memberOf(member) : 'none';
  });
}

/** For what follows from a press at once: who pressed is known from it. */
export const justPressed = ({ pressers }: Pick<DiscordContext, 'pressers'>, guild: string, user: string) =>
  pressers.find(guild, user);

/** Discord is asked about so many at once, of those whom the gateway does not tell about. */
const LOOK_UPS = 5;

/** By the gateway, a hundred at a time; by REST those whom it does not tell about. */
export async function findMembers(
  ctx: DirectoryContext,
  guild: string,
  users: readonly string[],
): Promise<ReadonlyMap<string, Found>> {
  const found = new Map<string, Found>();
  for (const some of parts(new Set(users), MOST_ASKED)) {
    for (const [user, each] of await toldByGateway(ctx, guild, some)) found.set(user, each);
    const untold = some.filter((user) => !found.has(user));
    for (const few of parts(untold, LOOK_UPS)) {
      const facts = await Promise.all(few.map((user) => findMember(ctx, guild, user)));
      for (const [index, user] of few.entries()) found.set(user, facts[index] ?? 'unknown');
    }
  }
  return found;
}

async function toldByGateway(
  { client, memberRequests }: DirectoryContext,
  guildId: string,
  users: readonly string[],
): Promise<Map<string, Found>> {
  const told = new Map<string, Found>(users.filter((user) => !isId(user)).map((user) => [user, 'none']));
  const guild = client.guilds.cache.get(guildId);
  const asked = users.filter(isId);
  const answer = guild && asked.length > 0 ? await memberRequests.ask(guild, asked) : undefined;
  if (!answer) return told;
  for (const user of asked) {
    const member = answer.members.get(user);
    if (member) told.set(user, memberOf(member));
    else if (answer.notFound.has(user)) told.set(user, 'none');
  }
  return told;
}

/** A larger number is no id, and nothing that Discord takes: it may end the connection for it. */
const isId = (text: string): boolean => /^\d{15,20}$/.test(text) && BigInt(text) < 1n << 63n;

function parts<T>(all: Iterable<T>, size: number): T[][] {
  const each = [...all];
  return Array.from({ length: Math.ceil(each.length / size) }, (_, at) => each.slice(at * size, (at + 1) * size));
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

/** As people see it: an accent may be a sign of its own, and a blank one that cannot be told from another. */
const isSame = (a: string, b: string) => seenText(a).toLowerCase() === seenText(b).toLowerCase();

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

/** Which of the roles that are asked to approve would ping nobody; see `Places`. */
export function unheardRoles(
  ctx: PlacesContext,
  guild: string,
  approvers: readonly string[],
  channel: string | undefined,
) {
  return inGuild(ctx, guild, async (found) =>
    found.available ? unheardOf(found, approvers, channel).map(({ id }) => id) : 'unknown',
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
      const lacks = rightsIn(guild, channel);
      const read = isPublic(guild, channel) ? ({ isPublic: true } as const) : {};
      if (lacks.length === 0) return { is: 'open', ...read };
      return { is: mayWrite(lacks) ? 'limited' : 'closed', name: channel.name, lacks, ...read };
    },
    (failure) => {
      if (failure.kind === 'unknown') return { is: 'gone' };
      if (failure.kind === 'forbidden') return { is: 'closed', name: id, lacks: ['view'] };
      throw failure;
    },
  );
}
