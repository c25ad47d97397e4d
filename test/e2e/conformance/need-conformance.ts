import { inject } from 'vitest';
import { findDeviations, type Said } from './deviations.ts';
import { type DiscordDocument, readDiscordDocument } from './discord-document.ts';
import { usual } from './usual.ts';

let document: DiscordDocument | undefined;

/** Discord's document, read once by each file of tests; only where `inject('discordDocument')` names one. */
export function discordDocument(): DiscordDocument {
  document ??= readDiscordDocument(inject('discordDocument'));
  return document;
}

/**
 * Compiles before a town lives what it will be compared with. Later that would keep the stand-ins of other towns from
 * answering, and Discord's three seconds pass meanwhile.
 */
export function prepareConformance(): void {
  if (inject('discordDocument') && !document) findDeviations(discordDocument(), usual);
}

/** Throws when anything that went between the bot and Discord so far is not as Discord's document has it, if it is there. */
export function needConformance(said: Said): void {
  if (!inject('discordDocument')) return;
  const { deviations } = findDeviations(discordDocument(), said);
  if (deviations.length === 0) return;
  throw new Error(`Not as Discord's OpenAPI document has it:\n${deviations.join('\n')}`);
}
