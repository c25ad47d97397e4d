import { describe, expect, it } from 'vitest';
import { money } from '../../src/lib/money.ts';
import { createMortal } from '../orders/mortal.ts';
import { orderAnswer, vendorError } from '../orders/vendor.ts';
import {
  anna,
  ben,
  bought,
  campaignNow,
  cleo,
  confirmed,
  counted,
  crowd,
  ITEM,
  movedOn,
  olga,
  openRewardDesk,
  ordersOf,
  plan,
  planBulk,
  problemOf,
  type RewardDesk,
  received,
} from './desk.ts';
import { claim } from './pressing.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const countOnHand = ({ orders }: RewardDesk) => orders.countOnHand({ guild: 'guild', quote: { itemCode: ITEM } });

/** A drop by cleo, who has no rights here, approved by ben, whose cards are there. */
async function approvedDrop(desk: RewardDesk, quantity: number) {
  const items = [{ itemCode: ITEM, quantity }];
  const { id } = await plan(desk, { member: cleo, buysAtStart: true, items, endsAt: desk.clock.now() + 2 * HOUR });
  expect(await problemOf(desk.campaigns.confirm(id, cleo))).toMatchObject({ code: 'needs_approval' });
  await desk.campaigns.ask(id, cleo);
  await desk.campaigns.approve(id, ben);
  const campaign = await movedOn(desk, id);
  expect(bought(desk)).toBe(quantity);
  return campaign;
}

const ways: [string, (desk: RewardDesk, id: string) => Promise<unknown>][] = [
  ['calls it off', (desk, id) => desk.campaigns.cancel(id, cleo)],
  ['ends it early', (desk, id) => desk.campaigns.endEarly(id, cleo)],
  [
    'waits for its end, which she cannot edit',
    async (desk, id) => {
      const edited = desk.campaigns.edit(id, cleo, { endsAt: desk.clock.now() + 1 });
      expect(await problemOf(edited)).toMatchObject({ code: 'edit_needs_approver' });
      desk.clock.advance(3 * HOUR);
    },
  ],
];

describe('who has a drop of 20 approved that buys at its start', () => {
  it.each(ways)('gets none of its cards when she %s: they are on hand for the server', async (_, ends) => {
    const desk = await openRewardDesk();
    const { id } = await approvedDrop(desk, 20);
    await ends(desk, id);
    await movedOn(desk, id);
    const after = await movedOn(desk, id);
    expect(after).toMatchObject({ state: 'ended', pools: [] });
    expect(await received(desk)).toEqual({});
    expect(await countOnHand(desk)).toBe(20);
    const [order] = await ordersOf(desk, id);
    expect(order).toMatchObject({ recipients: [], onHandSince: expect.any(Number) });
    expect(await problemOf(desk.reveal(order?.id ?? '', cleo))).toMatchObject({ code: 'not_yours' });
    // Nor by asking for the same card herself: somebody has to approve that as they would a purchase.
    const wish = { member: cleo, itemCode: ITEM, quantity: 20, channel: 'channel', locale: 'en' };
    const { id: own } = await desk.quote(wish);
    expect(await problemOf(desk.confirm(own, cleo))).toMatchObject({ code: 'needs_approval' });
    expect(await countOnHand(desk)).toBe(20);
  });

  it('leaves to those who claimed in time what is theirs, and the rest to the server', async () => {
    const desk = await openRewardDesk();
    const campaign = await approvedDrop(desk, 3);
    await claim(desk, campaign, 'dora');
    await movedOn(desk, campaign.id);
    await desk.campaigns.cancel(campaign.id, cleo);
    await movedOn(desk, campaign.id);
    await movedOn(desk, campaign.id);
    expect(await received(desk)).toEqual({ dora: 1 });
    expect(await countOnHand(desk)).toBe(2);
  });
});

describe('the next campaign of a card', () => {
  it('is given what is on hand first, and buys the rest only', async () => {
    const desk = await openRewardDesk();
    const { id } = await approvedDrop(desk, 2);
    await desk.campaigns.cancel(id, cleo);
    await movedOn(desk, id);
    await movedOn(desk, id);
    const next = await confirmed(desk, await planBulk(desk, crowd(5)));
    expect(next.state).toBe('ended');
    const orders = await ordersOf(desk, next.id);
    expect(orders.map(({ quote, fromHand }) => [quote.quantity, fromHand !== undefined])).toEqual([
      [2, true],
      [3, false],
    ]);
    expect(await received(desk)).toEqual(Object.fromEntries(crowd(5).map((user) => [user, 1])));
    expect([bought(desk), await countOnHand(desk)]).toEqual([5, 0]);
    const { charged, sent } = await desk.face.statsOf(next);
    expect([charged.amount, sent]).toEqual(['14.7', 5]);
  });

  it('and the next order can be had where CardPlusPay has none left, or the account no money', async () => {
    const desk = await openRewardDesk();
    const { id } = await approvedDrop(desk, 3);
    await desk.campaigns.cancel(id, cleo);
    await movedOn(desk, id);
    await movedOn(desk, id);
    desk.vendor.inStock = false;
    desk.vendor.balance = money('0', 'USD');
    const wish = { member: anna, itemCode: ITEM, quantity: 1, channel: 'channel', locale: 'en' };
    const order = await desk.quote(wish);
    expect(await desk.confirm(order.id, anna)).toMatchObject({ status: 'delivered' });
    await confirmed(desk, await planBulk(desk, crowd(2)));
    expect(await received(desk)).toEqual({ anna: 1, 'member 0': 1, 'member 1': 1 });
    expect([bought(desk), await countOnHand(desk)]).toEqual([3, 0]);
    expect(await problemOf(desk.quote(wish))).toMatchObject({ code: 'out_of_stock' });
  });

  it('that buys at its start has them in a pool, to be claimed, and on hand again when it is over', async () => {
    const desk = await openRewardDesk();
    const first = await approvedDrop(desk, 2);
    await desk.campaigns.cancel(first.id, cleo);
    await movedOn(desk, first.id);
    await movedOn(desk, first.id);
    const next = await confirmed(desk, await plan(desk, { buysAtStart: true, endsAt: desk.clock.now() + HOUR }));
    expect([bought(desk), await countOnHand(desk), next.pools?.length]).toEqual([3, 0, 2]);
    await claim(desk, next, 'dora');
    await movedOn(desk, next.id);
    desk.clock.advance(HOUR);
    await movedOn(desk, next.id);
    expect(await movedOn(desk, next.id)).toMatchObject({ state: 'ended', pools: [] });
    expect(await received(desk)).toEqual({ dora: 1 });
    expect(await countOnHand(desk)).toBe(2);
  });
});

describe('what was bought for a drop that is over', () => {
  it('is on hand once it turns up, where nobody knew whether it was bought', async () => {
    const desk = await openRewardDesk();
    const { answer } = desk.vendor;
    desk.vendor.answer = async (request) => {
      desk.vendor.commit(request);
      throw vendorError('network', 'unknown');
    };
    const { id } = await confirmed(desk, await plan(desk, { buysAtStart: true }));
    desk.vendor.answer = answer;
    await desk.campaigns.cancel(id, anna);
    await movedOn(desk, id);
    expect(await countOnHand(desk)).toBe(0);
    for (let look = 0; look < 20; look++) {
      desk.clock.advance(MINUTE);
      await desk.tick();
      await movedOn(desk, id);
    }
    expect(await countOnHand(desk)).toBe(3);
    expect(await received(desk)).toEqual({});
    expect(bought(desk)).toBe(3);
  });

  it('is on hand whenever a process dies that ends it', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let call = 1; ; call++) {
        const desk = await openRewardDesk();
        const { id } = await confirmed(desk, await plan(desk, { buysAtStart: true }));
        await desk.campaigns.cancel(id, anna);
        const mortal = createMortal({ call, when });
        const dying = desk.openCampaigns((outside) => ({ ...outside, ...mortal.wrap(outside) }));
        dying.campaigns.advanceSoon(id);
        const end = await Promise.race([dying.campaigns.settled().then(() => 'finished'), mortal.died]);
        await movedOn(desk, id);
        await movedOn(desk, id);
        expect((await campaignNow(desk, id)).pools).toEqual([]);
        expect(await countOnHand(desk)).toBe(3);
        if (end === 'finished') break;
      }
    }
  });

  it('stays with whom an older version gave it', async () => {
    const desk = await openRewardDesk();
    const { id } = await confirmed(desk, await plan(desk, { buysAtStart: true }));
    const [order] = await ordersOf(desk, id);
    const { version: seen, ...rest } = order ?? { version: 0, cards: [] };
    const cards = rest.cards.map((card) => ({ ...card, recipient: 'anna', deliveredAt: 1 }));
    const recipients = [{ user: 'anna', quantity: 3, rest: true as const }];
    const given = { ...rest, cards, recipients, status: 'delivered' } as Parameters<typeof desk.orderRecords.write>[1];
    await desk.orderRecords.write(order?.id ?? '', given, { seen, tags: [`campaign/${id}`], holds: [] });
    await desk.campaigns.cancel(id, anna);
    await movedOn(desk, id);
    await movedOn(desk, id);
    expect(await desk.stored(order?.id ?? '')).toMatchObject({ status: 'delivered', recipients });
    expect(await countOnHand(desk)).toBe(0);
  });
});

describe('a campaign whose codes come in parts', () => {
  it('is not done before the rest is there', async () => {
    const desk = await openRewardDesk();
    desk.vendor.answer = async (request) => {
      const placed = desk.vendor.commit(request);
      return orderAnswer({ ...placed, codes: placed.codes.slice(0, 5) });
    };
    const { later } = desk.vendor;
    desk.vendor.later = (order) => later(order).slice(0, 5);
    const { id } = await confirmed(desk, await planBulk(desk, crowd(10)));
    expect((await movedOn(desk, id)).state).toBe('closing');
    expect(Object.keys(await received(desk))).toHaveLength(5);
    desk.vendor.later = later;
    desk.clock.advance(MINUTE);
    await desk.tick();
    expect((await movedOn(desk, id)).state).toBe('ended');
    expect(Object.keys(await received(desk))).toHaveLength(10);
  });

  it('is done without it once a person has given it up', async () => {
    const desk = await openRewardDesk();
    desk.vendor.answer = async (request) => {
      const placed = desk.vendor.commit(request);
      return orderAnswer({ ...placed, codes: placed.codes.slice(0, 1) });
    };
    desk.vendor.later = ({ codes }) => codes.slice(0, 1).map(({ code }) => code);
    const { id } = await confirmed(desk, await planBulk(desk, crowd(2)));
    const [order] = await ordersOf(desk, id);
    for (let hour = 0; hour < 30; hour++) {
      desk.clock.advance(HOUR);
      await desk.tick();
      expect((await movedOn(desk, id)).state).toBe('closing');
    }
    expect((await desk.stored(order?.id ?? '')).status).toBe('needs_review');
    await desk.decide(order?.id ?? '', { ...olga, isAdmin: true }, { kind: 'close', reason: 'Refunded' });
    expect((await movedOn(desk, id)).state).toBe('ended');
    expect(await counted(desk, id)).toEqual({ ordered: 2 });
  });
});
