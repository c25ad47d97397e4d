import type { Clock, Log } from '../../lib/index.ts';
import type { DeliveryResult } from '../../outbox/index.ts';
import type { Vault } from '../../store/index.ts';
import type { Card, Order } from '../model/order.ts';
import {
  assignCards,
  type Effort,
  isToBeBrought,
  stepped,
  waitingParcels,
  withPosted,
  withReceived,
} from '../model/parcels.ts';
import { type Mailbox, NotTried, type Parcel } from '../model/ports.ts';
import { type Code, codesIn, type SealedAnswer } from '../model/raw-answer.ts';
import type { Reason } from '../model/reasons.ts';
import { noted } from '../model/state-machine.ts';
import type { OrderBook } from '../repository.ts';

export interface Delivering {
  /** Brings what is in the vault to its recipients, and gives the order as it is afterwards. */
  deliver(id: string, effort: Effort): Promise<Order>;
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
  log: Log;
}

const reasonFor: Record<DeliveryResult, Reason> = {
  sent: 'dm_sent',
  closed: 'dm_closed',
  failed: 'dm_failed',
  withheld: 'dm_withheld',
};

export function createDelivering(parts: Parts): Delivering {
  const { book, vault, fingerprint, mailbox, clock, log } = parts;

  async function requireOrder(id: string): Promise<Order> {
    const order = await book.get(id);
    if (!order) throw new Error(`no order has the id ${id}`);
    return order;
  }

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

  /** A mailbox that breaks must not keep the other parcels, nor the recipient from a reveal. */
  async function post(parcel: Parcel, cards: readonly Card[]): Promise<DeliveryResult | 'untried'> {
    const order = parcel.order.id;
    if (parcel.codes.length < cards.length) {
      log.error({ order, parcel: parcel.number }, 'codes of an order are not in the vault');
      return 'failed';
    }
    try {
      return await mailbox.deliver(parcel);
    } catch (err) {
      if (err instanceof NotTried) return 'untried';
      log.error({ order, err }, 'a parcel of codes could not be sent');
      return 'failed';
    }
  }

  async function recordPosted(
    { order: { id }, number }: Parcel,
    cards: readonly Card[],
    how: DeliveryResult,
    allTried: boolean,
  ): Promise<Order> {
    const fingerprints = new Set(cards.map((card) => card.fingerprint));
    const { order } = await book.revise(id, (current) => {
      const at = clock.now();
      const next = withPosted(current, { number, at, how, fingerprints });
      const after = stepped(next.order, { at, by: 'cardigan', why: reasonFor[how] }, allTried);
      // The same once more, or revealed meanwhile, is no step: the record must not grow with every try.
      return next.isNews || after.status !== current.status ? after : next.order;
    });
    return order;
  }

  async function recordReceived(id: string, user: string, codes: readonly Code[]): Promise<Order> {
    const fingerprints = new Set(codes.map(({ code }) => fingerprint(code)));
    const { order } = await book.revise(id, (current) => {
      const at = clock.now();
      const next = withReceived(current, user, at, fingerprints);
      return next === current ? current : stepped(next, { at, by: user, why: 'received' }, false);
    });
    return order;
  }

  async function deliver(id: string, effort: Effort): Promise<Order> {
    const known = await requireOrder(id);
    if (!isToBeBrought(known, effort)) return known;
    const codes = await codesByFingerprint(known);
    let order = await fixRecipients(id, [...codes.keys()]);
    const waiting = waitingParcels(order, effort);
    for (const [at, { number, recipient, resendAt, cards }] of waiting.entries()) {
      const parcel = {
        ...{ order, number, recipient, resendAt, mayBeOut: effort !== 'first' },
        codes: cards.flatMap((card) => codes.get(card.fingerprint) ?? []),
      };
      const how = await post(parcel, cards);
      // The process ends: the next one goes on from here.
      if (how === 'untried') return order;
      order = await recordPosted(parcel, cards, how, at === waiting.length - 1);
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
