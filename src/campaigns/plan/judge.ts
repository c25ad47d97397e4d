import type { Member } from '../../lib/index.ts';
import { HIGHEST_QUANTITY } from '../../orders/index.ts';
import { type Hindrance, policyRefusal, type Standing, type Verdict } from '../../policy/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign, Part } from '../model/campaign.ts';

type Facts = Pick<Campaign, 'id' | 'guild' | 'requester' | 'parts' | 'charged'> &
  Partial<Pick<Campaign, 'approval' | 'reserved'>>;

/** What the policy of now says of it, were this member its requester. */
export async function judge({ rules }: CampaignsContext, campaign: Facts, member: Member) {
  const views = spendViews(campaign);
  return together(await Promise.all(views.map((view) => rules.judge(view, member))));
}

/** Throws every reason why it may not be. */
export function requireNoRefusal(
  { reference, charged }: Pick<Campaign, 'reference' | 'charged'>,
  verdict: Verdict,
): void {
  if (verdict.kind === 'refused') throw policyRefusal({ reference, currency: charged.currency }, verdict);
}

/** How it stands with its approval by the policy of now. */
export async function approvalStanding({ rules }: CampaignsContext, campaign: Campaign) {
  const views = spendViews(campaign);
  return standingTogether(await Promise.all(views.map((view) => rules.standing(view))));
}

/**
 * A campaign as the rules look at an order, one view for each of its cards: what may be bought is asked of each card, and
 * what it costs is the whole of it, for the whole is what is decided about.
 */
const spendViews = (campaign: Facts) => campaign.parts.map((part) => spendViewOf(campaign, part));

/** The view whose amount is set aside: the campaign's own. */
export function spendView(campaign: Facts) {
  const [first] = campaign.parts;
  if (!first) throw new RangeError('a campaign without cards');
  return spendViewOf(campaign, first);
}

function spendViewOf({ id, guild, requester, charged, approval, reserved }: Facts, part: Part) {
  const { itemCode, name, brand, faceValue, delivery, each } = part;
  const quantity = Math.min(part.quantity, HIGHEST_QUANTITY);
  return {
    id,
    guild,
    requester,
    quote: { itemCode, name, brand, faceValue, delivery, each, quantity, charged },
    ...(approval && { approval }),
    ...(reserved && { reserved }),
  };
}

/** What the rules say of all cards together: every reason against it, else the most approvals that any of them takes. */
function together(verdicts: readonly Verdict[]): Verdict {
  const refusals = verdicts.flatMap((each) => (each.kind === 'refused' ? each.refusals : []));
  if (refusals.length > 0) return { kind: 'refused', refusals: unique(refusals) };
  const needs = verdicts.filter((each) => each.kind === 'needs');
  if (needs.length > 0) {
    const approvals = Math.max(...needs.map((each) => each.approvals));
    return { kind: 'needs', approvals, because: unique(needs.flatMap((each) => each.because)) };
  }
  const isOwn = verdicts.every((each) => each.kind === 'allowed' && each.rule === 'own_purchase');
  return { kind: 'allowed', rule: isOwn ? 'own_purchase' : 'within_free' };
}

/** How all cards together stand: the first thing in the way, else the stricter of all. */
function standingTogether(each: readonly (Standing | Hindrance)[]): Standing | Hindrance {
  const hindrance = each.find((one) => !one.ok);
  if (hindrance) return hindrance;
  const standings = each.filter((one) => one.ok);
  return {
    ok: true,
    wanted: Math.max(0, ...standings.map(({ wanted }) => wanted)),
    lapsed: unique(standings.flatMap(({ lapsed }) => lapsed)),
  };
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
