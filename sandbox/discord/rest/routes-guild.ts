import { z } from 'zod';
import { refusal } from '../errors.ts';
import { channelJson, channelsOf, guildJson, memberJson, roleJson } from '../payloads.ts';
import { checkForm, text } from '../rules/form.ts';
import type { Guild, Member } from '../world.ts';
import { type Call, ok, type Route } from './route.ts';

/** The guild of the path, as far as the bot is in it. */
export const guildOf = ({ world, param }: Call): Guild => {
  const guild = world.guilds.get(param('guild'));
  if (!guild) throw refusal('unknownGuild');
  if (!guild.joined) throw refusal('missingAccess');
  return guild;
};

/** Members of each role but @everyone, by its id. */
const roleCounts = ({ id, roles, members }: Guild): Record<string, number> =>
  Object.fromEntries(
    [...roles.keys()]
      .filter((role) => role !== id)
      .map((role) => [role, [...members.values()].filter(({ roleIds }) => roleIds.includes(role)).length]),
  );

/** With `with_counts`, about how many members there are: here exactly. */
const counted = (call: Call) =>
  call.query.get('with_counts') === 'true'
    ? { approximate_member_count: guildOf(call).members.size, approximate_presence_count: 0 }
    : {};

const page = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(1),
  after: z.string().regex(/^\d+$/).default('0'),
});

/** By their ids, which Discord gives only to applications with the Server Members intent. */
const membersAfter = (call: Call): Member[] => {
  const { members } = guildOf(call);
  if (!call.world.membersIntent) throw refusal('missingAccess');
  const { limit, after } = checkForm(page, Object.fromEntries(call.query));
  return [...members.values()]
    .filter(({ userId }) => BigInt(userId) > BigInt(after))
    .sort((a, b) => (BigInt(a.userId) < BigInt(b.userId) ? -1 : 1))
    .slice(0, limit);
};

const search = page.extend({ query: text(100, 1) });

/** Whose name or nick begins like that. */
const membersNamed = (call: Call): Member[] => {
  const { limit, query } = checkForm(search, Object.fromEntries(call.query));
  const start = query.toLowerCase();
  return [...guildOf(call).members.values()]
    .filter(({ userId, nick }) =>
      [call.world.users.get(userId)?.name, nick].some((name) => name?.toLowerCase().startsWith(start)),
    )
    .slice(0, limit);
};

const listed = (call: Call, members: readonly Member[]) => ok(members.map((member) => memberJson(call.world, member)));

/** Guilds, their roles, channels and members. */
export const guildRoutes: readonly Route[] = [
  { method: 'GET', path: '/guilds/:guild', handle: (call) => ok({ ...guildJson(guildOf(call)), ...counted(call) }) },
  {
    method: 'GET',
    path: '/guilds/:guild/roles',
    handle: (call) => ok([...guildOf(call).roles.values()].map(roleJson)),
  },
  {
    method: 'GET',
    path: '/guilds/:guild/roles/member-counts',
    handle: (call) => ok(roleCounts(guildOf(call))),
  },
  {
    method: 'GET',
    path: '/guilds/:guild/channels',
    handle: (call) => ok(channelsOf(call.world, guildOf(call)).map((one) => channelJson(call.world, one))),
  },
  {
    method: 'GET',
    path: '/guilds/:guild/members',
    handle: (call) => listed(call, membersAfter(call)),
  },
  {
    method: 'GET',
    path: '/guilds/:guild/members/search',
    handle: (call) => listed(call, membersNamed(call)),
  },
  {
    method: 'GET',
    path: '/guilds/:guild/members/:user',
    handle: (call) => {
      const member = guildOf(call).members.get(call.param('user'));
      if (member) return ok(memberJson(call.world, member));
      throw refusal(call.world.users.has(call.param('user')) ? 'unknownMember' : 'unknownUser');
    },
  },
];
