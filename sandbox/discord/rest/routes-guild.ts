import { refusal } from '../errors.ts';
import { channelJson, channelsOf, guildJson, memberJson, roleJson } from '../payloads.ts';
import type { Guild } from '../world.ts';
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
      .map((role) => [
        role,
        [...members.values()].filter(({ roleIds }) => roleIds.includes(role)).length,
      ]),
  );

/** Guilds, their roles, channels and members. */
export const guildRoutes: readonly Route[] = [
  { method: 'GET', path: '/guilds/:guild', handle: (call) => ok(guildJson(guildOf(call))) },
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
    handle: (call) =>
      ok(channelsOf(call.world, guildOf(call)).map((one) => channelJson(call.world, one))),
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
