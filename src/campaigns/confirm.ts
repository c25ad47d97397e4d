import { type Clock, type Member, Problem } from '../lib/index.ts';
import type { NoticeBoard, Orders } from '../orders/index.ts';
import type { Rules } from '../policy/index.ts';
import type { ViewingCampaigns } from './lookup.ts';
import type { Campaign } from './model/campaign.ts';
import { entering } from './model/state-machine.ts';
import type { Planning } from './plan/plan.ts';
import type { CampaignBook } from './repository.ts';
import { type Reserving, refused } from './reserve.ts';

interface Parts {
  book: CampaignBook;
  planning: Planning;
  viewing: ViewingCampaigns;
  reserving: Reserving;
  rules: Pick<Rules, 'termsOf'>;
  board: Pick<NoticeBoard, 'approvalChannel'>;
  orders: Pick<Orders, 'requirePurchasesOpen'>;
  clock: Clock;
}

/** It waits for its time: nothing is set aside before that, for the budget it counts against is that of its start. */
export function isLater({ startsAt }: Pick<Campaign, 'startsAt'>, now: number): boolean {
  return startsAt !== undefined && startsAt > now;
}

export function createConfirming(parts: Parts) {
  const { book, planning, viewing, reserving, rules, board, orders, clock } = parts;

  /** What the policy says now, with the campaign's amount set aside where it starts at once. */
  async function granted(campaign: Campaign, member: Member, action: 'confirm' | 'ask') {
    const verdict = await planning.judge(campaign, member);
    const viewer = { user: member.user, isManager: member.isManager, verdict: verdict.kind };
    if (verdict.kind === 'refused' && campaign.state === 'planned')
      throw refused(campaign, verdict);
    viewing.requireOpen(campaign, viewer, action);
    const later = isLater(campaign, clock.now());
    const place = later ? undefined : await reserving.reserve(campaign, member, verdict);
    return { verdict, viewer, place };
  }

  async function channelFor(campaign: Campaign): Promise<string> {
    const { approvalsChannel } = await rules.termsOf(campaign.guild);
    const channel = await board.approvalChannel(campaign, approvalsChannel);
    if (channel === undefined) throw new Problem('no_approval_channel', {});
    return channel;
  }

  return {
    /** Its requester says yes: from then on cards are bought. */
    async confirm(id: string, member: Member): Promise<Campaign> {
      const seen = await viewing.here(id, member);
      await orders.requirePurchasesOpen();
      const { viewer, place } = await granted(seen, member, 'confirm');
      return book.revise(id, (campaign) => {
        viewing.requireOpen(campaign, viewer, 'confirm');
        const at = clock.now();
        const step = { at, by: member.user, why: 'confirmed' as const };
        return place
          ? entering(campaign, 'running', step, {
              reserved: place.reserved,
              startedAt: campaign.startedAt ?? at,
            })
          : entering(campaign, 'scheduled', step);
      });
    },

    /** Has others asked whether it may be. Nothing is promised that the bot may not write. */
    async ask(id: string, member: Member): Promise<Campaign> {
      const seen = await viewing.here(id, member);
      await orders.requirePurchasesOpen();
      const channel = await channelFor(seen);
      const { approvalLastsMs } = await rules.termsOf(seen.guild);
      const { verdict, viewer, place } = await granted(seen, member, 'ask');
      if (verdict.kind !== 'needs') throw new Error(`an approval of what is ${verdict.kind}`);
      return book.revise(id, (campaign) => {
        viewing.requireOpen(campaign, viewer, 'ask');
        const at = clock.now();
        const approval = {
          ...{ channel, votes: [], endsAt: at + approvalLastsMs, wanted: verdict.approvals },
          ...{ because: [...verdict.because], budgets: place?.effects ?? [] },
        };
        const step = { at, by: member.user, why: 'approval_asked' as const };
        const reserved = place ? { reserved: place.reserved } : {};
        return entering(campaign, 'awaiting_approval', step, { approval, ...reserved });
      });
    },
  };
}
