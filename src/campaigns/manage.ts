import { type Clock, type Member, Problem } from '../lib/index.ts';
import type { EntryBook } from './entries.ts';
import type { ViewingCampaigns } from './lookup.ts';
import { type Campaign, offered, type Part, type State } from './model/campaign.ts';
import { dueFor } from './model/entry.ts';
import { mayEnd } from './model/permissions.ts';
import { entering, offeredAgainFrom, recorded } from './model/state-machine.ts';
import { type Planning, type Pricing, totalOf } from './plan/plan.ts';
import type { CampaignBook } from './repository.ts';
import type { Reserving } from './reserve.ts';
import type { Retrying } from './run/retry.ts';

interface Parts {
  book: CampaignBook;
  entries: EntryBook;
  planning: Planning;
  price: Pricing;
  viewing: ViewingCampaigns;
  reserving: Reserving;
  retrying: Retrying;
  clock: Clock;
}

/** What may be changed about a campaign that was confirmed: nothing that costs more. */
export interface Edit {
  readonly message?: string | undefined;
  readonly endsAt?: number | undefined;
}

/** What people do with a campaign between its confirmation and its end. Each throws a Problem when it is not open to them. */
export function createSteering(parts: Parts) {
  const { book, entries, planning, price, viewing, reserving, retrying, clock } = parts;

  async function step(
    id: string,
    member: Member,
    action: Parameters<ViewingCampaigns['requireOpen']>[2],
    make: (campaign: Campaign, step: { at: number; by: string }) => Campaign,
  ): Promise<Campaign> {
    const seen = await viewing.here(id, member);
    const viewer = await viewing.viewerOf(seen, member);
    const next = await book.revise(id, (campaign) => {
      viewing.requireOpen(campaign, viewer, action);
      return make(campaign, { at: clock.now(), by: member.user });
    });
    await reserving.settle(next);
    return next;
  }

  /**
   * Cards that were claimed or won are still given, unless something is in the way: only the rest is freed. What had ended
   * before its rest was offered once more has ended still.
   */
  function stateWhenCancelled(campaign: Campaign): State {
    const { kind, state, draw } = campaign;
    if (state === 'planned' && offeredAgainFrom(campaign) === 'ended') return 'ended';
    const isPromised = kind === 'drop' || (kind === 'giveaway' && draw?.drawn !== undefined);
    return isPromised && (state === 'running' || state === 'paused') ? 'closing' : 'cancelled';
  }

  async function callOffNext(id: string, { user: by }: Member): Promise<void> {
    const next = await book.follower(id);
    if (!next) return;
    await book.revise(next.id, (campaign) =>
      campaign.state === 'scheduled'
        ? entering(campaign, 'cancelled', { at: clock.now(), by, why: 'called_off' })
        : campaign,
    );
  }

  /** So many of each card are still to be given. */
  async function remaining(campaign: Campaign): Promise<Part[]> {
    const { kind, id, places } = campaign;
    const left = await Promise.all(
      campaign.parts.map(async (part, index) => {
        const due = await entries.count(dueFor(id, index));
        const given = kind === 'bulk' ? 0 : places - (await entries.count(`${id}/ordered`));
        const { blocked: _, ...rest } = part;
        return { ...rest, quantity: kind === 'bulk' ? due : given };
      }),
    );
    return left.filter(({ quantity }) => quantity > 0);
  }

  /** Offers the rest of it at the price of now, to be confirmed like the first time. */
  async function offerAgain(
    id: string,
    member: Member,
    action: 'reprice' | 'retry',
  ): Promise<Campaign> {
    const seen = await viewing.here(id, member);
    viewing.requireOpen(seen, { user: member.user, isManager: member.isManager }, action);
    const rest = await remaining(seen);
    if (rest.length === 0) throw new Problem('nothing_to_retry', { reference: seen.reference });
    const { parts: now } = await price(rest, member, id);
    const prices = new Map(now.map((part) => [part.itemCode, part]));
    // Entries name a card by its place: those of which none is left stay as they were.
    const parts = seen.parts.map(({ blocked: _, ...part }) => prices.get(part.itemCode) ?? part);
    const expiresAt = await planning.expiryIn(seen.guild);
    const next = await step(id, member, action, (campaign, taken) => {
      const { approval: _, reserved: __, ...rest } = campaign;
      const changes = { parts, charged: totalOf(now), expiresAt };
      const said = { why: 'tried_again' as const, offered: offered(now, changes.charged) };
      return entering(rest, 'planned', { ...taken, ...said }, changes);
    });
    // Were this left out by a crash, too much would stay set aside until its end, and never too little.
    await reserving.free(seen);
    return next;
  }

  return {
    pause: (id: string, member: Member) =>
      step(id, member, 'pause', (campaign, taken) =>
        entering(campaign, 'paused', { ...taken, why: 'paused' }),
      ),
    /** Also after something was in the way: it is tried again. */
    goOn: (id: string, member: Member) =>
      step(id, member, 'go_on', (campaign, taken) => {
        const parts = campaign.parts.map(({ blocked: _, ...part }) => part);
        // One that could not be started has nothing set aside yet: it starts as if its time had come just now.
        const state = campaign.reserved ? 'running' : 'scheduled';
        return entering(campaign, state, { ...taken, why: 'went_on' }, { parts });
      }),
    endEarly: (id: string, member: Member) =>
      step(id, member, 'end_early', (campaign, taken) =>
        recorded(campaign, { ...taken, why: 'ended_early' }, { endsAt: taken.at }),
      ),
    /** One that repeats does not come again: the next one is called off first, lest a crash leave it. */
    async cancel(id: string, member: Member): Promise<Campaign> {
      const seen = await viewing.here(id, member);
      viewing.requireOpen(seen, { user: member.user, isManager: member.isManager }, 'cancel');
      await callOffNext(id, member);
      return step(id, member, 'cancel', (campaign, taken) =>
        entering(
          campaign,
          stateWhenCancelled(campaign),
          { ...taken, why: 'called_off' },
          { endsAt: taken.at },
        ),
      );
    },
    edit: (id: string, member: Member, { message, endsAt }: Edit) =>
      step(id, member, 'edit', (campaign, taken) => {
        const gift = message === undefined ? campaign.gift : withWords(campaign, message);
        const time = endsAt === undefined ? {} : { endsAt: endFor(campaign, endsAt, taken.at) };
        return recorded(campaign, { ...taken, why: 'edited' }, { gift, ...time });
      }),
    reprice: (id: string, member: Member) => offerAgain(id, member, 'reprice'),
    /**
     * Of a bulk send: for whoever could get none before and can now. What could not be sent by direct message is tried once
     * more; where that is all, nothing is offered, and the campaign is given back as it was.
     */
    async retry(id: string, member: Member): Promise<Campaign> {
      const seen = await viewing.here(id, member);
      viewing.requireOpen(seen, { user: member.user, isManager: member.isManager }, 'retry');
      await retrying.revive(seen);
      const isSending = await retrying.sendAnew(seen);
      const isAllGiven = (await remaining(seen)).length === 0;
      return isSending && isAllGiven ? seen : offerAgain(id, member, 'retry');
    },
  };
}

export type Steering = ReturnType<typeof createSteering>;

/** Throws a Problem. */
function endFor(campaign: Campaign, endsAt: number, now: number): number {
  const { reference, state } = campaign;
  if (!mayEnd(campaign)) throw new Problem('campaign_moved', { reference, state });
  if (endsAt <= Math.max(now, campaign.startsAt ?? now)) throw new Problem('ends_too_early', {});
  return endsAt;
}

function withWords({ gift: { message: _, ...gift } }: Campaign, message: string) {
  const words = message.trim();
  return words ? { ...gift, message: words } : gift;
}
