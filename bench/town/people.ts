import type { Actor, DiscordStandIn, Guild } from '../../sandbox/discord/start-discord.ts';

const MANAGE_GUILD = 1n << 5n;
/** A server belongs to the shard that the upper bits of its id name: the first of these to the first shard, and so on. */
const guildIdAt = (at: number): string => String(((238_418_579_101n >> 6n) * 64n + BigInt(at)) << 22n);

/** The servers, and who is in them: of people in turn, one is in each. All but askers have Manage Server, by one role. */
export function settle(discord: DiscordStandIn, servers: number) {
  const guilds = Array.from({ length: servers }, (_, at) => {
    const guild = discord.addGuild({ name: `Quiz club ${at}`, id: guildIdAt(at) });
    return { guild, managers: discord.addRole(guild.id, { name: 'managers', permissions: MANAGE_GUILD }) };
  });
  const people: Actor[] = [];
  const admit = (guild: Guild, name: string, roles: string[]): Actor => {
    const { id } = discord.addMember(guild.id, { name });
    discord.setRoles(guild.id, id, roles);
    return discord.as(id, { guildId: guild.id, channelId: guild.general.id });
  };
  const guildAt = (at: number) => {
    const found = guilds[at % guilds.length];
    if (!found) throw new Error('there is no server');
    return found;
  };

  return {
    guildIds: guilds.map(({ guild }) => guild.id).join(','),
    /** So many of them, from that one on; who is not there yet comes. */
    some(count: number, from = 0): Actor[] {
      for (let at = people.length; at < from + count; at++) {
        const { guild, managers } = guildAt(at);
        people.push(admit(guild, `person-${at}`, [managers.id]));
      }
      return people.slice(from, from + count);
    },
    /** A member without Manage Server. */
    asker: (at: number): Actor => admit(guildAt(0).guild, `asker-${at}`, []),
  };
}
