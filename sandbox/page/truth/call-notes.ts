import type { SeenRequest } from '../../cardpluspay/start-cardpluspay.ts';
import type { DiscordStandIn, LoggedRequest } from '../../discord/start-discord.ts';

const lost: Record<NonNullable<SeenRequest['lost']>, string> = {
  hang: 'no answer comes',
  reset: 'the answer was lost',
  'broken-off': 'the answer broke off',
};

/** What a call to CardPlusPay was about, in a few words. */
export const vendorNote = ({ body, lost: how }: SeenRequest): string => {
  const { item_code: item, quantity } = (body ?? {}) as Record<string, unknown>;
  const what = typeof item === 'string' ? [`${quantity} × ${item}`] : [];
  return [...what, ...(how ? [lost[how]] : [])].join(': ');
};

const callbacks: Record<number, string> = {
  4: 'answers',
  5: 'is thinking',
  6: 'acknowledges the press',
  7: 'changes the message',
  8: 'offers choices',
  9: 'opens a form',
};

const placeOf = (discord: DiscordStandIn, channelId: string): string => {
  const channel = discord.channel(channelId);
  if (channel?.guildId) return `in #${channel.name}`;
  return `to ${discord.user(channel?.recipientId ?? '')?.name ?? 'nobody'}`;
};

const messageNote = (discord: DiscordStandIn, method: string, channelId: string): string => {
  const verb = { POST: 'message', PATCH: 'edits a message', DELETE: 'deletes a message' }[method];
  return verb ? `${verb} ${placeOf(discord, channelId)}` : '';
};

/** What a call to Discord was about. */
export const discordNote = (discord: DiscordStandIn, call: LoggedRequest): string => {
  const { method, path, body } = call;
  if (path.endsWith('/callback')) return callbacks[(body as { type?: number })?.type ?? 0] ?? '';
  if (path.startsWith('/webhooks/')) return method === 'POST' ? 'follows up' : 'edits its answer';
  if (path.endsWith('/commands')) return method === 'PUT' ? 'registers its commands' : '';
  const channelId = /^\/channels\/(\d+)\/messages/.exec(path)?.[1];
  return channelId ? messageNote(discord, method, channelId) : '';
};
