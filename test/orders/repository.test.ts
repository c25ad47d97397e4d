import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUntold } from '../../src/orders/model/news.ts';
import { missingCards, type Order, type Step } from '../../src/orders/model/order.ts';
import { isFinal, noted } from '../../src/orders/model/state-machine.ts';
import { createOrderRepository, holdsOf, tagsOf } from '../../src/orders/repository.ts';
import { createRandom, openDesk, problemOf, quote } from './desk.ts';
import { anyOrder } from './random-orders.ts';

const campaign = { id: 'C', charged: { amount: '490', currency: 'USD' } };
const step = { at: 5, by: 'anna', why: 'revealed' as const };

describe('the lists and names of an order', () => {
  it('it is open until it has ended and its requester knows', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const told = { status: order.status, cards: order.cards.length };
        expect(tagsOf({ ...order, told }).includes('open')).toBe(!isFinal(order.status));
        expect(tagsOf(order).includes('open')).toBe(!isFinal(order.status) || isUntold(order));
        expect(tagsOf(order)).toContain(`member/guild/${order.requester}`);
      }),
    );
  });

  it('a running process looks after what cannot stay as it is, and after nothing that waits for people', () => {
    const lookedAfter = fc.sample(anyOrder, 500).filter((order) => tagsOf(order).includes('passing'));
    const found = new Set(lookedAfter.map(({ status }) => status));
    expect([...found].sort()).toEqual([...['approved', 'bought', 'buying', 'not_found', 'quoted', 'unconfirmed']]);
    for (const order of lookedAfter.filter(({ status }) => status === 'bought')) {
      const isUndelivered = order.cards.some((card) => !card.deliveredAt);
      expect(isUndelivered || missingCards(order) > 0).toBe(true);
    }
  });

  it('a direct message that Discord does not take is tried for a while, a closed inbox waits for its owner', () => {
    const waiting = anyOrder
      .filter((order) => order.cards.length > 0 && missingCards(order) === 0)
      .map((order) => ({ ...order, status: 'held' as const }));
    fc.assert(
      fc.property(
        waiting,
        fc.constantFrom('sent' as const, 'closed' as const, 'failed' as const, 'withheld' as const),
        fc.integer({ min: 1, max: 30 }),
        (order, how, tries) => {
          const cards = order.cards.map(({ deliveredAt: _, ...card }) => card);
          const posted = {
            ...order,
            cards: cards.map((c) => ({ ...c, posted: { how, at: 5, tries } })),
          };
          expect(tagsOf(posted).includes('passing')).toBe(how === 'failed' && tries < 17);
        },
      ),
    );
  });

  it('it is listed in its campaign, and as open there until it has ended', () => {
    fc.assert(
      fc.property(anyOrder, (plain) => {
        const order = { ...plain, campaign };
        const tags = tagsOf(order).filter((tag) => tag.startsWith('campaign/'));
        const open = isFinal(order.status) ? [] : ['campaign/C/open'];
        expect(tags).toEqual(['campaign/C', ...open]);
      }),
    );
  });

  it('it has the one place of each recipient in its campaign, unless it ended with nothing charged', () => {
    const givenUp = ['cancelled', 'expired', 'rejected', 'repriced', 'failed'];
    fc.assert(
      fc.property(anyOrder, (plain) => {
        const order = { ...plain, campaign };
        const places = holdsOf(order).filter((hold) => hold.startsWith('given/'));
        const people = order.recipients.map(({ user }) => `given/C/${user}`);
        expect(places).toEqual(givenUp.includes(order.status) ? [] : people);
      }),
    );
  });

  it.each<[string, Step['why'], boolean, boolean]>([
    ['a day of looking did not show it', 'not_listed', false, true],
    ['people found that CardPlusPay does not have it', 'review_none', false, false],
    ['people closed it for another reason', 'review_closed', true, true],
  ])('closed where %s, it has places and pool as that allows', (_, why, hasPlaces, hasPool) => {
    fc.assert(
      fc.property(anyOrder, ({ remote: _, ...plain }) => {
        const steps: Step[] = [
          { at: 2, by: 'cardigan', status: 'not_found', why: 'not_listed' },
          { at: 3, by: 'olga', status: 'closed', why },
        ];
        const history = [...plain.history, ...steps];
        const order: Order = { ...plain, status: 'closed', campaign, history };
        const given = order.recipients.map(({ user }) => `given/C/${user}`);
        const holds = (of: Order) => holdsOf(of).filter((hold) => /^(given|pool)/.test(hold));
        expect(holds(order)).toEqual(hasPlaces ? given : []);
        const pool = { ...order, recipients: [], campaign: { ...campaign, pool: 0 } };
        expect(holds(pool)).toEqual(hasPool ? ['pool/C/0'] : []);
      }),
    );
  });

  it('it has its lane while a purchase may be out, its remote order for ever, its reference always', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const { status, quote: quoted, remote, attempt } = order;
        const mayBeOut = status === 'buying' || status === 'unconfirmed';
        expect(holdsOf(order)).toEqual([
          'reference/ABC123',
          ...(mayBeOut
            ? [`${attempt?.slot === undefined ? 'lane' : `flight/${attempt.slot}`}/ACME-5/${quoted.quantity}`]
            : []),
          ...(remote ? [`remote/${remote.orderId}`] : []),
        ]);
      }),
    );
  });
});

describe('the order book', () => {
  it('gives a new order another reference when its first one is taken', async () => {
    const bytes = createRandom();
    let references = 0;
    // The first two references are the same six characters.
    const random = (size: number) => (size === 6 && references++ < 2 ? new Uint8Array(6) : bytes(size));
    const desk = await openDesk({ random });
    const [first, second] = [await quote(desk), await quote(desk)];
    expect(first.reference).toBe('000000');
    expect(second.reference).toMatch(/^[0-9A-Z]{6}$/);
    expect(second.reference).not.toBe(first.reference);
    const book = createOrderRepository(desk.orderRecords);
    expect((await book.byReference(first.reference))?.id).toBe(first.id);
    expect((await book.byReference(second.reference))?.id).toBe(second.id);
    expect(await book.byReference('ZZZZZZ')).toBeUndefined();
  });

  it('loses no step when many are taken at once', async () => {
    const desk = await openDesk();
    const { id } = await quote(desk);
    const book = createOrderRepository(desk.orderRecords);
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => book.revise(id, (order) => noted(order, { ...step, at: i }))),
    );
    const times = (await desk.stored(id)).history.slice(1).map(({ at }) => at);
    expect(times.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  it('writes nothing when there is nothing to write', async () => {
    const desk = await openDesk();
    const { id, version } = await quote(desk);
    await createOrderRepository(desk.orderRecords).revise(id, (order) => order);
    expect((await desk.stored(id)).version).toBe(version);
  });

  it('says so when there is no such order', async () => {
    const desk = await openDesk();
    const revising = createOrderRepository(desk.orderRecords).revise('nothing', (order) => order);
    expect(await problemOf(revising)).toEqual({ code: 'order_unknown' });
  });
});
