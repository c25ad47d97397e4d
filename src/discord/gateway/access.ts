import { ApplicationFlags, type Client, GatewayIntentBits, PermissionFlagsBits, Routes } from 'discord.js';
import { usedRights } from '../channels.ts';
import { attempt, calling, type DiscordFailure } from '../errors.ts';

/** What the bot was given, as Discord says before anybody sees it online. */
export interface Access {
  /** The id of the application, for a link that invites it. */
  readonly application: string;
  /** It asks for the Server Members intent, and was not granted it: the gateway would close the connection. */
  readonly lacksIntent: boolean;
  /** The guilds that it is not in: nobody has invited it, or there is no such guild. */
  readonly notIn: readonly string[];
  /** Discord sends interactions to an address, and none to the gateway. */
  readonly isDeaf: boolean;
  /** The Server Members intent was granted after a review, for however many users. */
  readonly isReviewed: boolean;
  /** How many members the guilds have that it is in, about. */
  readonly users: number;
  /** How many guilds it is in, about. */
  readonly guilds: number;
}

/** Of GET /applications/@me what counts here. */
interface OwnApplication {
  readonly id: string;
  readonly flags?: number;
  readonly interactions_endpoint_url?: string | null;
  readonly approximate_guild_count?: number;
}

/** Where somebody invites the bot, with all that it uses. */
export const inviteLink = (application: string) => linkFor(application, usedRights);

/** The same, and with the right to ping roles that are not mentionable: where the bot is in already, it is given that. */
export const inviteThatPings = (application: string) =>
  linkFor(application, usedRights | PermissionFlagsBits.MentionEveryone);

const linkFor = (application: string, permissions: bigint) =>
  `https://discord.com/oauth2/authorize?client_id=${application}&scope=bot+applications.commands&permissions=${permissions}`;

/** Asks by REST alone. Throws DiscordFailure, `unauthorized` for a wrong token. */
export async function accessOf(client: Client, token: string, guilds: readonly string[]): Promise<Access> {
  const own = (await calling(client.rest.setToken(token).get(Routes.currentApplication()))) as OwnApplication;
  const { id, flags = 0 } = own;
  const { GatewayGuildMembers, GatewayGuildMembersLimited } = ApplicationFlags;
  const isGranted = (flags & (GatewayGuildMembers | GatewayGuildMembersLimited)) !== 0;
  const isWanted = client.options.intents.has(GatewayIntentBits.GuildMembers);
  const members = await Promise.all(guilds.map((guild) => membersOf(client, guild)));
  return {
    application: id,
    lacksIntent: isWanted && !isGranted,
    notIn: guilds.filter((_, i) => members[i] === undefined),
    isDeaf: Boolean(own.interactions_endpoint_url),
    isReviewed: (flags & GatewayGuildMembers) !== 0,
    users: members.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    guilds: own.approximate_guild_count ?? guilds.length,
  };
}

/**
 * How many members a guild has, about; undefined for one that the bot is not in. What Discord does not tell is no mistake of
 * whoever set the ids.
 */
function membersOf({ rest }: Client, guild: string): Promise<number | undefined> {
  const query = new URLSearchParams({ with_counts: 'true' });
  return attempt<number | undefined, number | undefined>(
    async () => {
      const { approximate_member_count: count = 0 } = (await calling(rest.get(Routes.guild(guild), { query }))) as {
        approximate_member_count?: number;
      };
      return count;
    },
    // Refused: no id that there can be.
    (failure) => (isNotIn(failure) || failure.kind === 'refused' ? undefined : 0),
  );
}

/** What Discord answers of a guild that there is not, or that the bot is not in. */
export const isNotIn = ({ kind }: DiscordFailure) => kind === 'unknown' || kind === 'forbidden';
