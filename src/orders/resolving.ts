import type { CardPlusPay } from '../cardpluspay/client.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/open.ts';
import { createConcluding } from './concluding.ts';
import { budgetSchema, createLedger } from './ledger.ts';
import type { Order } from './order.ts';
import { OPERATOR, orderSchema } from './order.ts';
import { createOrderBook } from './order-book.ts';
import type { OrderLog } from './ports.ts';
import type { Decision } from './reviewing.ts';
import { createReviewing } from './reviewing.ts';

interface Parts {
  store: Store;
  giftCards: CardPlusPay;
  clock: Clock;
  log: OrderLog;
}

/** Whoever runs Cardigan may decide where nobody in Discord may. Who they are nobody can tell: it is recorded as them. */
const operator = { user: OPERATOR, guild: '', isManager: true, isAdmin: true };

/** What can be decided without Discord. The bot takes it from there: it delivers, and tells the requester. */
export function createResolving({ store, giftCards, clock, log }: Parts) {
  const book = createOrderBook(store.records('orders', orderSchema));
  const ledger = createLedger(store.records('budgets', budgetSchema));
  const concluding = createConcluding({
    ...{ book, ledger, clock, log },
    fingerprint: store.fingerprint,
    notices: { tell: async () => undefined },
  });
  const reviewing = createReviewing({
    ...{ book, giftCards, concluding, clock },
    flights: { carryOn: () => undefined },
    telling: { tellSoon: () => undefined },
  });
  return {
    byReference: (reference: string): Promise<Order | undefined> => book.byReference(reference),
    operator,
    /** Throws a Problem. */
    decide: (id: string, decision: Decision): Promise<Order> =>
      reviewing.decide(id, operator, decision),
  };
}
