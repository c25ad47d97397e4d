import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Order } from '../../../src/orders/model/order.ts';
import { withLater } from '../../../src/orders/model/raw-answer.ts';
import { StoreError } from '../../../src/store/store-error.ts';
import { anna, ask, ben, buy, cleo, type Desk, lastOf, openDesk, problemOf, quote } from '../desk.ts';
import { lose, pass } from '../losing.ts';
import { createMortal } from '../mortal.ts';
import { vendorError } from '../vendor.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/** A day goes by in steps of some hours. */
const days = (desk: Desk, count: number, process: Pick<Desk, 'tick'> = desk) =>
  pass(desk, count * DAY, [process], 6 * HOUR);
const isKept = async (desk: Desk, { id }: Order) => (await desk.vault.open(id)) !== undefined;

/** What lies in the vault of a store, as text that would be found in its file. */
function sealedIn({ file }: Desk): string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare("SELECT value FROM entries WHERE namespace = 'vault'").all();
  database.close();
  return rows.map(({ value }) => String(value));
}
const bytesOf = ({ file }: Desk) => ['', '-wal'].map((suffix) => readFileSync(file + suffix, 'latin1')).join('\n');

describe('the codes of a delivered order', () => {
  it('are purged once they were kept long enough, which is recorded, and leave no trace in the store', async () => {
    const desk = await openDesk();
    await desk.tick();
    const order = await buy(desk, { quantity: 2 });
    const [sealed = ''] = sealedIn(desk);
    expect(sealed.length).toBeGreaterThan(100);
    expect(bytesOf(desk)).toContain(sealed.slice(20, 80));
    await days(desk, 30);
    expect(await isKept(desk, order)).toBe(true);
    await days(desk, 1);
    expect(await isKept(desk, order)).toBe(false);
    const after = await desk.stored(order.id);
    expect(lastOf(after)).toEqual({
      at: after.purgedAt,
      by: 'cardigan',
      status: 'delivered',
      why: 'purged',
    });
    expect((after.purgedAt ?? 0) - (order.cards[0]?.deliveredAt ?? 0)).toBeGreaterThanOrEqual(30 * DAY);
    expect(bytesOf(desk)).not.toContain(sealed.slice(20, 80));
    await days(desk, 3);
    expect(await desk.stored(order.id)).toEqual(after);
  });

  it('are kept as long as any card has not reached its recipient, or has not come', async () => {
    const desk = await openDesk();
    await desk.tick();
    desk.post.post = async () => 'closed';
    const held = await buy(desk);
    desk.post.post = async () => 'sent';
    desk.vendor.later = () => [];
    const { answer } = desk.vendor;
    desk.vendor.answer = async (request) => {
      const raw = await answer(request);
      const body = JSON.parse(Buffer.from(raw.body).toString());
      body.data.codes.length = 1;
      return { ...raw, body: Buffer.from(JSON.stringify(body)) };
    };
    const short = await buy(desk, { quantity: 2 });
    await days(desk, 40);
    expect(await isKept(desk, held)).toBe(true);
    expect(await isKept(desk, short)).toBe(true);
    // The time counts from the last delivery on.
    await desk.seen(await desk.reveal(held.id, anna));
    await days(desk, 29);
    expect(await isKept(desk, held)).toBe(true);
    await days(desk, 3);
    expect(await isKept(desk, held)).toBe(false);
  });

  it.each<[string, (cards: Order['cards']) => Order['cards']]>([
    ['a card', (cards) => cards.slice(0, 1)],
    ['a delivery', (cards) => cards.map(({ deliveredAt: _, ...card }) => card)],
  ])('that count as delivered, with %s missing on record, are kept', async (_, changed) => {
    const desk = await openDesk();
    await desk.tick();
    const { version: seen, ...order } = await buy(desk, { quantity: 2 });
    const next = { ...order, cards: changed(order.cards) };
    const day = new Date(desk.clock.now()).toISOString().slice(0, 10);
    await desk.orderRecords.write(order.id, next, { seen, tags: [`delivered/${day}`], holds: [] });
    await days(desk, 32);
    expect(await isKept(desk, order as Order)).toBe(true);
    expect((await desk.stored(order.id)).purgedAt).toBeUndefined();
    expect(desk.logged).toContainEqual(expect.objectContaining({ message: expect.stringContaining('codes are kept') }));
  });

  it('are kept when there are more of them than anybody was given', async () => {
    const desk = await openDesk();
    await desk.tick();
    const order = await buy(desk);
    const more = { code: 'SECRET-MORE', metadata: [] };
    await desk.vault.seal(order.id, (known) => withLater(known, 1001, [more]));
    await days(desk, 32);
    expect(await isKept(desk, order)).toBe(true);
    expect((await desk.stored(order.id)).purgedAt).toBeUndefined();
    expect(desk.logged).toContainEqual(expect.objectContaining({ message: expect.stringContaining('codes are kept') }));
  });

  it('of many orders go page by page, and of every day that passed while nothing ran', async () => {
    const desk = await openDesk();
    await desk.tick();
    const orders: Order[] = [];
    for (let i = 0; i < 52; i++) orders.push(await buy(desk));
    desk.clock.advance(3 * DAY);
    orders.push(await buy(desk));
    desk.clock.advance(60 * DAY);
    await desk.newProcess().tick();
    for (const order of orders) expect(await isKept(desk, order)).toBe(false);
    expect(sealedIn(desk)).toEqual([]);
  });

  it('are looked for once an hour, from the last day done on, and not in all of history', async () => {
    const desk = await openDesk();
    const listed: string[] = [];
    const watched = desk.newProcess((parts) => {
      const records: typeof parts.store.records = (namespace, schema) => {
        const real = parts.store.records(namespace, schema);
        const tagged: typeof real.tagged = (tag, page) => {
          if (tag.startsWith('delivered/')) listed.push(tag);
          return real.tagged(tag, page);
        };
        return { ...real, tagged };
      };
      return { ...parts, store: { ...parts.store, records } };
    });
    await days(desk, 10, watched);
    expect(listed).toEqual([...new Set(listed)]);
    expect(listed.length).toBeLessThanOrEqual(11);
    const before = listed.length;
    await pass(desk, HOUR / 2, [watched]);
    expect(listed).toHaveLength(before);
  });

  it('that cannot be read keep no others from being purged, and are come back to', async () => {
    const desk = await openDesk();
    await desk.tick();
    const [broken, whole] = [await buy(desk), await buy(desk)];
    let fails = true;
    const next = desk.newProcess((parts) => {
      const vault: typeof parts.store.vault = (schema) => {
        const real = parts.store.vault(schema);
        const open: typeof real.open = async (id) => {
          if (id === broken.id && fails) throw new StoreError('broken', 'tampered with');
          return real.open(id);
        };
        return { ...real, open };
      };
      return { ...parts, store: { ...parts.store, vault } };
    });
    await days(desk, 33, next);
    expect(await isKept(desk, whole)).toBe(false);
    expect(await isKept(desk, broken)).toBe(true);
    fails = false;
    await days(desk, 1, next);
    expect(await isKept(desk, broken)).toBe(false);
  });

  it('are purged again once nobody reads the file any more, as a backup does for a while; meanwhile that fails loudly', async () => {
    const desk = await openDesk();
    await desk.tick();
    const orders = [await buy(desk), await buy(desk)];
    const sealed = sealedIn(desk).map((text) => text.slice(20, 80));
    const reader = new DatabaseSync(desk.file, { readOnly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM entries').get();
    desk.clock.advance(31 * DAY);
    const next = desk.newProcess();
    await expect(next.tick()).rejects.toMatchObject({ name: 'StoreError', code: 'locked' });
    expect(sealed.some((text) => bytesOf(desk).includes(text))).toBe(true);
    // Nothing is done by halves: an hour later the same fails again, or is made up for.
    await expect(pass(desk, HOUR, [next], HOUR)).rejects.toMatchObject({ code: 'locked' });
    reader.exec('COMMIT');
    reader.close();
    await pass(desk, HOUR, [next], HOUR);
    for (const order of orders) expect(await isKept(desk, order)).toBe(false);
    for (const text of sealed) expect(bytesOf(desk)).not.toContain(text);
  });

  it.each(['before', 'after'] as const)('are purged whatever call the process dies %s', async (when) => {
    for (let call = 1; ; call++) {
      const desk = await openDesk();
      await desk.tick();
      const orders = [await buy(desk), await buy(desk)];
      desk.clock.advance(31 * DAY);
      const mortal = createMortal({ call, when });
      const end = await Promise.race([desk.newProcess(mortal.wrap).tick(), mortal.died]);
      for (const order of orders) {
        // Never gone without the record saying so.
        const { purgedAt } = await desk.stored(order.id);
        if (!(await isKept(desk, order))) expect(purgedAt).toBeDefined();
      }
      await desk.newProcess().tick();
      for (const order of orders) {
        expect(await isKept(desk, order)).toBe(false);
        const { history } = await desk.stored(order.id);
        expect(history.filter(({ why }) => why === 'purged')).toHaveLength(1);
      }
      if (end !== 'died') break;
    }
  });

  it('end with the process in the middle of many, and go on after it', async () => {
    const desk = await openDesk();
    await desk.tick();
    const orders = [await buy(desk), await buy(desk), await buy(desk)];
    desk.clock.advance(31 * DAY);
    const next = desk.newProcess((parts) => {
      const vault: typeof parts.store.vault = (schema) => {
        const real = parts.store.vault(schema);
        const purge: typeof real.purge = async (id) => {
          await real.purge(id);
          void next.stop(1000);
        };
        return { ...real, purge };
      };
      return { ...parts, store: { ...parts.store, vault } };
    });
    await next.tick();
    expect(sealedIn(desk)).toHaveLength(2);
    await desk.newProcess().tick();
    for (const order of orders) expect(await isKept(desk, order)).toBe(false);
  });
});

/** Delivered, and purged since. */
async function purged(desk: Desk, order: Order): Promise<Order> {
  await desk.tick();
  await days(desk, 32);
  const after = await desk.stored(order.id);
  expect(after.purgedAt).toBeDefined();
  return after;
}

describe('a reveal after the purge', () => {
  const bought = async (quantity = 2) => {
    const desk = await openDesk();
    await desk.tick();
    const order = await purged(desk, await buy(desk, { quantity }));
    return { desk, order };
  };

  it('asks CardPlusPay, says that a PIN is no longer to be had, and is recorded', async () => {
    const { desk, order } = await bought();
    const revealed = await desk.reveal(order.id, anna);
    expect(revealed.codes).toEqual([
      { code: 'SECRET-1001-0', metadata: [], lacks: 'not_kept' },
      { code: 'SECRET-1001-1', metadata: [], lacks: 'not_kept' },
    ]);
    expect(revealed.gone).toBe(0);
    expect(lastOf(await desk.stored(order.id))).toMatchObject({ by: 'anna', why: 'revealed' });
    await desk.seen(revealed);
    expect(await isKept(desk, order)).toBe(false);
  });

  it('says nothing of PINs where CardPlusPay shows them after all', async () => {
    const { desk, order } = await bought(1);
    const { order: ask } = desk.vendor.giftCards;
    desk.vendor.giftCards.order = async (id) => {
      const placed = await ask(id);
      const metadata = [{ name: 'Pin', value: '1' }];
      return { ...placed, codes: placed.codes.map((code) => ({ ...code, metadata })) };
    };
    const { codes } = await desk.reveal(order.id, anna);
    expect(codes).toEqual([{ code: 'SECRET-1001-0', metadata: [{ name: 'Pin', value: '1' }] }]);
  });

  it('remembers which codes never came with a PIN', async () => {
    const desk = await openDesk();
    await desk.tick();
    const lost = await lose(desk);
    await pass(desk, 93_000);
    expect(desk.post.parcels[0]?.codes).toMatchObject([{ lacks: 'never_shown' }]);
    const order = await purged(desk, lost);
    const { codes } = await desk.reveal(order.id, anna);
    expect(codes).toMatchObject([{ code: 'SECRET-1001-0', lacks: 'never_shown' }]);
  });

  it('shows a recipient what is theirs by fingerprint, and says how many are gone', async () => {
    const { desk, order } = await bought(3);
    desk.vendor.later = ({ codes }) => ['SECRET-OF-OTHERS', codes[2]?.code ?? ''];
    const { codes, gone } = await desk.reveal(order.id, anna);
    expect(codes.map(({ code }) => code)).toEqual(['SECRET-1001-2']);
    expect(gone).toBe(2);
  });

  it('shows nobody the cards of another recipient', async () => {
    const { desk, order } = await bought();
    const { version: seen, ...rest } = order;
    const cards = order.cards.map((card, i) => (i === 0 ? { ...card, recipient: 'cleo' } : card));
    const recipients = ['anna', 'cleo'].map((user) => ({ user, quantity: 1 }));
    await desk.orderRecords.write(order.id, { ...rest, cards, recipients }, { seen, tags: [], holds: [] });
    const codesOf = async (user: string) =>
      (await desk.reveal(order.id, { ...anna, user })).codes.map(({ code }) => code);
    expect(await codesOf('cleo')).toEqual(['SECRET-1001-0']);
    expect(await codesOf('anna')).toEqual(['SECRET-1001-1']);
    expect(await problemOf(desk.reveal(order.id, ben))).toEqual({ code: 'not_yours' });
  });

  it('says so when CardPlusPay shows none of them, or not even the order; and records no reveal', async () => {
    const { desk, order } = await bought();
    const { reference } = order;
    const gone = { code: 'codes_gone', reference, number: 'ORD-1001' };
    desk.vendor.later = () => ['SECRET-OF-OTHERS'];
    expect(await problemOf(desk.reveal(order.id, anna))).toEqual(gone);
    desk.vendor.committed.length = 0;
    expect(await problemOf(desk.reveal(order.id, anna))).toEqual(gone);
    expect((await desk.stored(order.id)).version).toBe(order.version);
  });

  it('says so when CardPlusPay cannot be asked, or answers with another order', async () => {
    const { desk, order } = await bought();
    const { order: ask } = desk.vendor.giftCards;
    desk.vendor.giftCards.order = async (id) => ({ ...(await ask(id)), orderId: id + 1 });
    expect(await problemOf(desk.reveal(order.id, anna))).toEqual({ code: 'vendor_unreadable' });
    desk.vendor.giftCards.order = async () => {
      throw vendorError('server', 'unknown');
    };
    expect(await problemOf(desk.reveal(order.id, anna))).toEqual({ code: 'vendor_unavailable' });
    expect((await desk.stored(order.id)).version).toBe(order.version);
  });

  it('shows what is still kept while the purge is under way', async () => {
    const desk = await openDesk();
    await desk.tick();
    const order = await buy(desk);
    const { version: seen, ...rest } = order;
    await desk.orderRecords.write(order.id, { ...rest, purgedAt: 1 }, { seen, tags: [], holds: [] });
    const { codes, gone } = await desk.reveal(order.id, anna);
    expect(codes[0]?.metadata).toHaveLength(1);
    expect(gone).toBe(0);
  });

  it('is all there is: codes that are no longer here cannot be sent again', async () => {
    const { desk, order } = await bought();
    const { reference } = order;
    expect(await problemOf(desk.resend(order.id, ben))).toEqual({
      code: 'nothing_to_resend',
      reference,
    });
  });
});

describe('an order that nobody approved', () => {
  it('is in no day of deliveries', async () => {
    const desk = await openDesk();
    await desk.tick();
    const order = await ask(desk, await quote(desk, { member: cleo }));
    await days(desk, 33);
    expect(await desk.stored(order.id)).toMatchObject({ status: 'expired' });
    expect((await desk.stored(order.id)).purgedAt).toBeUndefined();
  });
});
