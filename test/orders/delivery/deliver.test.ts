import { describe, expect, it } from 'vitest';
import { NotTried } from '../../../src/orders/model/ports.ts';
import { sealable } from '../../../src/orders/model/raw-answer.ts';
import { createOrderRepository } from '../../../src/orders/repository.ts';
import { anna, ben, buy, confirm, type Desk, lastOf, openDesk, problemOf, quote, statusesOf } from '../desk.ts';
import { until } from '../scripted-clock.ts';
import { orderAnswer } from '../vendor.ts';

const codesOf = (desk: Desk) => desk.post.parcels.map(({ codes }) => codes.map(({ code }) => code));

/** An order with cards for three people, as a later campaign will make it. */
async function quoteForThree(desk: Desk) {
  const order = await quote(desk, { quantity: 4 });
  const { version: seen, ...rest } = order;
  const recipients = [
    { user: 'cleo', quantity: 1 },
    { user: 'dora', quantity: 2 },
    { user: 'ben', quantity: 1 },
  ];
  await desk.orderRecords.write(
    order.id,
    { ...rest, recipients },
    {
      seen,
      tags: ['member/guild/anna', 'open'],
      holds: [`reference/${order.reference}`],
    },
  );
  return order;
}

describe('bringing the codes', () => {
  it('a closed inbox loses nothing: the order is held, and its recipient reveals the codes', async () => {
    const desk = await openDesk();
    desk.post.post = async () => 'closed';
    const order = await buy(desk, { quantity: 2 });
    expect(lastOf(order)).toMatchObject({ status: 'held', why: 'dm_closed' });
    const revealed = await desk.reveal(order.id, anna);
    expect(revealed.codes.map(({ code }) => code)).toEqual(['SECRET-1001-0', 'SECRET-1001-1']);
    expect((await desk.seen(revealed)).status).toBe('delivered');
  });

  it('a message that Discord does not take leaves the order held as well', async () => {
    const desk = await openDesk();
    desk.post.post = async () => 'failed';
    expect(lastOf(await buy(desk))).toMatchObject({ status: 'held', why: 'dm_failed' });
  });

  it('what the mailbox has not begun to send when the process ends is sent by the next one', async () => {
    const desk = await openDesk();
    let tries = 0;
    desk.post.post = async () => {
      tries += 1;
      if (tries === 2) throw new NotTried();
      return 'sent';
    };
    const order = await confirm(desk, await quoteForThree(desk));
    expect(order.status).toBe('bought');
    expect(tries).toBe(2);
    expect(order.cards.filter(({ posted }) => posted)).toHaveLength(1);
    await desk.newProcess().recover();
    await until(async () => (await desk.stored(order.id)).status === 'delivered');
    expect(tries).toBe(4);
  });

  it('a mailbox that breaks leaves the codes to be revealed, and the log says so', async () => {
    const desk = await openDesk();
    desk.post.post = async () => {
      throw new TypeError('a bug in a view');
    };
    const order = await buy(desk);
    expect(lastOf(order)).toMatchObject({ status: 'held', why: 'dm_failed' });
    expect((await desk.reveal(order.id, anna)).codes).toHaveLength(1);
    expect(desk.logged).toContainEqual(expect.objectContaining({ message: 'a parcel of codes could not be sent' }));
  });

  it('revealed while the message is on its way, the order says delivered, once', async () => {
    const desk = await openDesk();
    desk.post.post = async ({ order }) => {
      await desk.seen(await desk.reveal(order.id, anna));
      return 'sent';
    };
    const { history } = await buy(desk);
    expect(history.slice(3).map(({ status, why }) => [status, why])).toEqual([
      ...[
        ['bought', undefined],
        ['bought', 'revealed'],
        ['delivered', 'received'],
      ],
    ]);
  });

  it('each of several recipients gets their own cards and nobody else’s', async () => {
    const desk = await openDesk();
    const order = await confirm(desk, await quoteForThree(desk));
    expect(order.status).toBe('delivered');
    expect(desk.post.parcels.map(({ recipient, number }) => `${recipient} ${number}`)).toEqual([
      ...['cleo 0', 'dora 1', 'ben 2'],
    ]);
    expect(codesOf(desk)).toEqual([['SECRET-1001-0'], ['SECRET-1001-1', 'SECRET-1001-2'], ['SECRET-1001-3']]);
  });

  it('each of several recipients is shown their own cards in a reveal, and nobody else’s', async () => {
    const desk = await openDesk();
    const order = await confirm(desk, await quoteForThree(desk));
    const shown = (user: string) => desk.reveal(order.id, { ...anna, user });
    const codes = await Promise.all(['cleo', 'dora', 'ben'].map(shown));
    expect(codes.map((each) => each.codes.map(({ code }) => code))).toEqual(codesOf(desk));
  });

  it('stay whose they are where an answer that is sealed later names them in another order', async () => {
    const desk = await openDesk();
    const order = await confirm(desk, await quoteForThree(desk));
    const [committed] = desk.vendor.committed;
    if (!committed) throw new Error('nothing was bought');
    const turned = { ...committed, codes: committed.codes.toReversed() };
    await desk.vault.seal(order.id, sealable(orderAnswer(turned)));
    const { codes } = await desk.reveal(order.id, { ...anna, user: 'cleo' });
    expect(codes.map(({ code }) => code)).toEqual(['SECRET-1001-0']);
  });

  it('one closed inbox of three: the others have theirs, the order is held for that one', async () => {
    const desk = await openDesk();
    desk.post.post = async ({ recipient }) => (recipient === 'cleo' ? 'closed' : 'sent');
    const order = await confirm(desk, await quoteForThree(desk));
    expect(statusesOf(order).slice(3)).toEqual(['bought', 'bought', 'bought', 'held']);
    const undelivered = order.cards.filter(({ deliveredAt }) => deliveredAt === undefined);
    expect(undelivered.map(({ recipient }) => recipient)).toEqual(['cleo']);
    const cleo = { ...anna, user: 'cleo' };
    expect((await desk.seen(await desk.reveal(order.id, cleo))).status).toBe('delivered');
  });

  it('ends in the middle with the process: the next one goes on with those who have nothing yet', async () => {
    const desk = await openDesk();
    const died = Promise.withResolvers<void>();
    desk.post.post = ({ recipient }) => {
      if (recipient === 'cleo') return Promise.resolve('sent');
      died.resolve();
      return new Promise(() => {});
    };
    const order = await quoteForThree(desk);
    void confirm(desk, order);
    await died.promise;
    expect((await desk.stored(order.id)).status).toBe('bought');
    desk.post.parcels.length = 0;
    desk.post.post = async () => 'sent';
    await desk.newProcess().recover();
    await until(async () => (await desk.stored(order.id)).status === 'delivered');
    // What may have gone out already is looked for before it is sent.
    expect(desk.post.parcels.map(({ recipient, mayBeOut }) => [recipient, mayBeOut])).toEqual([
      ['dora', true],
      ['ben', true],
    ]);
  });

  it('more codes than paid for all reach the recipient', async () => {
    const desk = await openDesk();
    const codes = [1, 2, 3].map((i) => ({ code: `SECRET-${i}`, pin: `${i}` }));
    desk.vendor.answer = async () => orderAnswer({ orderId: 7, amount: '4.90', codes });
    expect((await buy(desk)).status).toBe('delivered');
    expect(codesOf(desk)).toEqual([['SECRET-1', 'SECRET-2', 'SECRET-3']]);
  });

  it('the same code twice in one answer is one card, and the other one counts as missing', async () => {
    const desk = await openDesk();
    const twice = { code: 'SECRET-1', pin: '1' };
    desk.vendor.answer = async () => orderAnswer({ orderId: 7, amount: '9.80', codes: [twice, twice] });
    const order = await buy(desk, { quantity: 2 });
    expect(order.status).toBe('bought');
    expect(order.history.map(({ why }) => why)).toContain('codes_missing');
    expect(codesOf(desk)).toEqual([['SECRET-1']]);
  });
});

describe('codes that come later', () => {
  /** Two of three came with the purchase. */
  async function boughtShort() {
    const desk = await openDesk();
    desk.vendor.answer = async (request) => {
      const committed = desk.vendor.commit(request);
      return orderAnswer({ ...committed, codes: committed.codes.slice(0, 2) });
    };
    const order = await buy(desk, { quantity: 3 });
    return { desk, order };
  }

  it('what came is delivered at once, and the order stays open for the rest', async () => {
    const { desk, order } = await boughtShort();
    expect(statusesOf(order).slice(3)).toEqual(['bought', 'bought']);
    expect(order.history.map(({ why }) => why).slice(3)).toEqual(['codes_missing', 'dm_sent']);
    expect(codesOf(desk)).toEqual([['SECRET-1001-0', 'SECRET-1001-1']]);
  });

  it('the rest travels in a parcel of its own, once, and the first PINs stay as they were', async () => {
    const { desk, order } = await boughtShort();
    const done = await desk.collect(order.id, anna);
    expect(done.status).toBe('delivered');
    expect(codesOf(desk)).toEqual([['SECRET-1001-0', 'SECRET-1001-1'], ['SECRET-1001-2']]);
    expect(desk.post.parcels.map(({ number }) => number)).toEqual([0, 1]);
    const { codes } = await desk.reveal(order.id, anna);
    expect(codes.map(({ metadata }) => metadata[0]?.value)).toEqual([...['PIN-1001-0', 'PIN-1001-1', undefined]]);
    expect((await desk.collect(order.id, anna)).version).toBe((await desk.stored(order.id)).version);
  });

  it('are not there yet: nothing changes, and the requester may ask again', async () => {
    const { desk, order } = await boughtShort();
    desk.vendor.later = ({ codes }) => codes.slice(0, 1).map(({ code }) => code);
    const same = await desk.collect(order.id, anna);
    expect(same).toEqual(await desk.stored(order.id));
    expect(same.version).toBe(order.version);
    expect(desk.post.parcels).toHaveLength(1);
  });

  it('asked for many times at once come once', async () => {
    const { desk, order } = await boughtShort();
    const asked = await Promise.all(Array.from({ length: 5 }, () => desk.collect(order.id, anna)));
    expect(asked.map(({ status }) => status)).toEqual(Array(5).fill('delivered'));
    expect(desk.post.parcels).toHaveLength(2);
  });

  it('a slow answer with less does not take away what a quicker one brought', async () => {
    const slow = Promise.withResolvers<void>();
    let seals = 0;
    const desk = await openDesk({
      wrap: (parts) => {
        const vault: typeof parts.store.vault = (schema) => {
          const real = parts.store.vault(schema);
          const seal: typeof real.seal = async (id, entry) => {
            // The first is the answer to the purchase, the second is the slow one.
            if (++seals === 2) await slow.promise;
            await real.seal(id, entry);
          };
          return { ...real, seal };
        };
        return { ...parts, store: { ...parts.store, vault } };
      },
    });
    desk.post.post = async () => 'closed';
    desk.vendor.answer = async (request) => orderAnswer({ ...desk.vendor.commit(request), codes: [] });
    const order = await buy(desk, { quantity: 2 });
    desk.vendor.later = ({ codes }) => codes.slice(0, 1).map(({ code }) => code);
    const first = desk.collect(order.id, anna);
    await until(() => seals === 2);
    desk.vendor.later = ({ codes }) => codes.map(({ code }) => code);
    // As far as it gets without the first one.
    await Promise.race([desk.collect(order.id, anna), new Promise(setImmediate)]);
    slow.resolve();
    await first;
    await desk.collect(order.id, anna);
    expect((await desk.reveal(order.id, anna)).codes).toHaveLength(2);
  });

  it('where an earlier message failed, what may be out is looked for first', async () => {
    const desk = await openDesk();
    desk.post.post = async () => 'failed';
    desk.vendor.answer = async (request) => {
      const committed = desk.vendor.commit(request);
      return orderAnswer({ ...committed, codes: committed.codes.slice(0, 1) });
    };
    const order = await buy(desk, { quantity: 2 });
    expect(lastOf(order)).toMatchObject({ status: 'bought', why: 'dm_failed' });
    desk.post.post = async () => 'sent';
    expect((await desk.collect(order.id, anna)).status).toBe('delivered');
    expect(desk.post.parcels.map(({ number, mayBeOut }) => [number, mayBeOut])).toEqual([
      ...[
        [0, false],
        [0, true],
        [1, true],
      ],
    ]);
  });

  it('are asked for by the requester only', async () => {
    const { desk, order } = await boughtShort();
    expect(await problemOf(desk.collect(order.id, ben))).toEqual({ code: 'not_yours' });
    expect(await problemOf(desk.collect('nothing', anna))).toEqual({ code: 'order_unknown' });
  });

  it('stay whose they are, whatever CardPlusPay answers in which order', async () => {
    const { desk, order } = await boughtShort();
    desk.vendor.later = ({ codes }) => codes.map(({ code }) => code).reverse();
    const before = (await desk.stored(order.id)).cards;
    const after = (await desk.collect(order.id, anna)).cards;
    const places = (cards: typeof after) =>
      cards.map(({ fingerprint, recipient, parcel }) => ({ fingerprint, recipient, parcel }));
    expect(places(after).slice(0, 2)).toEqual(places(before));
  });
});

describe('a code on record', () => {
  it('is a keyed fingerprint only', async () => {
    const desk = await openDesk();
    const order = await buy(desk);
    expect(order.cards.map(({ fingerprint }) => fingerprint)).toEqual([desk.store.fingerprint('SECRET-1001-0')]);
    const orders = createOrderRepository(desk.orderRecords);
    expect(await orders.holder('remote/1001')).toBe(order.id);
  });
});
