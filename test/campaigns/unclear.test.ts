import { describe, expect, it } from 'vitest';
import { vendorError } from '../orders/vendor.ts';
import {
  anna,
  bought,
  campaignNow,
  confirmed,
  counted,
  crowd,
  movedOn,
  olga,
  openRewardDesk,
  ordersOf,
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
    expect(received(desk)).toEqual({ 'member 0': 1 });
    expect(bought(desk)).toBe(1);
  });

  it('is bought by itself once people have found that CardPlusPay does not have it', async () => {
    const desk = await openRewardDesk();
    const { answer } = desk.vendor;
    desk.vendor.answer = async (request) => {
      // Others buy the same at this moment: nobody could tell which one is whose.
      desk.vendor.commit(request);
      desk.vendor.commit(request);
      throw vendorError('timeout', 'unknown');
    };
    const { id } = await confirmed(desk, await planBulk(desk, crowd(1)));
    desk.vendor.answer = answer;
    await pass(desk, id, minutes);
    const order = await orderOf(desk, id);
    expect(order?.status).toBe('needs_review');
    const before = bought(desk);
    await desk.decide(order?.id ?? '', { ...olga, isAdmin: true }, { kind: 'none' });
    await movedOn(desk, id);
    expect((await movedOn(desk, id)).state).toBe('ended');
    expect(received(desk)).toEqual({ 'member 0': 1 });
    expect(bought(desk) - before).toBe(1);
  });
});
