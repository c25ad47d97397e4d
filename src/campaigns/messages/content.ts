import type { Clock } from '../../lib/index.ts';
import type { Order } from '../../orders/index.ts';
import { nonceOf } from '../../outbox/index.ts';
import type { Rules } from '../../policy/index.ts';
import type { EntryBook } from '../entries.ts';
import type { Campaign } from '../model/campaign.ts';
import type { CampaignContent, DrawShown } from '../model/ports.ts';
import { isOver } from '../model/state-machine.ts';
import type { Tally } from '../report/stats.ts';
import { isAnyWaiting } from './call-winners.ts';
import { newsOf } from './news.ts';
import { type CallAbout, type CampaignMessage, OPEN, SLOW } from './record.ts';

/** A campaign as it is now. */
export interface Look {
  readonly campaign: Campaign;
  readonly tally: Tally;
  /** Its orders that have not ended. */
  readonly open: readonly Order[];
}

interface Parts {
  entries: Pick<EntryBook, 'get'>;
  rules: Pick<Rules, 'termsOf'>;
  drawnOf(campaign: Campaign): Promise<DrawShown | undefined>;
  clock: Pick<Clock, 'now'>;
}

/** What messages of campaigns say. */
export function createCampaignContents({ entries, rules, drawnOf, clock }: Parts) {
  async function mayClaim(about: CallAbout, { state }: Campaign): Promise<boolean> {
    const { campaign, users, until = 0 } = about;
    if (clock.now() >= until || isOver(state)) return false;
    const found = await Promise.all(users.map((user) => entries.get(campaign, user)));
    return found.some((entry) => entry?.state === 'won');
  }

  return {
    /** Undefined when there is nothing to say any more. */
    async of({ about }: CampaignMessage, look: Look): Promise<CampaignContent | undefined> {
      const { campaign, tally, open } = look;
      switch (about.kind) {
        case 'main':
          return { kind: 'main', campaign, tally };
        case 'approval':
          return { kind: 'approval', campaign, since: about.since, approvers: [] };
        case 'word': {
          const news = newsOf(campaign, clock.now());
          return news?.since === about.since ? { kind: 'word', campaign, news, tally } : undefined;
        }
        case 'winners':
          return { ...about, campaign, isOpen: await mayClaim(about, campaign) };
        case 'waits': {
          const order = open.find(({ id }) => id === about.order);
          return { ...about, campaign, isOpen: isAnyWaiting(order, about.users) };
        }
      }
    },

    /** With what takes more to find out than whether a message is true. */
    async inFull(content: CampaignContent): Promise<CampaignContent> {
      if (content.kind === 'approval') {
        const { approvers } = await rules.termsOf(content.campaign.guild);
        return { ...content, approvers };
      }
      if (content.kind !== 'main') return content;
      const drawn = await drawnOf(content.campaign);
      return drawn ? { ...content, drawn } : content;
    },
  };
}

/** What an approval was asked for, and what has come of it since, if anything has. */
export function decidedSince({ history }: Campaign, since: number) {
  return history.slice(since + 1).find(({ state }) => state !== 'awaiting_approval');
}

/** Changes when the message has to. */
export function saysOf(content: CampaignContent): string {
  const { campaign } = content;
  switch (content.kind) {
    case 'main':
      return nonceOf(JSON.stringify([shown(campaign), counts(content.tally)]));
    case 'approval': {
      const decided = decidedSince(campaign, content.since);
      return decided ? `decided/${decided.state}` : `waiting/${campaign.approval?.votes.length}`;
    }
    case 'word':
      return 'told';
    default:
      // In another list once the campaign is over.
      return content.isOpen ? `waiting/${listOf(content)}` : 'over';
  }
}

/** Without what everybody reads nothing of. */
function shown(campaign: Campaign) {
  const { state, parts, places, gift, eligibility, drawSeconds, startsAt, endsAt, draw } = campaign;
  const blocked = parts.map(({ blocked }) => blocked && [blocked.why, blocked.retryAt]);
  return [state, blocked, places, gift, eligibility, drawSeconds, startsAt, endsAt, draw];
}

function counts({ charged: _, openOrders: __, ...rest }: Tally) {
  return rest;
}

/** The list that a message stands in once it says so. */
export function listOf(content: CampaignContent): string | undefined {
  const isEnded = isOver(content.campaign.state);
  switch (content.kind) {
    case 'main':
      if (!isEnded) return OPEN;
      // People still come for their cards.
      return content.tally.openOrders > 0 ? SLOW : undefined;
    case 'approval':
      return decidedSince(content.campaign, content.since) ? undefined : OPEN;
    case 'word':
      return undefined;
    default:
      if (!content.isOpen) return undefined;
      return isEnded ? SLOW : OPEN;
  }
}

/** Those who are asked or called are pinged, once. */
export function pingsOf(content: CampaignContent): boolean {
  if (content.kind === 'approval') return !decidedSince(content.campaign, content.since);
  return content.kind !== 'main';
}

/** What a message said at first, as far as that can still be told: one that may be out is looked for by it. */
export function atFirst(content: CampaignContent): CampaignContent {
  const { campaign } = content;
  if (content.kind !== 'approval') return content;
  const { since } = content;
  const history = campaign.history.slice(0, since + 1);
  const { approval } = campaign;
  const unanswered = approval && { approval: { ...approval, votes: [] } };
  return {
    ...content,
    campaign: { ...campaign, ...unanswered, state: 'awaiting_approval', history },
  };
}
