import { isGiven, isToBeRetried, type Order } from '../../orders/index.ts';
import type { Records } from '../../store/index.ts';
import type { EntryBook } from '../entries.ts';
import type { Campaign } from '../model/campaign.ts';
import { type Entry, entriesIn } from '../model/entry.ts';
import type { Tally } from '../report/stats.ts';
import { type CallAbout, type CampaignMessage, messageKey } from './record.ts';

/** A message pings at most so many, and has room for no more. */
const MOST_CALLED = 80;
/** Whoever claimed was shown their card at once: they are called only where they did not take it. */
const SHOWN_FOR_MS = 60_000;

interface Parts {
  records: Pick<Records<CampaignMessage>, 'get'>;
  entries: Pick<EntryBook, 'walk'>;
}

/** Who is to be called to a campaign's channel, each of them once: winners, and those whose card waits. */
export function createCallingPeople({ records, entries }: Parts) {
  /** Those that were not called before, in messages of their own. */
  async function calls(
    campaign: string,
    people: readonly string[],
    make: (number: number, users: string[]) => CallAbout,
  ): Promise<CallAbout[]> {
    const called = new Set<string>();
    let number = 1;
    for (;;) {
      const known = await records.get(messageKey(campaign, make(number, [])));
      if (!known || !('users' in known.about)) break;
      for (const user of known.about.users) called.add(user);
      number++;
    }
    const users = people.filter((user) => !called.has(user));
    const count = Math.ceil(users.length / MOST_CALLED);
    return Array.from({ length: count }, (_, index) =>
      make(number + index, users.slice(index * MOST_CALLED, (index + 1) * MOST_CALLED)),
    );
  }

  /** Once all places that can be given are: those who win together are called together. */
  async function winners(campaign: Campaign, tally: Tally): Promise<CallAbout[]> {
    const { id, places, draw } = campaign;
    const isFull = tally.won + tally.due + tally.ordered >= places;
    const isDone = isFull || (draw?.reached ?? 0) >= (draw?.drawn?.entrants ?? 0);
    if (!draw?.drawn || tally.won === 0 || !isDone) return [];
    const won: Entry[] = [];
    for await (const entry of entries.walk(entriesIn(id, 'won'))) won.push(entry);
    const ranked = won.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
    const until = ranked[0]?.until;
    return calls(
      id,
      ranked.map(({ user }) => user),
      (number, users) => ({ kind: 'winners', campaign: id, number, users, until }),
    );
  }

  async function waiting(campaign: Campaign, order: Order, now: number): Promise<CallAbout[]> {
    const before = campaign.kind === 'bulk' ? now : now - SHOWN_FOR_MS;
    const people = waitingFor(order, before);
    if (people.length === 0) return [];
    const { id, reference } = order;
    const of = { kind: 'waits', campaign: campaign.id, order: id, reference } as const;
    return calls(campaign.id, people, (number, users) => ({ ...of, number, users }));
  }

  return {
    async of(
      campaign: Campaign,
      { tally, open }: { tally: Tally; open: readonly Order[] },
      now: number,
    ): Promise<CallAbout[]> {
      const found = await winners(campaign, tally);
      for (const order of open) found.push(...(await waiting(campaign, order, now)));
      return found;
    },
  };
}

/** Whose card waits since then or longer: their direct messages are closed, or nothing more is tried by itself. */
function waitingFor(order: Order, before: number): string[] {
  // Of others not all has been tried yet; of a pool each card is somebody's at a time of its own.
  if (order.status !== 'held' && !order.campaign?.pool) return [];
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
    ({ recipient, deliveredAt }) =>
      recipient !== undefined && users.includes(recipient) && deliveredAt === undefined,
  );
}
