import { isDeepStrictEqual } from 'node:util';
import { type Client, Events, type RESTPostAPIApplicationCommandsJSONBody, Routes } from 'discord.js';
import type { DiscordContext } from '../context.ts';
import { calling, DiscordFailure } from '../errors.ts';
import type { RegisteredCommand } from '../messages/command-mentions.ts';
import { inviteLink, isNotIn } from './access.ts';
import { isOwn } from './shards.ts';

type Definition = RESTPostAPIApplicationCommandsJSONBody;

/** What makes a difference to people; Discord adds ids, versions and empty values of its own. */
const texts = ['name', 'name_localizations', 'description', 'description_localizations'];
const limits = ['min_value', 'max_value', 'min_length', 'max_length', 'channel_types'];
const kinds = ['type', 'options', 'required', 'choices', 'value', 'autocomplete'];
const telling = new Set([...texts, ...limits, ...kinds, 'default_member_permissions', 'nsfw']);

function essence(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => essence(each));
  if (typeof value !== 'object' || value === null) return value;
  const isNames = key.endsWith('_localizations');
  const entries = Object.entries(value)
    .filter(([name, each]) => (isNames || telling.has(name)) && !isEmpty(each))
    .map(([name, each]) => [name, essence(each, name)]);
  return Object.fromEntries(entries);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function byName(commands: readonly Definition[]): Record<string, unknown> {
  const each = commands.map((command) => [command.name, essence({ type: 1, ...command })]);
  return Object.fromEntries(each);
}

/** Whether Discord's list says the same as ours, in any order. */
export function isRegistered(ours: readonly Definition[], theirs: readonly Definition[]): boolean {
  return isDeepStrictEqual(byName(ours), byName(theirs));
}

/** By their names: what Discord's list lacks, what it has otherwise, and what it has beside ours. */
export function commandDifferences(ours: readonly Definition[], theirs: readonly Definition[]) {
  const [own, registered] = [byName(ours), byName(theirs)];
  const both = Object.keys(own).filter((name) => name in registered);
  return {
    missing: Object.keys(own).filter((name) => !(name in registered)),
    differing: both.filter((name) => !isDeepStrictEqual(own[name], registered[name])),
    extra: Object.keys(registered).filter((name) => !(name in own)),
  };
}

interface Registration {
  /** Discord's list differed. */
  readonly isWritten: boolean;
  /** With the ids that Discord knows them by. */
  readonly commands: readonly RegisteredCommand[];
}

/** Writes the commands of one guild, only when Discord's list differs. Throws DiscordFailure. */
export async function registerCommands(
  client: Client<true>,
  guild: string,
  definitions: readonly Definition[],
): Promise<Registration> {
  const route = Routes.applicationGuildCommands(client.application.id, guild);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const theirs = (await calling(client.rest.get(route, { query }))) as readonly (Definition & RegisteredCommand)[];
  if (isRegistered(definitions, theirs)) return { isWritten: false, commands: theirs };
  const commands = (await calling(client.rest.put(route, { body: definitions }))) as readonly RegisteredCommand[];
  return { isWritten: true, commands };
}

type RegisterContext = Pick<DiscordContext, 'client' | 'guilds' | 'commandMentions' | 'log'>;

/** Registers the commands in every allowed guild of this shard. */
export async function registerEverywhere(ctx: RegisterContext, definitions: readonly Definition[]): Promise<void> {
  const own = ctx.guilds.filter((guild) => isOwn(ctx.client, guild));
  await Promise.all(own.map((guild) => register(ctx, guild, definitions)));
}

/** Registers them in a guild that the bot joins. */
export function registerOnJoin(
  ctx: RegisterContext,
  definitions: readonly Definition[],
  /** Of several processes only the one that answers the commands says which there are. */
  isLeader: () => boolean,
): void {
  ctx.client.on(Events.GuildCreate, ({ id }) => {
    if (isLeader() && ctx.guilds.includes(id)) void register(ctx, id, definitions);
  });
}

async function register(
  { client, commandMentions, log }: RegisterContext,
  guild: string,
  definitions: readonly Definition[],
): Promise<void> {
  try {
    const { isWritten, commands } = await registerCommands(client, guild, definitions);
    commandMentions.learn(guild, commands);
    log.info({ guild, isWritten }, 'commands are registered');
  } catch (err) {
    if (err instanceof DiscordFailure && isNotIn(err)) log.warn({ guild }, notInvited(client.application.id));
    else log.warn({ guild, err }, 'commands could not be registered');
  }
}

const notInvited = (application: string) =>
  `Cardigan is not in this server of DISCORD_GUILD_IDS, or may not have commands there: correct the id, or invite it: ${inviteLink(application)}`;
