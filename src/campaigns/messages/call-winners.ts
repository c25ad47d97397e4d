import { isGiven, isPool, isToBeRetried, type Order } from '../../orders/index.ts';
import { unlessUnreadable } from '../../store/index.ts';
import type { CampaignsContext } from '../context.ts';
import { unclaimedWinners } from '../draw/draw.ts';
import type { Campaign } from '../model/campaign.ts';
import type { Stats } from '../model/entry.ts';
import { type CallAbout, messageKey } from './record.ts';

/** A message pings at most so many, and has room for no more. */
const MOST_CALLED = 80;
/**
 * Of a bulk send to more people nobody is pinged: its message has the button, and dozens of messages that ping thousands are
 * what Discord takes for spam.
 */
const MOST_NAMED = 400;
/** Whoever claimed was shown their card at once: they are called only where they did not take it. */
const SHOWN_FOR_MS = 60_000;

/** Who is to be called to a campaign's channel, each of them once: winners, and those whose card waits. */
export async function callsOf(
  ctx: CampaignsContext,
  campaign: Campaign,
  { tally, open }: { tally: Stats; open: readonly Order[] },
): Promise<CallAbout[]> {
  const found = await winners(ctx, campaign, tally);
  for (const order of open) found.push(...(await waiting(ctx, campaign, order)));
  return found;
}

/** Once all places that can be given are: those who win together are called together. */
async function winners(ctx: CampaignsContext, campaign: Campaign, stats: Stats) {
  const { id, places, draw } = campaign;
  const isFull = stats.won + stats.due + stats.ordered >= places;
  const isDone = isFull || (draw?.reached ?? 0) >= (draw?.drawn?.entrants ?? 0);
  if (!draw?.drawn || stats.won === 0 || !isDone) return [];
  const won = await unclaimedWinners(ctx, campaign);
  const until = won[0]?.until;
  const users = won.map(({ user }) => user);
  return calls(ctx, users, { kind: 'winners', campaign: id, number: 1, users: [], until });
}

async function waiting(ctx: CampaignsContext, campaign: Campaign, order: Order) {
  if (campaign.kind === 'bulk' && campaign.places > MOST_NAMED) return [];
  const now = ctx.clock.now();
  const users = waitingFor(order, campaign.kind === 'bulk' ? now : now - SHOWN_FOR_MS);
  if (users.length === 0) return [];
  const { id, reference } = order;
  const about = { campaign: campaign.id, order: id, reference, number: 1, users: [] };
  return calls(ctx, users, { kind: 'waits', ...about });
}

/** Those of the people who were not called before, in messages of their own; `first` is how the first one would be. */
async function calls(
  { messageRecords }: CampaignsContext,
  people: readonly string[],
  first: CallAbout,
): Promise<CallAbout[]> {
  const called = new Set<string>();
  let { number } = first;
  for (; ; number++) {
    const key = messageKey(first.campaign, { ...first, number });
    const known = await unlessUnreadable(() => messageRecords.get(key), 'unreadable' as const);
    // Whoever it called is called once more, in the next one.
    if (known === 'unreadable') continue;
    if (!known || !('users' in known.about)) break;
    for (const user of known.about.users) called.add(user);
  }
  const users = people.filter((user) => !called.has(user));
  const count = Math.ceil(users.length / MOST_CALLED);
  return Array.from({ length: count }, (_, index) => ({
    ...first,
    number: number + index,
    users: users.slice(index * MOST_CALLED, (index + 1) * MOST_CALLED),
  }));
}

/** Whose card waits since then or longer. */
function waitingFor(order: Order, before: number): string[] {
  // Of others not all has been tried yet; of a pool each card is somebody's at a time of its own.
  if (order.status !== 'held' && !isPool(order)) return [];
  const users = order.cards
    .filter(isGiven)
    .filter((card) => card.deliveredAt === undefined && !isToBeRetried(card))
    .filter(({ posted }) => posted !== undefined && posted.at <= before)
    .map(({ recipient }) => recipient);
  return [...new Set(users)];
}

/** Whether one of them has not fetched their card. */
export function isAnyWaiting(order: Order | undefined, users: readonly string[]): boolean {
  return (order?.cards ?? []).some(
    ({ recipient, deliveredAt }) => recipient !== undefined && users.includes(recipient) && deliveredAt === undefined,
  );
}
