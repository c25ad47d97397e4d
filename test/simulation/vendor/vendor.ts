import type { Status } from '../../../src/orders/model/order.ts';
import type { Wanted } from './wanted.ts';

/** A card that CardPlusPay has issued. */
export interface Issued {
  readonly code: string;
  readonly pin: string;
  /** From when on GET /orders/{id} shows it; never where that is infinite. */
  readonly readyAt: number;
}

/** An order that CardPlusPay has: money was charged for it. */
export interface Charged extends Wanted {
  readonly orderId: number;
  readonly cents: number;
  readonly at: number;
  /** From when on the order list shows it. */
  readonly listedFrom: number;
  readonly cards: readonly Issued[];
  /** The list says nothing of what was charged. */
  readonly namesNoAmount?: boolean;
  /** What it was bought for; undefined when somebody else bought it with the account. */
  readonly post: Post | undefined;
  hasFailed: boolean;
}

/** One POST /orders that left a process. */
export interface Post extends Wanted {
  /** The local order it was sent for; undefined where no order accounts for it. */
  readonly order: string | undefined;
  /** How that order stood as the first byte left. */
  readonly status: Status | undefined;
  readonly by: string;
  readonly at: number;
  /** When nothing of it can be on its way any more. */
  readonly landsBy: number;
  /** `refused`: told so clearly that CardPlusPay did nothing. Everything else may have been acted on. */
  verdict: 'pending' | 'refused' | 'unknown' | 'taken';
  charged?: Charged;
  /** The whole answer, once a process has received it. */
  received?: string | undefined;
}

/** A stock check as it was answered. */
export interface Check extends Wanted {
  readonly by: string;
  readonly at: number;
  readonly unitCents: number;
}

export const listModes = [
  ...(['rich', 'thin', 'without times', 'oldest first', 'two a page'] as const),
  ...(['ids jump', 'ids jump, without times'] as const),
] as const;
export type ListMode = (typeof listModes)[number];

/** What may be wrong with one page of the list. */
export const pageFaults = ['none', 'unreadable row', 'another page', 'short'] as const;
export type PageFault = (typeof pageFaults)[number];

interface Time {
  now(): number;
  at(time: number, run: () => void): void;
}

export type Vendor = ReturnType<typeof createVendor>;

/** Each of its own; where they jump, a later one may be lower. */
function idOf(index: number, listMode: ListMode): number {
  return 1001 + (listMode.startsWith('ids jump') ? (index * 389 + 500) % 997 : index);
}

export const text = (cents: number): string => (cents / 100).toFixed(2);

interface More {
  cents?: number;
  readyAt?: (card: number) => number;
  post?: Post;
  /** Of cards, where that is not what was ordered. */
  count?: number;
  namesNoAmount?: boolean;
  /** The code that its first card has, of an order before. */
  again?: string | undefined;
}

/** CardPlusPay's side: prices, balance and what was truly bought. */
export function createVendor(time: Time, listMode: ListMode) {
  const state = {
    /** What one card costs, in cents. Two BIG cost what one HUGE does. */
    prices: { BIG: 490, HUGE: 980 } as Record<string, number>,
    outOfStock: new Set<string>(),
    balanceCents: 20_000,
    listMode,
    /** What is wrong with every page of the list, until it is mended. */
    listFault: 'none' as PageFault,
    /** How long an order is missing from the list after it was taken. */
    listLagMs: 0,
    /** What of it never comes back. */
    gone: new Set<'answers' | 'stock' | 'list' | 'order' | 'all'>(),
    charged: [] as Charged[],
    posts: [] as Post[],
    checks: [] as Check[],
  };

  function commit(wanted: Wanted, more: More = {}): Charged {
    const { item, quantity } = wanted;
    const { cents = (state.prices[item] ?? 0) * quantity, readyAt = () => 0, post, count = quantity, again } = more;
    const orderId = idOf(state.charged.length, listMode);
    const cards = Array.from({ length: count }, (_, card) => ({
      code: card === 0 && again !== undefined ? again : `SECRET-${orderId}-${card}`,
      pin: `PIN-${orderId}-${card}`,
      readyAt: readyAt(card),
    }));
    const at = time.now();
    const listedFrom = at + state.listLagMs;
    const { namesNoAmount = false } = more;
    const order = { orderId, item, quantity, cents, at, listedFrom, cards, post, namesNoAmount, hasFailed: false };
    state.charged.push(order);
    state.balanceCents -= cents;
    if (post) post.charged = order;
    return order;
  }

  return Object.assign(state, { now: time.now, at: time.at, commit });
}
