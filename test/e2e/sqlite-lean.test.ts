import { describe, expect, it } from 'vitest';
import { type Counts, countDuring, counting } from './counted.ts';
import { confirm, quote, startTown, type Town } from './town.ts';

/** What a round of the bot asks may come between: the least of several times is what the thing itself asks. */
function least(all: readonly Counts[]): Pick<Counts, 'commits' | 'reads'> {
  return { commits: Math.min(...all.map((each) => each.commits)), reads: Math.min(...all.map((each) => each.reads)) };
}

function expectAtMost(least: Pick<Counts, 'commits' | 'reads'>, most: Pick<Counts, 'commits' | 'reads'>): void {
  expect(least.commits).toBeLessThanOrEqual(most.commits);
  expect(least.reads).toBeLessThanOrEqual(most.reads);
}

/** How many orders are on record whose requester was told how they ended. */
async function told({ store }: Town): Promise<number> {
  const rows = await store.rows('entries');
  return rows.filter(({ namespace, value }) => namespace === 'orders' && String(value).includes('"told"')).length;
}

describe('a purchase', () => {
  it('makes as few commits, reads and requests as docs/decisions says', async () => {
    const town = await startTown({ environment: counting });
    const [offers, purchases]: [Counts[], Counts[]] = [[], []];
    for (let turn = 0; turn < 5; turn++) {
      const quoted = await countDuring(town, () => quote(town.alice, 'google-play-usd-5'));
      offers.push(quoted);
      purchases.push(
        await countDuring(town, async () => {
          await confirm(town.alice, quoted.result);
          // The last commit comes after the last edit.
          await expect.poll(() => told(town)).toBe(turn + 1);
        }),
      );
    }
    // At most: steps that happen to come within one turn of the event loop are one commit.
    expectAtMost(least(offers), { commits: 1, reads: 11 });
    expectAtMost(least(purchases), { commits: 9, reads: 24 });
    // The first one opens the channel of direct messages, and compares the account.
    const [, { discord: asked, vendor: calls } = {}] = offers;
    expect(asked).toEqual(['POST /interactions/…/…/callback', 'PATCH /webhooks/…/…/messages/%40original']);
    expect(calls?.toSorted()).toEqual(['GET /balance', 'POST /orders/check']);
    const [, { discord, vendor } = {}] = purchases;
    expect(discord).toEqual([
      'POST /interactions/…/…/callback',
      'POST /channels/…/messages',
      'PATCH /webhooks/…/…/messages/%40original',
    ]);
    expect(vendor?.toSorted()).toEqual(['GET /balance', 'GET /orders', 'POST /orders', 'POST /orders/check']);
  });
});
