import type { Member } from '../../lib/index.ts';
import type { Order, Status } from '../../orders/index.ts';
import type { CampaignsContext } from '../context.ts';
import { requireCampaign } from '../lookup.ts';
import type { Campaign } from '../model/campaign.ts';
import { type Entry, type EntryReason, entriesIn } from '../model/entry.ts';
import { drawsAt, isGivingDrawn } from '../model/state-machine.ts';

/** How it stands with a card that somebody has a claim to. */
export type CardState =
  | 'buying'
  /** An earlier card of its kind is being bought. */
  | 'behind'
  /** Whether an earlier one was bought is not known yet. */
  | 'earlier_unclear'
  | 'unclear'
  | 'out_of_stock'
  | 'in_the_way'
  | 'paused'
  | 'stopped'
  | 'codes_late';

/** How it stands with somebody's place in a campaign. */
export type ClaimStatus =
  | { readonly is: 'not_entered' | 'left' | 'drawing' | 'not_drawn' | 'failed' | CardState }
  | { readonly is: 'entered'; readonly drawnAt: number | undefined; readonly entrants: number }
  | { readonly is: 'won'; readonly until: number }
  | { readonly is: 'lapsed'; readonly why: EntryReason }
  | { readonly is: 'try_again'; readonly at: number }
  /** There are codes: with them, or waiting for them. */
  | { readonly is: 'here'; readonly order: Order };

const FOLLOWED_FOR_MS = 2 * 60_000;
const LONGEST_GAP_MS = 10_000;

const unclear: readonly Status[] = ['unconfirmed', 'not_found', 'needs_review'];
/** It goes on by itself, and soon. */
const moving: readonly ClaimStatus['is'][] = [
  'buying',
  'behind',
  'earlier_unclear',
  'unclear',
  'try_again',
  'codes_late',
];

/** Throws `campaign_unknown` where there is no such campaign here. */
export async function claimStatus(ctx: CampaignsContext, id: string, member: Member): Promise<ClaimStatus> {
  const [campaign, entry] = await Promise.all([requireCampaign(ctx, id, member), ctx.entries.get(id, member.user)]);
  if (!entry || entry.state === 'steers') return { is: 'not_entered' };
  switch (entry.state) {
    case 'entered':
      return inDraw(ctx, campaign);
    case 'won':
      return { is: 'won', until: entry.until ?? 0 };
    case 'lapsed':
      return { is: 'lapsed', why: entry.why ?? 'unclaimed' };
    case 'due':
      return untilBought(ctx, campaign, entry);
    case 'ordered':
      return inOrder(ctx, entry.order ?? '', member);
    default:
      return { is: entry.state };
  }
}

/** How it stands, and each time that it has changed: until it goes on no more by itself, two minutes at most. */
export async function* followClaim(
  ctx: CampaignsContext,
  id: string,
  member: Member,
): AsyncGenerator<ClaimStatus, void> {
  const end = ctx.clock.now() + FOLLOWED_FOR_MS;
  let last: ClaimStatus | undefined;
  for (let gap = 1_000; ; gap = Math.min(LONGEST_GAP_MS, gap * 1.5)) {
    const status = await claimStatus(ctx, id, member);
    if (status.is !== last?.is) yield status;
    last = status;
    if (!moving.includes(status.is) || ctx.clock.now() >= end || !(await wait(ctx, gap))) return;
  }
}

/** False: the process is about to end. */
async function wait({ clock, stopping }: CampaignsContext, ms: number): Promise<boolean> {
  try {
    await clock.sleep(ms, stopping.signal);
    return true;
  } catch (error) {
    if (stopping.signal.aborted) return false;
    throw error;
  }
}

/** Before the draw, or when nobody gets more than a place in it. */
async function inDraw({ entries, clock }: CampaignsContext, campaign: Campaign): Promise<ClaimStatus> {
  const { kind, draw, endsAt, id } = campaign;
  const drawnAt = kind === 'drop' ? drawsAt(campaign) : endsAt;
  if (draw?.drawn) return { is: isGivingDrawn(campaign) ? 'drawing' : 'not_drawn' };
  if (drawnAt !== undefined && clock.now() >= drawnAt) return { is: 'drawing' };
  return { is: 'entered', drawnAt, entrants: await entries.count(entriesIn(id, 'entered')) };
}

/** What keeps a card from being bought that somebody is to get. */
async function untilBought(
  { orders, clock }: CampaignsContext,
  { parts, state, flying }: Campaign,
  { part }: Entry,
): Promise<ClaimStatus> {
  const { blocked } = parts[part] ?? {};
  if (state === 'paused') return { is: 'paused' };
  if (blocked?.why === 'stopped') return { is: 'stopped' };
  if (blocked?.why === 'out_of_stock') return { is: 'out_of_stock' };
  if (blocked?.retryAt !== undefined && blocked.retryAt > clock.now()) return { is: 'try_again', at: blocked.retryAt };
  if (blocked && blocked.retryAt === undefined) return { is: 'in_the_way' };
  if (!flying) return { is: 'buying' };
  const { status } = await orders.commissioned(flying.order);
  return { is: unclear.includes(status) ? 'earlier_unclear' : 'behind' };
}

async function inOrder({ orders }: CampaignsContext, id: string, member: Member): Promise<ClaimStatus> {
  const order = await orders.get(id, member);
  const { status, cards } = order;
  const own = cards.filter(({ recipient }) => recipient === member.user);
  if (own.some(isOut)) return { is: 'here', order };
  if (unclear.includes(status)) return { is: 'unclear' };
  if (status === 'closed') return { is: 'in_the_way' };
  const isBought = status === 'bought' || status === 'held' || status === 'delivered';
  return { is: isBought && own.length === 0 ? 'codes_late' : 'buying' };
}

/** In their hands, or tried to be brought there. */
const isOut = ({ posted, deliveredAt }: Order['cards'][number]) => posted !== undefined || deliveredAt !== undefined;
