import type { Clock } from '../clock.ts';
import type { Vault } from '../store/vault.ts';
import type { Card, Order, Reason, Status } from './order.ts';
import { missingCards } from './order.ts';
import type { OrderBook } from './order-book.ts';
import type { Mailbox, Posted } from './ports.ts';
import type { Code, SealedAnswer } from './sealed-answer.ts';
import { codesIn } from './sealed-answer.ts';
import { noted, transition } from './transitions.ts';

export interface Delivering {
  /** Brings what is in the vault to its recipients, and gives the order as it is afterwards. */
  deliver(id: string, options?: { mayBeOut: boolean }): Promise<Order>;
  /** The codes of one recipient, by fingerprint. */
  codesOf(order: Order, user: string): Promise<Code[]>;
  /** Records that the recipient has seen these codes in a reveal. */
  recordReceived(id: string, user: string, codes: readonly Code[]): Promise<Order>;
}

interface Parts {
  book: OrderBook;
  vault: Vault<SealedAnswer>;
  fingerprint(code: string): string;
  mailbox: Mailbox;
  clock: Clock;
}

/**
 * Who gets the codes that have no recipient yet: recipients are served in their order, each up to their
 * quantity. Each recipient's go into one parcel, with a number that no other has, fixed before the first direct message.
 */
export function assignCards(order: Order, fingerprints: readonly string[]): Card[] {
  const known = new Set(order.cards.map((card) => card.fingerprint));
  const newest = Math.max(-1, ...order.cards.map((card) => card.parcel));
  const parcels = new Map<string, number>();
  const cards = [...order.cards];
  for (const fingerprint of new Set(fingerprints.filter((each) => !known.has(each)))) {
    const recipient = order.recipients.find(
      ({ user, quantity }) => cards.filter((card) => card.recipient === user).length < quantity,
    );
    // More codes than were ordered: they are paid for, so the last recipient has them.
    const user = recipient?.user ?? order.recipients.at(-1)?.user ?? order.requester;
    const parcel = parcels.get(user) ?? newest + parcels.size + 1;
    parcels.set(user, parcel);
    cards.push({ fingerprint, recipient: user, parcel });
  }
  return cards;
}

/** What the order becomes once its cards stand as they do now. */
export function statusByCards(order: Order): Status {
  if (missingCards(order) > 0) return 'bought';
  return order.cards.every((card) => card.deliveredAt !== undefined) ? 'delivered' : 'held';
}

function settled(order: Order, by: string, at: number, why: Reason): Order {
  const status = statusByCards(order);
  const step = { at, by, why };
  return status === order.status ? noted(order, step) : transition(order, status, step);
}

const reasonFor: Record<Posted, Reason> = {
  sent: 'dm_sent',
  closed: 'dm_closed',
  failed: 'dm_failed',
};

export function createDelivering({ book, vault, fingerprint, mailbox, clock }: Parts): Delivering {
  async function codesByFingerprint(order: Order): Promise<Map<string, Code>> {
    const sealed = await vault.open(order.id);
    return new Map(sealed ? codesIn(sealed).map((code) => [fingerprint(code.code), code]) : []);
  }

  async function fixRecipients(id: string, fingerprints: readonly string[]): Promise<Order> {
    const revision = await book.revise(id, (order) => {
      const cards = assignCards(order, fingerprints);
      if (order.status !== 'bought' || cards.length === order.cards.length) return order;
      return noted(order, { at: clock.now(), by: 'cardigan', why: 'codes_came' }, { cards });
    });
    return revision.order;
  }

  async function record(id: string, user: string, codes: readonly Code[], why: Reason) {
    const received = new Set(codes.map((code) => fingerprint(code.code)));
    const { order } = await book.revise(id, (current) => {
      const at = clock.now();
      const isNews = (card: Card) =>
        received.has(card.fingerprint) && card.recipient === user && card.deliveredAt === undefined;
      if (!current.cards.some(isNews)) return current;
      const cards = current.cards.map((card) =>
        isNews(card) ? { ...card, deliveredAt: at } : card,
      );
      return settled({ ...current, cards }, why === 'received' ? user : 'cardigan', at, why);
    });
    return order;
  }

  async function recordUnreachable(id: string, why: Reason): Promise<Order> {
    const { order } = await book.revise(id, (current) =>
      current.status === 'bought' ? settled(current, 'cardigan', clock.now(), why) : current,
    );
    return order;
  }

  async function deliver(id: string, { mayBeOut } = { mayBeOut: false }): Promise<Order> {
    const known = await book.get(id);
    if (known?.status !== 'bought') return requireOrder(known, id);
    const codes = await codesByFingerprint(known);
    let order = await fixRecipients(id, [...codes.keys()]);
    for (const [key, cards] of parcelsOf(order)) {
      const [number, recipient] = key;
      const parcel = cards.flatMap((card) => codes.get(card.fingerprint) ?? []);
      const posted = await mailbox.deliver({ order, number, recipient, codes: parcel, mayBeOut });
      const why = reasonFor[posted];
      order =
        posted === 'sent'
          ? await record(id, recipient, parcel, why)
          : await recordUnreachable(id, why);
    }
    return order;
  }

  return {
    deliver,
    recordReceived: (id, user, codes) => record(id, user, codes, 'received'),
    async codesOf(order, user) {
      const codes = await codesByFingerprint(order);
      return order.cards
        .filter((card) => card.recipient === user)
        .flatMap((card) => codes.get(card.fingerprint) ?? []);
    },
  };
}

function requireOrder(order: Order | undefined, id: string): Order {
  if (!order) throw new Error(`no order has the id ${id}`);
  return order;
}

/** The parcels that still have to travel: [number, recipient] and their cards. */
function parcelsOf(order: Order): Array<[[number, string], Card[]]> {
  const waiting = order.cards.filter((card) => card.deliveredAt === undefined);
  const groups = Map.groupBy(waiting, (card) => `${card.parcel}/${card.recipient}`);
  return [...groups.values()].map((cards) => {
    const first = cards[0] as Card;
    return [[first.parcel, first.recipient], cards];
  });
}
