import { withoutGrouping } from './money.ts';

/** Zero-width space, word joiner, byte order mark, soft hyphen, and marks of direction: they come along when text is copied. */
const stowaways = /[\u200B\u2060\uFEFF\u00AD\u180E\p{Bidi_Control}]/gu;
/** A joiner means something between two signs only. */
const ends = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/**
 * What somebody wrote, as they see it: without what cannot be seen, with plain spaces, and with each sign in one way (an "é"
 * may be one sign or two). Line breaks stay.
 */
export function seenText(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(stowaways, '')
    .replaceAll(/\p{Zs}/gu, ' ')
    .replaceAll(ends, '');
}

/**
 * An amount as people write it, as plain decimal text: "4,90", "1 000", "1,470.00", "1.470,00". Undefined for what is none,
 * and for "1,000", which is a thousand to some and one to others. With its currency it is none: that is not asked for.
 */
export function typedAmount(text: string): string | undefined {
  const seen = seenText(text);
  if (/^\d+(\.\d+)?$/.test(seen)) return seen;
  if (/^\d+,(\d{1,2}|\d{4,})$/.test(seen)) return seen.replace(',', '.');
  return seen.startsWith('-') ? undefined : withoutGrouping(seen);
}
