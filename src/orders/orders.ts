import type { Member } from '../lib/index.ts';
import { type Approving, createApproving } from './approve.ts';
import {
  type Assigning,
  type Commissioning,
  createAssigning,
  createCommissioning,
} from './campaign-orders.ts';
import { type Cases, createCases } from './cases/cases.ts';
import { createDeciding } from './confirm.ts';
import type { Wish } from './create-quote.ts';
import { createResending, type Resending } from './delivery/resend.ts';
import { createRecalling, createRevealing, type Revealed } from './delivery/reveal.ts';
import { createEngine, type OrdersDeps } from './engine.ts';
import { createLookingUp, createViewing, type LookingUp, type OfferStanding } from './lookup.ts';
import type { Order } from './model/order.ts';
import type { Action } from './model/permissions.ts';
import type { StopAndResume } from './oversight.ts';
import type { Gate } from './purchase/circuit-breaker.ts';
import { createReviewing, type Reviewing } from './reconcile/review.ts';
import type { OrderPage, Page } from './repository.ts';

/** Everything that can be done with orders. Each call checks again who asks and where the order stands now. */
export interface Orders
  extends Approving,
    Assigning,
    Cases,
    Commissioning,
    LookingUp,
    Resending,
    Reviewing,
    StopAndResume {
  quote(wish: Wish): Promise<Order>;
  /** Whether purchases may go on now. */
  readonly gate: Gate;
  /** The requester says yes: approves, buys, delivers and tells. Resolves when nothing more can be done now. */
  confirm(id: string, member: Member): Promise<Order>;
  /** The requester asks for an approval, in the channel that the order names from then on. */
  ask(id: string, member: Member): Promise<Order>;
  cancel(id: string, member: Member): Promise<Order>;
  /** The recipient's own codes, recorded as revealed. Call `seen` once they are before their eyes. */
  reveal(id: string, member: Member): Promise<Revealed>;
  seen(revealed: Revealed): Promise<Order>;
  /** Asks CardPlusPay for codes that have not come yet, and delivers what came. */
  collect(id: string, member: Member): Promise<Order>;
  /** An order as its requester or a recipient may see it. */
  get(id: string, member: Member): Promise<Order>;
  /** The guild that an order belongs to, for a press in a direct message. */
  guildOf(id: string): Promise<string | undefined>;
  /** What this person may do with the order now. */
  actionsOf(order: Order, member: Member): Promise<readonly Action[]>;
  /** That of an offer of theirs, and why it needs approvals, where it does. */
  offerOf(order: Order, member: Member): Promise<OfferStanding>;
  ofMember(member: Member, page: Page): Promise<OrderPage>;
  /** What others have sent this member: orders of theirs with cards for them. */
  receivedBy(member: Member, page: Page): Promise<OrderPage>;
  /** Takes up all open orders after a start. */
  recover(): Promise<void>;
  /**
   * Ends what got too old, takes up what an error left behind, looks for lost orders and late codes, and purges codes
   * that were kept long enough, when it is time to. To be called every few seconds.
   */
  lookAfter(): Promise<void>;
  /** Starts nothing more, and waits for what is under way, at most so long. */
  stop(withinMs: number): Promise<void>;
}

export function createOrders(parts: OrdersDeps): Orders {
  const { giftCards, board, rules, clock, random } = parts;
  const {
    book,
    oversight,
    concluding,
    delivering,
    fingerprint,
    quote,
    telling,
    flights,
    cases: records,
    caseTelling,
    ...engine
  } = createEngine(parts);
  const { gate, notices } = oversight;
  const viewing = createViewing({ rules, clock });
  const lookingUp = createLookingUp({ book, viewing, rules, notices, clock });
  return {
    ...{ quote, gate },
    ...createDeciding({ book, concluding, clock, flights, gate, rules, board, notices, telling }),
    ...createCommissioning({ book, flights, gate, clock, random }),
    ...createAssigning({ book, flights, clock }),
    ...createApproving({
      ...{ book, rules, viewing, concluding, flights, gate, notices, telling, clock },
    }),
    actionsOf: viewing.actionsOf,
    offerOf: viewing.offerOf,
    ...createRevealing({
      ...{ book, delivering, telling, fingerprint, clock },
      recall: createRecalling({ giftCards, fingerprint }),
    }),
    ...createReviewing({ book, giftCards, concluding, flights, telling, clock }),
    ...oversight.commands,
    collect: engine.collect,
    ...lookingUp,
    ...createCases({ records, book, delivering, fingerprint, notices, caseTelling, clock }),
    ...createResending({ book, lookingUp, delivering, flights, clock }),
    recover: engine.recover,
    lookAfter: engine.lookAfter,
    stop: engine.stop,
  };
}
