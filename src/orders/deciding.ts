import type { Clock } from '../clock.ts';
import { Problem } from '../problem.ts';
import type { Action } from './actions.ts';
import { openActions } from './actions.ts';
import type { Concluding } from './concluding.ts';
import type { Flights } from './flights.ts';
import type { Gate } from './gate.ts';
import { passGate } from './gate.ts';
import type { Notices } from './notices.ts';
import type { Member, Order } from './order.ts';
import type { OrderBook, OrderPage, Page } from './order-book.ts';
import type { NoticeBoard } from './ports.ts';
import type { Telling } from './telling.ts';
import { transition } from './transitions.ts';

interface Parts {
  book: OrderBook;
  concluding: Concluding;
  flights: Flights;
  gate: Gate;
  board: Pick<NoticeBoard, 'approvalChannel'>;
  notices: Pick<Notices, 'showApproval'>;
  telling: Telling;
  clock: Clock;
}

/** What the requester decides about their own order, and what they see of it. */
export function createDeciding(parts: Parts) {
  const { book, concluding, flights, gate, board, notices, telling, clock } = parts;

  async function own(id: string, member: Member): Promise<Order> {
    const order = await book.get(id);
    if (!order) throw new Problem('order_unknown', {});
    const isTheirs =
      order.requester === member.user || order.recipients.some(({ user }) => user === member.user);
    if (!isTheirs || order.guild !== member.guild) throw new Problem('not_yours', {});
    return order;
  }

  /** Why a press came too late, or from somebody who may not; the order is as it is now. */
  function refusal(order: Order, member: Member): Problem {
    const { reference, status, requester } = order;
    if (requester !== member.user) return new Problem('not_yours', {});
    if (status === 'quoted' && clock.now() >= order.quote.expiresAt) {
      return new Problem('quote_expired', { reference });
    }
    if (status === 'expired') return new Problem('quote_expired', { reference });
    if (status === 'quoted') return new Problem('needs_approval', { reference });
    return new Problem('already_decided', { reference, status });
  }

  function requireOpen(order: Order, member: Member, action: Action): void {
    if (!openActions(order, member, clock.now()).includes(action)) throw refusal(order, member);
  }

  /** The order after the press, if it is still open to this person as the order stands now. */
  function decided(order: Order, member: Member, action: 'confirm' | 'cancel'): Order {
    const at = clock.now();
    const by = member.user;
    requireOpen(order, member, action);
    return action === 'confirm'
      ? transition(order, 'approved', { at, by, why: 'confirmed' }, { approvedAt: at })
      : transition(order, 'cancelled', { at, by, why: 'asked' });
  }

  /** "Buying …" must not stay for ever, also when something breaks. */
  async function flyTold(id: string): Promise<Order> {
    const flown = await flights.fly(id).catch(async (error: unknown) => {
      await telling.show(id);
      throw error;
    });
    return telling.tell(flown);
  }

  return {
    get: own,
    guildOf: async (id: string) => (await book.get(id))?.guild,

    ofMember: (member: Member, page: Page): Promise<OrderPage> =>
      book.ofMember(member.guild, member.user, page),

    async confirm(id: string, member: Member): Promise<Order> {
      await own(id, member);
      // The offer stays as it is: purchases may be resumed before it ends.
      await passGate(gate);
      await book.revise(id, (order) => decided(order, member, 'confirm'));
      return flyTold(id);
    },

    /** Has others asked whether it may be bought. Nothing is promised that the bot may not write. */
    async ask(id: string, member: Member): Promise<Order> {
      const seen = await own(id, member);
      requireOpen(seen, member, 'ask');
      await passGate(gate);
      const approvalChannel = await board.approvalChannel(seen);
      if (approvalChannel === undefined) throw new Problem('no_approval_channel', {});
      const { order } = await book.revise(id, (current) => {
        requireOpen(current, member, 'ask');
        const step = { at: clock.now(), by: member.user, why: 'approval_asked' as const };
        return transition(current, 'awaiting_approval', step, { approvalChannel });
      });
      notices.showApproval(order);
      return telling.tell(order);
    },

    async cancel(id: string, member: Member): Promise<Order> {
      await own(id, member);
      const { order } = await book.revise(id, (current) => decided(current, member, 'cancel'));
      if (order.approvalChannel !== undefined) notices.showApproval(order);
      await concluding.settle(order);
      return telling.tell(order, 'quietly');
    },
  };
}
