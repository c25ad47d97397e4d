import type { Clock, Member } from '../../lib/index.ts';
import type { Order, Orders, Status } from '../../orders/index.ts';
import type { EntryBook } from '../entries.ts';
import type { Campaign } from '../model/campaign.ts';
import { type Entry, type EntryReason, entriesIn } from '../model/entry.ts';
import type { CampaignBook } from '../repository.ts';
import { drawsAt, isGivingDrawn } from './claim.ts';

/** How it stands with a card that somebody has a claim to. */
export const cardStates = [
  'buying',
  /** An earlier card of its kind is being bought. */
  'behind',
  /** Whether an earlier one was bought is not known yet. */
  'earlier_unclear',
  'unclear',
  'out_of_stock',
  'in_the_way',
  'paused',
  'codes_late',
] as const;
export type CardState = (typeof cardStates)[number];

/** How it stands with somebody's place in a campaign. */
export type Whereabouts =
  | { readonly is: 'not_entered' | 'left' | 'drawing' | 'not_drawn' | 'failed' | CardState }
  | { readonly is: 'entered'; readonly drawnAt: number | undefined; readonly entrants: number }
  | { readonly is: 'won'; readonly until: number }
  | { readonly is: 'lapsed'; readonly why: EntryReason }
  | { readonly is: 'try_again'; readonly at: number }
  /** There are codes: with them, or waiting for them. */
  | { readonly is: 'here'; readonly order: Order };

interface Parts {
  book: Pick<CampaignBook, 'get'>;
  entries: Pick<EntryBook, 'get' | 'count'>;
  orders: Pick<Orders, 'commissioned' | 'get'>;
  stopping: AbortSignal;
  clock: Clock;
}

const FOLLOWED_FOR_MS = 2 * 60_000;
const LONGEST_GAP_MS = 10_000;

const unclear: readonly Status[] = ['unconfirmed', 'not_found', 'needs_review'];
/** It goes on by itself, and soon. */
const moving: readonly Whereabouts['is'][] = [
  ...(['buying', 'behind', 'earlier_unclear', 'unclear', 'try_again', 'codes_late'] as const),
];

/** Where people stand in a campaign, each for themselves. */
export function createWhereabouts({ book, entries, orders, stopping, clock }: Parts) {
  /** Before the draw, or when nobody gets more than a place in it. */
  async function inDraw(campaign: Campaign): Promise<Whereabouts> {
    const { kind, draw, endsAt, id } = campaign;
    const drawnAt = kind === 'drop' ? drawsAt(campaign) : endsAt;
    if (draw?.drawn) return { is: isGivingDrawn(campaign) ? 'drawing' : 'not_drawn' };
    if (drawnAt !== undefined && clock.now() >= drawnAt) return { is: 'drawing' };
    return { is: 'entered', drawnAt, entrants: await entries.count(entriesIn(id, 'entered')) };
  }

  /** What keeps a card from being bought that somebody is to get. */
  async function untilBought({ parts, state, flying }: Campaign, { part }: Entry) {
    const { blocked } = parts[part] ?? {};
    if (state === 'paused') return { is: 'paused' as const };
    if (blocked?.why === 'out_of_stock') return { is: 'out_of_stock' as const };
    if (blocked?.retryAt !== undefined && blocked.retryAt > clock.now())
      return { is: 'try_again' as const, at: blocked.retryAt };
    if (blocked && blocked.retryAt === undefined) return { is: 'in_the_way' as const };
    if (!flying) return { is: 'buying' as const };
    const { status } = await orders.commissioned(flying.order);
    return { is: unclear.includes(status) ? ('earlier_unclear' as const) : ('behind' as const) };
  }

  async function inOrder(id: string, member: Member): Promise<Whereabouts> {
    const order = await orders.get(id, member);
    const { status, cards } = order;
    if (cards.some(({ recipient, ...card }) => recipient === member.user && isOut(card)))
      return { is: 'here', order };
    if (unclear.includes(status)) return { is: 'unclear' };
    if (status === 'closed') return { is: 'in_the_way' };
    const isBought = status === 'bought' || status === 'held' || status === 'delivered';
    const isOnItsWay = cards.some(({ recipient }) => recipient === member.user);
    return { is: isBought && !isOnItsWay ? 'codes_late' : 'buying' };
  }

  async function ofEntry(campaign: Campaign, entry: Entry, member: Member): Promise<Whereabouts> {
    switch (entry.state) {
      case 'entered':
        return inDraw(campaign);
      case 'won':
        return { is: 'won', until: entry.until ?? 0 };
      case 'lapsed':
        return { is: 'lapsed', why: entry.why ?? 'unclaimed' };
      case 'due':
        return untilBought(campaign, entry);
      case 'ordered':
        return inOrder(entry.order ?? '', member);
      default:
        return { is: entry.state };
    }
  }

  /** Undefined: there is no such campaign here. */
  async function of(id: string, member: Member): Promise<Whereabouts | undefined> {
    const [campaign, entry] = await Promise.all([book.get(id), entries.get(id, member.user)]);
    if (!campaign || campaign.guild !== member.guild) return undefined;
    return entry ? ofEntry(campaign, entry, member) : { is: 'not_entered' };
  }

  async function wait(ms: number): Promise<boolean> {
    try {
      await clock.sleep(ms, stopping);
      return true;
    } catch (error) {
      if (stopping.aborted) return false;
      throw error;
    }
  }

  return {
    of,
    /** How it stands, and each time that it has changed: until it goes on no more by itself, two minutes at most. */
    async *follow(id: string, member: Member): AsyncGenerator<Whereabouts, void> {
      const end = clock.now() + FOLLOWED_FOR_MS;
      let last: Whereabouts | undefined;
      for (let gap = 1_000; ; gap = Math.min(LONGEST_GAP_MS, gap * 1.5)) {
        const where = await of(id, member);
        if (!where) return;
        if (where.is !== last?.is) yield where;
        last = where;
        if (!moving.includes(where.is) || clock.now() >= end || !(await wait(gap))) return;
      }
    },
  };
}

export type WhereaboutsOf = ReturnType<typeof createWhereabouts>;

/** In their hands, or tried to be brought there. */
const isOut = ({ posted, deliveredAt }: Pick<Order['cards'][number], 'posted' | 'deliveredAt'>) =>
  posted !== undefined || deliveredAt !== undefined;
