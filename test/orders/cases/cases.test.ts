import { DatabaseSync } from 'node:sqlite';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type Case, caseSchema } from '../../../src/orders/model/case.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { auditOf, chainOf, verify } from '../../policy/recording.ts';
import { anna, ben, buy, cleo, type Desk, olga, openDesk, problemOf } from '../desk.ts';
import { pass } from '../losing.ts';
import { orderAnswer } from '../vendor.ts';

const said = 'It says: already used.';
const report = (desk: Desk, { id }: Order, number?: number, words = said, member = anna) =>
  desk.report(id, member, { number, said: words, locale: 'en' });
const solved = { state: 'solved', detail: 'They gave the money back' } as const;
const sent = { state: 'sent' } as const;

async function reported(quantity = 1) {
  const desk = await openDesk();
  const order = await buy(desk, { quantity });
  const { record } = await report(desk, order, 1);
  return { desk, order, record };
}
/** What the admins' notice of a case has said so far. */
const saidOf = ({ board }: Desk, { id }: Pick<Case, 'id'>) =>
  board.notices
    .map(({ said: texts }) =>
      texts.flatMap((content) => (content.kind === 'case' && content.record.id === id ? [content.record.state] : [])),
    )
    .filter(({ length }) => length > 0);
const wordsOf = ({ post }: Desk) => post.cases.map(({ record }) => record.state);

describe('a card whose code does not work', () => {
  it('is a case of its own, by its place, with what its recipient says', async () => {
    const desk = await openDesk();
    const order = await buy(desk, { quantity: 2 });
    expect(await desk.reportable(order.id, anna)).toBe(2);
    const { record, isNew } = await report(desk, order, 2);
    expect(isNew).toBe(true);
    expect(record).toMatchObject({
      id: `${order.id}.1`,
      order: order.id,
      reference: order.reference,
      guild: 'guild',
      reporter: 'anna',
      card: 1,
      said,
      state: 'open',
      history: [{ at: desk.clock.now(), by: 'anna', state: 'open' }],
    });
    const first = await report(desk, order, 1);
    expect(first.record).toMatchObject({ id: `${order.id}.2`, card: 0 });
  });

  it('has one open case: to report it again shows that one, also from several presses at once', async () => {
    const { desk, order, record } = await reported();
    const again = await report(desk, order, undefined, 'Still broken');
    expect(again).toMatchObject({ isNew: false, record: { id: record.id, said } });
    const other = await buy(desk, { quantity: 2 });
    const all = await Promise.all([1, 1, 2, 1, 2].map((number) => report(desk.newProcess() as Desk, other, number)));
    expect(all.filter(({ isNew }) => isNew)).toHaveLength(2);
    const ids = all.map((each) => each.record.id);
    expect(new Set(ids).size).toBe(2);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).toBe(ids[4]);
  });

  it('may be reported anew once its case was solved', async () => {
    const { desk, order, record } = await reported();
    await desk.moveCase(record.id, ben, solved);
    expect(await report(desk, order)).toMatchObject({
      isNew: true,
      record: { id: `${order.id}.2`, card: 0, state: 'open' },
    });
  });

  it('is reported by its recipient alone, once it is in their hands', async () => {
    const desk = await openDesk();
    const order = await buy(desk, { quantity: 2 });
    expect(await problemOf(report(desk, order, 1, said, ben))).toEqual({ code: 'not_yours' });
    const elsewhere = { ...anna, guild: 'other' };
    expect(await problemOf(report(desk, order, 1, said, elsewhere))).toEqual({ code: 'not_yours' });
    for (const number of [0, 3, 1.5, Number.NaN, undefined]) {
      expect(await problemOf(report(desk, order, number))).toEqual({
        code: 'no_such_card',
        highest: 2,
      });
    }
    desk.post.post = async () => 'closed';
    const held = await buy(desk);
    expect(await problemOf(report(desk, held))).toMatchObject({ code: 'nothing_to_report' });
    expect(await problemOf(desk.reportable(held.id, anna))).toMatchObject({
      code: 'nothing_to_report',
    });
    await desk.seen(await desk.reveal(held.id, anna));
    expect(await report(desk, held)).toMatchObject({ isNew: true });
  });

  it('keeps its number when other cards come later', async () => {
    const desk = await openDesk();
    let ready = 1;
    desk.vendor.later = ({ codes }) => codes.slice(0, ready).map(({ code }) => code);
    desk.vendor.answer = async (request) => {
      const committed = desk.vendor.commit(request);
      return orderAnswer({ ...committed, codes: committed.codes.slice(0, 1) });
    };
    const { id } = await buy(desk, { quantity: 2 });
    ready = 2;
    await desk.collect(id, anna);
    const { codes, numbers } = await desk.reveal(id, anna);
    expect(codes.map(({ code }) => code)).toEqual(['SECRET-1001-0', 'SECRET-1001-1']);
    expect(numbers).toEqual([1, 2]);
    expect(await report(desk, await desk.stored(id), 2)).toMatchObject({ record: { card: 1 } });
  });
});

describe('the words of whoever reports', () => {
  it.each([
    ['SECRET-1001-0', '[code]'],
    ['It is SECRET-1001-0, or so.', 'It is [code], or so.'],
    ['secret 1001 0 does not work', '[code] does not work'],
    ['SECRET10010 and PIN-1001-0', '[code] and [code]'],
    ['"S E C R E T 1 0 0 1 0"', '"[code]"'],
    ['Nothing happens', 'Nothing happens'],
  ])('%s are kept as %s', async (typed, kept) => {
    const desk = await openDesk();
    const order = await buy(desk);
    expect((await report(desk, order, 1, typed)).record.said).toBe(kept);
  });

  it('lose a code also once it is no longer kept here, by its fingerprint', async () => {
    const desk = await openDesk();
    const order = await buy(desk);
    await pass(desk, 40 * 24 * 60 * 60_000, [desk], 24 * 60 * 60_000);
    expect((await desk.stored(order.id)).purgedAt).toBeDefined();
    const { record } = await report(desk, order, 1, 'See: (SECRET-1001-0) or secret-1001-0!');
    expect(record.said).toBe('See: ([code]) or [code]!');
  });
});

describe('a case', () => {
  it('is told to the admins of its guild, in a message that is edited as it goes on', async () => {
    const { desk, record } = await reported();
    await desk.tick();
    expect(saidOf(desk, record)).toEqual([['open']]);
    await desk.moveCase(record.id, ben, sent);
    await pass(desk, 9_000);
    await desk.moveCase(record.id, olga, solved);
    await pass(desk, 9_000);
    expect(saidOf(desk, record)).toEqual([['open', 'sent', 'solved']]);
  });

  it('is told to its reporter at each step, once', async () => {
    const { desk, record } = await reported();
    await pass(desk, 9_000);
    expect(wordsOf(desk)).toEqual([]);
    await desk.moveCase(record.id, ben, sent);
    await desk.moveCase(record.id, ben, solved);
    await pass(desk, 30_000);
    expect(wordsOf(desk)).toEqual(['sent', 'solved']);
  });

  it('is told again as long as Discord does not take it, and not to a closed inbox', async () => {
    const { desk, order, record } = await reported(2);
    let tries = 0;
    desk.post.postCase = async () => (++tries < 3 ? 'failed' : 'sent');
    await desk.moveCase(record.id, ben, sent);
    await pass(desk, 60_000);
    expect(desk.post.cases).toMatchObject([{ record: { state: 'sent' }, mayBeOut: true }]);
    tries = 0;
    desk.post.postCase = async () => {
      tries++;
      return 'closed';
    };
    await desk.moveCase(record.id, ben, solved);
    await pass(desk, 60_000);
    expect(tries).toBe(1);
    expect(await desk.casesOf(await desk.stored(order.id), { user: 'anna' })).toMatchObject([
      { id: record.id, state: 'solved', told: 3 },
    ]);
  });

  it('of which a process that ended has not told is told by the next one, which looks first', async () => {
    const { desk, record } = await reported();
    desk.post.postCase = () => new Promise(() => {});
    await desk.moveCase(record.id, ben, sent);
    desk.post.postCase = async () => 'sent';
    await desk.newProcess().tick();
    expect(desk.post.cases).toMatchObject([{ record: { state: 'sent' }, mayBeOut: true }]);
  });

  it('is decided by an admin who is not involved, and by nobody else', async () => {
    const { desk, record } = await reported();
    const name = `${record.reference}-1`;
    expect(await problemOf(desk.moveCase(record.id, anna, sent))).toEqual({
      code: 'own_case',
      name,
    });
    const outsider = { ...ben, guild: 'other' };
    for (const member of [cleo, outsider]) {
      expect(await problemOf(desk.moveCase(record.id, member, sent))).toEqual({
        code: 'managers_only',
      });
    }
    expect(await problemOf(desk.moveCase('x.1', ben, sent))).toEqual({ code: 'case_unknown' });
    const owner = { ...olga, guild: 'owner' };
    expect((await desk.moveCase(record.id, owner, sent)).record.state).toBe('sent');
  });

  it('goes one way, whoever presses at the same time', async () => {
    const { desk, record } = await reported();
    const other = desk.newProcess();
    const all = await Promise.all([
      problemOf(desk.moveCase(record.id, ben, sent)),
      problemOf(other.moveCase(record.id, olga, sent)),
    ]);
    const late = { code: 'case_moved', name: `${record.reference}-1`, state: 'sent' };
    expect(all).toContain('no problem');
    expect(all).toContainEqual(late);
    const ends = await Promise.all([
      problemOf(desk.moveCase(record.id, ben, solved)),
      problemOf(other.moveCase(record.id, olga, solved)),
    ]);
    expect(ends).toContain('no problem');
    expect(ends).toContainEqual({ ...late, state: 'solved' });
    const stored = await desk.store.records('cases', caseSchema).get(record.id);
    expect(stored?.history.map(({ state }) => state)).toEqual(['open', 'sent', 'solved']);
    expect(await problemOf(desk.moveCase(record.id, ben, sent))).toEqual({
      ...late,
      state: 'solved',
    });
  });

  it('stands in the list of what waits, oldest first, in pages, until it is solved', async () => {
    const { desk, order, record } = await reported(5);
    for (const number of [2, 3, 4, 5]) await report(desk, order, number);
    const page = await desk.openCases(ben, { number: 1, size: 3 });
    expect(page).toMatchObject({ page: 1, pages: 2, total: 5 });
    expect(page.cases.map(({ record: each }) => each.card)).toEqual([3, 4]);
    expect(await desk.openCases(anna, { number: 9, size: 3 })).toMatchObject({
      page: 1,
      cases: [{ isTheirs: true }, { isTheirs: true }],
    });
    await desk.moveCase(record.id, ben, solved);
    const rest = await desk.openCases({ ...olga, guild: 'owner' }, { number: 0, size: 3 });
    expect(rest.total).toBe(4);
    expect(rest.cases.map(({ record: each }) => each.card)).toEqual([1, 2, 3]);
    const elsewhere = { ...ben, guild: 'other' };
    expect((await desk.openCases(elsewhere, { number: 0, size: 3 })).total).toBe(0);
    expect(await problemOf(desk.openCases(cleo, { number: 0, size: 3 }))).toEqual({
      code: 'managers_only',
    });
  });

  it('is seen in its order by its reporter and by whoever looks after it', async () => {
    const { desk, order, record } = await reported();
    const seen = async (user: string, oversees = false) =>
      (await desk.casesOf(await desk.stored(order.id), { user, oversees })).map(({ id }) => id);
    expect(await seen('anna')).toEqual([record.id]);
    expect(await seen('ben')).toEqual([]);
    expect(await seen('ben', true)).toEqual([record.id]);
  });

  it('is in the record of who did what, step by step, and the chain is whole', async () => {
    const { desk, record } = await reported();
    await auditOf(desk).tick();
    await desk.moveCase(record.id, ben, sent);
    await desk.moveCase(record.id, olga, solved);
    await auditOf(desk).tick();
    const deeds = (await chainOf(desk)).map(({ deed }) => deed).filter(({ id }) => id.startsWith('case/'));
    expect(deeds).toMatchObject([
      { by: 'anna', what: 'case.open', detail: said, about: { reference: record.reference } },
      { by: 'ben', what: 'case.sent' },
      { by: 'olga', what: 'case.solved', detail: solved.detail },
    ]);
    expect(await verify(desk)).toMatchObject({ problems: [] });
  });

  it('holds no code, whatever people paste: not in the store, a notice, a word or a log', async () => {
    const desk = await openDesk();
    const order = await buy(desk, { quantity: 2 });
    const secrets = desk.vendor.committed.flatMap(({ codes }) => codes.flatMap((each) => [each.code, each.pin]));
    const pasted = `I typed ${secrets.join(' and ')} and it says no`;
    const { record } = await report(desk, order, 2, pasted);
    await desk.tick();
    await desk.moveCase(record.id, ben, { state: 'solved', detail: pasted });
    await pass(desk, 9_000);
    await auditOf(desk).tick();
    const database = new DatabaseSync(desk.file, { readOnly: true });
    const rows = ['entries', 'tags', 'holds'].flatMap((table) => database.prepare(`SELECT * FROM ${table}`).all());
    database.close();
    const { notices } = desk.board;
    const all = inspect([rows, notices, desk.post.cases, desk.logged], {
      depth: null,
      maxStringLength: null,
      maxArrayLength: null,
    });
    expect(all).toContain('I typed [code] and [code]');
    expect(secrets).toHaveLength(4);
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
  });
});
