import type { Clock } from '../clock.ts';
import type { Vault } from '../store/vault.ts';
import { assignCards, stepped, waitingParcels, withReceived } from './cards.ts';
import type { Order, Reason } from './order.ts';
import type { OrderBook } from './order-book.ts';
import type { Mailbox, OrderLog, Parcel, Posted } from './ports.ts';
import type { Code, SealedAnswer } from './sealed-answer.ts';
import { codesIn } from './sealed-answer.ts';
import { noted } from './transitions.ts';

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
  log: OrderLog;
}

const reasonFor: Record<Posted, Reason> = {
  sent: 'dm_sent',
  closed: 'dm_closed',
  failed: 'dm_failed',
};

export function createDelivering(parts: Parts): Delivering {
  const { book, vault, fingerprint, mailbox, clock, log } = parts;

  async function codesByFingerprint(order: Order): Promise<Map<string, Code>> {
    const { id, remote } = order;
    const sealed = remote && (await vault.open(id));
    const codes = sealed ? codesIn(sealed, remote.orderId) : [];
    return new Map(codes.map((code) => [fingerprint(code.code), code]));
  }

  async function fixRecipients(id: string, fingerprints: readonly string[]): Promise<Order> {
    const revision = await book.revise(id, (order) => {
      const cards = assignCards(order, fingerprints);
      if (order.status !== 'bought' || cards.length === order.cards.length) return order;
      return noted(order, { at: clock.now(), by: 'cardigan', why: 'codes_came' }, { cards });
    });
    return revision.order;
  }

  const fingerprints = (codes: readonly Code[]) =>
    new Set(codes.map((code) => fingerprint(code.code)));

  /** A mailbox that breaks must not keep the other parcels, nor the recipient from a reveal. */
  async function post(parcel: Parcel): Promise<Posted> {
    try {
      return await mailbox.deliver(parcel);
    } catch (error) {
      log.error({ order: parcel.order.id, err: error }, 'a parcel of codes could not be sent');
      return 'failed';
    }
  }

  async function recordPosted(
    { order: { id }, recipient, codes }: Parcel,
    posted: Posted,
    allTried: boolean,
  ): Promise<Order> {
    const received = fingerprints(posted === 'sent' ? codes : []);
    const { order } = await book.revise(id, (current) => {
      const at = clock.now();
      const next = withReceived(current, recipient, at, received);
      // Revealed meanwhile: nothing more to say.
      if (next === current && current.status !== 'bought') return current;
      return stepped(next, { at, by: 'cardigan', why: reasonFor[posted] }, allTried);
    });
    return order;
  }

  async function recordReceived(id: string, user: string, codes: readonly Code[]): Promise<Order> {
    const { order } = await book.revise(id, (current) => {
      const at = clock.now();
      const next = withReceived(current, user, at, fingerprints(codes));
      return next === current ? current : stepped(next, { at, by: user, why: 'received' }, false);
    });
    return order;
  }

  async function deliver(id: string, { mayBeOut } = { mayBeOut: false }): Promise<Order> {
    const known = await book.get(id);
    if (known?.status !== 'bought') return requireOrder(known, id);
    const codes = await codesByFingerprint(known);
    let order = await fixRecipients(id, [...codes.keys()]);
    const waiting = waitingParcels(order);
    for (const [at, { number, recipient, cards }] of waiting.entries()) {
      const parcel = {
        ...{ order, number, recipient, mayBeOut },
        codes: cards.flatMap((card) => codes.get(card.fingerprint) ?? []),
      };
      order = await recordPosted(parcel, await post(parcel), at === waiting.length - 1);
    }
    return order;
  }

  return {
    deliver,
    recordReceived,
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
