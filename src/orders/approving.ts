import type { Clock } from '../clock.ts';
import type { ApprovalEnd } from '../problem.ts';
import { Problem } from '../problem.ts';
import { isInvolved, openActions } from './actions.ts';
import { approvalEndsAt, decisionOf } from './approval.ts';
import type { Flights } from './flights.ts';
import type { Gate } from './gate.ts';
import { passGate } from './gate.ts';
import type { Notices } from './notices.ts';
import type { Member, Order } from './order.ts';
import type { OrderBook } from './order-book.ts';
import type { Members } from './ports.ts';
import type { Telling } from './telling.ts';
import { transition } from './transitions.ts';

/** What people with Manage Server decide about orders of others. Each throws a Problem when it is not open to them. */
export interface Approving {
  /** Says yes, and has it bought in the background. Ends it instead when its requester has left the guild. */
  approve(id: string, member: Member): Promise<Order>;
  /** Says no. The reason is told to the requester. */
  reject(id: string, member: Member, reason: string): Promise<Order>;
}

interface Parts {
  book: OrderBook;
  flights: Pick<Flights, 'carryOn'>;
  gate: Gate;
  members: Members;
  notices: Pick<Notices, 'showApproval'>;
  telling: Pick<Telling, 'tellSoon'>;
  clock: Clock;
}

export function createApproving(parts: Parts): Approving {
  const { book, flights, gate, members, notices, telling, clock } = parts;

  function requireOpen(order: Order, member: Member, action: 'approve' | 'reject'): void {
    if (openActions(order, member, clock.now()).includes(action)) return;
    throw refusal(order, member, clock.now());
  }

  async function waiting(id: string, member: Member, action: 'approve' | 'reject') {
    const order = await book.get(id);
    if (!order) throw new Problem('order_unknown', {});
    requireOpen(order, member, action);
    return order;
  }

  async function hasLeft({ guild, requester, reference }: Order): Promise<boolean> {
    const isMember = await members.isMember(guild, requester);
    if (isMember === undefined) throw new Problem('membership_unknown', { reference });
    return !isMember;
  }

  async function end(id: string, member: Member, why: 'rejected' | 'requester_left', detail = '') {
    const by = why === 'rejected' ? member.user : 'cardigan';
    const { order } = await book.revise(id, (current) => {
      requireOpen(current, member, 'reject');
      const step = { at: clock.now(), by, why, ...(detail && { detail }) };
      return transition(current, 'rejected', step);
    });
    notices.showApproval(order);
    telling.tellSoon(order);
    return order;
  }

  return {
    async approve(id, member) {
      const seen = await waiting(id, member, 'approve');
      // The order waits on: purchases may be resumed before its time is over.
      await passGate(gate);
      if (await hasLeft(seen)) return end(id, member, 'requester_left');
      const { order } = await book.revise(id, (current) => {
        requireOpen(current, member, 'approve');
        const at = clock.now();
        const step = { at, by: member.user, why: 'approved' as const };
        return transition(current, 'approved', step, { approvedAt: at });
      });
      notices.showApproval(order);
      flights.carryOn(order, 'anew');
      return order;
    },
    async reject(id, member, reason) {
      await waiting(id, member, 'reject');
      return end(id, member, 'rejected', reason.trim());
    },
  };
}

/** Why somebody may not decide; who comes later is told what was decided. */
function refusal(order: Order, member: Member, now: number): Problem {
  const { reference, status, guild } = order;
  const how = status === 'awaiting_approval' ? 'expired' : decisionOf(order)?.status;
  const isOver = status !== 'awaiting_approval' || now >= approvalEndsAt(order);
  if (!member.isManager || member.guild !== guild) return new Problem('managers_approve', {});
  if (isOver && isEnd(how)) return new Problem('approval_over', { reference, how });
  if (isInvolved(order, member)) return new Problem('own_approval', { reference });
  return new Problem('already_decided', { reference, status });
}

function isEnd(status: Order['status'] | undefined): status is ApprovalEnd {
  return ['approved', 'rejected', 'cancelled', 'expired'].some((end) => end === status);
}
