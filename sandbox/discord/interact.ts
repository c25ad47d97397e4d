import { randomBytes } from 'node:crypto';
import { PermissionFlagsBits as Flag, InteractionType } from 'discord-api-types/v10';
import type { Dispatch } from './gateway.ts';
import type { Interaction } from './interaction.ts';
import type { StoredMessage } from './message.ts';
import { messageJson } from './message-json.ts';
import { channelJson, type Json, memberJson, userJson } from './payloads.ts';
import { permissionsOf } from './permissions.ts';
import type { Channel, User, World } from './world.ts';

export interface Use {
  user: User;
  channel: Channel;
  type: InteractionType;
  data: Json;
  /** The message whose component was used, or whose component opened the modal. */
  pressed?: StoredMessage | undefined;
  /** For a modal: the interaction that it was the answer to. */
  opener?: Interaction;
  command?: string;
}

const MAX_ATTACHMENT = 10 * 1024 * 1024;

/** Who acts: a member with their permissions in a guild, only a user in a DM. */
const actorJson = (world: World, { user, channel }: Use): Json => {
  const guild = world.guilds.get(channel.guildId ?? '');
  const member = guild?.members.get(user.id);
  if (!guild) return { user: userJson(user), context: 1 };
  if (!member) throw new Error(`${user.name} is not in ${guild.name}.`);
  return {
    member: {
      ...memberJson(world, member),
      permissions: String(permissionsOf(guild, user.id, channel)),
    },
    guild_id: guild.id,
    guild: { id: guild.id, locale: 'en-US', features: [] },
    guild_locale: 'en-US',
    context: 0,
  };
};

/** In a DM the bot may do what it always may in DMs. */
const appPermissions = (world: World, channel: Channel): bigint => {
  const guild = world.guilds.get(channel.guildId ?? '');
  if (!guild) return Flag.ViewChannel | Flag.SendMessages | Flag.EmbedLinks | Flag.AttachFiles;
  return permissionsOf(guild, world.bot.id, channel);
};

const interactionJson = (world: World, use: Use, interaction: Interaction): Json => ({
  id: interaction.id,
  application_id: world.bot.id,
  type: use.type,
  token: interaction.token,
  version: 1,
  data: use.data,
  channel_id: use.channel.id,
  channel: channelJson(world, use.channel),
  locale: use.user.locale,
  app_permissions: String(appPermissions(world, use.channel)),
  entitlements: [],
  authorizing_integration_owners: { 0: use.channel.guildId ?? '0' },
  attachment_size_limit: MAX_ATTACHMENT,
  ...actorJson(world, use),
  ...(use.pressed ? { message: messageJson(world, use.pressed) } : {}),
});

/** A user uses the bot: every connected process hears of it, the first to answer wins. */
export const interact = (world: World, dispatch: Dispatch, use: Use): Interaction => {
  if (world.guilds.get(use.channel.guildId ?? '')?.unavailable)
    throw new Error('The guild has an outage: nobody can use anything there.');
  const interaction: Interaction = {
    id: world.nextId(),
    token: randomBytes(48).toString('base64url'),
    type: use.type,
    userId: use.user.id,
    guildId: use.channel.guildId,
    channelId: use.channel.id,
    createdAt: world.clock.now(),
    command: use.type === InteractionType.ApplicationCommand ? use.command : undefined,
    pressed: use.pressed,
    opener: use.opener,
    acknowledged: 'none',
    ephemeral: false,
    original: undefined,
    followUps: [],
    edits: 0,
    modal: undefined,
    choices: [],
  };
  const json = interactionJson(world, use, interaction);
  world.interactions.set(interaction.token, interaction);
  if (world.interactionsEndpoint === null) dispatch('INTERACTION_CREATE', json, interaction.guildId);
  return interaction;
};
