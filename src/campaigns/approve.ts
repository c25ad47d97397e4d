import { type Clock, type Member, Problem } from '../lib/index.ts';
import { type Listed, MOST_WAITING, type Orders } from '../orders/index.ts';
import {
  type Hindrance,
  isInvolved,
  type Rules,
  type Standing,
  voiceFor,
} from '../policy/index.ts';
import { isLater } from './confirm.ts';
import type { ViewingCampaigns } from './lookup.ts';
import type { Campaign } from './model/campaign.ts';
import {
  type CampaignAction,
  type CampaignViewer,
  decidable,
  decidingVoice,
  openCampaignActions,
} from './model/permissions.ts';
import { entering, recorded } from './model/state-machine.ts';
import { asOrders, standingTogether } from './plan/plan.ts';
import type { CampaignBook } from './repository.ts';
import type { Reserving } from './reserve.ts';

interface Parts {
  book: CampaignBook;
  viewing: ViewingCampaigns;
  reserving: Pick<Reserving, 'settle'>;
  rules: Pick<Rules, 'standing'>;
  orders: Pick<Orders, 'requirePurchasesOpen'>;
  clock: Clock;
}

type End = { by: string; for?: string; why: Hindrance['why'] | 'rejected'; detail?: string };

/** What approvers decide about campaigns of others: as about orders, and the whole of it at once. */
export function createApprovingCampaigns(parts: Parts) {
  const { book, viewing, reserving, rules, orders, clock } = parts;

  const standing = async (campaign: Campaign): Promise<Standing | Hindrance> =>
    standingTogether(await Promise.all(asOrders(campaign).map((view) => rules.standing(view))));

  async function end(id: string, viewer: CampaignViewer, how: End): Promise<Campaign> {
    const campaign = await book.revise(id, (current) => {
      viewing.requireOpen(current, viewer, 'reject');
      return entering(current, 'rejected', { at: clock.now(), ...how });
    });
    await reserving.settle(campaign);
    return campaign;
  }

  /** With one approval more; begun once that makes as many as it takes. */
  function withVote(campaign: Campaign, viewer: CampaignViewer, { wanted, lapsed }: Standing) {
    const voice = voiceFor(decidable(campaign, viewer), viewer);
    if (!campaign.approval || voice === undefined) throw new Error('an approval without a voice');
    const at = clock.now();
    const by = viewer.user;
    const votes = [...campaign.approval.votes, { by, voice, at }];
    const most = Math.max(wanted, campaign.approval.wanted);
    const approval = { ...campaign.approval, wanted: most, votes };
    const step = { at, by, ...(voice !== by && { for: voice }) };
    const counted = votes.filter((vote) => !lapsed.includes(vote.voice)).length;
    if (counted < most) return recorded(campaign, { ...step, why: 'approved_one' }, { approval });
    return begun(campaign, { ...step, why: 'approved' }, approval, at);
  }

  /** Without a place in the budgets it waits for its time, which may be now. */
  function begun(
    campaign: Campaign,
    step: Parameters<typeof entering>[2],
    approval: NonNullable<Campaign['approval']>,
    at: number,
  ): Campaign {
    const isDue = campaign.reserved !== undefined && !isLater(campaign, at);
    const startedAt = campaign.startedAt ?? at;
    return isDue
      ? entering(campaign, 'running', step, { approval, startedAt })
      : entering(campaign, 'scheduled', step, { approval });
  }

  function hindered(campaign: Campaign, viewer: CampaignViewer, { why, detail }: Hindrance) {
    if (why === 'approvals_lacking' || why === 'discord_unreachable')
      throw new Problem('membership_unknown', { reference: campaign.reference });
    return end(campaign.id, viewer, { by: 'cardigan', why, ...(detail && { detail }) });
  }

  async function waiting(id: string, member: Member, action: 'approve' | 'reject') {
    const campaign = await viewing.here(id, member);
    const viewer = await viewing.viewerOf(campaign, member);
    viewing.requireOpen(campaign, viewer, action);
    return { campaign, viewer };
  }

  return {
    standing,
    async approve(id: string, member: Member): Promise<Campaign> {
      const { campaign: seen, viewer } = await waiting(id, member, 'approve');
      await orders.requirePurchasesOpen();
      const now = await standing(seen);
      if (!now.ok) return hindered(seen, viewer, now);
      return book.revise(id, (campaign) => {
        viewing.requireOpen(campaign, viewer, 'approve');
        return withVote(campaign, viewer, now);
      });
    },
    async reject(id: string, member: Member, reason: string): Promise<Campaign> {
      const { campaign, viewer } = await waiting(id, member, 'reject');
      const involved = decidable(campaign, viewer);
      const voice = viewer.voices?.find((each) => !isInvolved(involved, { user: each }));
      const by = member.user;
      const named = voice !== undefined && voice !== by && { for: voice };
      return end(id, viewer, { by, ...named, why: 'rejected', detail: reason.trim() });
    },
  };
}

export type ApprovingCampaigns = ReturnType<typeof createApprovingCampaigns>;

/** A campaign that waits for somebody, as they may decide about it. */
export interface WaitingCampaign extends Listed {
  readonly campaign: Campaign;
  readonly actions: readonly CampaignAction[];
}

interface AwaitingCampaignsParts {
  book: Pick<CampaignBook, 'awaiting'>;
  viewing: Pick<ViewingCampaigns, 'recipientsAmong'>;
  rules: Pick<Rules, 'voicesOf'>;
  clock: Clock;
}

/** Campaigns that wait for a member to decide, by themselves or as a delegate; none for who decides nothing. */
export function createAwaitingCampaigns({ book, viewing, rules, clock }: AwaitingCampaignsParts) {
  return async (member: Member): Promise<WaitingCampaign[]> => {
    const { user, guild } = member;
    const voices = await rules.voicesOf(member);
    if (voices.length === 0) return [];
    const found: WaitingCampaign[] = [];
    for await (const campaign of book.awaiting(guild)) {
      const recipients = await viewing.recipientsAmong(campaign, [...new Set([user, ...voices])]);
      const viewer = { user, voices, recipients };
      const actions = openCampaignActions(campaign, viewer, clock.now());
      if (!actions.includes('reject')) continue;
      const voice = decidingVoice(campaign, viewer);
      found.push({ campaign, actions, voice, askedAt: askedAt(campaign) });
      if (found.length > MOST_WAITING) found.shift();
    }
    return found;
  };
}

/** It may have been asked for before, at an earlier price. */
function askedAt({ history }: Campaign): number {
  return history.findLast(({ why }) => why === 'approval_asked')?.at ?? 0;
}
