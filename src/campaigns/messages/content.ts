import { isQuiet, type Order, remindersDue } from '../../orders/index.ts';
import type { CampaignsContext } from '../context.ts';
import { drawShown } from '../draw/result.ts';
import type { Campaign } from '../model/campaign.ts';
import type { CampaignContent } from '../model/ports.ts';
import { isOver } from '../model/state-machine.ts';
import type { Stats } from '../model/stats.ts';
import { isAnyWaiting } from './call-winners.ts';
import { newsOf } from './news.ts';
import type { CallAbout, CampaignMessage } from './record.ts';

/** A campaign as it is now. */
export interface CampaignNow {
  readonly campaign: Campaign;
  readonly tally: Stats;
  /** Its orders that have not ended. */
  readonly open: readonly Order[];
}

/** What a message says. Undefined when there is nothing to say any more. */
export async function campaignContentOf(
  ctx: CampaignsContext,
  { about, place }: CampaignMessage,
  { campaign, tally, open }: CampaignNow,
): Promise<CampaignContent | undefined> {
  const now = ctx.clock.now();
  switch (about.kind) {
    case 'main':
      return { kind: 'main', campaign, tally };
    case 'approval':
      return { kind: 'approval', campaign, since: about.since, approvers: [] };
    case 'reminder': {
      const isWaiting = !decidedSince(campaign, about.since);
      // The next one takes its place. One that is up stays until the end of the wait.
      const isTimely = place !== undefined || !isQuiet(campaign, now);
      const isDue = isWaiting && about.number === remindersDue(campaign, now) && isTimely;
      return { ...about, campaign, isDue };
    }
    case 'word': {
      const news = newsOf(campaign, now);
      return news?.since === about.since ? { kind: 'word', campaign, news, tally } : undefined;
    }
    case 'winners':
      return { ...about, campaign, isOpen: await mayClaim(ctx, about, campaign) };
    case 'waits': {
      const order = open.find(({ id }) => id === about.order);
      return { ...about, campaign, isOpen: isAnyWaiting(order, about.users) };
    }
  }
}

async function mayClaim(ctx: CampaignsContext, about: CallAbout, { state }: Campaign) {
  const { campaign, users, until = 0 } = about;
  if (ctx.clock.now() >= until || isOver(state)) return false;
  const found = await Promise.all(users.map((user) => ctx.entries.get(campaign, user)));
  return found.some((entry) => entry?.state === 'won');
}

/** With what takes more to find out than whether a message is true. */
export async function contentInFull(
  ctx: CampaignsContext,
  content: CampaignContent,
): Promise<CampaignContent> {
  if (content.kind === 'approval') {
    const { approvers } = await ctx.rules.termsOf(content.campaign.guild);
    return { ...content, approvers };
  }
  if (content.kind !== 'main') return content;
  const drawn = await drawShown(ctx, content.campaign);
  return drawn ? { ...content, drawn } : content;
}

/** What an approval was asked for, and what has come of it since, if anything has. */
export function decidedSince({ history }: Campaign, since: number) {
  return history.slice(since + 1).find(({ state }) => state !== 'awaiting_approval');
}

/** What a message said at first, as far as that can still be told: one that may be out is looked for by it. */
export function campaignAtFirst(content: CampaignContent): CampaignContent {
  if (content.kind !== 'approval' && content.kind !== 'reminder') return content;
  const { campaign, since } = content;
  const { approval } = campaign;
  const whenAsked: Campaign = {
    ...campaign,
    ...(approval && { approval: { ...approval, votes: [] } }),
    state: 'awaiting_approval',
    history: campaign.history.slice(0, since + 1),
  };
  return { ...content, campaign: whenAsked };
}
