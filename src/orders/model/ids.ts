const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** So many random bytes. */
export type RandomBytes = (size: number) => Uint8Array;

function timeText(ms: number, length: number): string {
  let text = '';
  for (let rest = ms; text.length < length; rest = Math.floor(rest / 32)) {
    text = crockford.charAt(rest % 32) + text;
  }
  return text;
}

function randomText(random: RandomBytes, length: number): string {
  return [...random(length)].map((byte) => crockford.charAt(byte % 32)).join('');
}

/** 16 characters, sorted by time: nine of milliseconds, seven of chance. Fits a Discord nonce with room for the part. */
export function newOrderId(now: number, random: RandomBytes): string {
  return timeText(now, 9) + randomText(random, 7);
}

/**
 * A reference as a person typed it: small letters, spaces and signs between them, and the letters that look like digits
 * (Crockford's base 32 has no I, L and O). Undefined for what can be none.
 */
export function readReference(typed: string): string | undefined {
  const text = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const isReference = text.length === 6 && [...text].every((each) => crockford.includes(each));
  return isReference ? text : undefined;
}

/** Six characters by which people name an order. Unique only by the hold `reference/<ref>`. */
export function newReference(random: RandomBytes): string {
  return randomText(random, 6);
}
