import { refusal, tooOften } from './errors.ts';
import type { Channel, Spam, World } from './world.ts';

/**
 * "If you open a significant amount of DMs too quickly, your bot may be … blocked from opening new ones" (page "User",
 * Create DM). How many that is, Discord doesn't say: some 25 to 40 in a while (discord-php/DiscordPHP, issue 467), "a few
 * dozen at once" (DasWolke/SnowTransfer, issue 43).
 */
export const MOST_OPENED = { most: 25, perMs: 10 * 60_000 };

/** As in discord/discord-api-docs, pull request 8290. */
const WRITE_LIMIT_MS = 300;

export const refuseSpam = ({ spam }: World, at: Spam['at']): void => {
  if (spam.left <= 0 || spam.at !== at) return;
  spam.left -= 1;
  throw spam.says === 'writeLimit' ? tooOften('writeLimit', WRITE_LIMIT_MS) : refusal(spam.says);
};

/** Somebody's direct messages with the bot, which are made when one of them first opens or reads them. */
export const openDm = (world: World, userId: string): Channel => {
  for (const channel of world.channels.values()) if (channel.recipientId === userId) return channel;
  const channel: Channel = {
    id: world.nextId(),
    name: '',
    guildId: undefined,
    recipientId: userId,
    overwrites: [],
  };
  world.channels.set(channel.id, channel);
  return channel;
};

/** Whoever writes there, or uses a command, has opened it. */
const isUsed = (world: World, channel: Channel): boolean =>
  [...world.messages.values()].some(({ channelId }) => channelId === channel.id);

/** As the bot, which has to be asked only once: those that are there already cost nothing. */
export const openDmAsBot = (world: World, userId: string): Channel => {
  const channel = openDm(world, userId);
  if (channel.openedByBot || isUsed(world, channel)) return channel;
  refuseSpam(world, 'opening');
  if (world.limits.spend('direct messages', MOST_OPENED).isOver) throw refusal('dmsTooFast');
  channel.openedByBot = true;
  return channel;
};
