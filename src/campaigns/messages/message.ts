import { isQuiet, type Order, remindersDue } from '../../orders/index.ts';
import { type Message, nonceOf, type Place, postOnce } from '../../outbox/index.ts';
import type { CampaignsContext } from '../context.ts';
import { drawShown } from '../draw/draw.ts';
import { namedRecipients } from '../lookup.ts';
import type { Campaign } from '../model/campaign.ts';
import type { Entry, Stats } from '../model/entry.ts';
import type { CampaignContent, WinnerNow } from '../model/ports.ts';
import { isOver } from '../model/state-machine.ts';
import { cardState, decidedSince, recordApprovalCard, waitingOf } from './approval-card.ts';
import { isAnyWaiting } from './call-winners.ts';
import { LITTLE_WAITS_MS, withCounts } from './counts.ts';
import { newsOf, toldBy } from './news.ts';
import { type CallAbout, type CampaignMessage, OPEN_MESSAGES, SLOW } from './record.ts';

/**
 * A message that changes all the time is edited at most so often, and less once it has stood for an hour: Discord takes only a
 * few edits of a message that is older.
 */
const RESTS_MS = 10_000;
const OLD_AFTER_MS = 60 * 60_000;
const RESTS_WHEN_OLD_MS = 60_000;

const restOf = ({ startedAt = 0 }: Campaign, now: number): number =>
  now < startedAt + OLD_AFTER_MS ? RESTS_MS : RESTS_WHEN_OLD_MS;

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
    isLasting: state.list === OPEN_MESSAGES && !isReminder && !isDecided(content),
    ...(content.kind === 'main' && { restsMs: restOf(content.campaign, ctx.clock.now()) }),
    async post({ isFirst, ...how }) {
      const full = await contentInFull(ctx, content);
      const pings = isFirst && isPinging;
      // It may have said something else at first.
      const before = { first: campaignAtFirst(full), isChanged: content.kind !== 'word' };
      const place = await postOnce(board, full, { ...how, pings }, before);
      if (place && content.kind === 'word') await recordTold(ctx, content);
      if (place && content.kind === 'approval') await recordApprovalCard(ctx, content.campaign.id, place);
      return place;
    },
    edit: async (place) => {
      const full = await contentInFull(ctx, content);
      if (!isElsewhere(content, place)) return board.edit(place, full);
      await board.remove(full, place);
      return false;
    },
    // A reminder that is past only stands in the way of what is not.
    remove: isReminder && !content.isDue ? (place) => board.remove(content, place) : undefined,
  };
}

/** A card that is only read by now: one that somebody deleted is not put up again. */
const isDecided = (content: CampaignContent): boolean =>
  content.kind === 'approval' && decidedSince(content.campaign, content.since) !== undefined;

/** It belongs into another channel since its campaign was moved. */
function isElsewhere(content: CampaignContent, { channel }: Place): boolean {
  const isInPlace = content.kind === 'main' || content.kind === 'winners' || content.kind === 'waits';
  return isInPlace && movedTo(content.campaign).some((place) => place !== channel);
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
  { about, place, says: before, nextAt }: CampaignMessage,
  { campaign, tally, open }: CampaignNow,
): Promise<Saying | undefined> {
  const now = ctx.clock.now();
  const isEnded = isOver(campaign.state);
  const waiting = { says: waitingOf(campaign), list: OPEN_MESSAGES };
  switch (about.kind) {
    case 'main': {
      const state = nonceOf(JSON.stringify([shown(campaign), isFull(campaign, tally), ...movedTo(campaign)]));
      const isLast = isEnded && tally.openOrders === 0;
      const says = withCounts(state, counts(tally), { before, isToBeExact: isLast || now >= nextAt + LITTLE_WAITS_MS });
      // People still come for their cards.
      const late = tally.openOrders > 0 ? SLOW : undefined;
      const list = isEnded ? late : OPEN_MESSAGES;
      return { content: { kind: 'main', campaign, tally }, says, list, pings: false };
    }
    case 'approval': {
      const card = cardState(about.since, before, { campaign, tally });
      if (!card) return undefined;
      const { tally: came, ...state } = card;
      const content: CampaignContent = { ...about, campaign, approvers: [], ...(came && { tally: came }) };
      return { content, ...state, pings: !decidedSince(campaign, about.since) };
    }
    case 'reminder': {
      const isWaiting = !decidedSince(campaign, about.since);
      // The next one takes its place. One that is up stays until the end of the wait.
      const isTimely = place !== undefined || !isQuiet(campaign, now);
      const isDue = isWaiting && about.number === remindersDue(campaign, now) && isTimely;
      const state = isDue ? waiting : { says: 'past', list: undefined };
      return { content: { ...about, campaign, isDue }, ...state, pings: false };
    }
    case 'lost': {
      const isOpen = campaign.lostPlace?.at === about.at && !isEnded;
      const content: CampaignContent = { ...about, campaign, isOpen };
      const isStanding = isOpen && about.to === 'admins';
      const list = isStanding ? OPEN_MESSAGES : undefined;
      return { content, says: isOpen ? 'lost' : 'over', list, pings: about.to === 'owner' };
    }
    case 'word': {
      const news = newsOf(campaign, now);
      if (news?.since !== about.since) return undefined;
      const content: CampaignContent = { kind: 'word', campaign, news, tally };
      return { content, says: 'told', list: undefined, pings: true };
    }
    case 'winners': {
      const became = await becameOf(ctx, about, campaign);
      if (!became) return { content: { ...about, campaign, isOpen: true }, ...calling(campaign, true) };
      const content: CampaignContent = { ...about, campaign, isOpen: false, became };
      // The order of one who has claimed may still come to nothing.
      const list = isEnded ? undefined : SLOW;
      const says = ['over', nonceOf(JSON.stringify(became)), list].join('/');
      return { content, says, list, pings: true };
    }
    case 'waits': {
      const order = open.find(({ id }) => id === about.order);
      const isOpen = isAnyWaiting(order, about.users);
      return { content: { ...about, campaign, isOpen }, ...calling(campaign, isOpen) };
    }
  }
}

function calling(campaign: Campaign, isOpen: boolean) {
  // In another list once the campaign is over.
  const list = isOver(campaign.state) ? SLOW : OPEN_MESSAGES;
  const state = isOpen
    ? { says: ['waiting', list, ...movedTo(campaign)].join('/'), list }
    : { says: 'over', list: undefined };
  return { ...state, pings: true };
}

/** The channel that it was moved to: its messages have to follow. */
function movedTo({ history, place }: Campaign): string[] {
  return history.some(({ why }) => why === 'moved') ? [place] : [];
}

/** Every place has somebody: nobody need press any more. */
const isFull = ({ places }: Campaign, { due, ordered, failed }: Stats) => due + ordered + failed >= places;

/** Without what everybody reads nothing of. */
function shown(campaign: Campaign) {
  const { state, parts, places, gift, eligibility, drawSeconds, startsAt, endsAt, draw } = campaign;
  const blocked = parts.map(({ blocked }) => blocked && [blocked.why, blocked.retryAt]);
  return [state, blocked, places, gift, eligibility, drawSeconds, startsAt, endsAt, draw];
}

function counts({ charged: _, openOrders: __, ...rest }: Stats): number[] {
  return Object.values(rest);
}

/** What has become of those who were called; undefined while one of them may still claim. */
async function becameOf(ctx: CampaignsContext, about: CallAbout, { state }: Campaign) {
  const { campaign, users, until = 0 } = about;
  const found = await Promise.all(users.map((user) => ctx.entries.get(campaign, user)));
  const isPast = ctx.clock.now() >= until || isOver(state);
  if (!isPast && found.some((entry) => entry?.state === 'won')) return undefined;
  return users.map((user, index) => winnerNow(user, found[index]));
}

function winnerNow(user: string, entry: Entry | undefined): WinnerNow {
  const hasClaimed = entry?.state === 'due' || entry?.state === 'ordered';
  const is = hasClaimed ? 'claimed' : entry?.state === 'failed' ? 'failed' : 'unclaimed';
  return { user, is, ...(entry?.why && !hasClaimed && { why: entry.why }) };
}

/** With what takes more to find out than whether a message is true. */
async function contentInFull(ctx: CampaignsContext, content: CampaignContent): Promise<CampaignContent> {
  if (content.kind === 'approval') {
    const { campaign } = content;
    const { approvers } = await ctx.rules.termsOf(campaign.guild);
    // Everybody in its channel reads it: they are named where their cards are announced in public anyway.
    const users = campaign.gift.receipt === 'public' ? await namedRecipients(ctx, campaign) : [];
    return { ...content, approvers, users };
  }
  if (content.kind !== 'main') return content;
  const drawn = await drawShown(ctx, content.campaign);
  return drawn ? { ...content, drawn } : content;
}

/** What a message said at first, as far as that can still be told: one that may be out is looked for by it. */
function campaignAtFirst(content: CampaignContent): CampaignContent {
  if (content.kind === 'main') return { ...content, campaign: { ...content.campaign, state: 'running' } };
  if (content.kind === 'winners') return { ...content, isOpen: true };
  if (content.kind !== 'approval' && content.kind !== 'reminder') return content;
  if (content.kind === 'reminder') return { ...content, campaign: campaignWhenAsked(content) };
  const { tally: _, ...card } = content;
  return { ...card, campaign: campaignWhenAsked(content) };
}

function campaignWhenAsked({ campaign, since }: { campaign: Campaign; since: number }): Campaign {
  const { approval } = campaign;
  return {
    ...campaign,
    ...(approval && { approval: { ...approval, votes: [] } }),
    state: 'awaiting_approval',
    history: campaign.history.slice(0, since + 1),
  };
}
