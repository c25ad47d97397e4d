import { randomBytes } from 'node:crypto';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { HASH_OF_NOTHING } from '../../src/audit/chain.ts';
import { en } from '../../src/i18n/en.ts';
import type { Member } from '../../src/lib/member.ts';
import { openStore } from '../../src/store/open.ts';
import {
  anna,
  ask,
  ben,
  buy,
  cleo,
  confirm,
  type Desk,
  olga,
  openDesk,
  problemOf,
  QUOTE_LASTS_MS,
  quote,
} from '../orders/desk.ts';
import { createMortal } from '../orders/mortal.ts';
import { auditOf, chainOf, verify } from '../policy/recording.ts';
import { createScratchSchema } from '../postgres/scratch-schema.ts';

const DAY = 24 * 60 * 60_000;
const range = (length: number) => Array.from({ length }, (_, i) => i);
const whatIn = async (desk: Desk) => (await chainOf(desk)).map(({ deed }) => deed.what);

/** Each order's steps are in the chain, each once and in their order, and the chain is whole. */
async function expectAllTakenIn(desk: Desk, ids: readonly string[]): Promise<void> {
  const chain = await chainOf(desk);
  for (const id of ids) {
    const { history, audited } = await desk.stored(id);
    const own = chain.filter(({ deed }) => deed.about?.order === id);
    expect(own.map(({ deed }) => deed.id)).toEqual(history.map((_, i) => `order/${id}/${i}`));
    expect(own.map(({ deed }) => [deed.at, deed.by])).toEqual(history.map((s) => [s.at, s.by]));
    expect(audited).toBe(history.length);
  }
  // Nothing is left to be looked at again.
  expect((await desk.orderRecords.tagged('unaudited', { limit: 1 })).records).toEqual([]);
  expect(await verify(desk)).toMatchObject({ found: 0, problems: [], newest: chain.length });
}

describe('the record of who did what', () => {
  it('has every step of an order once, with who, for what and how much, and no code', async () => {
    const desk = await openDesk();
    const audit = auditOf(desk);
    const order = await buy(desk, { quantity: 2 });
    await desk.reveal(order.id, anna);
    await audit.tick();
    await audit.tick();
    await expectAllTakenIn(desk, [order.id]);
    const chain = await chainOf(desk);
    expect(chain.map(({ deed }) => [deed.what, deed.why])).toEqual([
      ['order.quoted', 'asked'],
      ['order.approved', 'confirmed'],
      ['order.buying', undefined],
      ['order.bought', undefined],
      ['order.delivered', 'dm_sent'],
      ['order.delivered', 'revealed'],
    ]);
    expect(chain[0]?.deed).toMatchObject({
      guild: 'guild',
      by: 'anna',
      amount: { amount: '9.8', currency: 'USD' },
      about: { order: order.id, reference: order.reference, member: 'anna' },
    });
    expect(chain[3]?.deed.amount).toEqual(order.remote?.charged);
    expect(JSON.stringify(chain)).not.toMatch(/SECRET|PIN/);
  });

  it('has who stopped and resumed purchases, and why', async () => {
    const desk = await openDesk();
    await desk.stopPurchases(olga, 'We count');
    await auditOf(desk).tick();
    desk.clock.advance(1_000);
    await desk.resumePurchases({ ...ben, isAdmin: true });
    await auditOf(desk).tick();
    expect((await chainOf(desk)).map(({ deed }) => deed)).toMatchObject([
      { what: 'stop.stopped', by: 'olga', why: 'asked', detail: 'We count' },
      { what: 'stop.resumed', by: 'ben' },
    ]);
    expect((await verify(desk)).found).toBe(0);
    // The stop is still what it was: it can come again.
    expect((await desk.stopPurchases(olga)).isNew).toBe(true);
  });

  it('has every setting that was changed, by whom, from what to what, and keeps the settings as they are', async () => {
    const desk = await openDesk();
    const { policies } = desk;
    await policies.change('guild', 'olga', (policy) => ({
      ...policy,
      mostCards: 5,
      askers: ['7'],
    }));
    await auditOf(desk).tick();
    desk.clock.advance(1_000);
    await policies.change('guild', 'ben', (policy) => ({ ...policy, mostCards: 6 }));
    await auditOf(desk).tick();
    const said = (await chainOf(desk)).map(({ deed: { by, guild, what, change } }) => [
      by,
      guild,
      what,
      change?.field,
      change?.from,
      change?.to,
    ]);
    expect(said).toEqual([
      ['olga', 'guild', 'settings.changed', 'askers', '[]', '["7"]'],
      ['olga', 'guild', 'settings.changed', 'mostCards', '100', '5'],
      ['ben', 'guild', 'settings.changed', 'mostCards', '5', '6'],
    ]);
    expect(await policies.of('guild')).toMatchObject({ mostCards: 6, askers: ['7'] });
    expect((await verify(desk)).found).toBe(0);
  });

  it('has every delegate that was named and ended, by whom, and keeps them as they are', async () => {
    const desk = await openDesk();
    const { delegates, clock } = desk;
    const until = clock.now() + DAY;
    await delegates.name({ guild: 'guild', approver: 'anna', delegate: 'cleo', until });
    await auditOf(desk).tick();
    await delegates.name({ guild: 'guild', approver: 'anna', delegate: 'dora', until });
    await auditOf(desk).tick();
    const said = (await chainOf(desk)).map(({ deed: { by, guild, what, about } }) => [by, guild, what, about?.member]);
    expect(said).toEqual([
      ['anna', 'guild', 'delegation.named', 'cleo'],
      ['anna', 'guild', 'delegation.ended', 'cleo'],
      ['anna', 'guild', 'delegation.named', 'dora'],
    ]);
    expect(await delegates.delegatorsOf('guild', 'dora')).toEqual(['anna']);
    expect((await verify(desk)).found).toBe(0);
  });

  it('is numbered from 1, and each entry carries the hash of the one before', async () => {
    const desk = await openDesk();
    await Promise.all(
      range(2).map((i) => desk.policies.change(`guild-${i}`, 'olga', (was) => ({ ...was, mostCards: 5 }))),
    );
    await desk.stopPurchases(olga);
    await auditOf(desk).tick();
    const chain = await chainOf(desk);
    expect(chain.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(chain.map(({ previous }) => previous)).toEqual([
      HASH_OF_NOTHING,
      ...chain.slice(0, 2).map(({ hash }) => hash),
    ]);
  });

  it('tells what happened in the order in which it happened, across orders', async () => {
    const desk = await openDesk();
    const first = await quote(desk, { member: cleo });
    desk.clock.advance(1_000);
    const second = await quote(desk, { member: cleo, quantity: 2 });
    desk.clock.advance(1_000);
    await ask(desk, second);
    desk.clock.advance(1_000);
    await ask(desk, first);
    await auditOf(desk).tick();
    expect((await chainOf(desk)).map(({ deed }) => [deed.about?.order, deed.what])).toEqual([
      [first.id, 'order.quoted'],
      [second.id, 'order.quoted'],
      [second.id, 'order.awaiting_approval'],
      [first.id, 'order.awaiting_approval'],
    ]);
  });

  it('has nothing of an offer that nobody took, and all of one that somebody did, from its first step on', async () => {
    const desk = await openDesk();
    const audit = auditOf(desk);
    const [taken, cancelled] = [await quote(desk), await quote(desk)];
    await quote(desk);
    await audit.tick();
    await desk.cancel(cancelled.id, anna);
    await audit.tick();
    expect(await chainOf(desk)).toEqual([]);
    expect(await verify(desk)).toMatchObject({ found: 0, waiting: 0 });
    await confirm(desk, taken);
    await audit.tick();
    await expectAllTakenIn(desk, [taken.id]);
    desk.clock.advance(QUOTE_LASTS_MS);
    await desk.tick();
    await audit.tick();
    await expectAllTakenIn(desk, [taken.id]);
    expect((await chainOf(desk)).every(({ deed }) => deed.about?.order === taken.id)).toBe(true);
  });

  it('takes in more orders than one reading of the list holds', async () => {
    const desk = await openDesk();
    const orders = [];
    for (const i of range(130)) {
      const member = { ...cleo, user: `cleo-${i}` };
      orders.push(await ask(desk, await quote(desk, { member }), member));
    }
    await auditOf(desk).tick();
    await expectAllTakenIn(
      desk,
      orders.map(({ id }) => id),
    );
  });

  it('takes in what is bought at the same time, and is in nobody’s way', async () => {
    const desk = await openDesk();
    const audit = auditOf(desk);
    const orders = [];
    for (const i of range(5)) orders.push(await quote(desk, { quantity: i + 1 }));
    const rounds = desk.vendor.posts;
    desk.vendor.before = async () => {
      await audit.tick();
    };
    const done = await Promise.all(orders.map((order) => confirm(desk, order)));
    expect(done.map(({ status }) => status)).toEqual(range(5).map(() => 'delivered'));
    expect(rounds).toHaveLength(5);
    await audit.tick();
    await expectAllTakenIn(
      desk,
      orders.map(({ id }) => id),
    );
  });

  it('stops nothing when it cannot be kept: that is logged, and made up for', async () => {
    const desk = await openDesk();
    const { records } = desk.store;
    let isBroken = true;
    const broken: typeof records = (namespace, schema) => {
      const real = records(namespace, schema);
      const write: typeof real.write = (...args) =>
        isBroken && namespace === 'audit' ? Promise.reject(new Error('full')) : real.write(...args);
      return { ...real, write };
    };
    const audit = auditOf(desk, { ...desk.store, records: broken });
    const order = await buy(desk);
    await audit.tick();
    expect(JSON.stringify(desk.logged)).toContain('it is tried again');
    expect(await chainOf(desk)).toEqual([]);
    isBroken = false;
    await audit.tick();
    await expectAllTakenIn(desk, [order.id]);
  });
});

describe('a process that dies while it takes in what was done', () => {
  it.each(['before', 'after'] as const)(
    'dies %s each call, and the next one leaves nothing out and nothing twice',
    async (when) => {
      for (let call = 1; ; call++) {
        const desk = await openDesk();
        const order = await buy(desk);
        await desk.stopPurchases(olga);
        const mortal = createMortal({ call, when });
        const end = await Promise.race([
          auditOf(desk, mortal.wrapStore(desk.store))
            .tick()
            .then(() => 'lived'),
          mortal.died,
        ]);
        await auditOf(desk).tick();
        await expectAllTakenIn(desk, [order.id]);
        expect((await whatIn(desk)).filter((what) => what === 'stop.stopped')).toHaveLength(1);
        if (end === 'lived') return;
      }
    },
  );
});

describe.skipIf(!inject('postgresUrl'))('two processes on one database', () => {
  it('that take in the same steps at the same moment make one chain of them', async () => {
    const schema = await createScratchSchema();
    const encryptionKey = randomBytes(32).toString('base64');
    const open = () => openStore({ url: schema.url, encryptionKey });
    const [one, other] = [await open(), await open()];
    onTestFinished(async () => {
      await Promise.all([one.close(), other.close()]);
      await schema.drop();
    });
    const desk = await openDesk({ store: one, ownsStore: false, random: randomBytes });
    const audits = [auditOf(desk), auditOf(desk, other)];
    const ids: string[] = [];
    for (const _ of range(10)) {
      const orders = await Promise.all([quote(desk), quote(desk, { quantity: 2 })]);
      ids.push(...orders.map(({ id }) => id));
      const presses = orders.map(({ id }) => desk.confirm(id, anna));
      await Promise.all([...presses, ...audits.map((audit) => audit.tick())]);
    }
    await Promise.all(audits.map((audit) => audit.tick()));
    expect(desk.logged.filter((each) => 'err' in (each as object))).toEqual([]);
    await expectAllTakenIn(desk, ids);
  });
});

describe('the newest hash of a day', () => {
  const posted = (desk: Desk) =>
    desk.board.notices.flatMap(({ said }) => said).filter(({ kind }) => kind === 'audit_hash');
  async function bring(desk: Desk): Promise<void> {
    // Each time as a process that has just started.
    await auditOf(desk).tick();
    await desk.tick();
  }

  it('is told once the day is over, and once only', async () => {
    const desk = await openDesk();
    await buy(desk);
    await bring(desk);
    expect(posted(desk)).toEqual([]);
    const last = (await chainOf(desk)).at(-1);
    desk.clock.advance(DAY);
    await quote(desk);
    await bring(desk);
    await bring(desk);
    expect(posted(desk)).toEqual([{ kind: 'audit_hash', day: '2026-03-07', number: last?.number, hash: last?.hash }]);
    expect((await verify(desk, last)).found).toBe(0);
  });

  it('is told late rather than never, and not at all for a day on which nothing was done', async () => {
    const desk = await openDesk();
    await desk.stopPurchases(olga);
    await auditOf(desk).tick();
    desk.clock.advance(5 * DAY);
    await bring(desk);
    desk.clock.advance(DAY);
    await bring(desk);
    expect(posted(desk)).toMatchObject([{ day: '2026-03-07', number: 1 }]);
  });
});

describe('what an approver reads', () => {
  const limit = 3;
  async function busyDesk() {
    const desk = await openDesk();
    const audit = auditOf(desk);
    const asked = async (member: Member) => ask(desk, await quote(desk, { member }), member);
    const first = await asked({ ...anna, isManager: false });
    desk.clock.advance(3 * DAY);
    const second = await asked(cleo);
    const elsewhere = await asked({ ...cleo, user: 'anna', guild: 'other' });
    await desk.stopPurchases(olga);
    return { desk, audit, first, second, elsewhere };
  }
  const numbers = ({ entries }: { entries: readonly { number: number }[] }) => entries.map(({ number }) => number);

  it('is up to date, newest first, page by page, and of their own server only', async () => {
    const { desk, audit } = await busyDesk();
    const all = await audit.entries(anna, {}, { limit: 10 });
    expect(all.next).toBeUndefined();
    expect(all.entries.map(({ deed }) => deed.guild ?? 'account')).toEqual(
      expect.arrayContaining(['guild', 'account']),
    );
    expect(all.entries).toHaveLength(5);
    const first = await audit.entries(anna, {}, { limit });
    const rest = await audit.entries(anna, {}, { limit, before: first.next });
    expect([...numbers(first), ...numbers(rest)]).toEqual(numbers(all));
    expect(numbers(all)).toEqual(numbers(all).toSorted((a, b) => b - a));
    const others = await audit.entries({ ...anna, guild: 'other' }, {}, { limit: 10 });
    expect(others.entries.map(({ deed }) => deed.guild)).toEqual(['other', 'other']);
    expect(await chainOf(desk)).toHaveLength(7);
  });

  it('can be what one person did and their orders, one order, and what came since', async () => {
    const { audit, first, second, elsewhere } = await busyDesk();
    const read = async (typed: Parameters<typeof audit.choose>[1]) => {
      const filter = await audit.choose(anna, typed, en.rewardTimes.says);
      const { entries } = await audit.entries(anna, filter, { limit: 10 });
      return entries.map(({ deed }) => deed.what);
    };
    expect(await read({ member: 'cleo' })).toEqual(['order.awaiting_approval', 'order.quoted']);
    expect(await read({ member: 'olga' })).toEqual(['stop.stopped']);
    const both = ['order.awaiting_approval', 'order.quoted'];
    expect(await read({ order: first.reference.toLowerCase() })).toEqual(both);
    expect(await read({ order: second.reference, member: 'anna' })).toEqual([]);
    expect(await read({ since: '2' })).toHaveLength(3);
    expect(await read({ since: '2026-03-07', member: 'anna' })).toEqual(both);
    expect(await read({ since: '2026-03-08', member: 'anna' })).toEqual([]);
    expect(await problemOf(read({ order: elsewhere.reference }))).toEqual({
      code: 'order_not_found',
    });
    expect(await problemOf(read({ order: 'nope' }))).toEqual({ code: 'order_not_found' });
    expect(await problemOf(read({ since: 'monday' }))).toEqual({
      code: 'bad_since',
      text: 'monday',
    });
  });

  it('is for nobody else', async () => {
    const { audit } = await busyDesk();
    const problem = { code: 'approvers_only' };
    expect(await problemOf(audit.choose(cleo, {}, en.rewardTimes.says))).toEqual(problem);
    expect(await problemOf(audit.entries(cleo, {}, { limit }))).toEqual(problem);
  });
});
