import { type CardPlusPay, CardPlusPayError } from '../cardpluspay/index.ts';
import type { Clock, Money } from '../lib/index.ts';
import { type Metrics, noMetrics } from '../monitoring/index.ts';

/** Why CardPlusPay refuses the key: it is none, or has to come with a signature. */
export type KeyRefusal = 'unauthorized' | 'signing_wanted';

interface SeenBalance {
  readonly balance: Money;
  /** When it was asked for, in milliseconds since 1970. */
  readonly at: number;
}

/** What its answers have told of the account, whatever they were asked for. */
export interface VendorSeen {
  /** The newest one that anybody asked for. */
  balance(): SeenBalance | undefined;
  /** The newest answer that refused the key, where no balance was given since. */
  refusal(): { readonly at: number; readonly why: KeyRefusal } | undefined;
}

/** The same client, of which somebody takes note: nothing is asked for it. */
export function watchVendor(
  giftCards: CardPlusPay,
  clock: Pick<Clock, 'now'>,
  metrics: Pick<Metrics, 'balanceKnown' | 'keyRefused'> = noMetrics,
): { giftCards: CardPlusPay; seen: VendorSeen } {
  let newest: SeenBalance | undefined;
  let refused: ReturnType<VendorSeen['refusal']>;

  async function noting<T>(asked: Promise<T>): Promise<T> {
    try {
      return await asked;
    } catch (error) {
      const why = refusalIn(error);
      if (why) refused = { at: clock.now(), why };
      if (why) metrics.keyRefused(true);
      throw error;
    }
  }

  /** Of two that cross on their way the one that was asked for last counts. */
  async function balance(): Promise<Money> {
    const at = clock.now();
    const given = await noting(giftCards.balance());
    if (!newest || newest.at <= at) newest = { balance: given, at };
    if (refused && refused.at <= at) refused = undefined;
    metrics.balanceKnown(newest.balance.amount, newest.at);
    metrics.keyRefused(refused !== undefined);
    return given;
  }

  return {
    giftCards: {
      // What a purchase is checked by comes before it, with the same key.
      ...giftCards,
      balance,
      catalog: (query) => noting(giftCards.catalog(query)),
      checkStock: (itemCode, quantity) => noting(giftCards.checkStock(itemCode, quantity)),
      order: (orderId) => noting(giftCards.order(orderId)),
      orders: (query) => noting(giftCards.orders(query)),
    },
    seen: { balance: () => newest, refusal: () => refused },
  };
}

/** Undefined for an error that says nothing of the key. */
export function refusalIn(error: unknown): KeyRefusal | undefined {
  if (!(error instanceof CardPlusPayError)) return undefined;
  return error.code === 'unauthorized' || error.code === 'signing_wanted' ? error.code : undefined;
}
