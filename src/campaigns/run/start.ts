import {
  type Clock,
  type Directory,
  isMoreThan,
  type Member,
  nextTime,
  Problem,
} from '../../lib/index.ts';
import { type NoticeBoard, newReference, type RandomBytes } from '../../orders/index.ts';
import type { Rules } from '../../policy/index.ts';
import type { ApprovingCampaigns } from '../approve.ts';
import { seedHash } from '../draw/ranking.ts';
import { type Campaign, offered } from '../model/campaign.ts';
import { entering, isCalledOff } from '../model/state-machine.ts';
import type { Planning, Pricing } from '../plan/plan.ts';
import type { CampaignBook } from '../repository.ts';
import type { Reserving } from '../reserve.ts';
import { blockedFor } from './blocked.ts';

interface Parts {
  book: CampaignBook;
  planning: Planning;
  price: Pricing;
  reserving: Reserving;
  approving: Pick<ApprovingCampaigns, 'standing'>;
  rules: Pick<Rules, 'termsOf'>;
  board: Pick<NoticeBoard, 'approvalChannel'>;
  directory: Pick<Directory, 'find'>;
  seedOf(campaign: string): string;
  clock: Clock;
  random: RandomBytes;
}

/** Starts campaigns whose time has come, each through the policy of that moment, and makes those that repeat. */
export function createStarting(parts: Parts) {
  const { book, planning, price, reserving, approving, rules, board, clock, random } = parts;

  /** Left to a person, who goes on with it or ends it. */
  function halt(id: string, why: string, detail?: string): Promise<Campaign> {
    return book.revise(id, (campaign) => {
      if (campaign.state !== 'scheduled') return campaign;
      const at = clock.now();
      const blocked = blockedFor(why, at, undefined, detail);
      const all = campaign.parts.map((part) => ({ ...part, blocked }));
      const step = { at, by: 'cardigan', why: 'blocked' as const, detail: why };
      return entering(campaign, 'halted', step, { parts: all });
    });
  }

  /** A repetition costs what its cards cost now, and no more than was confirmed for the first one. */
  async function repriced(campaign: Campaign, member: Member): Promise<Campaign | undefined> {
    const { parts: now, charged } = await price(campaign.parts, member);
    const { currency } = campaign.charged;
    if (charged.currency !== currency || isMoreThan(charged, campaign.charged)) {
      await halt(campaign.id, 'price_rose');
      return undefined;
    }
    return book.revise(campaign.id, (current) =>
      current.state === 'scheduled' ? { ...current, parts: now, charged } : current,
    );
  }

  async function askFor(campaign: Campaign, member: Member): Promise<void> {
    const { approvalsChannel, approvalLastsMs } = await rules.termsOf(campaign.guild);
    const channel = await board.approvalChannel(campaign, approvalsChannel);
    const verdict = await planning.judge(campaign, member);
    if (verdict.kind !== 'needs') return run(campaign, member);
    if (channel === undefined) return void (await halt(campaign.id, 'no_approval_channel'));
    const { reserved, effects } = await reserving.reserve(campaign, member, verdict);
    await book.revise(campaign.id, (current) => {
      if (current.state !== 'scheduled') return current;
      const at = clock.now();
      const approval = {
        ...{ channel, votes: [], endsAt: at + approvalLastsMs, wanted: verdict.approvals },
        ...{ because: [...verdict.because], budgets: effects },
      };
      const step = { at, by: 'cardigan', why: 'approval_asked' as const };
      return entering(current, 'awaiting_approval', step, { approval, reserved });
    });
  }

  async function run(campaign: Campaign, member: Member): Promise<void> {
    const verdict = await planning.judge(campaign, member);
    const { reserved } = await reserving.reserve(campaign, member, verdict);
    await book.revise(campaign.id, (current) => {
      if (current.state !== 'scheduled') return current;
      const at = clock.now();
      const said = offered(current.parts, current.charged);
      const step = { at, by: 'cardigan', why: 'started' as const, offered: said };
      return entering(current, 'running', step, { reserved, startedAt: current.startedAt ?? at });
    });
  }

  async function start(campaign: Campaign, member: Member): Promise<void> {
    const current = campaign.follows === undefined ? campaign : await repriced(campaign, member);
    if (!current) return;
    const standing = await approving.standing(current);
    if (!standing.ok && standing.why === 'discord_unreachable') return;
    if (!standing.ok) return void (await halt(current.id, standing.why, standing.detail));
    const votes = (current.approval?.votes ?? []).filter(
      ({ voice }) => !standing.lapsed.includes(voice),
    );
    // The policy may have become stricter since it was approved.
    if (votes.length < standing.wanted) await askFor(current, member);
    else await run(current, member);
  }

  /** Whoever called off the one before wanted no more of them; it may not have been there yet to be called off with it. */
  async function isSeriesOver({ follows }: Campaign): Promise<boolean> {
    const before = follows === undefined ? undefined : await book.get(follows);
    return before !== undefined && isCalledOff(before);
  }

  const callOff = (id: string) =>
    book.revise(id, (campaign) =>
      campaign.state === 'scheduled'
        ? entering(campaign, 'cancelled', { at: clock.now(), by: 'cardigan', why: 'called_off' })
        : campaign,
    );

  /** In the place of each that repeats, one is made for its next time, once. */
  async function repeat(campaign: Campaign): Promise<void> {
    const { repeats, startedAt, startsAt = startedAt } = campaign;
    if (!repeats || startsAt === undefined || isCalledOff(campaign)) return;
    if (await book.follower(campaign.id)) return;
    const at = clock.now();
    const { firstAt: first = startsAt } = campaign;
    const { timeZone } = await rules.termsOf(campaign.guild);
    const next = nextTime({ first, repeats, timeZone }, Math.max(at, startsAt));
    const id = planning.newId();
    const said = offered(campaign.parts, campaign.charged);
    const lasts = campaign.endsAt === undefined ? undefined : campaign.endsAt - startsAt;
    await book.create(
      {
        ...sameAgain(campaign),
        ...{ id, follows: campaign.id, firstAt: first, state: 'scheduled', startsAt: next },
        reference: newReference(random),
        ...(lasts !== undefined && { endsAt: next + lasts }),
        ...(campaign.draw && { draw: { seedHash: seedHash(parts.seedOf(id)), reached: 0 } }),
        history: [{ at, by: 'cardigan', state: 'scheduled', why: 'repeated', offered: said }],
      },
      () => newReference(random),
    );
  }

  return {
    repeat,
    /** Nothing that is not due. What keeps it from starting is on record. */
    async start(campaign: Campaign): Promise<void> {
      const { startsAt = 0, guild, requester } = campaign;
      if (campaign.state !== 'scheduled' || clock.now() < startsAt) return;
      if (await isSeriesOver(campaign)) return void (await callOff(campaign.id));
      const member = await parts.directory.find(guild, requester);
      if (member === 'unknown') return;
      if (member === 'none') return void (await halt(campaign.id, 'requester_left'));
      try {
        await start(campaign, member);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        await halt(campaign.id, error.code);
      }
    },
  };
}

export type Starting = ReturnType<typeof createStarting>;

/** What every repetition has in common; nothing of how one went. */
function sameAgain(campaign: Campaign) {
  const { kind, guild, channel, place, requester, locale, places, charged, expiresAt } = campaign;
  const { gift, eligibility, drawSeconds, buysAtStart, claimWithinMs, repeats } = campaign;
  return {
    ...{ kind, guild, channel, place, requester, locale, places, charged, expiresAt, gift },
    parts: campaign.parts.map(({ blocked: _, ...part }) => part),
    ...(eligibility && { eligibility }),
    ...(drawSeconds !== undefined && { drawSeconds }),
    ...(buysAtStart !== undefined && { buysAtStart }),
    ...(claimWithinMs !== undefined && { claimWithinMs }),
    ...(repeats && { repeats }),
  };
}
