import { describe, expect, it } from 'vitest';
import { money } from '../../../src/lib/money.ts';
import { isUntold } from '../../../src/orders/model/news.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import type { Sequel } from '../../../src/orders/model/ports.ts';
import { anna, buy, confirm, type Desk, openDesk, problemOf, QUOTE_LASTS_MS, quote } from '../desk.ts';
import { lose, pass } from '../losing.ts';
import { createMortal, type Death } from '../mortal.ts';
import { until } from '../scripted-clock.ts';
import { ITEM, rawAnswer, refusal, vendorError } from '../vendor.ts';

const FIFTEEN_MINUTES = 15 * 60_000;
const statuses = (orders: readonly Order[]) => orders.map(({ status }) => status);

async function openReceiptDesk() {
  const desk = await openDesk();
  desk.post.receiptsLastMs = FIFTEEN_MINUTES;
  return desk;
}

describe('the message in which somebody follows their order', () => {
  it('becomes the receipt, and nothing else is sent but the codes', async () => {
    const desk = await openReceiptDesk();
    await buy(desk);
    expect(statuses(desk.post.shown)).toEqual(['delivered']);
    expect(desk.post.told).toEqual([]);
  });

  it('says that the outcome is not known, and becomes the receipt once it is', async () => {
    const desk = await openReceiptDesk();
    await lose(desk);
    await pass(desk, 93_000);
    expect(statuses(desk.post.shown)).toEqual(['unconfirmed', 'delivered']);
    expect(desk.post.told).toEqual([]);
  });

  it('can no longer be edited after a while: news then comes by a message of its own', async () => {
    const desk = await openReceiptDesk();
    const order = await lose(desk, { taken: false });
    await pass(desk, 10 * 60_000);
    expect(statuses(desk.post.shown)).toEqual(['unconfirmed', 'not_found']);
    desk.clock.advance(FIFTEEN_MINUTES);
    desk.vendor.commit({ itemCode: ITEM, quantity: 1 });
    await pass(desk, FIFTEEN_MINUTES);
    expect((await desk.stored(order.id)).status).toBe('needs_review');
    expect(statuses(desk.post.told)).toEqual(['needs_review']);
  });

  it('is put right when codes that could not be sent were shown elsewhere', async () => {
    const desk = await openReceiptDesk();
    desk.post.post = async () => 'closed';
    const order = await buy(desk);
    await desk.seen(await desk.reveal(order.id, anna));
    expect(statuses(desk.post.shown)).toEqual(['held', 'delivered']);
    expect(desk.post.told).toEqual([]);
  });

  it('is put right when the quote in it is cancelled elsewhere', async () => {
    const desk = await openReceiptDesk();
    const order = await quote(desk);
    desk.post.pressed.set(order.id, desk.clock.now());
    const cancelled = await desk.cancel(order.id, anna);
    expect(statuses(desk.post.shown)).toEqual(['cancelled']);
    expect(cancelled.told).toBeUndefined();
  });

  it('shows that the order waits when the bot is stopped meanwhile', async () => {
    const desk = await openReceiptDesk();
    await lose(desk);
    const waiting = confirm(desk, await quote(desk));
    await until(() => desk.clock.sleeping() > 0);
    const stopped = desk.stop(1_000);
    desk.clock.advance(500);
    await stopped;
    expect((await waiting).status).toBe('approved');
    expect(statuses(desk.post.shown)).toEqual(['unconfirmed', 'approved']);
  });
});

describe('what was told', () => {
  it('is not told again by another look, another process or another start', async () => {
    const desk = await openDesk();
    await lose(desk, { taken: false });
    await pass(desk, 10 * 60_000);
    const other = desk.newProcess();
    await Promise.all([other.recover(), desk.newProcess().recover()]);
    expect(statuses(desk.post.told)).toEqual(['not_found']);
  });

  it('and not recorded is looked for before it is told again', async () => {
    const desk = await openDesk();
    desk.vendor.answer = async () => refusal(400);
    const order = await quote(desk);
    // All calls up to the message; dies before it is recorded.
    const mortal = createMortal({ call: Number.POSITIVE_INFINITY, when: 'after' });
    const died = Promise.withResolvers<void>();
    const process = desk.newProcess((parts) => ({
      ...mortal.wrap(parts),
      mailbox: {
        ...parts.mailbox,
        async tell(each, message) {
          await parts.mailbox.tell(each, message);
          died.resolve();
          return new Promise(() => {});
        },
      },
    }));
    void process.confirm(order.id, anna);
    await died.promise;
    await desk.newProcess().recover();
    await until(() => desk.post.told.length === 2);
    expect(desk.post.messages.map(({ mayBeOut }) => mayBeOut)).toEqual([false, true]);
  });

  it('and not recorded is looked for also by a process that shares the store, and first looks for the order', async () => {
    const desk = await openDesk({ hasPeers: true, ownsStore: false });
    const order = await quote(desk);
    desk.vendor.answer = async () => {
      throw vendorError('network', 'unknown');
    };
    const died = Promise.withResolvers<void>();
    const process = desk.newProcess((parts) => ({
      ...parts,
      mailbox: {
        ...parts.mailbox,
        async tell(each, message) {
          await parts.mailbox.tell(each, message);
          died.resolve();
          return new Promise(() => {});
        },
      },
    }));
    void process.confirm(order.id, anna);
    await died.promise;
    // So soon that it leaves alone what the other may be at, but not what is to be looked for.
    const next = desk.newProcess();
    await next.recover();
    await pass(desk, 10_000, [next]);
    expect(statuses(desk.post.told)).toEqual(['unconfirmed', 'unconfirmed']);
    expect(desk.post.messages.map(({ mayBeOut }) => mayBeOut)).toEqual([false, true]);
  });

  it('and not recorded because the store failed is looked for too, by the process that told it', async () => {
    let isBroken = true;
    const desk = await openDesk({
      wrap(parts) {
        const records: typeof parts.store.records = (namespace, schema) => {
          const real = parts.store.records(namespace, schema);
          const write: typeof real.write = async (key, next, guard) => {
            if (isBroken && 'told' in next) throw new Error('disk is full');
            return real.write(key, next, guard);
          };
          return { ...real, write };
        };
        return { ...parts, store: { ...parts.store, records } };
      },
    });
    const order = await quote(desk);
    desk.vendor.answer = async () => {
      throw vendorError('network', 'unknown');
    };
    await expect(desk.confirm(order.id, anna)).rejects.toThrow('disk is full');
    isBroken = false;
    // The look writes to the record too, so the next message would have a nonce of its own.
    await pass(desk, 6_000);
    expect(statuses(desk.post.told)).toEqual(['unconfirmed', 'unconfirmed']);
    expect(desk.post.messages.map(({ mayBeOut }) => mayBeOut)).toEqual([false, true]);
    await pass(desk, 60_000);
    expect(desk.post.told).toHaveLength(2);
  });
});

const offerOf = (sequel: Sequel | undefined) => (sequel && 'offer' in sequel ? sequel.offer : undefined);
const ordersOf = async (desk: Desk) => (await desk.ofMember(anna, { limit: 50 })).orders;

describe('a price that rose', () => {
  async function risen(desk: Desk) {
    const order = await quote(desk, { quantity: 2 });
    desk.vendor.prices[ITEM] = '9';
    return order;
  }

  it('brings a new offer for the same wish, which can be confirmed', async () => {
    const desk = await openReceiptDesk();
    const before = await confirm(desk, await risen(desk));
    expect(before.status).toBe('repriced');
    const offer = offerOf(desk.post.sequels[0]);
    expect(offer).toMatchObject({
      status: 'quoted',
      insteadOf: before.id,
      requester: 'anna',
      channel: 'channel',
      quote: { itemCode: ITEM, quantity: 2, charged: { amount: '18' } },
      history: [{ by: 'cardigan', why: 'offered_again' }],
    });
    expect((await confirm(desk, offer as Order)).status).toBe('delivered');
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it('says why there is no new offer, when there can be none', async () => {
    const desk = await openReceiptDesk();
    const order = await risen(desk);
    desk.vendor.balance = money('17', 'USD');
    await confirm(desk, order);
    const [sequel] = desk.post.sequels;
    const problem = sequel && 'problem' in sequel ? sequel.problem : undefined;
    expect(problem).toMatchObject({ code: 'balance_too_low' });
    expect(await ordersOf(desk)).toHaveLength(1);
  });

  it('is not offered again over an offer that was decided about, nor one that has ended', async () => {
    const desk = await openDesk();
    const order = await risen(desk);
    const hang = desk.newProcess((parts) => ({
      ...parts,
      mailbox: { ...parts.mailbox, show: () => new Promise(() => {}) },
    }));
    void hang.confirm(order.id, anna);
    await until(async () => (await ordersOf(desk)).length === 2);
    const [offer] = await ordersOf(desk);
    expect(isUntold(await desk.stored(order.id))).toBe(true);
    await desk.cancel(offer?.id ?? '', anna);
    await desk.newProcess().recover();
    await until(async () => !isUntold(await desk.stored(order.id)));
    expect(desk.post.told).toEqual([]);

    const other = await risen(desk);
    desk.vendor.prices[ITEM] = '12';
    void hang.confirm(other.id, anna);
    await until(async () => (await ordersOf(desk)).length === 4);
    desk.clock.advance(QUOTE_LASTS_MS);
    await desk.newProcess().recover();
    await until(() => desk.post.told.length > 0);
    expect(statuses(desk.post.told)).toEqual(['repriced']);
    expect(desk.post.sequels.at(-1)).toBeUndefined();
    expect(await ordersOf(desk)).toHaveLength(4);
  });

  it('is offered once, also when several processes offer it', async () => {
    const desk = await openDesk();
    const { quote: of } = await confirm(desk, await risen(desk));
    const wish = { member: anna, channel: 'channel', locale: 'en', ...of, insteadOf: 'x' };
    const offers = await Promise.all([1, 2, 3].map(() => desk.newProcess().quote(wish)));
    expect(new Set(offers.map(({ id }) => id)).size).toBe(1);
  });
});

describe.each(['before', 'after'] as const)('killed %s any call', (when) => {
  const scripts: [string, (desk: Desk) => void][] = [
    ['in a purchase', () => {}],
    [
      'in a purchase that is refused',
      ({ vendor }) => {
        vendor.answer = async () => refusal(400);
      },
    ],
    [
      'in a purchase whose outcome stays unknown',
      ({ vendor }) => {
        vendor.answer = async () => rawAnswer(500, 'Oops');
      },
    ],
    [
      'in a purchase whose price rose',
      ({ vendor }) => {
        vendor.prices[ITEM] = '9';
      },
    ],
    [
      'in a purchase for a closed inbox',
      ({ post }) => {
        post.post = async () => 'closed';
      },
    ],
  ];

  async function killed(script: (desk: Desk) => void, death: Death) {
    const desk = await openReceiptDesk();
    const order = await quote(desk);
    script(desk);
    desk.post.pressed.set(order.id, desk.clock.now());
    const mortal = createMortal(death);
    const press = desk.newProcess(mortal.wrap).confirm(order.id, anna);
    const end = await Promise.race([press.then(() => 'finished'), mortal.died]);
    return { desk, order, end };
  }

  it.each(scripts)('%s, the requester’s message is put right by the next start', async (_, script) => {
    for (let call = 1; ; call++) {
      const { desk, order, end } = await killed(script, { call, when });
      await desk.newProcess().recover();
      const isSettled = async () => {
        const now = await desk.stored(order.id);
        return !['approved', 'buying', 'bought'].includes(now.status) && !isUntold(now);
      };
      await until(isSettled);
      const after = await desk.stored(order.id);
      if (after.status !== 'quoted') expect(desk.post.shown.at(-1)?.status).toBe(after.status);
      expect(desk.post.told).toEqual([]);
      const orders = await ordersOf(desk);
      expect(orders).toHaveLength(after.status === 'repriced' ? 2 : 1);
      if (after.status === 'repriced') {
        expect(offerOf(desk.post.sequels.at(-1))?.id).toBe(orders[0]?.id);
      }
      if (end === 'finished') break;
    }
  });
});

describe('a purchase in which the store breaks', () => {
  it('does not leave "Buying …" in the message', async () => {
    const desk = await openReceiptDesk();
    const order = await quote(desk);
    desk.post.pressed.set(order.id, desk.clock.now());
    const process = desk.newProcess((parts) => {
      const vault: typeof parts.store.vault = (schema) => ({
        ...parts.store.vault(schema),
        open: () => Promise.reject(new Error('disk is full')),
      });
      return { ...parts, store: { ...parts.store, vault } };
    });
    await expect(process.confirm(order.id, anna)).rejects.toThrow('disk is full');
    expect(statuses(desk.post.shown)).toEqual(['bought']);
    expect(await problemOf(process.confirm(order.id, anna))).toMatchObject({
      code: 'already_decided',
    });
    expect(statuses(desk.post.shown)).toEqual(['bought']);
  });
});
