import { type Clock, type Member, Problem } from '../lib/index.ts';
import type { ApprovalEnd, Hindrance, Rules, Standing } from '../policy/index.ts';
import type { Viewing } from './lookup.ts';
import type { Order } from './model/order.ts';
import { isInvolved, openActions, type Viewer, voiceFor } from './model/permissions.ts';
import {
  approvalEndsAt,
  decisionOf,
  noted,
  type StepTaken,
  transition,
} from './model/state-machine.ts';
import type { Notices } from './notify/notices.ts';
import type { Telling } from './notify/requester.ts';
import { type Gate, passGate } from './purchase/circuit-breaker.ts';
import type { Concluding } from './purchase/outcome.ts';
import type { Flights } from './purchase/runner.ts';
import type { OrderBook } from './repository.ts';

/** What approvers decide about orders of others. Each throws a Problem when it is not open to them. */
export interface Approving {
  /**
   * Says yes. With the last approval that it takes it is bought, in the background. Ends it instead when its requester
   * or whom its card is for has left the guild, or the policy allows it no more.
   */
  approve(id: string, member: Member): Promise<Order>;
  /** Says no. The reason is told to the requester. */
  reject(id: string, member: Member, reason: string): Promise<Order>;
}

interface Parts {
  book: OrderBook;
  rules: Rules;
  viewing: Viewing;
  concluding: Pick<Concluding, 'settle'>;
  flights: Pick<Flights, 'carryOn'>;
  gate: Gate;
  notices: Pick<Notices, 'showApproval'>;
  telling: Pick<Telling, 'tellSoon'>;
  clock: Clock;
}

type End = Omit<StepTaken, 'at'> & { why: 'rejected' | Lasting };
/** What has changed for good since it was asked for. */
type Lasting = 'requester_left' | 'recipient_left' | 'policy_refuses';

export function createApproving(parts: Parts): Approving {
  const { book, rules, viewing, concluding, flights, gate, notices, telling, clock } = parts;

  function requireOpen(order: Order, viewer: Viewer, action: 'approve' | 'reject'): void {
    if (!openActions(order, viewer, clock.now()).includes(action))
      throw refusal(order, viewer, clock.now());
  }

  async function waiting(id: string, member: Member, action: 'approve' | 'reject') {
    const order = await book.get(id);
    if (!order) throw new Problem('order_unknown', {});
    const voices = member.guild === order.guild ? await rules.voicesOf(member) : [];
    const viewer = { ...(await viewing.viewerOf(order, member)), voices };
    requireOpen(order, viewer, action);
    return { order, viewer };
  }

  /** Ends it, for whoever still may, as the order stands now. */
  async function end(id: string, viewer: Viewer, how: End): Promise<Order> {
    const { order } = await book.revise(id, (current) => {
      requireOpen(current, viewer, 'reject');
      return transition(current, 'rejected', { at: clock.now(), ...how });
    });
    notices.showApproval(order);
    await concluding.settle(order);
    telling.tellSoon(order);
    return order;
  }

  /** The order with one approval more; bought once that makes as many as it takes. */
  function withVote(order: Order, viewer: Viewer, { wanted, lapsed }: Standing): Order {
    const voice = voiceFor(order, viewer);
    if (!order.approval || voice === undefined) throw new Error('an approval without a voice');
    const at = clock.now();
    const by = viewer.user;
    const votes = [...order.approval.votes, { by, voice, at }];
    const approval = { ...order.approval, wanted: Math.max(wanted, order.approval.wanted), votes };
    const step = { at, by, ...(voice !== by && { for: voice }) };
    const counted = votes.filter((vote) => !lapsed.includes(vote.voice)).length;
    return counted < approval.wanted
      ? noted(order, { ...step, why: 'approved_one' }, { approval })
      : transition(order, 'approved', { ...step, why: 'approved' }, { approval, approvedAt: at });
  }

  /** What has changed since it was asked for ends it; what Discord does not tell is asked again. */
  function hindered(order: Order, viewer: Viewer, { why, detail }: Hindrance): Promise<Order> {
    if (why === 'approvals_lacking' || why === 'discord_unreachable') {
      throw new Problem('membership_unknown', { reference: order.reference });
    }
    return end(order.id, viewer, { by: 'cardigan', why, ...(detail && { detail }) });
  }

  return {
    async approve(id, member) {
      const { order: seen, viewer } = await waiting(id, member, 'approve');
      // The order waits on: purchases may be resumed before its time is over.
      await passGate(gate);
      const standing = await rules.standing(seen);
      if (!standing.ok) return hindered(seen, viewer, standing);
      const { order } = await book.revise(id, (current) => {
        requireOpen(current, viewer, 'approve');
        return withVote(current, viewer, standing);
      });
      notices.showApproval(order);
      if (order.status === 'approved') {
        telling.tellSoon(order);
        flights.carryOn(order, 'anew');
      }
      return order;
    },
    async reject(id, member, reason) {
      const { order, viewer } = await waiting(id, member, 'reject');
      const voice = viewer.voices?.find((each) => !isInvolved(order, { user: each }));
      const by = member.user;
      const named = voice !== by && { for: voice };
      return end(id, viewer, { by, ...named, why: 'rejected', detail: reason.trim() });
    },
  };
}

/** Why somebody may not decide; who comes later is told what was decided. */
function refusal(order: Order, viewer: Viewer, now: number): Problem {
  const { reference, status, approval } = order;
  const { user, voices = [] } = viewer;
  const how = status === 'awaiting_approval' ? 'expired' : decisionOf(order)?.status;
  const isOver = status !== 'awaiting_approval' || now >= approvalEndsAt(order);
  if (voices.length === 0) return new Problem('approvers_only', {});
  if (isOver && isEnd(how)) return new Problem('approval_over', { reference, how });
  if (isOver) return new Problem('already_decided', { reference, status });
  if (isInvolved(order, { user })) return new Problem('own_approval', { reference });
  if (approval?.votes.some(({ by, voice }) => by === user || voices.includes(voice)))
    return new Problem('approved_by_you', { reference });
  // Whoever named this delegate is involved in it.
  return new Problem('own_approval', { reference });
}

function isEnd(status: Order['status'] | undefined): status is ApprovalEnd {
  return ['approved', 'rejected', 'cancelled', 'expired'].some((end) => end === status);
}
