import { ComponentType, ApplicationCommandOptionType as Kind } from 'discord-api-types/v10';
import { channelJson, type Json, memberJson, roleJson, userJson } from '../payloads.ts';
import { permissionsOf } from '../permissions.ts';
import type { Guild, World } from '../world.ts';
import type { OptionDefinition, SentValues } from './command-options.ts';

type Mention = 'user' | 'role' | 'channel' | 'any';

const byOption: Record<number, Mention> = {
  [Kind.User]: 'user',
  [Kind.Role]: 'role',
  [Kind.Channel]: 'channel',
  [Kind.Mentionable]: 'any',
};

const byMenu: Record<number, Mention> = {
  [ComponentType.UserSelect]: 'user',
  [ComponentType.RoleSelect]: 'role',
  [ComponentType.ChannelSelect]: 'channel',
  [ComponentType.MentionableSelect]: 'any',
};

const userParts = (world: World, guild: Guild | undefined, id: string): Json => {
  const user = world.users.get(id);
  const member = guild?.members.get(id);
  if (!user) return {};
  if (!guild || !member) return { users: { [id]: userJson(user) } };
  const { user: _user, deaf: _deaf, mute: _mute, ...rest } = memberJson(world, member);
  const permissions = String(permissionsOf(guild, id));
  return { users: { [id]: userJson(user) }, members: { [id]: { ...rest, permissions } } };
};

/** Of the menu of a person: they, and what they are in the guild. */
export const resolvedUser = (world: World, guild: Guild | undefined, id: string): Json => {
  const parts = userParts(world, guild, id);
  if (Object.keys(parts).length === 0) throw new Error(`There is no user with the id ${id}.`);
  return parts;
};

const partsOf = (world: World, guild: Guild | undefined, kind: Mention, id: string): Json => {
  const role = guild?.roles.get(id);
  const channel = world.channels.get(id);
  const isHere = channel !== undefined && channel.guildId === guild?.id;
  if (role && kind !== 'user' && kind !== 'channel') return { roles: { [id]: roleJson(role, 1) } };
  if (isHere && kind === 'channel') return { channels: { [id]: channelJson(world, channel) } };
  const user = kind === 'user' || kind === 'any' ? userParts(world, guild, id) : {};
  if (Object.keys(user).length === 0) throw new Error(`There is no ${kind} with the id ${id}.`);
  return user;
};

const join = (parts: readonly Json[]): Json => {
  const whole: Record<string, Json> = {};
  for (const part of parts)
    for (const [key, value] of Object.entries(part)) whole[key] = { ...whole[key], ...(value as Json) };
  return Object.keys(whole).length > 0 ? { resolved: whole } : {};
};

/** `resolved` for options that name users, roles, channels or files by id. */
export const resolvedForOptions = (
  world: World,
  guild: Guild | undefined,
  options: readonly OptionDefinition[],
  values: SentValues,
  files: Json,
): Json =>
  join([
    files,
    ...options.flatMap((option) => {
      const kind = byOption[option.type];
      const id = values[option.name];
      return kind && id !== undefined ? [partsOf(world, guild, kind, String(id))] : [];
    }),
  ]);

/** `resolved` for menus of users, roles or channels, by their type. */
export const resolvedForMenus = (
  world: World,
  guild: Guild | undefined,
  answers: readonly (readonly [menuType: number, ids: readonly string[]])[],
): Json =>
  join(
    answers.flatMap(([menuType, ids]) => {
      const kind = byMenu[menuType];
      return kind ? ids.map((id) => partsOf(world, guild, kind, id)) : [];
    }),
  );
