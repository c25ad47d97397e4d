import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { type AuditEntry, auditEntryKey, hashOf } from '../../src/audit/chain.ts';
import { anna, buy, type Desk, olga, openDesk, quote } from '../orders/desk.ts';
import { auditOf, chainOf, verify } from '../policy/recording.ts';

/** Six entries of a purchase with a reveal, one of a stop, one of another quote. */
async function keptDesk(): Promise<Desk> {
  const desk = await openDesk();
  const order = await buy(desk);
  await desk.reveal(order.id, anna);
  desk.clock.advance(1_000);
  await desk.stopPurchases(olga, 'We count');
  await desk.resumePurchases(olga);
  desk.clock.advance(1_000);
  await quote(desk, { quantity: 2 });
  await auditOf(desk).tick();
  return desk;
}
const NEWEST = 9;
const BOUGHT = 4;

/** Somebody with the database in their hands, past everything that Cardigan does. */
function tamper<T>({ file }: Desk, work: (db: DatabaseSync) => T): T {
  using db = new DatabaseSync(file);
  db.exec('PRAGMA foreign_keys = OFF');
  return work(db);
}

function edit(desk: Desk, namespace: string, key: string, change: (record: Record<string, unknown>) => unknown): void {
  tamper(desk, (db) => {
    const where = 'WHERE namespace = ? AND key = ?';
    const row = db.prepare(`SELECT value FROM entries ${where}`).get(namespace, key);
    const stored = JSON.parse(String(row?.value));
    change(stored.value);
    db.prepare(`UPDATE entries SET value = ? ${where}`).run(JSON.stringify(stored), namespace, key);
  });
}
const editEntry = (desk: Desk, number: number, change: (entry: AuditEntry) => unknown) =>
  edit(desk, 'audit', auditEntryKey(number), change as never);
const remove = (desk: Desk, number: number) =>
  tamper(desk, (db) => {
    const row = db.prepare("SELECT seq FROM entries WHERE namespace = 'audit' AND key = ?").get(auditEntryKey(number));
    const seq = Number(row?.seq);
    for (const table of ['tags', 'holds']) db.prepare(`DELETE FROM ${table} WHERE entry = ?`).run(seq);
    db.prepare('DELETE FROM entries WHERE seq = ?').run(seq);
  });
/** Works out all hashes anew from this entry on, as somebody would who knows how. */
async function forgeFrom(desk: Desk, number: number): Promise<void> {
  let previous = (await chainOf(desk))[number - 2]?.hash ?? '';
  for (const { number: at } of (await chainOf(desk)).slice(number - 1)) {
    editEntry(desk, at, (entry) => {
      entry.previous = previous;
      entry.hash = hashOf(entry);
      previous = entry.hash;
    });
  }
}
const codesOf = async (desk: Desk, posted?: { number: number; hash: string }) =>
  (await verify(desk, posted)).problems.map((problem) => [
    problem.code,
    'number' in problem ? problem.number : undefined,
  ]);

describe('the check of the record', () => {
  it('is content with an empty one, and with one that nobody has touched', async () => {
    expect(await verify(await openDesk())).toMatchObject({ newest: 0, found: 0, waiting: 0 });
    const desk = await keptDesk();
    const chain = await chainOf(desk);
    expect(await verify(desk)).toMatchObject({
      newest: NEWEST,
      found: 0,
      hash: chain.at(-1)?.hash,
    });
    for (const posted of chain) expect((await verify(desk, posted)).found).toBe(0);
  });

  it('only counts what has not been taken in yet', async () => {
    const desk = await keptDesk();
    await quote(desk);
    expect(await verify(desk)).toMatchObject({ found: 0, waiting: 1 });
  });

  const changes: [string, (entry: AuditEntry) => unknown][] = [
    ['when', (entry) => void entry.deed.at++],
    ['when it was written down', (entry) => void entry.at++],
    ['by whom', (entry) => Object.assign(entry.deed, { by: 'ben' })],
    ['for whom', (entry) => Object.assign(entry.deed, { for: 'ben' })],
    ['where', (entry) => Object.assign(entry.deed, { guild: 'other' })],
    ['what', (entry) => Object.assign(entry.deed, { what: 'order.closed' })],
    ['why', (entry) => Object.assign(entry.deed, { why: 'asked' })],
    ['a detail', (entry) => Object.assign(entry.deed, { detail: 'nothing to see' })],
    ['an amount', (entry) => Object.assign(entry.deed, { amount: { amount: '1', currency: 'USD' } })],
    ['a currency', (entry) => Object.assign(entry.deed, { amount: { amount: '4.9', currency: 'EUR' } })],
    ['a change', (entry) => Object.assign(entry.deed, { change: { field: 'a', from: 'b', to: 'c' } })],
    ['a member', (entry) => Object.assign(entry.deed, { about: about({ member: 'ben' }, entry) })],
    ['an item', (entry) => Object.assign(entry.deed, { about: about({ item: '1 × x' }, entry) })],
    ['a reference', (entry) => Object.assign(entry.deed, { about: about({ reference: 'ABC123' }, entry) })],
  ];
  const about = (more: object, { deed }: AuditEntry) => ({ ...deed.about, ...more }) as never;

  it.each(changes)('finds an entry that says another thing: %s', async (_, change) => {
    const desk = await keptDesk();
    editEntry(desk, BOUGHT, change);
    expect(await codesOf(desk)).toContainEqual(['changed', BOUGHT]);
  });

  it.each(changes)(
    'finds it also where all hashes were worked out anew, by a hash that was posted before: %s',
    async (_, change) => {
      const desk = await keptDesk();
      const posted = (await chainOf(desk))[NEWEST - 2];
      editEntry(desk, BOUGHT, change);
      await forgeFrom(desk, BOUGHT);
      expect(await codesOf(desk, posted)).toContainEqual(['posted_differs', NEWEST - 1]);
    },
  );

  it('finds it by the record that it came from, even without a posted hash', async () => {
    const desk = await keptDesk();
    editEntry(desk, BOUGHT, (entry) => Object.assign(entry.deed, { by: 'ben' }));
    await forgeFrom(desk, BOUGHT);
    const { problems } = await verify(desk);
    expect(problems).toMatchObject([
      { code: 'differs', number: BOUGHT, says: { by: 'ben' }, record: { by: 'cardigan' } },
    ]);
  });

  it('finds hashes and numbers that were changed themselves', async () => {
    const desk = await keptDesk();
    editEntry(desk, BOUGHT, (entry) => Object.assign(entry, { hash: 'f'.repeat(64) }));
    expect(await codesOf(desk)).toEqual([
      ['changed', BOUGHT],
      ['unlinked', BOUGHT + 1],
    ]);
    editEntry(desk, 1, (entry) => Object.assign(entry, { previous: 'x' }));
    expect(await codesOf(desk)).toContainEqual(['unlinked', 1]);
    editEntry(desk, 6, (entry) => Object.assign(entry, { number: 60 }));
    expect(await codesOf(desk)).toContainEqual(['misnumbered', 6]);
    editEntry(desk, 7, (entry) => void delete (entry as Partial<AuditEntry>).deed);
    expect(await codesOf(desk)).toContainEqual(['unreadable', 7]);
  });

  it.each(Array.from({ length: NEWEST }, (_, i) => [i + 1]))(
    'finds entry %d left out: by its number, or by the posted hash',
    async (number) => {
      const desk = await keptDesk();
      const posted = (await chainOf(desk)).at(-1);
      remove(desk, number);
      const { problems } = await verify(desk, posted);
      const expected =
        number === NEWEST
          ? { code: 'posted_missing', number, newest: NEWEST - 1 }
          : { code: 'missing', from: number, to: number };
      expect(problems).toContainEqual(expected);
    },
  );

  it('finds the last steps of an order left out by what the order says of itself', async () => {
    const desk = await openDesk();
    await buy(desk);
    await auditOf(desk).tick();
    remove(desk, 5);
    expect((await verify(desk)).problems).toMatchObject([{ code: 'left_out', deed: { what: 'order.delivered' } }]);
  });

  it('finds a step of an order that was changed or taken away after it was taken in', async () => {
    const desk = await keptDesk();
    const id = (await chainOf(desk))[0]?.deed.about?.order ?? '';
    edit(desk, 'orders', id, (order) => {
      const history = order.history as { by: string }[];
      if (history[1]) history[1].by = 'ben';
    });
    expect(await codesOf(desk)).toEqual([['differs', 2]]);
    edit(desk, 'orders', id, (order) => void (order.history as unknown[]).pop());
    expect(await codesOf(desk)).toContainEqual(['record_gone', 6]);
    tamper(desk, (db) => db.prepare("DELETE FROM entries WHERE namespace = 'orders'").run());
    expect((await codesOf(desk)).filter(([code]) => code === 'record_gone')).toHaveLength(7);
  });

  it('finds a stop that was changed', async () => {
    const desk = await keptDesk();
    const stop = (await chainOf(desk)).find(({ deed }) => deed.what === 'stop.stopped');
    const [, id = ''] = stop?.deed.id.split('/') ?? [];
    edit(desk, 'stops', id, (record) => Object.assign(record, { by: 'ben' }));
    expect(await codesOf(desk)).toEqual([['differs', stop?.number]]);
  });

  it('finds a deed that is said a second time', async () => {
    const desk = await keptDesk();
    const first = (await chainOf(desk))[0];
    editEntry(desk, NEWEST, (entry) => Object.assign(entry, { deed: first?.deed }));
    await forgeFrom(desk, NEWEST);
    expect(await codesOf(desk)).toContainEqual(['twice', NEWEST]);
  });

  it('says how many problems there are, and tells the first ones', async () => {
    const desk = await openDesk();
    for (let i = 0; i < 120; i++) await quote(desk);
    await auditOf(desk).tick();
    for (let number = 1; number <= 100; number++) {
      editEntry(desk, number, (entry) => void entry.at++);
    }
    const { found, problems } = await verify(desk);
    expect([found, problems.length]).toEqual([100, 20]);
    for (let number = 1; number <= 110; number++) remove(desk, number);
    expect((await verify(desk)).problems).toEqual([{ code: 'missing', from: 1, to: 110 }]);
  });
});
