import type { Words } from '../../i18n/index.ts';
import type { Order, RequesterDetails } from '../../orders/index.ts';
import { message, type View } from '../kit/message.ts';
import { type Fact, moment, plain, who } from '../kit/text.ts';
import { whatOf } from '../orders/facts.ts';

/** What somebody who decides about an order reads of its requester, for themselves alone. Never for whom a gift was. */
export function requesterDetailsView(details: RequesterDetails, words: Words): View {
  const { requesterHistory: w } = words;
  const { order, recent, month, balance } = details;
  return message({
    title: w.title(whatOf(order, words)),
    reference: order.reference,
    facts: [
      (month.isPart ? w.monthAtLeast : w.month)(month.charged),
      balanceFact(balance, words),
      w.by(who(order.requester)),
      recent.length > 0 ? w.recent : w.none,
      ...recent.map((each) => rowOf(each, words)),
    ],
    next: w.next,
  });
}

function balanceFact(balance: RequesterDetails['balance'], { requesterHistory: w }: Words): Fact {
  if (balance === 'hidden') return undefined;
  return balance === 'unknown' ? w.balanceUnknown : w.balance(balance);
}

function rowOf({ quote, remote, status, history }: Order, words: Words): string {
  const { order, orders, requesterHistory: w } = words;
  const what = order.what(quote.quantity, plain(quote.name, 60));
  const at = history.at(-1)?.at ?? 0;
  return w.row(what, remote?.charged ?? quote.charged, orders.state[status], moment(at, 'R'));
}
