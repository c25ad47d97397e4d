import type { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { type AuditEntry, auditEntryKey, hashOf } from '../../src/audit/chain.ts';
import { anna, ask, buy, cleo, type Desk, olga, openDesk, quote } from '../orders/desk.ts';
import { auditOf, chainOf, verify } from '../policy/recording.ts';
import { edit, editWithKey, tamper } from '../store/with-the-key.ts';

/** Six entries of a purchase with a reveal, two of a stop, one of a setting. */
async function keptDesk(): Promise<Desk> {
  const desk = await openDesk();
  const order = await buy(desk);
  await desk.reveal(order.id, anna);
  desk.clock.advance(1_000);
  await desk.stopPurchases(olga, 'We count');
  await desk.resumePurchases(olga);
  desk.clock.advance(1_000);
  await changed(desk, 5);
  await auditOf(desk).tick();
  return desk;
}
/** One deed, of whatever kind. */
const changed = (desk: Desk, mostCards: number) =>
  desk.policies.change('guild', 'olga', (policy) => ({ ...policy, mostCards }));
const NEWEST = 9;
const BOUGHT = 4;

const editEntry = (desk: Desk, number: number, change: (entry: AuditEntry) => unknown) =>
  editWithKey(desk.file, 'audit', auditEntryKey(number), change as never);
const remove = (desk: Desk, number: number) =>
  tamper(desk.file, (db) => {
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
    await changed(desk, 6);
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
    editWithKey(desk.file, 'orders', id, (order) => {
      const history = order.history as { by: string }[];
      if (history[1]) history[1].by = 'ben';
    });
    expect(await codesOf(desk)).toEqual([['differs', 2]]);
    editWithKey(desk.file, 'orders', id, (order) => void (order.history as unknown[]).pop());
    expect(await codesOf(desk)).toContainEqual(['put_back', 6]);
    tamper(desk.file, (db) => db.prepare("DELETE FROM entries WHERE namespace = 'orders'").run());
    expect((await codesOf(desk)).filter(([code]) => code === 'record_gone')).toHaveLength(6);
  });

  it('finds a stop that was changed', async () => {
    const desk = await keptDesk();
    const stop = (await chainOf(desk)).find(({ deed }) => deed.what === 'stop.stopped');
    const [, id = ''] = stop?.deed.id.split('/') ?? [];
    editWithKey(desk.file, 'stops', id, (record) => Object.assign(record, { by: 'ben' }));
    expect(await codesOf(desk)).toEqual([['differs', stop?.number]]);
  });

  it('finds a record that was changed without the key, and takes no other for wrong', async () => {
    const desk = await keptDesk();
    const id = (await chainOf(desk))[0]?.deed.about?.order ?? '';
    edit(desk.file, 'orders', id, (order) => Object.assign(order, { requester: 'ben' }));
    expect((await verify(desk)).problems).toEqual([{ code: 'record_unreadable', at: `orders/${id}` }]);
    edit(desk.file, 'audit', auditEntryKey(BOUGHT), (entry) => Object.assign(entry, { at: 5 }));
    expect(await codesOf(desk)).toEqual([
      ['record_unreadable', undefined],
      ['unreadable', BOUGHT],
    ]);
  });

  it('finds an order that was put back to an older version of itself, which is authentic', async () => {
    const desk = await openDesk();
    const { id } = await ask(desk, await quote(desk, { member: cleo }));
    const whole = (db: DatabaseSync) => db.prepare("SELECT * FROM entries WHERE namespace = 'orders'").get();
    const old = tamper(desk.file, whole);
    await desk.cancel(id, cleo);
    await auditOf(desk).tick();
    const restore = "UPDATE entries SET value = ?, version = ? WHERE namespace = 'orders'";
    tamper(desk.file, (db) => db.prepare(restore).run(String(old?.value), Number(old?.version)));
    const { problems } = await verify(desk);
    expect(problems).toContainEqual(expect.objectContaining({ code: 'put_back', number: 3 }));
    // Nor is it listed as it was then.
    expect(problems).toContainEqual({ code: 'misplaced', at: `orders/${id}` });
  });

  it('finds steps that no entry has, also where none of the record is in the chain', async () => {
    const desk = await openDesk();
    await ask(desk, await quote(desk, { member: cleo }));
    await auditOf(desk).tick();
    remove(desk, 1);
    remove(desk, 2);
    const { problems } = await verify(desk);
    expect(problems.map(({ code }) => code)).toEqual(['left_out', 'left_out']);
    expect(problems).toMatchObject([{ deed: { what: 'order.quoted' } }, {}]);
  });

  it('finds a policy that its changes do not explain, and an order that is not where its last step has led', async () => {
    const desk = await keptDesk();
    await desk.policies.change('guild', 'olga', (policy) => ({ ...policy, mostCards: 7 }));
    await auditOf(desk).tick();
    expect((await verify(desk)).found).toBe(0);
    const more = { free: { perOrder: '1000', perDay: '1000' } };
    editWithKey(desk.file, 'settings', 'guild', ({ policy }) => Object.assign(policy as object, more));
    const id = (await chainOf(desk))[0]?.deed.about?.order ?? '';
    editWithKey(desk.file, 'orders', id, (order) => Object.assign(order, { status: 'approved' }));
    expect((await verify(desk)).problems).toEqual([
      { code: 'unexplained', at: `orders/${id}` },
      { code: 'unexplained', at: 'settings/guild' },
    ]);
  });

  it('finds a record that was taken out of a list or has lost a name, by which it would be found', async () => {
    for (const table of ['tags', 'holds']) {
      const desk = await keptDesk();
      const id = (await chainOf(desk))[0]?.deed.about?.order ?? '';
      const all = `DELETE FROM ${table} WHERE entry = (SELECT seq FROM entries WHERE namespace = 'orders' AND key = ?)`;
      tamper(desk.file, (db) => db.prepare(all).run(id));
      expect((await verify(desk)).problems).toEqual([{ code: 'misplaced', at: `orders/${id}` }]);
    }
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
    for (let i = 0; i < 120; i++) await desk.policies.change(`guild-${i}`, 'olga', (was) => ({ ...was, mostCards: 5 }));
    await auditOf(desk).tick();
    for (let number = 1; number <= 100; number++) {
      editEntry(desk, number, (entry) => void entry.at++);
    }
    const { found, problems } = await verify(desk);
    expect([found, problems.length]).toEqual([100, 20]);
    for (let number = 1; number <= 110; number++) remove(desk, number);
    const less = await verify(desk);
    // That they are missing, and what each of them would say.
    expect([less.found, less.problems[0]]).toEqual([111, { code: 'missing', from: 1, to: 110 }]);
  });
});
