import Big from 'big.js';
import { compare, type Money, subtract } from '../../lib/index.ts';

/** Turns the reading direction of all that follows, amounts included. */
const DIRECTION_MARKS = /\p{Bidi_Control}/gu;

/** One line of at most so many characters, whole ones; what was left out shows as "…". */
export function clipped(text: string, limit: number): string {
  const line = text
    .toWellFormed()
    .replaceAll(DIRECTION_MARKS, '')
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1).replace(/\p{Cs}$/u, '')}…`;
}

/**
 * Text from users and from the catalog, so that nothing in it formats, links, mentions or names a command. Escaping makes it
 * longer, at most twice the limit.
 */
export function plain(text: string, limit = 100): string {
  return clipped(text, limit).replaceAll(/[\\*_~|`#>[\]<@]|^[-+]|:(?=\/\/)|(?<![\w/])\/(?=[a-z])/g, '\\$&');
}

/** Left out where it is not there, such as `isOpen && words.open`, or `days && words.after(days)`. */
export type Fact = string | false | 0 | undefined;

/** What is there of it, one a line. */
export const lines = (...texts: readonly Fact[]): string => texts.filter(Boolean).join('\n');

/** What is there of it, in one line. */
export const dotted = (...texts: readonly Fact[]): string => texts.filter(Boolean).join(' · ');

/** A line for each of the first ones, and how many more there are: a message has 4,000 characters. */
export function firstOf<T>(
  all: readonly T[],
  most: number,
  line: (each: T) => string,
  more: (count: number) => string,
): string[] {
  const first = all.slice(0, most).map(line);
  return all.length > most ? [...first, more(all.length - most)] : first;
}

/** Text to be copied as it is, in a code span. */
export function inCode(text: string): string {
  return `\`${clipped(text.replaceAll('`', "'"), 120)}\``;
}

/** A moment that everybody reads in their own time zone. */
export function moment(ms: number, style: 'R' | 'f' | 't' | 'D' = 'f'): string {
  return `<t:${Math.floor(ms / 1000)}:${style}>`;
}

const units = ['KiB', 'MiB', 'GiB', 'TiB'];

/** "512 MiB", "1.5 GiB": as much of it as anybody needs. */
export function sizeText(bytes: number): string {
  const power = Math.min(units.length, Math.max(1, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const size = bytes / 1024 ** power;
  return `${size < 10 ? Math.round(size * 10) / 10 : Math.round(size)} ${units[power - 1]}`;
}

/** The link of a message in a guild, as "Copy Message Link" gives it. (https://discord.com/developers/docs/reference) */
export function messageLink(guild: string, { channel, message }: { channel: string; message: string }): string {
  return `https://discord.com/channels/${guild}/${channel}/${message}`;
}

/** Somebody named in a record: a person of Discord, Cardigan itself, or whoever runs it. */
export function who(by: string): string {
  return /^\d+$/.test(by) ? `<@${by}>` : (names[by] ?? plain(by));
}

const names: Partial<Record<string, string>> = { cardigan: 'Cardigan', operator: 'whoever runs Cardigan' };

/** "2%": how much less is charged than the cards show, in whole percent, where the currencies are the same. */
export function saving(charged: Money, face: Money): string | undefined {
  if (charged.currency !== face.currency || compare(charged, face) >= 0) return undefined;
  const percent = new Big(subtract(face, charged).amount).times(100).div(face.amount);
  return percent.gte(1) ? `${percent.round(0, Big.roundDown).toFixed()}%` : undefined;
}
