import { describe, expect, it } from 'vitest';
import { type Counts, countDuring, counting } from './counted.ts';
import { finished, pressConfirm, quote, startTown, type Town } from './town.ts';

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
          const exchange = await pressConfirm(town.alice, quoted.result);
          await finished(exchange);
          await expect.poll(() => told(town)).toBe(turn + 1);
          // The last thing of all: the codes in an answer of their own.
          await expect.poll(() => exchange.followUps().length).toBe(1);
        }),
      );
    }
    // At most: steps that happen to come within one turn of the event loop are one commit.
    // One read is for whether whoever asks may see the balance.
    expectAtMost(least(offers), { commits: 1, reads: 12 });
    // One commit, the reads for it, and one request are for the codes in the private answer: recorded before they are shown.
    expectAtMost(least(purchases), { commits: 10, reads: 29 });
    // The first one opens the channel of direct messages, and compares the account.
    const [, { discord: asked, vendor: calls } = {}] = offers;
    expect(asked).toEqual(['POST /interactions/…/…/callback', 'PATCH /webhooks/…/…/messages/%40original']);
    expect(calls?.toSorted()).toEqual(['GET /balance', 'POST /orders/check']);
    const [, { discord, vendor } = {}] = purchases;
    expect(discord).toEqual([
      'POST /interactions/…/…/callback',
      'POST /channels/…/messages',
      'PATCH /webhooks/…/…/messages/%40original',
      'POST /webhooks/…/…',
    ]);
    expect(vendor?.toSorted()).toEqual(['GET /balance', 'GET /orders', 'POST /orders', 'POST /orders/check']);
  });
});
