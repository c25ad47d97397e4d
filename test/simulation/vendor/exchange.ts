import type { CallerOptions } from '../../../src/cardpluspay/caller.ts';
import { CardPlusPayError } from '../../../src/cardpluspay/error.ts';
import type { Exchange, Exchanged } from '../../../src/cardpluspay/http.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { type Alive, Later, type Scheduler } from '../scheduler.ts';
import { nothing, ok, page, refusal } from './answers.ts';
import { purchaseFates, takeUnheard, takingOf } from './purchase-fates.ts';
import { type PageFault, type Post, pageFaults, text, type Vendor } from './vendor.ts';
import { listed, shown } from './views.ts';
import type { Wanted } from './wanted.ts';

/** What can become of a request that changes nothing; the first is an answer. */
const readFaults: readonly Exchanged[] = [
  nothing('ECONNRESET'),
  refusal(500, 'Server error'),
  refusal(429, 'Slow down', '1'),
  nothing('ECONNREFUSED', false),
  page(200),
  timeout(),
];

export const readVariants = readFaults.length;
export const listVariants = readFaults.length + pageFaults.length - 1;

/** How a POST is put beside the order that it is for. */
export interface Links {
  /** The local order whose attempt began then, for so many of a card. */
  orderOf(startedAt: number, wanted: Wanted): Order | undefined;
  /** Called when a POST leaves. */
  onPost(post: Post): void;
}

interface Parts extends Links {
  scheduler: Scheduler;
  vendor: Vendor;
  by: Alive;
  purchaseTimeoutMs: number;
}

/** How one process reaches CardPlusPay: the bytes that the real client sends and receives, without a network. */
export function createExchange(parts: Parts): NonNullable<CallerOptions['exchange']> {
  const { scheduler, vendor, by } = parts;

  function read(request: Exchange): Promise<Exchanged> {
    const url = new URL(request.path, 'http://vendor');
    const isList = url.pathname === '/orders';
    const giveUpAt = scheduler.now() + request.limits.totalMs;
    const kind = isList ? 'api.list' : 'api.read';
    return scheduler.call(by, kind, `${request.method} ${request.path}`, (variant) => {
      if (scheduler.now() > giveUpAt && !by.isFrozen) return timeout();
      if (vendor.gone.has('all')) return nothing('ECONNREFUSED', false);
      if (vendor.gone.has(partOf(url))) return refusal(500, 'Server error');
      const fault = readFaults[variant - 1];
      if (fault) return fault;
      return answerTo(url, request, pageFaults[variant - readFaults.length] ?? vendor.listFault);
    });
  }

  function answerTo(url: URL, { body }: Exchange, fault: PageFault): Exchanged {
    const [, resource, id] = url.pathname.split('/');
    if (resource === 'balance') return ok({ balance: text(vendor.balanceCents), currency: 'USD' });
    if (id === 'check') return checked(JSON.parse(body ?? ''));
    if (id === undefined) return listed(vendor, url.searchParams, fault);
    const order = vendor.charged.find(({ orderId }) => orderId === Number(id));
    return order ? shown(order, vendor) : refusal(404, 'No such order');
  }

  function checked({ item_id: item, quantity }: { item_id: string; quantity: number }): Exchanged {
    const unitCents = vendor.prices[item] ?? 0;
    if (vendor.outOfStock.has(item)) return refusal(400, 'Out of stock');
    vendor.checks.push({ by: by.name, at: scheduler.now(), item, quantity, unitCents });
    return ok({ price: Number(text(unitCents)), state: 'in_stock', status: true });
  }

  /** The first byte leaves, unless the connection never stands or it has become too late. */
  function leave(request: Exchange, variant: number, wanted: Wanted, deadline: number) {
    const objection = request.objection?.();
    if (objection) return { ...nothing('', false), failure: objection };
    if (variant === 1 || vendor.gone.has('all')) return nothing('ECONNREFUSED', false);
    const startedAt = deadline - parts.purchaseTimeoutMs;
    // The clock may have been set wrong only since it was written down that the attempt began.
    const order = parts.orderOf(startedAt + (by.skewMs ?? 0), wanted) ?? parts.orderOf(startedAt, wanted);
    const post: Post = {
      ...{ ...wanted, by: by.name, at: scheduler.now(), verdict: 'pending' as const },
      ...{ order: order?.id, status: order?.status },
      landsBy: startedAt + 1.5 * parts.purchaseTimeoutMs,
    };
    vendor.posts.push(post);
    parts.onPost(post);
    const nobodyWaits = () => {
      if (post.verdict === 'pending') takeUnheard(post, vendor, takingOf(vendor.posts.length));
    };
    scheduler.at(post.landsBy - 2, nobodyWaits);
    // From here on it is CardPlusPay's turn, whatever becomes of the process.
    const label = `POST /orders, ${wanted.quantity} × ${wanted.item}, is over${order ? ` (${order.id})` : ''}`;
    return scheduler.call(by, 'post.answer', label, (how) => answered(post, how, deadline));
  }

  function purchase(request: Exchange): Promise<Exchanged> {
    const { item_code: item, quantity } = JSON.parse(request.body ?? '');
    const deadline = scheduler.now() + request.limits.totalMs;
    const label = `POST /orders, ${quantity} × ${item}, leaves`;
    return scheduler.call(by, 'post.leave', label, (variant) => leave(request, variant, { item, quantity }, deadline));
  }

  function answered(post: Post, variant: number, deadline: number): Exchanged | Later {
    const fate = purchaseFates[variant % purchaseFates.length];
    if (!fate) throw new Error('no such fate');
    if (isOver(post)) return timeout();
    if (vendor.gone.has('answers')) {
      takeUnheard(post, vendor, takingOf(vendor.posts.length));
      return new Later(deadline, timeout);
    }
    const answer = fate.answer(post, vendor);
    const isLate = scheduler.now() > deadline && !by.isFrozen;
    if (fate.hangs || isLate) {
      post.verdict = 'unknown';
      return new Later(deadline, timeout);
    }
    if (post.verdict === 'taken') post.received = answer.answer?.body.toString();
    return answer;
  }

  return (_, request) => (request.method === 'POST' && request.path === '/orders' ? purchase(request) : read(request));
}

/** Of what can go away by itself, what a request asks. */
function partOf({ pathname }: URL): 'stock' | 'list' | 'order' {
  if (pathname === '/orders') return 'list';
  return pathname.startsWith('/orders/') ? 'order' : 'stock';
}

const isOver = ({ verdict }: Post): boolean => verdict !== 'pending';

function timeout(): Exchanged {
  const failure = new CardPlusPayError('timeout', 'unknown', 'no complete answer in time');
  return { answer: undefined, retryAfter: undefined, failure, started: true };
}
