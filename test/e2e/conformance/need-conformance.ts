import { inject } from 'vitest';
import type { DiscordStandIn } from '../../../sandbox/discord/start-discord.ts';
import { findDeviations } from './deviations.ts';
import { type DiscordDocument, readDiscordDocument } from './discord-document.ts';

let document: DiscordDocument | undefined;

/** Discord's document, read once by each file of tests; only where `inject('discordDocument')` names one. */
export function discordDocument(): DiscordDocument {
  document ??= readDiscordDocument(inject('discordDocument'));
  return document;
}

/** Throws when anything that went between the bot and Discord so far is not as Discord's document has it, if it is there. */
export function needConformance(discord: DiscordStandIn): void {
  if (!inject('discordDocument')) return;
  const { deviations } = findDeviations(discordDocument(), discord);
  if (deviations.length === 0) return;
  throw new Error(`Not as Discord's OpenAPI document has it:\n${deviations.join('\n')}`);
}
