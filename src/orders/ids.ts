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

/** Six characters by which people name an order. Unique only by the hold `reference/<ref>`. */
export function newReference(random: RandomBytes): string {
  return randomText(random, 6);
}
