import { describe, expect, it } from 'vitest';
import { isUntold } from '../../../src/orders/model/news.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { ask, ben, cleo, type Desk, openDesk, quote } from '../desk.ts';
import { pass } from '../losing.ts';
import { until } from '../scripted-clock.ts';
import { ITEM, refusal } from '../vendor.ts';

/** Cleo has asked, and the card of it is up. */
async function asked() {
  const desk = await openDesk();
  const order = await ask(desk, await quote(desk, { member: cleo }));
  await until(() => desk.board.notices.length > 0);
  return { desk, order };
}
/** Nothing more is under way of it, and the rounds have seen so. */
async function over(desk: Desk, { id }: Order) {
  await until(async () => {
    const order = await desk.stored(id);
    return !['approved', 'buying', 'bought'].includes(order.status) && !isUntold(order);
  });
  await pass(desk, 30_000);
}
const saidBy = ({ board }: Desk, at = 0) =>
  (board.notices[at]?.said ?? []).map((content) => (content.kind === 'approval' ? content.order.status : content.kind));

describe('the card of an approval', () => {
  it('ends with what became of it, and is edited no more after that', async () => {
    const { desk, order } = await asked();
    await desk.approve(order.id, ben);
    await over(desk, order);
    expect(saidBy(desk).at(-1)).toBe('delivered');
    const edits = saidBy(desk).length;
    await pass(desk, 10 * 60_000);
    expect(saidBy(desk)).toHaveLength(edits);
    expect(desk.board.notices).toHaveLength(1);
    expect(desk.board.notices[0]?.pings).toBe(true);
  });

  it('says that it was not bought', async () => {
    const { desk, order } = await asked();
    desk.vendor.answer = async () => refusal(400);
    await desk.approve(order.id, ben);
    await over(desk, order);
    expect(saidBy(desk).at(-1)).toBe('failed');
  });

  it('is made true by the next process, whatever this one came to', async () => {
    const { desk, order } = await asked();
    desk.board.before = async () => {
      throw new Error('Discord is down');
    };
    await desk.approve(order.id, ben);
    await until(async () => (await desk.stored(order.id)).status === 'delivered');
    await desk.stop(1_000);
    expect(saidBy(desk)).toEqual(['awaiting_approval']);
    desk.board.before = async () => undefined;
    const next = desk.newProcess();
    await next.recover();
    await pass(desk, 180_000, [next]);
    expect(saidBy(desk)).toEqual(['awaiting_approval', 'delivered']);
  });

  it('says later that codes which waited for somebody are theirs', async () => {
    const { desk, order } = await asked();
    desk.post.post = async () => 'closed';
    await desk.approve(order.id, ben);
    await over(desk, order);
    expect(saidBy(desk).at(-1)).toBe('held');
    await desk.seen(await desk.reveal(order.id, cleo));
    await expect.poll(() => saidBy(desk).at(-1)).toBe('delivered');
  });

  it('leads to the new request where the price rose', async () => {
    const { desk, order } = await asked();
    desk.vendor.prices[ITEM] = '6';
    await desk.approve(order.id, ben);
    await over(desk, order);
    expect(saidBy(desk).at(-1)).toBe('repriced');
    const { orders } = await desk.ofMember(cleo, { limit: 5 });
    const offer = orders.find(({ insteadOf }) => insteadOf === order.id);
    if (!offer) throw new Error('no offer');
    await ask(desk, offer);
    await pass(desk, 30_000);
    const last = desk.board.notices[0]?.said.at(-1);
    expect(last).toMatchObject({ order: { id: order.id }, sequel: { id: offer.id } });
    expect(last?.kind === 'approval' && last.sequel?.approval?.card).toBeTruthy();
  });
});
