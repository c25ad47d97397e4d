import type { CardPlusPay } from '../cardpluspay/client.ts';
import { CardPlusPayError } from '../cardpluspay/error.ts';
import type { OrderCode } from '../cardpluspay/types.ts';
import { asking } from '../catalog/vendor-problem.ts';
import { Problem } from '../problem.ts';
import type { Card, Order } from './order.ts';
import type { Code } from './sealed-answer.ts';
import { toCode } from './sealed-answer.ts';

interface Parts {
  giftCards: Pick<CardPlusPay, 'order'>;
  fingerprint(code: string): string;
}

/** The codes of one recipient from CardPlusPay, once they are no longer kept here. Throws a Problem when it cannot be asked. */
export type Recall = (order: Order, user: string) => Promise<Code[]>;

/** What CardPlusPay shows is matched by fingerprint alone: whatever belongs to no card of this recipient is not theirs. */
export function createRecalling({ giftCards, fingerprint }: Parts): Recall {
  async function shown(orderId: number): Promise<OrderCode[]> {
    try {
      const placed = await giftCards.order(orderId);
      // Codes of another order are somebody else's.
      if (placed.orderId !== orderId) throw new Problem('vendor_unreadable', {});
      return placed.codes;
    } catch (error) {
      if (error instanceof CardPlusPayError && error.code === 'not_found') return [];
      throw error;
    }
  }

  return async ({ remote, cards }, user) => {
    if (!remote) return [];
    const codes = await asking(shown(remote.orderId));
    const byFingerprint = new Map(codes.map((code) => [fingerprint(code.code), toCode(code)]));
    return cards.flatMap((card) => {
      const code = card.recipient === user && byFingerprint.get(card.fingerprint);
      return code ? [withLack(code, card)] : [];
    });
  };
}

function withLack(code: Code, { more }: Card): Code {
  if (code.metadata.length > 0 || more === undefined) return code;
  return { ...code, lacks: more === 'came' ? 'not_kept' : 'never_shown' };
}
