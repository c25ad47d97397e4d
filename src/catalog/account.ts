import type { CardPlusPay } from '../cardpluspay/index.ts';
import { type Clock, createKeyed, type Money } from '../lib/index.ts';

interface AccountDeps {
  giftCards: Pick<CardPlusPay, 'balance'>;
  clock: Clock;
}

interface FreshBalance {
  balance: Money;
  /** When it was asked for, in milliseconds since 1970. */
  at: number;
}

export type Account = ReturnType<typeof createAccount>;

/** The account at CardPlusPay. Errors of the client come through. */
export function createAccount({ giftCards, clock }: AccountDeps) {
  const asked = createKeyed();
  let known: string | undefined;

  async function ask(): Promise<FreshBalance> {
    const at = clock.now();
    const fresh = await giftCards.balance();
    known = fresh.currency;
    return { balance: fresh, at };
  }
  const balance = () => asked.join('balance', ask);

  return {
    /** Asked anew: a remembered balance may be spent. Whoever asks while nobody has an answer yet shares the question. */
    balance,
    /** That currency, once it was asked. */
    known: (): string | undefined => known,
    /** The currency of the balance and, as far as is known, of all charged amounts. Asked once. */
    currency: async (): Promise<string> => known ?? (await balance()).balance.currency,
  };
}
