import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/campaigns/model/campaign.ts';
import { assignCards } from '../../src/orders/model/parcels.ts';
import { problemOf } from '../orders/desk.ts';
import { createMortal } from '../orders/mortal.ts';
import { vendorError } from '../orders/vendor.ts';
import {
  anna,
  bought,
  campaignNow,
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
  type RewardDesk,
  received,
} from './desk.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Of a bulk send to one member the purchase was sent, and CardPlusPay neither answered nor took it. */
async function unanswered(desk: RewardDesk) {
  const { answer } = desk.vendor;
  desk.vendor.answer = async () => {
    throw vendorError('timeout', 'unknown');
  };
  const { id } = await confirmed(desk, await planBulk(desk, crowd(1)));
  desk.vendor.answer = answer;
  return id;
}

/** Others buy the same at this moment: nobody could tell which one is whose. */
function answerToOthers({ vendor }: RewardDesk): RewardDesk['vendor']['answer'] {
  return async (request) => {
    vendor.commit(request);
    vendor.commit(request);
    throw vendorError('timeout', 'unknown');
  };
}

/** At another price than was quoted: it is not recognised in the list. */
function chargeOtherwise({ vendor }: RewardDesk): RewardDesk['vendor']['answer'] {
  return async (request) => {
    const price = vendor.prices[request.itemCode] ?? '';
    vendor.prices[request.itemCode] = '4.91';
    vendor.commit(request);
    vendor.prices[request.itemCode] = price;
    throw vendorError('timeout', 'unknown');
  };
}

async function pass(desk: RewardDesk, id: string, gaps: readonly number[]) {
  for (const gap of gaps) {
    desk.clock.advance(gap);
    await desk.tick();
    await movedOn(desk, id);
  }
}
const minutes = Array<number>(20).fill(MINUTE);
const aDay = Array<number>(30).fill(HOUR);

const orderOf = async (desk: RewardDesk, id: string) => (await ordersOf(desk, id)).at(-1);

describe('a card of which nobody knows whether it was bought', () => {
  it('is not bought again by itself, and keeps its campaign open until it is looked for no longer', async () => {
    const desk = await openRewardDesk();
    const id = await unanswered(desk);
    await pass(desk, id, minutes);
    expect((await orderOf(desk, id))?.status).toBe('not_found');
    expect((await campaignNow(desk, id)).state).toBe('closing');
    await pass(desk, id, aDay);
    expect(await campaignNow(desk, id)).toMatchObject({ state: 'ended' });
    expect(await counted(desk, id)).toEqual({ failed: 1 });
    expect(bought(desk)).toBe(0);
  });

  it('is bought once more when its requester says so, at the price of then', async () => {
    const desk = await openRewardDesk();
    const id = await unanswered(desk);
    await pass(desk, id, [...minutes, ...aDay]);
    await desk.campaigns.tryAgain(id, anna);
    await desk.campaigns.confirm(id, anna);
    expect((await movedOn(desk, id)).state).toBe('ended');
    expect(await received(desk)).toEqual({ 'member 0': 1 });
    expect(bought(desk)).toBe(1);
  });

  it('is bought by itself once people have found that CardPlusPay does not have it', async () => {
    const desk = await openRewardDesk();
    const { answer } = desk.vendor;
    desk.vendor.answer = answerToOthers(desk);
    const { id } = await confirmed(desk, await planBulk(desk, crowd(1)));
    desk.vendor.answer = answer;
    await pass(desk, id, minutes);
    const order = await orderOf(desk, id);
    expect(order?.status).toBe('needs_review');
    const before = bought(desk);
    await desk.decide(order?.id ?? '', { ...olga, isAdmin: true }, { kind: 'none' });
    await movedOn(desk, id);
    expect((await movedOn(desk, id)).state).toBe('ended');
    expect(await received(desk)).toEqual({ 'member 0': 1 });
    expect(bought(desk) - before).toBe(1);
  });
});

/** Of which the process died as its order had been made, before it was noted; the next one buys it. */
async function unnoted(desk: RewardDesk, planned: () => Promise<Campaign>) {
  for (let call = 1; ; call++) {
    const { id } = await planned();
    await desk.campaigns.confirm(id, anna);
    const mortal = createMortal({ call, when: 'after' });
    const dying = desk.openCampaigns((outside) => ({ ...outside, ...mortal.wrap(outside) }));
    dying.campaigns.advanceSoon(id);
    await Promise.race([dying.campaigns.settled(), mortal.died]);
    if (await orderOf(desk, id)) return id;
  }
}

const kinds: [string, (desk: RewardDesk) => Promise<Campaign>][] = [
  ['drop that buys at its start', (desk) => plan(desk, { buysAtStart: true })],
  ['bulk send', (desk) => planBulk(desk, crowd(3))],
];

describe('cards of which nobody knows whether they were bought', () => {
  it.each(kinds)(
    'are not bought again where a process died before their order was noted, and a %s was paused for long',
    async (_, planned) => {
      const desk = await openRewardDesk();
      const id = await unnoted(desk, () => planned(desk));
      expect((await campaignNow(desk, id)).flying).toBeUndefined();
      await desk.campaigns.pause(id, anna);
      const { answer } = desk.vendor;
      desk.vendor.answer = chargeOtherwise(desk);
      await desk.tick();
      await pass(desk, id, minutes);
      desk.vendor.answer = answer;
      await pass(desk, id, aDay);
      await desk.campaigns.goOn(id, anna);
      await movedOn(desk, id);
      expect(bought(desk)).toBe(3);
      expect(await ordersOf(desk, id)).toHaveLength(1);
    },
  );

  it.each(kinds)(
    'are not bought again where a process died before their order was noted, and a %s found purchases stopped for long',
    async (_, planned) => {
      const desk = await openRewardDesk();
      const id = await unnoted(desk, () => planned(desk));
      const { answer } = desk.vendor;
      desk.vendor.answer = chargeOtherwise(desk);
      await desk.tick();
      await desk.settled();
      desk.vendor.answer = answer;
      expect((await orderOf(desk, id))?.status).toBe('unconfirmed');
      await desk.stopPurchases({ ...olga, isAdmin: true });
      await pass(desk, id, [...minutes, ...aDay]);
      await desk.resumePurchases({ ...olga, isAdmin: true });
      await pass(desk, id, minutes);
      expect(bought(desk)).toBe(3);
      expect(await ordersOf(desk, id)).toHaveLength(1);
    },
  );

  it('are bought anew, beside those that were bought meanwhile, once people have found that CardPlusPay does not have them', async () => {
    const desk = await openRewardDesk();
    const { answer } = desk.vendor;
    const { id } = await plan(desk, {
      buysAtStart: true,
      items: [{ itemCode: ITEM, quantity: 150 }],
    });
    desk.vendor.answer = answerToOthers(desk);
    await confirmed(desk, await campaignNow(desk, id));
    desk.vendor.answer = answer;
    const others = bought(desk);
    await pass(desk, id, minutes);
    const [first] = await ordersOf(desk, id);
    expect(first?.status).toBe('needs_review');
    expect(bought(desk) - others).toBe(50);
    await desk.decide(first?.id ?? '', { ...olga, isAdmin: true }, { kind: 'none' });
    await movedOn(desk, id);
    const { pools = [] } = await movedOn(desk, id);
    expect(bought(desk) - others).toBe(150);
    expect(new Set(pools).size).toBe(2);
  });
});

describe('a card that turned up after a day of looking had not shown it', () => {
  const admin = { ...olga, isAdmin: true };

  /** Its bulk send has ended, with nothing for its one member; then CardPlusPay shows that it was taken. */
  async function late(desk: RewardDesk) {
    const id = await unanswered(desk);
    await pass(desk, id, [...minutes, ...aDay]);
    const order = await orderOf(desk, id);
    expect(order?.status).toBe('closed');
    const { orderId } = desk.vendor.commit({ itemCode: ITEM, quantity: 1 });
    return { id, order: order?.id ?? '', decision: { kind: 'ours', orderId } as const };
  }
  const attach = async (desk: RewardDesk, { order, decision }: Awaited<ReturnType<typeof late>>) => {
    await desk.campaigns.orderFound(await desk.decide(order, admin, decision));
    await desk.settled();
    desk.clock.advance(MINUTE);
    await desk.tick();
    await desk.settled();
  };

  it('goes to whom it was for, and is not paid again', async () => {
    const desk = await openRewardDesk();
    const found = await late(desk);
    await attach(desk, found);
    expect(await received(desk)).toEqual({ 'member 0': 1 });
    expect(await counted(desk, found.id)).toEqual({ ordered: 1 });
    const stats = await desk.campaigns.statsOf(await campaignNow(desk, found.id));
    expect(stats).toMatchObject({ ordered: 1, sent: 1, charged: { amount: '4.9' } });
    expect(await problemOf(desk.campaigns.tryAgain(found.id, anna))).toMatchObject({ code: 'nothing_to_retry' });
    expect(bought(desk)).toBe(1);
  });

  it('is not offered anew where the process died before its campaign heard of it', async () => {
    const desk = await openRewardDesk();
    const found = await late(desk);
    await desk.decide(found.order, admin, found.decision);
    expect((await desk.campaigns.tryAgain(found.id, anna)).state).toBe('ended');
    expect(await counted(desk, found.id)).toEqual({ ordered: 1 });
  });

  it('rests with the server where whom it was for has got one meanwhile: nobody gets two, and nothing is lost', async () => {
    const desk = await openRewardDesk();
    const found = await late(desk);
    await desk.campaigns.tryAgain(found.id, anna);
    await desk.campaigns.confirm(found.id, anna);
    await movedOn(desk, found.id);
    expect(await received(desk)).toEqual({ 'member 0': 1 });
    await attach(desk, found);
    const order = (await ordersOf(desk, found.id)).find(({ id }) => id === found.order);
    expect(order).toMatchObject({ status: 'bought', recipients: [], spare: 1, cards: [{ parcel: 0 }] });
    expect(order?.cards[0]).not.toHaveProperty('recipient');
    // Nor does whoever asked for it, where CardPlusPay gives more than was ordered.
    const more = order && assignCards(order, ['another']);
    expect(more?.map(({ recipient }) => recipient)).toEqual([undefined, undefined]);
    expect(await received(desk)).toEqual({ 'member 0': 1 });
  });
});
