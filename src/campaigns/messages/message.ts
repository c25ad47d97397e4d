import { isQuiet, type Order, remindersDue } from '../../orders/index.ts';
import { type Message, nonceOf, postOnce } from '../../outbox/index.ts';
import type { CampaignsContext } from '../context.ts';
import { drawShown } from '../draw/draw.ts';
import type { Campaign } from '../model/campaign.ts';
import type { Stats } from '../model/entry.ts';
import type { CampaignContent } from '../model/ports.ts';
import { isOver } from '../model/state-machine.ts';
import { isAnyWaiting } from './call-winners.ts';
import { newsOf, toldBy } from './news.ts';
import { type CallAbout, type CampaignMessage, OPEN_MESSAGES, SLOW } from './record.ts';

/** A message that changes all the time is edited at most so often. */
export const RESTS_MS = 2_000;

/** A campaign as it is now. */
export interface CampaignNow {
  readonly campaign: Campaign;
  readonly tally: Stats;
  /** Its orders that have not ended. */
  readonly open: readonly Order[];
}

/** A message as it is to be now. Undefined when there is nothing to say any more. */
export async function messageNow(
  ctx: CampaignsContext,
  record: CampaignMessage,
  now: CampaignNow,
): Promise<Message | undefined> {
  const saying = await sayingNow(ctx, record, now);
  if (!saying) return undefined;
  const { content, pings: isPinging, ...state } = saying;
  const { campaignBoard: board } = ctx;
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
  await campaigns.revise(campaign.id, (current) => (current.told === told ? current : { ...current, told }));
}

interface Saying extends Pick<Message, 'says' | 'list'> {
  readonly content: CampaignContent;
  /** Those who are asked or called are pinged, once. */
  readonly pings: boolean;
}

/** What a message says, and how it stands once it says so. Undefined when there is nothing to say any more. */
async function sayingNow(
  ctx: CampaignsContext,
  { about, place }: CampaignMessage,
  { campaign, tally, open }: CampaignNow,
): Promise<Saying | undefined> {
  const now = ctx.clock.now();
  const isEnded = isOver(campaign.state);
  const waiting = { says: `waiting/${campaign.approval?.votes.length}`, list: OPEN_MESSAGES };
  switch (about.kind) {
    case 'main': {
      const says = nonceOf(JSON.stringify([shown(campaign), counts(tally)]));
      // People still come for their cards.
      const late = tally.openOrders > 0 ? SLOW : undefined;
      const list = isEnded ? late : OPEN_MESSAGES;
      return { content: { kind: 'main', campaign, tally }, says, list, pings: false };
    }
    case 'approval': {
      const content: CampaignContent = { ...about, campaign, approvers: [] };
      const decided = decidedSince(campaign, about.since);
      return decided
        ? { content, says: `decided/${decided.state}`, list: undefined, pings: false }
        : { content, ...waiting, pings: true };
    }
    case 'reminder': {
      const isWaiting = !decidedSince(campaign, about.since);
      // The next one takes its place. One that is up stays until the end of the wait.
      const isTimely = place !== undefined || !isQuiet(campaign, now);
      const isDue = isWaiting && about.number === remindersDue(campaign, now) && isTimely;
      const state = isDue ? waiting : { says: 'past', list: undefined };
      return { content: { ...about, campaign, isDue }, ...state, pings: false };
    }
    case 'word': {
      const news = newsOf(campaign, now);
      if (news?.since !== about.since) return undefined;
      const content: CampaignContent = { kind: 'word', campaign, news, tally };
      return { content, says: 'told', list: undefined, pings: true };
    }
    case 'winners': {
      const isOpen = await mayClaim(ctx, about, campaign);
      return { content: { ...about, campaign, isOpen }, ...calling(isOpen, isEnded) };
    }
    case 'waits': {
      const order = open.find(({ id }) => id === about.order);
      const isOpen = isAnyWaiting(order, about.users);
      return { content: { ...about, campaign, isOpen }, ...calling(isOpen, isEnded) };
    }
  }
}

function calling(isOpen: boolean, isEnded: boolean) {
  // In another list once the campaign is over.
  const list = isEnded ? SLOW : OPEN_MESSAGES;
  const state = isOpen ? { says: `waiting/${list}`, list } : { says: 'over', list: undefined };
  return { ...state, pings: true };
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

async function mayClaim(ctx: CampaignsContext, about: CallAbout, { state }: Campaign) {
  const { campaign, users, until = 0 } = about;
  if (ctx.clock.now() >= until || isOver(state)) return false;
  const found = await Promise.all(users.map((user) => ctx.entries.get(campaign, user)));
  return found.some((entry) => entry?.state === 'won');
}

/** With what takes more to find out than whether a message is true. */
async function contentInFull(ctx: CampaignsContext, content: CampaignContent): Promise<CampaignContent> {
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
function campaignAtFirst(content: CampaignContent): CampaignContent {
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
