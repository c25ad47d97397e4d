import { ApplicationFlags, ChannelType, PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { botMay } from './permissions.ts';
import type { Channel, Guild, Member, Role, Thread, User, World } from './world.ts';

// Discord's JSON for what the world holds: the fields that its OpenAPI description requires,
// and those that discord.js reads.

export type Json = Record<string, unknown>;

export const iso = (ms: number): string => new Date(ms).toISOString().replace('Z', '000+00:00');

/** The application's public flags: of the Server Members intent the one of bots in few servers. */
export const applicationFlags = ({ membersIntent }: World): number =>
  membersIntent ? ApplicationFlags.GatewayGuildMembersLimited : 0;

export const userJson = (user: User): Json => ({
  id: user.id,
  username: user.name.toLowerCase(),
  global_name: user.bot ? null : user.name,
  discriminator: user.bot ? '0001' : '0',
  avatar: null,
  public_flags: 0,
  flags: 0,
  primary_guild: null,
  ...(user.bot ? { bot: true } : {}),
});

export const memberJson = (world: World, member: Member): Json => ({
  user: userJson(world.users.get(member.userId) as User),
  nick: member.nick ?? null,
  avatar: null,
  banner: null,
  roles: member.roleIds,
  joined_at: iso(member.joinedAt),
  premium_since: null,
  communication_disabled_until: null,
  deaf: false,
  mute: false,
  flags: 0,
  pending: false,
});

export const roleJson = (role: Role, position: number): Json => ({
  id: role.id,
  name: role.name,
  permissions: String(role.permissions),
  position,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  icon: null,
  unicode_emoji: null,
  managed: false,
  mentionable: role.mentionable,
  flags: 0,
});

const threadJson = (channel: Channel, { parentId, ownerId, locked, archived, createdAt }: Thread): Json => ({
  id: channel.id,
  type: ChannelType.PublicThread,
  last_message_id: null,
  flags: 0,
  guild_id: channel.guildId,
  name: channel.name,
  parent_id: parentId,
  owner_id: ownerId,
  rate_limit_per_user: 0,
  thread_metadata: {
    archived,
    archive_timestamp: iso(createdAt),
    auto_archive_duration: 1440,
    locked,
    create_timestamp: iso(createdAt),
  },
  message_count: 0,
  member_count: 1,
  total_message_sent: 0,
});

const typeOf = ({ kind }: Channel): ChannelType => {
  if (kind === 'forum') return ChannelType.GuildForum;
  return kind === 'announcement' ? ChannelType.GuildAnnouncement : ChannelType.GuildText;
};

export const channelJson = (world: World, channel: Channel): Json => {
  if (channel.thread) return threadJson(channel, channel.thread);
  const base = { id: channel.id, last_message_id: null, flags: 0 };
  const recipient = world.users.get(channel.recipientId ?? '');
  if (recipient) return { ...base, type: ChannelType.DM, recipients: [userJson(recipient)] };
  return {
    ...base,
    type: typeOf(channel),
    guild_id: channel.guildId,
    name: channel.name,
    position: 0,
    parent_id: null,
    topic: null,
    nsfw: false,
    rate_limit_per_user: 0,
    permission_overwrites: channel.overwrites.map((one) => ({
      ...one,
      allow: String(one.allow),
      deny: String(one.deny),
    })),
  };
};

export const channelsOf = (world: World, guild: Guild): Channel[] =>
  [...world.channels.values()].filter((channel) => channel.guildId === guild.id && !channel.thread);

/** Those that are active and that the bot sees (page "Threads", Gateway Events). */
const threadsOf = (world: World, guild: Guild): Channel[] =>
  [...world.channels.values()].filter(
    (channel) =>
      channel.guildId === guild.id && channel.thread?.archived === false && botMay(world, channel, Flag.ViewChannel),
  );

export const guildJson = (guild: Guild): Json => ({
  id: guild.id,
  name: guild.name,
  icon: null,
  splash: null,
  discovery_splash: null,
  banner: null,
  description: null,
  home_header: null,
  owner_id: guild.ownerId,
  application_id: null,
  region: 'deprecated',
  afk_channel_id: null,
  afk_timeout: 300,
  system_channel_id: null,
  system_channel_flags: 0,
  widget_enabled: false,
  widget_channel_id: null,
  verification_level: 0,
  default_message_notifications: 0,
  explicit_content_filter: 0,
  mfa_level: 0,
  nsfw_level: 0,
  nsfw: false,
  max_presences: null,
  max_members: 500_000,
  max_video_channel_users: 25,
  max_stage_video_channel_users: 50,
  vanity_url_code: null,
  premium_tier: 0,
  premium_subscription_count: 0,
  premium_progress_bar_enabled: false,
  premium_progress_bar_enabled_user_updated_at: null,
  preferred_locale: 'en-US',
  rules_channel_id: null,
  public_updates_channel_id: null,
  safety_alerts_channel_id: null,
  incidents_data: null,
  features: [],
  emojis: [],
  stickers: [],
  roles: [...guild.roles.values()].map(roleJson),
});

/** The guild as the gateway sends it: with channels, and of the members only the bot. */
export const guildCreateJson = (world: World, guild: Guild): Json => {
  const me = guild.members.get(world.bot.id) as Member;
  return {
    ...guildJson(guild),
    joined_at: iso(me.joinedAt),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: [memberJson(world, me)],
    channels: channelsOf(world, guild).map((channel) => channelJson(world, channel)),
    threads: threadsOf(world, guild).map((channel) => channelJson(world, channel)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
};
