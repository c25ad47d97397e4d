import type { Clock } from '../clock.ts';
import type { Gate } from '../orders/gate.ts';
import { passGate } from '../orders/gate.ts';
import type { RandomBytes } from '../orders/ids.ts';
import { newOrderId, newReference } from '../orders/ids.ts';
import type { Member } from '../orders/order.ts';
import type { Rules } from '../orders/rules.ts';
import { Problem } from '../problem.ts';
import type { Verdict } from '../verdict.ts';
import { asOrders, together } from './as-order.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignBook, NewCampaign } from './campaign-book.ts';
import { offered } from './campaign-parts.ts';
import { seedHash } from './draw.ts';
import type { Priced, Pricing, Wanted } from './pricing.ts';

/** What somebody would give away. */
export interface CampaignWish
  extends Pick<
    Campaign,
    | ('kind' | 'channel' | 'place' | 'locale' | 'gift' | 'eligibility' | 'drawSeconds')
    | ('buysAtStart' | 'claimWithinMs' | 'startsAt' | 'endsAt' | 'repeats')
  > {
  /** Made by `newId`, where its places were written beforehand. */
  readonly id?: string;
  readonly member: Member;
  readonly items: readonly Wanted[];
}

interface Parts {
  book: CampaignBook;
  price: Pricing;
  rules: Rules;
  gate: Gate;
  /** The secret seed of a draw, the same for the same campaign, and known to nobody. */
  seedOf(campaign: string): string;
  clock: Clock;
  random: RandomBytes;
}

/** Finds out what a campaign would cost and whether it may be, and writes it down. Throws a Problem. */
export function createPlanning({ book, price, rules, gate, seedOf, clock, random }: Parts) {
  const newId = () => newOrderId(clock.now(), random);

  async function judge(campaign: Parameters<typeof asOrders>[0], member: Member): Promise<Verdict> {
    const views = asOrders(campaign);
    return together(await Promise.all(views.map((view) => rules.judge(view, member))));
  }

  /** Throws every reason why it may not be. */
  async function requireAllowed(campaign: NewCampaign, member: Member): Promise<void> {
    const verdict = await judge(campaign, member);
    if (verdict.kind !== 'refused') return;
    const { currency } = campaign.charged;
    throw new Problem('policy_refuses', { refusals: verdict.refusals, currency });
  }

  async function expiryIn(guild: string): Promise<number> {
    return clock.now() + (await rules.termsOf(guild)).quoteLastsMs;
  }

  return {
    newId,
    judge,
    expiryIn,
    /** `place`: writes the places that people have in it, once it is known that it may be. */
    async plan(
      wish: CampaignWish,
      place = async (): Promise<void> => {},
    ): Promise<{ campaign: Campaign; priced: Priced }> {
      await passGate(gate);
      const { member, items, id = newId(), ...rest } = wish;
      const priced = await price(items, member);
      const { parts, charged } = priced;
      const { guild, user: requester } = member;
      const isDrawn = wish.kind === 'giveaway' || wish.drawSeconds !== undefined;
      const at = clock.now();
      const campaign: NewCampaign = {
        ...rest,
        ...{ id, reference: newReference(random), guild, requester, parts, charged },
        places: parts.reduce((sum, { quantity }) => sum + quantity, 0),
        ...(isDrawn && { draw: { seedHash: seedHash(seedOf(id)), reached: 0 } }),
        state: 'planned',
        expiresAt: await expiryIn(guild),
        history: [
          { at, by: requester, state: 'planned', why: 'planned', offered: offered(parts, charged) },
        ],
      };
      await requireAllowed(campaign, member);
      await place();
      return { campaign: await book.create(campaign, () => newReference(random)), priced };
    },
  };
}

export type Planning = ReturnType<typeof createPlanning>;
