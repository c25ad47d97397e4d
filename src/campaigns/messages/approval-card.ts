import { isDeepStrictEqual } from 'node:util';
import { type Message, nonceOf, type Place } from '../../outbox/index.ts';
import { unlessUnreadable } from '../../store/index.ts';
import type { CampaignsContext } from '../context.ts';
import { type Campaign, isHeldByStop } from '../model/campaign.ts';
import type { Stats } from '../model/entry.ts';
import { isOver } from '../model/state-machine.ts';
import { type CampaignMessage, messageKey, OPEN_MESSAGES, SLOW } from './record.ts';

// The card of an approval: what it says while it waits, and how it ends with what became of the campaign.

/** Only now may its requester read where it is asked for. */
export async function recordApprovalCard({ campaigns }: CampaignsContext, id: string, card: Place): Promise<void> {
  await campaigns.revise(id, (current) => {
    const { state, approval } = current;
    if (state !== 'awaiting_approval' || !approval || isDeepStrictEqual(approval.card, card)) return current;
    return { ...current, approval: { ...approval, card } };
  });
}

/** What an approval was asked for, and what has come of it since, if anything has. */
export function decidedSince({ history }: Campaign, since: number) {
  return history.slice(since + 1).find(({ state }) => state !== 'awaiting_approval');
}

/** With how many approvals, and as it was changed last. */
export function waitingOf(campaign: Campaign): string {
  const edits = editsOf(campaign);
  return `waiting/${campaign.approval?.votes.length}${edits > 0 ? `/${edits}` : ''}`;
}

const editsOf = ({ history }: Campaign): number => history.filter(({ why }) => why === 'edited').length;

interface CardState extends Pick<Message, 'says' | 'list'> {
  /** How far it has come, where it was approved and that is told. */
  readonly tally?: Stats;
}

/**
 * What its card says. Once approved it follows the campaign: in the rounds in which that is looked at anyway, seldom while
 * cards of one that is over wait for people, and then not at all. Undefined where it is left as it is: the campaign was asked
 * for anew, and has another card.
 */
export function cardState(
  since: number,
  before: string | undefined,
  { campaign, tally }: { campaign: Campaign; tally: Stats },
): CardState | undefined {
  const decided = decidedSince(campaign, since);
  if (!decided) return { says: waitingOf(campaign), list: OPEN_MESSAGES };
  const once = { says: `decided/${decided.state}`, list: undefined };
  if (decided.state !== 'running' && decided.state !== 'scheduled') return once;
  const after = campaign.history.slice(campaign.history.indexOf(decided));
  if (after.some(({ state }) => state === 'awaiting_approval'))
    return before === undefined || before.startsWith('waiting/') ? once : undefined;
  const late = tally.openOrders > 0 ? SLOW : undefined;
  const list = isOver(campaign.state) ? late : OPEN_MESSAGES;
  // In the list that it says: a card that says the same is not written again.
  return { says: ['became', list ?? 'over', nonceOf(JSON.stringify(became(campaign, tally)))].join('/'), list, tally };
}

/** Counts are told once it is over: until then its own message has them, and an edit says nothing new. */
function became(campaign: Campaign, { sent, waiting, pool, failed, unclear, charged }: Stats) {
  const { state, parts } = campaign;
  const why = state === 'halted' && parts.map(({ blocked }) => blocked?.why ?? null);
  const counts = isOver(state) && [sent, waiting, pool, failed, unclear, charged.amount];
  return [state, isHeldByStop(campaign), editsOf(campaign), why, counts];
}

/** The card of what was asked last, where there is one: also of one that had ended, and goes on. */
export async function lastCardOf(
  { messageRecords }: CampaignsContext,
  { id, history }: Campaign,
): Promise<CampaignMessage | undefined> {
  const last = history.findLastIndex(({ state }, at) => isAsked(state) && !isAsked(history[at - 1]?.state));
  if (last < 0) return undefined;
  return unlessUnreadable(() => messageRecords.get(messageKey(id, { kind: 'approval', since: last })), undefined);
}

const isAsked = (state: string | undefined): boolean => state === 'awaiting_approval';
