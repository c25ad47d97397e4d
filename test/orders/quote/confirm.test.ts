import { describe, expect, it } from 'vitest';
import {
  anna,
  ben,
  buy,
  cleo,
  confirm,
  type Desk,
  lastOf,
  olga,
  openDesk,
  problemOf,
  QUOTE_LASTS_MS,
  quote,
  stagesOf,
  statusesOf,
} from '../desk.ts';
import { openProcess } from '../outside.ts';
import { until } from '../scripted-clock.ts';
import { ITEM } from '../vendor.ts';

const quoted = async () => {
  const desk = await openDesk();
  return { desk, order: await quote(desk) };
};

/** Nothing was bought, and the order waits as before. */
async function expectUntouched(desk: Desk, id: string) {
  expect(desk.vendor.posts).toEqual([]);
  expect((await desk.stored(id)).status).toBe('quoted');
}

describe('Confirm', () => {
  it('buys the cards, brings the codes and PINs, and settles the day’s total', async () => {
    const { desk, order } = await quoted();
    const done = await confirm(desk, order);
    expect(stagesOf(desk, order)).toEqual(['checking', 'buying', 'delivering']);
    expect(statusesOf(done)).toEqual(['quoted', 'approved', 'buying', 'bought', 'delivered']);
    expect(done.quote).toEqual(order.quote);
    expect(done.remote).toMatchObject({ orderId: 1001, charged: order.quote.charged });
    expect(desk.vendor.posts).toEqual([{ itemCode: ITEM, quantity: 1 }]);
    const metadata = [{ name: 'Pin', value: 'PIN-1001-0' }];
    expect(desk.post.parcels).toMatchObject([
      { recipient: 'anna', number: 0, codes: [{ code: 'SECRET-1001-0', metadata }] },
    ]);
    expect(await desk.day(order)).toEqual({ settled: '4.9', held: {} });
  });

  it('is recorded with who and when, in the same write as the step', async () => {
    const { desk, order } = await quoted();
    desk.clock.advance(5000);
    const done = await confirm(desk, order);
    const at = desk.clock.now();
    expect(done.history[1]).toEqual({ at, by: 'anna', status: 'approved', why: 'confirmed' });
    for (const step of done.history.slice(2)) expect(step).toMatchObject({ at, by: 'cardigan' });
    // One write for each step, and one for what the requester was told: nothing was ever stored without its history.
    expect(done.told).toEqual({ status: 'delivered', cards: 1 });
    expect(done.version).toBe(done.history.length + 1);
  });

  it('is only for members with Manage Server; others need an approval', async () => {
    const { desk, order } = await quoted();
    const press = confirm(desk, order, { ...anna, isManager: false });
    expect(await problemOf(press)).toEqual({
      code: 'needs_approval',
      reference: order.reference,
    });
    await expectUntouched(desk, order.id);
  });

  it('is not for another member, nor from another guild', async () => {
    const { desk, order } = await quoted();
    expect(await problemOf(confirm(desk, order, ben))).toEqual({ code: 'not_yours' });
    const elsewhere = confirm(desk, order, { ...anna, guild: 'another' });
    expect(await problemOf(elsewhere)).toEqual({ code: 'not_yours' });
    await expectUntouched(desk, order.id);
  });

  it('of an order that does not exist is answered politely', async () => {
    const desk = await openDesk();
    expect(await problemOf(desk.confirm('nothing', anna))).toEqual({
      code: 'order_unknown',
    });
  });

  it('comes too late once the quote has expired', async () => {
    const { desk, order } = await quoted();
    desk.clock.advance(QUOTE_LASTS_MS);
    expect(await problemOf(confirm(desk, order))).toEqual({
      code: 'quote_expired',
      reference: order.reference,
    });
    await expectUntouched(desk, order.id);
  });

  it('pressed a second time buys nothing more', async () => {
    const { desk, order } = await quoted();
    await confirm(desk, order);
    expect(await problemOf(confirm(desk, order))).toEqual({
      code: 'already_decided',
      reference: order.reference,
      status: 'delivered',
    });
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it('pressed many times at once buys once', async () => {
    const { desk, order } = await quoted();
    const presses = await Promise.allSettled(Array.from({ length: 8 }, () => confirm(desk, order)));
    expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(desk.vendor.posts).toHaveLength(1);
    expect(desk.post.parcels).toHaveLength(1);
  });

  it('pressed at once in two processes buys once', async () => {
    const { desk, order } = await quoted();
    const other = desk.newProcess();
    await Promise.allSettled([confirm(desk, order), other.confirm(order.id, anna)]);
    await other.tick();
    expect(desk.vendor.posts).toHaveLength(1);
    expect((await desk.stored(order.id)).status).toBe('delivered');
  });
});

describe('one press', () => {
  /** What is done for a press, in the order in which it happens. */
  async function pressing(member = anna) {
    const desk = await openDesk();
    const order = await quote(desk, { member });
    const events: string[] = [];
    const { orders: process } = openProcess(desk.outside, (made) => ({
      ...made,
      rules: {
        ...made.rules,
        judge: (...asked) => {
          events.push('judged');
          return made.rules.judge(...asked);
        },
        recheck: (...asked) => {
          events.push('judged again');
          return made.rules.recheck(...asked);
        },
      },
    }));
    desk.vendor.before = async (call) => {
      if (call === 'createOrder') events.push('sent');
    };
    const message = { follow: async (id: string) => void events.push(`followed ${id}`) };
    const press = (how: 'confirm' | 'ask', who = member) => process[how](order.id, who, message);
    return { desk, order, events, press };
  }

  it('of Confirm is judged once, and once more right before anything is sent', async () => {
    const { order, events, press } = await pressing();
    await press('confirm');
    expect(events).toEqual(['judged', `followed ${order.id}`, 'judged again', 'sent']);
  });

  it('of Ask for approval is judged once, and its message follows the order', async () => {
    const { order, events, press } = await pressing(cleo);
    expect((await press('ask')).status).toBe('awaiting_approval');
    expect(events).toEqual(['judged', `followed ${order.id}`]);
  });

  it('that changes nothing leaves the message that shows the order what it is', async () => {
    const { desk, order, events, press } = await pressing();
    expect(await problemOf(press('ask'))).toMatchObject({ code: 'needs_no_approval' });
    const asAnybody = press('confirm', { ...anna, isManager: false });
    expect(await problemOf(asAnybody)).toMatchObject({ code: 'needs_approval' });
    expect(await problemOf(press('confirm', ben))).toEqual({ code: 'not_yours' });
    desk.clock.advance(QUOTE_LASTS_MS);
    expect(await problemOf(press('confirm'))).toMatchObject({ code: 'quote_expired' });
    expect(events).toEqual(['judged', 'judged', 'judged']);
    await expectUntouched(desk, order.id);
  });

  it('has its message followed also while purchases are stopped, and the offer waits', async () => {
    const { desk, order, events, press } = await pressing();
    await desk.stopPurchases(olga);
    expect(await problemOf(press('confirm'))).toMatchObject({ code: 'purchases_stopped' });
    expect(events).toEqual(['judged', `followed ${order.id}`]);
    await expectUntouched(desk, order.id);
  });
});

describe('two processes with the same order', () => {
  it('one that finds it sold out does not end what the other has just asked to buy', async () => {
    const { desk, order } = await quoted();
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    let checks = 0;
    desk.vendor.before = async (call) => {
      if (call === 'checkStock') await gates[checks++]?.promise;
      if (call !== 'createOrder') return;
      // While the POST is out, the other one learns that nothing is left, and acts on it.
      desk.vendor.inStock = false;
      gates[1].resolve();
      await until(() => desk.logged.length > 0);
      expect((await desk.stored(order.id)).status).toBe('buying');
    };
    const done = confirm(desk, order);
    await until(() => checks === 1);
    await desk.newProcess().tick();
    await until(() => checks === 2);
    gates[0].resolve();
    expect((await done).status).toBe('delivered');
    expect(await desk.day(order)).toEqual({ settled: '4.9', held: {} });
  });
});

describe('a process that is still checking when another one has bought the order', () => {
  it('holds its amount no second time, and it is counted once', async () => {
    const { desk, order } = await quoted();
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    let checks = 0;
    desk.vendor.before = async (call) => {
      if (call === 'checkStock') await gates[checks++]?.promise;
    };
    const done = confirm(desk, order);
    await until(() => checks === 1);
    const slow = desk.newProcess();
    await slow.tick();
    await until(() => checks === 2);
    gates[0].resolve();
    expect((await done).status).toBe('delivered');
    gates[1].resolve();
    await slow.stop(0);
    expect(await desk.day(order)).toEqual({ settled: '4.9', held: {} });
    expect(desk.vendor.posts).toHaveLength(1);
  });
});

describe('Cancel', () => {
  it('ends a quote, which cannot be confirmed any more, and leaves nothing of it', async () => {
    const { desk, order } = await quoted();
    const ended = await desk.cancel(order.id, { ...anna, isManager: false });
    expect(lastOf(ended)).toMatchObject({ by: 'anna', status: 'cancelled', why: 'asked' });
    expect(await problemOf(confirm(desk, order))).toEqual({ code: 'order_unknown' });
    expect(await problemOf(desk.cancel(order.id, anna))).toEqual({ code: 'order_unknown' });
    expect(await desk.orderRecords.get(order.id)).toBeUndefined();
    expect((await desk.orderRecords.tagged('open', { limit: 1 })).records).toEqual([]);
    expect(desk.vendor.posts).toEqual([]);
  });

  it('is not for another member', async () => {
    const { desk, order } = await quoted();
    expect(await problemOf(desk.cancel(order.id, ben))).toEqual({ code: 'not_yours' });
    await expectUntouched(desk, order.id);
  });

  it('comes too late once it is bought, and says so', async () => {
    const { desk, order } = await quoted();
    await confirm(desk, order);
    expect(await problemOf(desk.cancel(order.id, anna))).toMatchObject({
      code: 'already_decided',
      status: 'delivered',
    });
  });

  it('pressed together with Confirm: one of them counts, and a cancelled order is never bought', async () => {
    for (const confirmFirst of [true, false]) {
      const { desk, order } = await quoted();
      const cancel = () => desk.cancel(order.id, anna);
      const presses = [() => confirm(desk, order), cancel];
      const ordered = confirmFirst ? presses : presses.reverse();
      await Promise.allSettled(ordered.map((press) => press()));
      const status = (await desk.orderRecords.get(order.id))?.status;
      // Before the yes nothing is left of it; after that it is an order like any other.
      expect([undefined, 'cancelled', 'delivered']).toContain(status);
      expect(desk.vendor.posts).toHaveLength(status === 'delivered' ? 1 : 0);
      expect((await desk.day(order)).held).toEqual({});
    }
  });

  it('between the checks and the purchase stops it, and gives back what was reserved', async () => {
    const { desk, order } = await quoted();
    desk.vendor.before = async (call) => {
      if (call === 'checkStock') await desk.cancel(order.id, anna);
    };
    const done = await confirm(desk, order);
    expect(done.status).toBe('cancelled');
    expect(desk.vendor.posts).toEqual([]);
    expect(await desk.day(order)).toEqual({ settled: '0', held: {} });
  });

  it('while CardPlusPay is being asked to sell is refused: it may be bought already', async () => {
    const { desk, order } = await quoted();
    const problems: unknown[] = [];
    desk.vendor.before = async (call) => {
      if (call === 'createOrder') problems.push(await problemOf(desk.cancel(order.id, anna)));
    };
    expect((await confirm(desk, order)).status).toBe('delivered');
    expect(problems).toMatchObject([{ code: 'already_decided', status: 'buying' }]);
  });
});

describe('orders on record', () => {
  it('are listed for their requester, newest first, in pages', async () => {
    const desk = await openDesk();
    const bought = [await buy(desk), await buy(desk), await buy(desk)].map(({ id }) => id);
    await buy(desk, { member: ben });
    const first = await desk.ofMember(anna, { limit: 2 });
    const rest = await desk.ofMember(anna, { limit: 2, before: String(first.next) });
    expect([...first.orders, ...rest.orders].map(({ id }) => id)).toEqual(bought.reverse());
    expect(rest.next).toBeUndefined();
  });

  it('are shown to nobody else', async () => {
    const { desk, order } = await quoted();
    expect((await desk.get(order.id, anna)).id).toBe(order.id);
    expect(await problemOf(desk.get(order.id, ben))).toEqual({ code: 'not_yours' });
    expect(await desk.guildOf(order.id)).toBe('guild');
    expect(await desk.guildOf('nothing')).toBeUndefined();
  });
});
