import { type Clock, dayOf, type Member, money, Problem } from '../lib/index.ts';
import type { Caps } from '../orders/index.ts';
import { dayKey, type Ledger, type Rules, type Verdict } from '../policy/index.ts';
import type { Campaign } from './model/campaign.ts';
import { isOver } from './model/state-machine.ts';
import { asOneOrder } from './plan/plan.ts';
import type { CampaignBook } from './repository.ts';

interface Parts {
  book: CampaignBook;
  rules: Pick<Rules, 'reserve'>;
  ledger: Pick<Ledger, 'free' | 'holds' | 'left' | 'reserve'>;
  caps: Caps;
  clock: Pick<Clock, 'now'>;
}

/**
 * A campaign's place in the budgets of its guild and in the operator's day: what its orders have not drawn yet is set aside
 * under its own id. An order that is bought on a later day counts in that day.
 */
export function createReserving({ book, rules, ledger, caps, clock }: Parts) {
  /** Gives back all that is set aside for it. May be repeated. */
  async function free({ id, reserved }: Pick<Campaign, 'id' | 'reserved'>): Promise<void> {
    const { budgets = [], day } = reserved ?? {};
    for (const key of [...budgets, ...(day === undefined ? [] : [day])])
      await ledger.free({ key, order: id });
  }

  /** Throws `over_day_cap`. Gives the day's key. */
  async function reserveDay({ id, charged }: Campaign, isWanted: () => Promise<boolean>) {
    const day = { key: dayKey(dayOf(clock.now())), cap: caps.day };
    if (await ledger.reserve(day, id, charged.amount, isWanted)) return day.key;
    const [cap, left] = [caps.day, await ledger.left(day, id)];
    const { currency } = charged;
    throw new Problem('over_day_cap', {
      ...{ charged, cap: money(cap, currency), left: money(left, currency) },
    });
  }

  /** Throws `policy_refuses`, and `over_day_cap`. What is set aside by then is given back when it expires. */
  async function reserve(campaign: Campaign, member: Member, verdict: Verdict) {
    const isWanted = async () => (await book.get(campaign.id))?.state === campaign.state;
    const reservation = await rules.reserve(asOneOrder(campaign), member, verdict, isWanted);
    if (!reservation.ok) throw refused(campaign, reservation.verdict);
    const { at, budgets, effects } = reservation;
    const day = await reserveDay(campaign, isWanted);
    return { reserved: { at, budgets: [...budgets], day }, effects: [...effects] };
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
