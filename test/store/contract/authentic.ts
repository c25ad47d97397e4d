import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { walk } from '../../../src/store/keyv/records.ts';
import { openStoreOn } from '../../../src/store/open.ts';
import type { ShapeStep, ShapeSteps } from '../../../src/store/versions/shapes.ts';
import { newKey, type OpenBench, useBench } from './bench.ts';
import { makeOlder, olderSecrets, sealUnder, unsealed } from './older.ts';
import { free, ordersOf } from './order.ts';

const held = { version: 1, status: 'held' };
const step = (since: string): ShapeStep => ({ since, does: 'something else' });

const forgeries: [string, (text: string, other: string) => string][] = [
  ['has another word in it', (text) => text.replace('held', 'paid')],
  ['has no seal', unsealed],
  ['has a seal of somebody else', (text) => text.replace(/"mac":"[^"]+"/, `"mac":"${'A'.repeat(43)}"`)],
  ['is another record', (_, other) => other],
  ['says that it has another shape', (text) => text.replace(/"shape":\d+/, '"shape":9')],
  ['is no JSON', (text) => text.slice(9)],
];

export function describeAuthentic(open: OpenBench): void {
  describe('a guarded record', () => {
    const fixture = useBench(open);
    const openWith = async (steps: ShapeSteps) => openStoreOn(await fixture.connect(), fixture.encryptionKey, steps);

    async function make(...keys: string[]): Promise<void> {
      const orders = ordersOf(await fixture.open());
      for (const key of keys) {
        await orders.write(key, { status: 'held' }, { seen: 0, tags: ['open'], holds: [`reference/${key}`] });
      }
    }

    /** What somebody does who can write to the database and has no key. */
    async function edit(key: string, change: (text: string) => string | Promise<string>): Promise<void> {
      const orders = (await fixture.connect()).plain('orders');
      await fixture.bench.toFirstLayout();
      const text = String(await orders.get(key));
      await orders.exchange(key, text, await change(text));
    }
    const secretsOf = async () => String(await (await fixture.connect()).plain('store').get('secrets'));
    const textOf = async (key: string) => String(await (await fixture.connect()).plain('orders').get(key));

    it.each(forgeries)('is none once it %s, and stops no other', async (_, forge) => {
      await make('a', 'b', 'c');
      const other = await textOf('a');
      await edit('b', (text) => forge(text, other));
      const store = await fixture.open();
      const orders = ordersOf(store);
      await expect(orders.get('b')).rejects.toMatchObject({
        ...{ code: 'broken', isUnreadable: true, message: expect.stringContaining('orders/b') },
        record: { namespace: 'orders', key: 'b', fault: 'not_authentic' },
      });
      expect(await orders.tagged('open', { limit: 10 })).toEqual({ records: [held, held], unreadable: ['b'] });
      const missed: string[] = [];
      const walked: unknown[] = [];
      for await (const order of walk(orders, 'open', (key) => missed.push(key))) walked.push(order);
      expect([walked, missed]).toEqual([[held, held], ['b']]);
      expect(await orders.holder('reference/b')).toBe('b');
      expect(store.unreadable()).toEqual([expect.objectContaining({ namespace: 'orders', key: 'b' })]);
      expect(await orders.write('c', { status: 'paid' }, { seen: 1, ...free })).toEqual({ ok: true, version: 2 });
    });

    it('is none where an older text of it stands beside a newer version', async () => {
      await make('a');
      const old = await textOf('a');
      await ordersOf(await fixture.open()).write('a', { status: 'paid' }, { seen: 1, ...free });
      await edit('a', () => old);
      const orders = ordersOf(await fixture.open());
      await expect(orders.get('a')).rejects.toMatchObject({ record: { fault: 'not_authentic' } });
    });

    it('of a later version of Cardigan is never misread: an older one refuses to start, and says which it needs', async () => {
      const second = { orders: [step('1.3.0')] };
      const later = await openWith(second);
      await ordersOf(later).write('a', { status: 'new' }, { seen: 0, ...free });
      await later.close();
      const needs = (version: string) => ({
        code: 'newer',
        message: expect.stringContaining(`run ${version} or later.`),
      });
      await expect(openWith({})).rejects.toMatchObject(needs('1.3.0'));
      const third = { orders: [step('1.3.0')], others: [step('1.3.0'), step('2.0.0')] };
      const latest = await openWith(third);
      expect(await ordersOf(latest).get('a')).toEqual({ version: 1, status: 'new' });
      await latest.close();
      const before = await secretsOf();
      await expect(openWith(second)).rejects.toMatchObject(needs('2.0.0'));
      // Nor is anything sealed anew for a key that is being changed.
      const both = `${newKey()},${fixture.encryptionKey}`;
      const refused = openStoreOn(await fixture.connect(), both, second);
      await expect(refused).rejects.toMatchObject(needs('2.0.0'));
      expect(await secretsOf()).toBe(before);
      // Who knows all of it may be any version.
      await (await openWith({ ...third, more: [] })).close();
    });

    it('of an earlier shape is read as one of now, and stored so once it is next written', async () => {
      const earlier = await openWith({ orders: [step('1.1.0')] });
      const orders = ordersOf(earlier);
      for (const key of ['a', 'b'])
        await orders.write(key, { status: ':held' }, { seen: 0, tags: ['open'], holds: [] });
      await earlier.close();
      const before = await textOf('a');
      const grows = (word: string): ShapeStep => ({
        ...step('1.2.0'),
        upgrade: (stored) => ({ ...(stored as object), status: `${(stored as { status: string }).status}${word}` }),
      });
      const steps = { orders: [step('1.1.0'), grows(' once'), grows(' twice')] };
      const read = { version: 1, status: ':held once twice' };
      const now = await openWith(steps);
      expect(await ordersOf(now).get('a')).toEqual(read);
      expect((await ordersOf(now).tagged('open', { limit: 5 })).records).toEqual([read, read]);
      await now.close();
      expect(await textOf('a')).toBe(before);
      const writing = ordersOf(await openWith(steps));
      await writing.write('a', { status: read.status }, { seen: 1, ...free });
      expect(await writing.get('a')).toEqual({ ...read, version: 2 });
      expect(await writing.get('b')).toEqual(read);
      expect(await textOf('a')).toContain('"shape":4');
    });

    it('that a step cannot make one of now of is unreadable, and stops no other', async () => {
      const earlier = await openWith({});
      for (const key of ['a', 'b']) await ordersOf(earlier).write(key, { status: key }, { seen: 0, ...free });
      await earlier.close();
      const upgrade = (stored: unknown) => {
        if ((stored as { status: string }).status === 'a') throw new TypeError('spoilt: a');
        return stored;
      };
      const orders = ordersOf(await openWith({ orders: [{ ...step('1.1.0'), upgrade }] }));
      const record = { namespace: 'orders', key: 'a', fault: 'invalid' };
      await expect(orders.get('a')).rejects.toMatchObject({ isUnreadable: true, record });
      expect(await orders.get('b')).toMatchObject({ status: 'b' });
    });
  });

  describe('a store from before records were authentic', () => {
    const fixture = useBench(open);

    async function older(records: number): Promise<void> {
      const orders = ordersOf(await fixture.open());
      const guard = { tags: ['open'], holds: [] };
      for (let at = 0; at < records; at++) await orders.write(`o${at}`, { status: 'held' }, { seen: 0, ...guard });
      await orders.write('o0', { status: 'paid' }, { seen: 1, ...guard });
      const database = await fixture.connect();
      await fixture.bench.toFirstLayout();
      await makeOlder(database, fixture.encryptionKey, ['orders']);
    }

    it('is believed once, says so, and is authentic from then on', async () => {
      await older(230);
      const store = await fixture.open();
      expect(store.notices).toEqual([expect.stringMatching(/230 records were accepted/)]);
      expect(store.authentic.records).toBe(230);
      const orders = ordersOf(store);
      expect(await orders.get('o0')).toEqual({ version: 2, status: 'paid' });
      expect((await orders.tagged('open', { limit: 300 })).records).toHaveLength(230);
      expect(await orders.write('o0', { status: 'sent' }, { seen: 2, ...free })).toMatchObject({ ok: true });
      const again = await fixture.open();
      expect([again.notices, again.authentic]).toEqual([[], store.authentic]);
      const plain = (await fixture.connect()).plain('orders');
      await fixture.bench.toFirstLayout();
      const text = String(await plain.get('o1'));
      await plain.exchange('o1', text, unsealed(text));
      await expect(ordersOf(await fixture.open()).get('o1')).rejects.toMatchObject({ record: { key: 'o1' } });
    });

    it('is gone on with where its first start was cut short, anywhere', async () => {
      await older(3);
      let interrupted = 0;
      for (let at = 1; ; at++) {
        await fixture.close();
        let calls = 0;
        const restore = fixture.bench.beforeEachCall(() => {
          if (++calls === at) throw new Error('injected');
        });
        const cut = await fixture.open().catch((error: unknown) => error);
        restore();
        if (calls < at) break;
        expect(cut).toMatchObject({ name: 'StoreError', cause: { message: 'injected' } });
        interrupted++;
      }
      expect(interrupted).toBeGreaterThan(5);
      const orders = ordersOf(await fixture.open());
      for (const key of ['o0', 'o1', 'o2']) expect(await orders.get(key)).toBeDefined();
    });

    it('is not what somebody makes of one by putting its old secrets back, or by taking them away', async () => {
      await older(3);
      await fixture.open();
      await olderSecrets(await fixture.connect(), fixture.encryptionKey);
      const message = expect.stringContaining('put them back');
      await expect(fixture.open()).rejects.toMatchObject({ code: 'broken', message });
      await (await fixture.connect()).plain('store').clear();
      const gone = expect.stringContaining('secrets are gone');
      await expect(fixture.open()).rejects.toMatchObject({ code: 'broken', message: gone });
    });
  });

  describe('what is sealed under several keys', () => {
    const fixture = useBench(open);
    const [next, third] = [newKey(), newKey()];

    it('is sealed anew at every start with two keys, and counted at the next one with one', async () => {
      const codes = z.array(z.string());
      const [both, counted] = [`${next},${fixture.encryptionKey}`, /codes of 1 order are sealed under another/];
      await (await fixture.open()).vault(codes).seal('a', ['A']);
      await fixture.open(both);
      // A process that knows the old key only was still at work.
      await sealUnder(await fixture.connect(), fixture.encryptionKey, 'b', ['B']);
      expect((await fixture.open(next)).notices).toEqual([expect.stringMatching(counted)]);
      await fixture.open(both);
      const whole = await fixture.open(next);
      expect(whole.notices).toEqual([]);
      expect(await whole.vault(codes).open('b')).toEqual(['B']);
      // Nothing is looked through any more at a start like most.
      await sealUnder(await fixture.connect(), third, 'c', ['C']);
      expect((await fixture.open(next)).notices).toEqual([]);
      expect((await fixture.open(both)).notices).toEqual([expect.stringMatching(counted)]);
    });
  });
}
