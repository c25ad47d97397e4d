import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMortal, type Death } from '../orders/mortal.ts';
import {
  bought,
  type campaignNow,
  confirmed,
  entriesNow,
  ITEM,
  movedOn,
  openRewardDesk,
  ordersOf,
  plan,
  type RewardDesk,
  revealedOf,
} from './desk.ts';
import { presser } from './pressing.ts';

type Drop = Awaited<ReturnType<typeof campaignNow>>;

const PLACES = 3;
const PEOPLE = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay'];
const DRAW_S = 10;

interface Burst {
  /** Who press at once, by their place among the people; the same one may press twice. */
  readonly presses: readonly number[];
  /** Where the process dies that they press on; one that is past its last call lives. */
  readonly death: Death;
}

const burst: fc.Arbitrary<Burst> = fc.record({
  presses: fc.array(fc.nat(PEOPLE.length - 1), { minLength: 1, maxLength: 10 }),
  death: fc.record({
    call: fc.integer({ min: 1, max: 120 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
});

/** They all press on a process that moves the drop on as they do, and dies in the midst of it. */
async function pressAndDie(desk: RewardDesk, { id }: Drop, { presses, death }: Burst) {
  const mortal = createMortal(death);
  const { campaigns } = desk.openCampaigns((outside) => ({ ...outside, ...mortal.wrap(outside) }));
  const all = presses.map(async (person) => {
    const entry = await campaigns.claimDrop(id, presser(PEOPLE[person] ?? ''));
    if (entry.state === 'due') campaigns.advanceSoon(id);
  });
  const lived = Promise.allSettled(all).then(() => campaigns.settled());
  await Promise.race([lived, mortal.died]);
}

/** A start that lives: what CardPlusPay may have taken is found out, and everything goes on as far as it goes. */
async function startAgain(desk: RewardDesk, { id }: Drop): Promise<void> {
  const next = desk.openCampaigns();
  await next.orders.recover();
  for (let round = 0; round < 8; round++) {
    // Beyond every gap between looks, and between tries.
    desk.clock.advance(20 * 60_000);
    await next.orders.tick();
    await movedOn(desk, id, next);
  }
}

/** Whatever has happened: nobody has two places, no place has two people, and there are no more than there are cards. */
async function expectPlaces(desk: RewardDesk, drop: Drop): Promise<number> {
  const entries = (await entriesNow(desk, drop.id)).filter(({ slot }) => slot !== undefined);
  expect(entries.length).toBeLessThanOrEqual(PLACES);
  expect(new Set(entries.map(({ slot }) => slot)).size).toBe(entries.length);
  for (const { slot = 0 } of entries) expect(slot).toBeLessThan(PLACES);
  return entries.length;
}

async function runBursts(desk: RewardDesk, drop: Drop, bursts: readonly Burst[]) {
  for (const each of bursts) {
    await pressAndDie(desk, drop, each);
    await expectPlaces(desk, drop);
  }
  await startAgain(desk, drop);
  const places = await expectPlaces(desk, drop);
  const cards = await cardsOf(desk, drop);
  for (const codes of cards.values()) expect(codes.size).toBe(1);
  const all = [...cards.values()].flatMap((codes) => [...codes]);
  expect(new Set(all).size).toBe(all.length);
  // Of an order that died before it was sent nobody can know that: a person decides, and nobody's card is bought twice.
  if (await isAllKnown(desk, drop)) expect(cards.size).toBe(places);
  else expect(cards.size).toBeLessThanOrEqual(places);
}

/** By person, as they see them who press for them. */
async function cardsOf(desk: RewardDesk, { id }: Drop): Promise<Map<string, Set<string>>> {
  const cards = new Map<string, Set<string>>();
  for (const { user, codes } of await revealedOf(desk, id)) {
    const theirs = cards.get(user) ?? new Set();
    for (const code of codes) theirs.add(code);
    cards.set(user, theirs);
  }
  return cards;
}

async function isAllKnown(desk: RewardDesk, { id }: Drop): Promise<boolean> {
  const orders = await ordersOf(desk, id);
  return orders.every(({ status }) => !['not_found', 'needs_review', 'closed'].includes(status));
}

describe('a drop whose process dies at any call, again and again', () => {
  it('gives each place to one person, and each of them one card', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(burst, { minLength: 1, maxLength: 3 }), async (bursts) => {
        const desk = await openRewardDesk();
        const items = [{ itemCode: ITEM, quantity: PLACES }];
        const drop = await confirmed(desk, await plan(desk, { items }));
        await runBursts(desk, drop, bursts);
        expect(bought(desk)).toBeLessThanOrEqual(PLACES);
      }),
      { numRuns: 15 },
    );
  });

  it('that buys at its start never buys more than it has, and gives each card to one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(burst, { minLength: 1, maxLength: 3 }), async (bursts) => {
        const desk = await openRewardDesk();
        const items = [{ itemCode: ITEM, quantity: PLACES }];
        const planned = await plan(desk, { items, buysAtStart: true });
        await desk.campaigns.confirm(planned.id, {
          user: planned.requester,
          guild: planned.guild,
          isManager: true,
        });
        await runBursts(desk, planned, bursts);
        expect(bought(desk)).toBeLessThanOrEqual(PLACES);
      }),
      { numRuns: 10 },
    );
  });

  it('that is drawn gives its places to those who were in the draw, and then to the first', async () => {
    await fc.assert(
      fc.asyncProperty(burst, burst, burst, async (early, drawing, late) => {
        const desk = await openRewardDesk();
        const items = [{ itemCode: ITEM, quantity: PLACES }];
        const drop = await confirmed(desk, await plan(desk, { items, drawSeconds: DRAW_S }));
        await pressAndDie(desk, drop, early);
        desk.clock.advance(DRAW_S * 1000 + 3_000);
        await runBursts(desk, drop, [drawing, late]);
        expect(bought(desk)).toBeLessThanOrEqual(PLACES);
      }),
      { numRuns: 15 },
    );
  });
});
