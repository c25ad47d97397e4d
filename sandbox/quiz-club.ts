import type { DiscordStandIn } from './discord/start-discord.ts';
import type { Cast } from './page/cast.ts';

const MANAGE_GUILD = 1n << 5n;

export interface QuizClub {
  /** The one guild that the bot is allowed in. */
  guildId: string;
  cast: Cast;
  /** Ids by name. */
  people: Readonly<Record<string, string>>;
  channels: { general: string; quiz: string };
}

/**
 * The people of the demo: a club with a team, two admins and two members, and a stranger's server that the bot is in but
 * no longer allowed in.
 */
export function buildQuizClub(discord: DiscordStandIn): QuizClub {
  const club = discord.addGuild({ name: 'Quiz club', owner: 'Quinn' });
  const admins = discord.addRole(club.id, { name: 'Admins', permissions: MANAGE_GUILD, mentionable: true });
  const team = discord.addRole(club.id, { name: 'Team', mentionable: true });
  const people: Record<string, string> = {};
  const member = (name: string, note: string, roleIds: readonly string[]) => {
    const { id } = discord.addMember(club.id, { name });
    discord.setRoles(club.id, id, roleIds);
    people[name] = id;
    return { id, note, home: club.id };
  };
  const quiz = discord.addChannel(club.id, 'quiz');
  discord.addChannel(club.id, 'cardigan-admins', { seenBy: [admins.id] });

  const other = discord.addGuild({ name: 'Another server', owner: 'Olga' });
  const eve = discord.addMember(other.id, { name: 'Eve', permissions: MANAGE_GUILD });
  // What the bot registers in the club stays in the other server, as in one that was taken off the list.
  discord.on('change', ({ kind }) => {
    if (kind !== 'commands' || discord.commands(other.id).length > 0) return;
    discord.leaveCommands(other.id, club.id);
  });

  return {
    guildId: club.id,
    people,
    channels: { general: club.general.id, quiz: quiz.id },
    cast: [
      member('Ada', 'admin', [admins.id, team.id]),
      member('Alice', 'admin', [admins.id, team.id]),
      member('Bob', 'team member', [team.id]),
      member('Cleo', 'community member', []),
      member('Dan', 'community member', []),
      { id: eve.id, note: 'in another server', home: other.id },
    ],
  };
}
