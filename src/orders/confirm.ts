import { type Clock, type Member, Problem } from '../lib/index.ts';
import type { Because, Rules, Verdict } from '../policy/index.ts';
import type { Order } from './model/order.ts';
import { type Action, openActions, type Viewer } from './model/permissions.ts';
import type { NoticeBoard } from './model/ports.ts';
import { transition } from './model/state-machine.ts';
import type { Notices } from './notify/notices.ts';
import type { Telling } from './notify/requester.ts';
import { type Gate, passGate } from './purchase/circuit-breaker.ts';
import type { Concluding } from './purchase/outcome.ts';
import type { Flights } from './purchase/runner.ts';
import type { OrderBook, OrderPage, Page } from './repository.ts';

interface Parts {
  book: OrderBook;
  concluding: Concluding;
  flights: Flights;
  gate: Gate;
  rules: Rules;
  board: Pick<NoticeBoard, 'approvalChannel'>;
  notices: Pick<Notices, 'showApproval'>;
  telling: Telling;
  clock: Clock;
}

/** What the requester decides about their own order, and what they see of it. */
export function createDeciding(parts: Parts) {
  const { book, concluding, flights, gate, rules, board, notices, telling, clock } = parts;

  async function own(id: string, member: Member): Promise<Order> {
    const order = await book.get(id);
    if (!order) throw new Problem('order_unknown', {});
    const isTheirs =
      order.requester === member.user || order.recipients.some(({ user }) => user === member.user);
    if (!isTheirs || order.guild !== member.guild) throw new Problem('not_yours', {});
    return order;
  }

  /** Why a press came too late, or from somebody who may not; the order is as it is now. */
  function refusal(order: Order, { user, verdict }: Viewer): Problem {
    const { reference, status, requester } = order;
    if (requester !== user) return new Problem('not_yours', {});
    const isOver = status === 'quoted' && clock.now() >= order.quote.expiresAt;
    if (isOver || status === 'expired') return new Problem('quote_expired', { reference });
    if (status !== 'quoted') return new Problem('already_decided', { reference, status });
    const code = verdict === 'allowed' ? 'needs_no_approval' : 'needs_approval';
    return new Problem(code, { reference });
  }

  function requireOpen(order: Order, viewer: Viewer, action: Action): void {
    if (!openActions(order, viewer, clock.now()).includes(action)) throw refusal(order, viewer);
  }

  /** What the policy says, with the order's amount set aside in every budget. Throws where it may not be had so. */
  async function granted(order: Order, member: Member, action: 'confirm' | 'ask') {
    const verdict = await rules.judge(order, member);
    const viewer: Viewer = { user: member.user, verdict: verdict.kind };
    if (verdict.kind === 'refused' && order.status === 'quoted') throw refused(order, verdict);
    requireOpen(order, viewer, action);
    const isWanted = async () => (await book.get(order.id))?.status === 'quoted';
    const reservation = await rules.reserve(order, member, verdict, isWanted);
    if (!reservation.ok) throw refused(order, reservation.verdict);
    const { at, budgets, effects } = reservation;
    return { verdict, viewer, effects, reserved: { at, budgets: [...budgets] } };
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

    receivedBy: (member: Member, page: Page): Promise<OrderPage> =>
      book.receivedBy(member.guild, member.user, page),

    async confirm(id: string, member: Member): Promise<Order> {
      const seen = await own(id, member);
      // The offer stays as it is: purchases may be resumed before it ends.
      await passGate(gate);
      const { viewer, reserved } = await granted(seen, member, 'confirm');
      await book.revise(id, (order) => {
        requireOpen(order, viewer, 'confirm');
        const at = clock.now();
        const step = { at, by: member.user, why: 'confirmed' as const };
        return transition(order, 'approved', step, { approvedAt: at, reserved });
      });
      return flyTold(id);
    },

    /** Has others asked whether it may be bought. Nothing is promised that the bot may not write. */
    async ask(id: string, member: Member): Promise<Order> {
      const seen = await own(id, member);
      await passGate(gate);
      const { approvalLastsMs, approvalsChannel } = await rules.termsOf(seen.guild);
      const channel = await board.approvalChannel(seen, approvalsChannel);
      if (channel === undefined) throw new Problem('no_approval_channel', {});
      const { viewer, verdict, reserved, effects } = await granted(seen, member, 'ask');
      const { order } = await book.revise(id, (current) => {
        requireOpen(current, viewer, 'ask');
        const at = clock.now();
        const step = { at, by: member.user, why: 'approval_asked' as const };
        const endsAt = at + approvalLastsMs;
        const approval = { channel, endsAt, budgets: [...effects], votes: [], ...asked(verdict) };
        return transition(current, 'awaiting_approval', step, { approval, reserved });
      });
      notices.showApproval(order);
      return telling.tell(order);
    },

    async cancel(id: string, member: Member): Promise<Order> {
      await own(id, member);
      const by = member.user;
      const { order } = await book.revise(id, (current) => {
        requireOpen(current, { user: by }, 'cancel');
        return transition(current, 'cancelled', { at: clock.now(), by, why: 'asked' });
      });
      if (order.approval) notices.showApproval(order);
      await concluding.settle(order);
      return telling.tell(order, 'quietly');
    },
  };
}

/** Why an order may not be had as it was asked for. */
function refused({ reference, quote }: Order, verdict: Verdict): Problem {
  if (verdict.kind !== 'refused') return new Problem('needs_approval', { reference });
  const { currency } = quote.charged;
  return new Problem('policy_refuses', { refusals: verdict.refusals, currency });
}

/** What is asked of the people who decide. */
function asked(verdict: Verdict): { wanted: number; because: Because[] } {
  if (verdict.kind !== 'needs') throw new Error(`an approval of what is ${verdict.kind}`);
  return { wanted: verdict.approvals, because: [...verdict.because] };
}
