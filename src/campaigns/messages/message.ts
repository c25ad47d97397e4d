import { type Message, nonceOf, postOnce } from '../../outbox/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign } from '../model/campaign.ts';
import type { CampaignContent } from '../model/ports.ts';
import { isOver } from '../model/state-machine.ts';
import type { Stats } from '../model/stats.ts';
import {
  type CampaignNow,
  campaignAtFirst,
  campaignContentOf,
  contentInFull,
  decidedSince,
} from './content.ts';
import { toldBy } from './news.ts';
import { type CampaignMessage, OPEN_MESSAGES, SLOW } from './record.ts';

/** A message that changes all the time is edited at most so often. */
export const RESTS_MS = 2_000;

/** A message as it is to be now. Undefined when there is nothing to say any more. */
export async function messageNow(
  ctx: CampaignsContext,
  record: CampaignMessage,
  now: CampaignNow,
): Promise<Message | undefined> {
  const content = await campaignContentOf(ctx, record, now);
  return content && messageOf(ctx, content);
}

function messageOf(ctx: CampaignsContext, content: CampaignContent): Message {
  const { campaignBoard: board } = ctx;
  const { pings: isPinging, ...state } = stateOf(content);
  const isReminder = content.kind === 'reminder';
  return {
    ...state,
    isLasting: state.list === OPEN_MESSAGES && !isReminder,
    ...(content.kind === 'main' && { restsMs: RESTS_MS }),
    async post({ isFirst, ...how }) {
      const full = await contentInFull(ctx, content);
      const pings = isFirst && isPinging;
      // It may have said something else at first.
      const before = { first: campaignAtFirst(full), isChanged: content.kind !== 'word' };
      const place = await postOnce(board, full, { ...how, pings }, before);
      if (place && content.kind === 'word') await recordTold(ctx, content);
      return place;
    },
    edit: async (place) => board.edit(place, await contentInFull(ctx, content)),
    // A reminder that is past only stands in the way of what is not.
    remove: isReminder && !content.isDue ? (place) => board.remove(content, place) : undefined,
  };
}

async function recordTold(
  { campaigns }: CampaignsContext,
  { campaign, news }: Extract<CampaignContent, { kind: 'word' }>,
): Promise<void> {
  const told = toldBy(news.since);
  await campaigns.revise(campaign.id, (current) =>
    current.told === told ? current : { ...current, told },
  );
}

interface MessageState {
  /** Changes when the message has to. */
  readonly says: string;
  /** The list that it stands in once it says so. */
  readonly list: string | undefined;
  /** Those who are asked or called are pinged, once. */
  readonly pings: boolean;
}

function stateOf(content: CampaignContent): MessageState {
  const { campaign } = content;
  const isEnded = isOver(campaign.state);
  const waiting = `waiting/${campaign.approval?.votes.length}`;
  switch (content.kind) {
    case 'main': {
      const says = nonceOf(JSON.stringify([shown(campaign), counts(content.tally)]));
      // People still come for their cards.
      const late = content.tally.openOrders > 0 ? SLOW : undefined;
      return { says, list: isEnded ? late : OPEN_MESSAGES, pings: false };
    }
    case 'approval': {
      const decided = decidedSince(campaign, content.since);
      return decided
        ? { says: `decided/${decided.state}`, list: undefined, pings: false }
        : { says: waiting, list: OPEN_MESSAGES, pings: true };
    }
    case 'reminder':
      return content.isDue
        ? { says: waiting, list: OPEN_MESSAGES, pings: false }
        : { says: 'past', list: undefined, pings: false };
    case 'word':
      return { says: 'told', list: undefined, pings: true };
    default: {
      if (!content.isOpen) return { says: 'over', list: undefined, pings: true };
      // In another list once the campaign is over.
      const list = isEnded ? SLOW : OPEN_MESSAGES;
      return { says: `waiting/${list}`, list, pings: true };
    }
  }
}

/** Without what everybody reads nothing of. */
function shown(campaign: Campaign) {
  const { state, parts, places, gift, eligibility, drawSeconds, startsAt, endsAt, draw } = campaign;
  const blocked = parts.map(({ blocked }) => blocked && [blocked.why, blocked.retryAt]);
  return [state, blocked, places, gift, eligibility, drawSeconds, startsAt, endsAt, draw];
}

function counts({ charged: _, openOrders: __, ...rest }: Stats) {
  return rest;
}
