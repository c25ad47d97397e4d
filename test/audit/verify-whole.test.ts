import { describe, expect, it } from 'vitest';
import {
  anna,
  ben,
  cleo,
  confirmed,
  crowd,
  ITEM,
  movedOn,
  olga,
  openRewardDesk,
  ordersOf,
  plan,
  planBulk,
  planGiveaway,
  type RewardDesk,
} from '../campaigns/desk.ts';
import { afterwards, claim, enter } from '../campaigns/pressing.ts';
import { ask, buy, quote } from '../orders/desk.ts';
import { vendorError } from '../orders/vendor.ts';
import { auditOf, chainOf, verify } from '../policy/recording.ts';
import { tamper } from '../store/with-the-key.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Taken in at once, as a running bot does, so that what a deed says later differs from what it said then. */
const takenIn = (desk: RewardDesk) => auditOf(desk).tick();

async function goOn(desk: RewardDesk, id: string, gaps: readonly number[]) {
  for (const gap of gaps) {
    desk.clock.advance(gap);
    await desk.tick();
    await movedOn(desk, id);
    await takenIn(desk);
  }
}

/** A drop called off with cards left; they are on hand, and serve an order, and one for somebody else. */
async function cardsOnHand(desk: RewardDesk) {
  const items = [{ itemCode: ITEM, quantity: 3 }];
  const drop = await confirmed(desk, await plan(desk, { items, buysAtStart: true, endsAt: desk.clock.now() + HOUR }));
  const { id } = drop;
  await takenIn(desk);
  await claim(desk, drop, 'dora');
  await movedOn(desk, id);
  await takenIn(desk);
  await desk.campaigns.cancel(id, anna);
  await movedOn(desk, id);
  await takenIn(desk);
  const served = await buy(desk, { member: ben });
  expect(served.fromHand).toBeDefined();
  await takenIn(desk);
  const gift = await buy(desk, { member: ben, gift: { to: 'emil', receipt: 'private' } });
  expect(gift.fromHand).toBeDefined();
  await takenIn(desk);
}

/** A bulk send's order that a day did not show, was bought once more, and then found after all. */
async function foundAfterAll(desk: RewardDesk) {
  const { answer } = desk.vendor;
  desk.vendor.answer = async () => {
    throw vendorError('timeout', 'unknown');
  };
  const { id } = await confirmed(desk, await planBulk(desk, crowd(1)));
  desk.vendor.answer = answer;
  await goOn(desk, id, [...Array<number>(20).fill(MINUTE), ...Array<number>(30).fill(HOUR)]);
  const [lost] = await ordersOf(desk, id);
  expect(lost?.status).toBe('closed');
  await desk.campaigns.tryAgain(id, anna);
  await takenIn(desk);
  await desk.campaigns.confirm(id, anna);
  await movedOn(desk, id);
  await takenIn(desk);
  const { orderId } = desk.vendor.commit({ itemCode: ITEM, quantity: 1 });
  await desk.campaigns.orderFound(
    await desk.decide(lost?.id ?? '', { ...olga, isAdmin: true }, { kind: 'ours', orderId }),
  );
  await desk.settled();
  await takenIn(desk);
  const order = await desk.stored(lost?.id ?? '');
  expect(order).toMatchObject({ recipients: [], spare: 1 });
  expect(order.history.map(({ why }) => why)).toContain('review_reopened');
  await buy(desk, { member: ben });
}

async function giveawayReplaced(desk: RewardDesk) {
  const giveaway = await confirmed(desk, await planGiveaway(desk, 1));
  for (const user of crowd(4)) await enter(desk, giveaway, user);
  await takenIn(desk);
  const drawn = await afterwards(desk, giveaway, DAY + 3_000);
  const [winner] = (await desk.campaigns.drawFileOf(drawn))?.winners ?? [];
  await desk.campaigns.replaceWinner(drawn, winner?.user ?? '', olga);
  await movedOn(desk, drawn.id);
  await takenIn(desk);
}

describe('the check of a record that nobody has touched', () => {
  it('finds nothing, whatever has become of orders and campaigns', async () => {
    const desk = await openRewardDesk();
    await cardsOnHand(desk);
    await foundAfterAll(desk);
    await giveawayReplaced(desk);
    // Offers that nobody took, of orders and of campaigns.
    await quote(desk);
    const offer = await quote(desk, { member: olga });
    await desk.cancel(offer.id, olga);
    const planned = await plan(desk);
    await takenIn(desk);
    desk.clock.advance(DAY);
    await desk.campaigns.tick();
    await desk.campaigns.settled();
    await desk.tick();
    expect(await desk.records.get(planned.id)).toBeUndefined();
    const asked = await ask(desk, await quote(desk, { member: cleo }));
    await desk.approve(asked.id, ben);
    await desk.settled();
    await desk.stopPurchases(olga);
    await desk.campaigns.tick();
    await desk.campaigns.settled();
    await desk.resumePurchases(olga);
    await takenIn(desk);
    const verified = await verify(desk);
    expect(verified.problems).toEqual([]);
    expect(verified).toMatchObject({ found: 0, waiting: 0 });
    const said = (await chainOf(desk)).map(({ deed }) => deed.why);
    for (const why of ['from_hand', 'on_hand', 'handed_on', 'review_reopened', 'review_ours', 'claimed', 'replaced'])
      expect(said).toContain(why);
  });

  it('finds an order that is hidden from the walk through all records', async () => {
    const desk = await openRewardDesk();
    const { id } = await buy(desk);
    await takenIn(desk);
    tamper(desk.file, (db) => db.prepare("UPDATE entries SET version = 0 WHERE namespace = 'orders'").run());
    await expect(desk.stored(id)).rejects.toMatchObject({ isUnreadable: true });
    expect((await verify(desk)).problems).toEqual([{ code: 'record_unreadable', at: `orders/${id}` }]);
  });

  it.each(['zzz', '000000000NaN', '999999999999'])(
    'finds what somebody has put behind the last entry, and the record goes on: %s',
    async (key) => {
      const desk = await openRewardDesk();
      await buy(desk);
      await takenIn(desk);
      tamper(desk.file, (db) => {
        db.prepare("INSERT INTO entries (namespace, key, version, value) VALUES ('audit', ?, 1, '{}')").run(key);
        db.exec("INSERT INTO tags SELECT 'audit', 'all', max(seq) FROM entries");
      });
      const before = (await chainOf(desk)).length;
      await buy(desk);
      await takenIn(desk);
      expect((await chainOf(desk)).length).toBe(2 * before);
      expect((await verify(desk)).problems).toEqual([{ code: 'record_unreadable', at: `audit/${key}` }]);
    },
  );
});
