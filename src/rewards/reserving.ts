import type { Ledger } from '../orders/ledger.ts';
import type { Member } from '../orders/order.ts';
import type { Rules } from '../orders/rules.ts';
import { Problem } from '../problem.ts';
import type { Verdict } from '../verdict.ts';
import { asOneOrder } from './as-order.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignBook } from './campaign-book.ts';
import { isOver } from './campaign-life.ts';

interface Parts {
  book: CampaignBook;
  rules: Pick<Rules, 'reserve'>;
  ledger: Pick<Ledger, 'free' | 'holds'>;
}

/** A campaign's place in the budgets of its guild: what its orders have not drawn yet is set aside under its own id. */
export function createReserving({ book, rules, ledger }: Parts) {
  /** Gives back all that is set aside for it. May be repeated. */
  async function free({ id, reserved }: Pick<Campaign, 'id' | 'reserved'>): Promise<void> {
    for (const key of reserved?.budgets ?? []) await ledger.free({ key, order: id });
  }

  /** Throws `policy_refuses`. */
  async function reserve(campaign: Campaign, member: Member, verdict: Verdict) {
    const isWanted = async () => (await book.get(campaign.id))?.state === campaign.state;
    const reservation = await rules.reserve(asOneOrder(campaign), member, verdict, isWanted);
    if (!reservation.ok) throw refused(campaign, reservation.verdict);
    const { at, budgets, effects } = reservation;
    return { reserved: { at, budgets: [...budgets] }, effects: [...effects] };
  }

  /** Gives back what is set aside for a campaign that gives no more. May be repeated. */
  async function settle(campaign: Campaign): Promise<void> {
    if (isOver(campaign.state)) await free(campaign);
  }

  return {
    reserve,
    free,
    settle,
    /** What a crash has left set aside. */
    async settleLeftovers(): Promise<void> {
      for await (const hold of ledger.holds()) {
        const campaign = await book.get(hold.order);
        if (campaign && isOver(campaign.state)) await ledger.free(hold);
      }
    },
  };
}

export type Reserving = ReturnType<typeof createReserving>;

export function refused({ reference, charged }: Campaign, verdict: Verdict): Problem {
  if (verdict.kind !== 'refused') return new Problem('needs_approval', { reference });
  return new Problem('policy_refuses', {
    refusals: verdict.refusals,
    currency: charged.currency,
  });
}
