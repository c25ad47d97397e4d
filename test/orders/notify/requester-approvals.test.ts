import { describe, expect, it } from 'vitest';
import { isUntold } from '../../../src/orders/model/news.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { ask, ben, cleo, type Desk, openDesk, quote } from '../desk.ts';
import { pass } from '../losing.ts';
import { createMortal } from '../mortal.ts';
import { until } from '../scripted-clock.ts';
import { ITEM, refusal, vendorError } from '../vendor.ts';

/** Cleo has asked, and can still see the message in which she did. */
async function asked() {
  const desk = await openDesk();
  desk.post.receiptsLastMs = 15 * 60_000;
  return { desk, order: await ask(desk, await quote(desk, { member: cleo })) };
}
const underWay = ['awaiting_approval', 'approved', 'buying', 'bought'];
const settled = (desk: Desk, { id }: Order) =>
  until(async () => {
    const order = await desk.stored(id);
    return !underWay.includes(order.status) && !isUntold(order);
  });
const told = ({ post }: Desk) => post.told.map(({ status }) => status);
const shown = ({ post }: Desk) => post.shown.map(({ status }) => status);

describe('whoever asked others', () => {
  it('hears that it is approved, before anything comes of it, and how it went in the same message', async () => {
    const { desk, order } = await asked();
    await desk.approve(order.id, ben);
    await settled(desk, order);
    expect(['approved', 'buying']).toContain(told(desk)[0]);
    expect(told(desk).slice(1)).toEqual(['delivered']);
    const place = { channel: 'dm', message: '1' };
    expect(desk.post.messages.at(-1)).toMatchObject({ place, isEditOnly: true });
    expect((await desk.stored(order.id)).toldIn).toEqual(desk.post.places.at(-1));
    expect(shown(desk).at(-1)).toBe('delivered');
  });

  it('hears of a rejection by a message of its own, and where they asked', async () => {
    const { desk, order } = await asked();
    await desk.reject(order.id, ben, 'Too dear');
    await settled(desk, order);
    expect(told(desk)).toEqual(['rejected']);
    expect(shown(desk).at(-1)).toBe('rejected');
  });

  it('hears of it so when they had left, and when the policy allows it no more', async () => {
    const { desk, order } = await asked();
    desk.guild.left.add('cleo');
    await desk.approve(order.id, ben);
    await settled(desk, order);
    expect(told(desk)).toEqual(['rejected']);

    const other = await asked();
    await other.desk.policies.change('guild', 'anna', (policy) => ({ ...policy, items: ['x'] }));
    await other.desk.approve(other.order.id, ben);
    await settled(other.desk, other.order);
    expect(told(other.desk)).toEqual(['rejected']);
  });

  it('hears after the approval that it could not be bought', async () => {
    const { desk, order } = await asked();
    desk.vendor.answer = async () => refusal(400);
    await desk.approve(order.id, ben);
    await settled(desk, order);
    expect(told(desk).at(-1)).toBe('failed');
    expect(told(desk)).toHaveLength(2);
    // Where they have deleted the first one, that is worth another.
    expect(desk.post.messages.at(-1)).toMatchObject({ place: desk.post.places[0], isEditOnly: false });
  });

  it('hears by a new message of what comes long after, for an edit pings nobody', async () => {
    const { desk, order } = await asked();
    desk.vendor.answer = async () => {
      throw vendorError('network', 'unknown');
    };
    await desk.approve(order.id, ben);
    await settled(desk, order);
    await pass(desk, 10 * 60_000);
    expect(told(desk)).toContain('unconfirmed');
    await pass(desk, 25 * 60 * 60_000);
    const last = desk.post.messages.at(-1);
    expect(told(desk).at(-1)).toBe('closed');
    expect(last?.place).toBeUndefined();
  });

  it('gets the offer at a price that rose by a message too, and it lasts as long as an approval', async () => {
    const { desk, order } = await asked();
    desk.vendor.prices[ITEM] = '6';
    await desk.approve(order.id, ben);
    await settled(desk, order);
    const sequel = desk.post.sequels.at(-1);
    const offer = sequel && 'offer' in sequel ? sequel.offer : undefined;
    expect(told(desk).at(-1)).toBe('repriced');
    expect(offer?.quote.expiresAt).toBe(desk.clock.now() + 72 * 60 * 60_000);
  });

  it('hears nothing of one approval of several, nor of what they cancel themselves', async () => {
    const desk = await openDesk();
    const tiers = [{ over: '0', approvals: 2 }];
    await desk.policies.change('guild', 'anna', (policy) => ({ ...policy, tiers }));
    const order = await ask(desk, await quote(desk, { member: cleo }));
    await desk.approve(order.id, ben);
    await desk.cancel(order.id, cleo);
    await pass(desk, 60_000);
    expect(told(desk)).toEqual([]);
  });

  it('is told by the next start what a process left that died with the approval, looking first', async () => {
    const { desk, order } = await asked();
    const mortal = createMortal({ call: Number.POSITIVE_INFINITY, when: 'after' });
    const died = Promise.withResolvers<void>();
    const dying = desk.newProcess((parts) => ({
      ...mortal.wrap(parts),
      mailbox: {
        ...parts.mailbox,
        async tell(each, message) {
          await parts.mailbox.tell(each, message);
          died.resolve();
          return new Promise(() => {});
        },
      },
      giftCards: { ...parts.giftCards, checkStock: () => new Promise(() => {}) },
    }));
    void dying.approve(order.id, ben);
    await died.promise;
    await desk.newProcess().recover();
    await settled(desk, order);
    expect(desk.post.messages.map(({ mayBeOut }) => mayBeOut)).toEqual([false, true, true]);
    expect(desk.post.messages.map(({ place }) => place !== undefined)).toEqual([false, false, true]);
  });

  it.each(['before', 'after'] as const)(
    'hears of the end, whatever call the process of the approval dies %s',
    async (when) => {
      for (let call = 1; ; call++) {
        const { desk, order } = await asked();
        const mortal = createMortal({ call, when });
        const process = desk.newProcess(mortal.wrap);
        const pressing = process.approve(order.id, ben).then(() => process.stop(1));
        const end = await Promise.race([pressing.then(() => 'finished'), mortal.died]);
        const next = desk.newProcess();
        await next.recover();
        const { status } = await desk.stored(order.id);
        if (status !== 'awaiting_approval') {
          await pass(desk, 120_000, [next]);
          await settled(desk, order);
          // Approved, what came of it, or both: more than once only where nobody could know that it is out.
          const sure = desk.post.messages.filter(({ mayBeOut }) => !mayBeOut);
          expect(sure.length).toBeLessThanOrEqual(1);
          expect(shown(desk).length + told(desk).length).toBeGreaterThan(0);
        }
        if (end === 'finished') break;
      }
    },
  );
});
