import type { CampaignDetails } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import type { Order, RequesterDetails, RequesterHistory } from '../../orders/index.ts';
import { recipientsFact } from '../campaigns/bulk-preview.ts';
import { campaignWhat } from '../campaigns/facts.ts';
import { message, type View } from '../kit/message.ts';
import { type Fact, moment, plain, who } from '../kit/text.ts';
import { whatOf } from '../orders/facts.ts';

/** What somebody who decides about an order reads of its requester, for themselves alone. Never for whom a gift was. */
export function requesterDetailsView({ order, ...history }: RequesterDetails, words: Words): View {
  return historyView({ ...order, what: whatOf(order, words) }, history, words);
}

/** The same of a campaign, and to whom a bulk send goes: its card may stand where not everybody may read that. */
export function campaignDetailsView({ campaign, users, ...history }: CampaignDetails, words: Words): View {
  const to = users.length > 0 && recipientsFact(users, campaign.places, words);
  return historyView({ ...campaign, what: campaignWhat(campaign, words), to }, history, words);
}

interface About extends Pick<Order, 'reference' | 'requester'> {
  readonly what: string;
  readonly to?: Fact;
}

function historyView({ what, reference, requester, to }: About, history: RequesterHistory, words: Words): View {
  const { requesterHistory: w } = words;
  const { recent, month, balance } = history;
  return message({
    title: w.title(what),
    reference,
    facts: [
      to,
      (month.isPart ? w.monthAtLeast : w.month)(month.charged),
      balanceFact(balance, words),
      w.by(who(requester)),
      recent.length > 0 ? w.recent : w.none,
      ...recent.map((each) => rowOf(each, words)),
    ],
    next: w.next,
  });
}

function balanceFact(balance: RequesterHistory['balance'], { requesterHistory: w }: Words): Fact {
  if (balance === 'hidden') return undefined;
  return balance === 'unknown' ? w.balanceUnknown : w.balance(balance);
}

function rowOf({ quote, remote, status, history }: Order, words: Words): string {
  const { order, orders, requesterHistory: w } = words;
  const what = order.what(quote.quantity, plain(quote.name, 60));
  const at = history.at(-1)?.at ?? 0;
  return w.row(what, remote?.charged ?? quote.charged, orders.state[status], moment(at, 'R'));
}
