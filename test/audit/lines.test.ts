import { describe, expect, it } from 'vitest';
import { append, auditEntrySchema, CHAIN } from '../../src/audit/chain.ts';
import type { AuditLine } from '../../src/audit/lines.ts';
import type { AuditKind } from '../../src/audit/query.ts';
import { en } from '../../src/i18n/en.ts';
import type { Page } from '../../src/store/storage.ts';
import { anna, ask, ben, buy, cleo, type Desk, olga, openDesk, problemOf, quote } from '../orders/desk.ts';
import { auditOf } from '../policy/recording.ts';

type Audit = ReturnType<typeof auditOf>;
type Filter = Parameters<Audit['lines']>[1];
const HOUR = 60 * 60_000;

const shape = (lines: readonly AuditLine[]) => lines.map(({ order, entries }) => order ?? entries[0]?.deed.what);

/** All pages of so many lines. */
async function pagesOf(audit: Audit, filter: Filter, limit: number) {
  const pages: AuditLine[][] = [];
  let before: string | undefined;
  do {
    const page = await audit.lines(anna, filter, { limit, before });
    pages.push(page.lines);
    before = page.next;
  } while (before !== undefined);
  return pages;
}

/** Three orders whose steps lie between each other, a stop, and a setting. */
async function busyDesk() {
  const desk = await openDesk();
  const audit = auditOf(desk);
  const first = await quote(desk, { member: cleo });
  const second = await quote(desk, { member: cleo, quantity: 2 });
  desk.clock.advance(1_000);
  await ask(desk, second);
  desk.clock.advance(1_000);
  const bought = await buy(desk);
  desk.clock.advance(1_000);
  await ask(desk, first);
  desk.clock.advance(1_000);
  await desk.stopPurchases(olga);
  desk.clock.advance(1_000);
  await desk.policies.change('guild', 'olga', (policy) => ({ ...policy, mostCards: 5 }));
  return { desk, audit, first, second, bought };
}

/** How often the chain's lists and single entries are read. */
function counted(desk: Desk) {
  const count = { lists: 0, entries: 0 };
  const records: typeof desk.store.records = (namespace, schema) => {
    const real = desk.store.records(namespace, schema);
    if (namespace !== 'audit') return real;
    const tagged = async (tag: string, page: Page) => {
      const found = await real.tagged(tag, page);
      count.lists++;
      count.entries += found.records.length;
      return found;
    };
    return { ...real, tagged };
  };
  return { audit: auditOf(desk, { ...desk.store, records }), count };
}

describe('the lines of the audit', () => {
  it('are one an order, where its newest entry stands, and one for each entry of anything else', async () => {
    const { audit, first, second, bought } = await busyDesk();
    const { lines, next } = await audit.lines(anna, {}, { limit: 10 });
    expect(shape(lines)).toEqual(['settings.changed', 'stop.stopped', first.id, bought.id, second.id]);
    expect(next).toBeUndefined();
    expect(lines[2]?.entries.map(({ deed }) => deed.what)).toEqual(['order.awaiting_approval', 'order.quoted']);
  });

  it.each([1, 2, 3, 4, 5])('are the same in pages of %d, and no page is empty', async (limit) => {
    const { audit } = await busyDesk();
    const { lines } = await audit.lines(anna, {}, { limit: 10 });
    const pages = await pagesOf(audit, {}, limit);
    expect(pages.flat()).toEqual(lines);
    expect(pages.map(({ length }) => length)).not.toContain(0);
  });

  it('can be of one kind, and of one person', async () => {
    const { desk, audit, first, second, bought } = await busyDesk();
    await desk.reveal(bought.id, anna);
    await desk.delegates.name({ guild: 'guild', approver: 'anna', delegate: 'cleo', until: desk.clock.now() + HOUR });
    const of = async (kind: AuditKind, member?: string) => {
      const filter = await audit.choose(anna, { kind, member }, en.rewardTimes.says);
      return shape((await audit.lines(anna, filter, { limit: 10 })).lines);
    };
    expect(await of('orders')).toEqual([bought.id, first.id, second.id]);
    expect(await of('orders', 'cleo')).toEqual([first.id, second.id]);
    expect(await of('stops')).toEqual(['stop.stopped']);
    expect(await of('settings')).toEqual(['settings.changed']);
    expect(await of('reveals')).toEqual(['order.delivered']);
    expect(await of('delegates')).toEqual(['delegation.named']);
    expect(await of('delegates', 'ben')).toEqual([]);
    expect(await of('cases')).toEqual([]);
    expect(await of('campaigns')).toEqual([]);
  });

  it('of one order are its entries', async () => {
    const { audit, bought } = await busyDesk();
    const { lines } = await audit.lines(anna, { order: bought.id }, { limit: 10 });
    expect(lines.map(({ entries }) => entries.length)).toEqual(lines.map(() => 1));
    expect(shape(lines)).toEqual([
      ...['order.delivered', 'order.bought', 'order.buying', 'order.approved', 'order.quoted'],
    ]);
  });

  it('are of their own server only, and for approvers', async () => {
    const { audit, bought } = await busyDesk();
    const elsewhere = { ...anna, guild: 'other' };
    expect((await audit.lines(elsewhere, {}, { limit: 10 })).lines).toEqual([]);
    expect((await audit.lines(elsewhere, { order: bought.id }, { limit: 10 })).lines).toEqual([]);
    expect(await problemOf(audit.lines(ben, {}, { limit: 10 }))).toEqual(
      await problemOf(audit.entries(ben, {}, { limit: 10 })),
    );
    expect(await problemOf(audit.lines(cleo, {}, { limit: 10 }))).toEqual({ code: 'approvers_only' });
  });

  it('cost as much with a long audit as with a short one, and what is rare is looked for page by page', async () => {
    const { desk } = await busyDesk();
    const records = desk.store.records(CHAIN, auditEntrySchema);
    const costs: object[] = [];
    for (const [from, upTo] of [
      [0, 60],
      [60, 1_100],
    ] as const) {
      const deeds = Array.from({ length: upTo - from }, (_, n) => {
        const change = { field: 'mostCards', from: '1', to: '2' };
        return {
          id: `x/${from + n}/0`,
          at: desk.clock.now(),
          guild: 'guild',
          by: 'olga',
          what: 'settings.changed',
          change,
        };
      });
      await auditOf(desk).tick();
      await append({ records, ownerGuild: 'guild', clock: desk.clock }, deeds);
      const { audit, count } = counted(desk);
      await audit.tick();
      const before = { ...count };
      await audit.lines(anna, {}, { limit: 10 });
      costs.push({ lists: count.lists - before.lists, entries: count.entries - before.entries });
    }
    expect(costs[1]).toEqual(costs[0]);
    const { audit, count } = counted(desk);
    const rare = await audit.lines(anna, { kind: 'stops' }, { limit: 10 });
    expect(rare.lines).toEqual([]);
    expect(count.entries).toBeLessThan(1_200);
    const older = await audit.lines(anna, { kind: 'stops' }, { limit: 10, before: rare.next });
    expect(shape(older.lines)).toEqual(['stop.stopped']);
  });
});
