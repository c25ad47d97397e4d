import { describe, expect, it } from 'vitest';
import type { Member } from '../../../src/lib/member.ts';
import type { Resent } from '../../../src/orders/delivery/resend.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import type { DeliveryResult } from '../../../src/outbox/delivery-result.ts';
import { anna, ben, buy, type Desk, lastOf, openDesk, problemOf } from '../desk.ts';
import { pass } from '../losing.ts';
import { createMortal } from '../mortal.ts';
import { until } from '../scripted-clock.ts';

const MINUTE = 60_000;
const numbers = ({ post }: Desk) => post.parcels.map(({ number }) => number);
const codesSent = ({ post }: Desk) => post.parcels.map(({ codes }) => codes.map(({ code }) => code));

async function bought(how: DeliveryResult) {
  const desk = await openDesk();
  desk.post.post = async () => how;
  const order = await buy(desk, { quantity: 2 });
  desk.post.post = async () => 'sent';
  desk.clock.advance(MINUTE);
  return { desk, order };
}

/** Presses "Resend codes", and says yes where it is asked. */
async function sendAgain(desk: Pick<Desk, 'resend'>, { id }: Order, member: Member = ben) {
  const asked = await desk.resend(id, member);
  return asked.kind === 'asks' ? desk.resend(id, member, asked.turn) : asked;
}
const outcomes = (resent: Resent) => (resent.kind === 'done' ? resent.outcomes : []);

describe('sending the codes of an order again', () => {
  it('asks first where they have been received, and sends nothing before the answer', async () => {
    const { desk, order } = await bought('sent');
    const asked = await desk.resend(order.id, ben);
    expect(asked).toMatchObject({ kind: 'asks', order });
    expect(desk.post.parcels).toHaveLength(1);
    expect(await desk.stored(order.id)).toEqual(order);
  });

  it('sends all cards once more in a parcel of its own, and records who asked and when', async () => {
    const { desk, order } = await bought('sent');
    const at = desk.clock.now();
    expect(outcomes(await sendAgain(desk, order))).toEqual([{ user: 'anna', cards: 2, how: 'sent' }]);
    expect(codesSent(desk)[1]).toEqual(codesSent(desk)[0]);
    expect(numbers(desk)).toEqual([0, 1]);
    expect(desk.post.parcels[1]).toMatchObject({
      resendAt: at,
      mayBeOut: false,
      recipient: 'anna',
    });
    const after = await desk.stored(order.id);
    expect(after.status).toBe('delivered');
    expect(after.history.slice(order.history.length)).toEqual([
      { at, by: 'ben', status: 'delivered', why: 'resent' },
      { at, by: 'cardigan', status: 'delivered', why: 'dm_sent' },
    ]);
    // They have had them since the first time.
    expect(after.cards.map(({ deliveredAt }) => deliveredAt)).toEqual(
      order.cards.map(({ deliveredAt }) => deliveredAt),
    );
  });

  it('brings what waits for an inbox that is open by now, without a question', async () => {
    const { desk, order } = await bought('closed');
    const resent = await desk.resend(order.id, ben);
    expect(outcomes(resent)).toEqual([{ user: 'anna', cards: 2, how: 'sent' }]);
    expect((await desk.stored(order.id)).status).toBe('delivered');
  });

  it('says who could not be reached, and leaves the order as it was', async () => {
    const { desk, order } = await bought('sent');
    desk.post.post = async () => 'closed';
    expect(outcomes(await sendAgain(desk, order))).toEqual([{ user: 'anna', cards: 2, how: 'closed' }]);
    const after = await desk.stored(order.id);
    expect(lastOf(after)).toMatchObject({ status: 'delivered', why: 'dm_closed' });
    await pass(desk, 60 * MINUTE, [desk], MINUTE);
    expect(desk.post.parcels).toHaveLength(2);
    expect((await desk.reveal(order.id, anna)).codes).toHaveLength(2);
  });

  it('of an order in review sends what is there, and leaves the review to people', async () => {
    const { desk, order } = await bought('sent');
    const { version: seen, ...rest } = order;
    const cards = order.cards.slice(0, 1);
    const next = { ...rest, status: 'needs_review' as const, cards };
    await desk.orderRecords.write(order.id, next, { seen, tags: ['open'], holds: [] });
    expect(outcomes(await sendAgain(desk, order))).toMatchObject([{ cards: 1, how: 'sent' }]);
    expect((await desk.stored(order.id)).status).toBe('needs_review');
  });

  it('an admin may do for their own order too', async () => {
    const { desk, order } = await bought('sent');
    expect(outcomes(await sendAgain(desk, order, anna))).toHaveLength(1);
  });

  it('nobody but an admin may do', async () => {
    const { desk, order } = await bought('sent');
    const press = (user: string, isManager: boolean, guild: string) =>
      problemOf(desk.resend(order.id, { user, isManager, guild }, 0));
    expect(await press('anna', false, 'guild')).toEqual({ code: 'only_admins_resend' });
    expect(await press('zoe', false, 'guild')).toEqual({ code: 'order_not_found' });
    expect(await press('zoe', true, 'another guild')).toEqual({ code: 'order_not_found' });
    expect(await problemOf(desk.resend('nothing', ben, 0))).toEqual({ code: 'order_not_found' });
    expect(desk.post.parcels).toHaveLength(1);
  });

  it('each answer to the question is good for one sending, however often it is pressed', async () => {
    const { desk, order } = await bought('sent');
    const asked = await desk.resend(order.id, ben);
    const turn = asked.kind === 'asks' ? asked.turn : -1;
    const presses = await Promise.allSettled(Array.from({ length: 5 }, () => desk.resend(order.id, ben, turn)));
    expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { reference } = order;
    expect(await problemOf(desk.resend(order.id, ben, turn))).toEqual({
      code: 'resent_meanwhile',
      reference,
    });
    expect(desk.post.parcels).toHaveLength(2);
    await sendAgain(desk, order);
    expect(numbers(desk)).toEqual([0, 1, 2]);
  });

  it('one answer in two processes at once is one sending', async () => {
    const { desk, order } = await bought('sent');
    const other = desk.newProcess();
    await Promise.allSettled([desk.resend(order.id, ben, 0), other.resend(order.id, ben, 0)]);
    expect(numbers(desk)).toEqual([0, 1]);
  });

  it('is not possible while the codes are on their way', async () => {
    const desk = await openDesk();
    const gate = Promise.withResolvers<DeliveryResult>();
    desk.post.post = () => gate.promise;
    const buying = buy(desk);
    await until(() => desk.post.parcels.length === 1);
    const order = desk.post.parcels[0]?.order as Order;
    const { reference } = order;
    expect(await problemOf(desk.resend(order.id, ben))).toEqual({
      code: 'being_delivered',
      reference,
    });
    gate.resolve('sent');
    await buying;
    expect(desk.post.parcels).toHaveLength(1);
  });

  it('is not possible while a message that failed is just tried again', async () => {
    const { desk, order } = await bought('failed');
    const gate = Promise.withResolvers<DeliveryResult>();
    desk.post.post = () => gate.promise;
    const looking = desk.tick();
    await until(() => desk.post.parcels.length === 2);
    const { reference } = order;
    expect(await problemOf(desk.resend(order.id, ben))).toEqual({
      code: 'being_delivered',
      reference,
    });
    gate.resolve('sent');
    await looking;
    expect((await desk.stored(order.id)).status).toBe('delivered');
  });

  it('is not possible as long as there are no codes', async () => {
    const desk = await openDesk();
    const { id, reference } = await desk.quote({
      member: anna,
      itemCode: 'ACME-5',
      quantity: 1,
      channel: 'channel',
      locale: 'en',
    });
    expect(await problemOf(desk.resend(id, ben))).toEqual({ code: 'nothing_to_resend', reference });
  });

  it('keeps its parcel’s number from codes that come later', async () => {
    const desk = await openDesk();
    desk.vendor.later = () => [];
    const { answer } = desk.vendor;
    desk.vendor.answer = async (request) => {
      const raw = await answer(request);
      const body = JSON.parse(Buffer.from(raw.body).toString());
      body.data.codes.length = 1;
      return { ...raw, body: Buffer.from(JSON.stringify(body)) };
    };
    const order = await buy(desk, { quantity: 2 });
    await sendAgain(desk, order);
    desk.vendor.later = ({ codes }) => codes.map(({ code }) => code);
    expect((await desk.collect(order.id, anna)).status).toBe('delivered');
    expect(numbers(desk)).toEqual([0, 1, 2]);
  });

  it.each(['before', 'after'] as const)(
    'goes on by itself, once, when the process dies %s any call of it',
    async (when) => {
      let wentOn = 0;
      for (let call = 1; ; call++) {
        const { desk, order } = await bought('sent');
        const mortal = createMortal({ call, when });
        const sending = desk.newProcess(mortal.wrap).resend(order.id, ben, 0);
        const end = await Promise.race([mortal.died, sending.then(() => 'done' as const)]);
        const isRecorded = (await desk.stored(order.id)).history.some(({ why }) => why === 'resent');
        const next = desk.newProcess();
        await next.recover();
        await pass(desk, MINUTE, [next]);
        // Nothing is sent that is not on record, and what is on record is sent.
        const resent = desk.post.parcels.slice(1);
        expect(resent.length > 0).toBe(isRecorded);
        expect(resent.every(({ number }) => number === 1)).toBe(true);
        expect(resent.slice(1).every(({ mayBeOut }) => mayBeOut)).toBe(true);
        const after = await desk.stored(order.id);
        expect(after.cards.some(({ resendAt }) => resendAt !== undefined)).toBe(false);
        expect(after.status).toBe('delivered');
        if (resent.some(({ mayBeOut }) => mayBeOut)) wentOn++;
        if (end !== 'died') break;
      }
      expect(wentOn).toBeGreaterThan(0);
    },
  );
});
