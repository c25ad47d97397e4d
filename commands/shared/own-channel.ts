import type { InteractionContext } from '../../src/discord/index.ts';
import { Problem } from '../../src/lib/index.ts';

/** Cardigan posts for nobody where they could not write themselves. Throws `channel_not_yours`. */
export function requireOwnChannel({ mayWrite }: InteractionContext, channel: string): void {
  if (!mayWrite(channel)) throw new Problem('channel_not_yours', {});
}

/** Where others are asked about it, with what is to be said: here, or where it is to stand if they may only read here. */
export function askedIn({ mayWrite, channel }: InteractionContext, place: string): string {
  return mayWrite(channel) ? channel : place;
}
