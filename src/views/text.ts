import { escapeMarkdown } from 'discord.js';
import type { Money } from '../money.ts';
import { compare, subtract } from '../money.ts';

/** Text from users and from the catalog, so that nothing in it formats, links or mentions. */
export function plain(text: string, limit = 200): string {
  const short = text.replaceAll(/\s+/g, ' ').trim().slice(0, limit);
  return escapeMarkdown(short, {
    heading: true,
    bulletedList: true,
    numberedList: true,
    maskedLink: true,
  }).replaceAll(/[<@]/g, '\\$&');
}

/** Text to be copied as it is, in a code span. */
export function inCode(text: string): string {
  return `\`${text.replaceAll(/[`\s]+/g, ' ').slice(0, 120)}\``;
}

/** A moment that everybody reads in their own time zone. */
export function moment(ms: number, style: 'R' | 'f' | 't' = 'f'): string {
  return `<t:${Math.floor(ms / 1000)}:${style}>`;
}

/** "2 %": how much less is charged than the cards show, in whole percent, where the currencies are the same. */
export function saving(charged: Money, face: Money): string | undefined {
  if (charged.currency !== face.currency || compare(charged, face) >= 0) return undefined;
  const percent = (Number(subtract(face, charged).amount) / Number(face.amount)) * 100;
  return percent >= 1 ? `${Math.floor(percent)} %` : undefined;
}
