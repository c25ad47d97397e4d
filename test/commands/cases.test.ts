import { describe, expect, it } from 'vitest';
import { createCommands } from '../../commands/index.ts';
import { indexHandlers } from '../../src/discord/interactions/handler.ts';
import { en } from '../../src/i18n/en.ts';
import { Problem } from '../../src/lib/problem.ts';
import type { CaseMove, CasePage } from '../../src/orders/cases/cases.ts';
import type { Report } from '../../src/orders/cases/report.ts';
import type { Case } from '../../src/orders/model/case.ts';
import { ALICE, AT, cards, orderIn, remote } from '../views/samples.ts';
import { commandNamed, createApp, createMoment, pressOf } from './app.ts';

const order = orderIn('delivered', 'dm_sent', { remote, cards: cards(2, AT) });
const record: Case = {
  version: 1,
  id: `${order.id}.1`,
  order: order.id,
  reference: order.reference,
  guild: order.guild,
  reporter: ALICE,
  locale: 'en-US',
  card: 1,
  said: 'x',
  told: 1,
  state: 'open',
  history: [{ at: AT, by: ALICE, state: 'open' }],
};
const onePage: CasePage = {
  page: 1,
  pages: 2,
  total: 4,
  cases: [{ record, order, isTheirs: false }],
};

function start(more: { refuses?: boolean } = {}) {
  const asked: unknown[] = [];
  const app = createApp({
    orders: {
      reportable: async () => 2,
      async report(id, _, report: Report) {
        asked.push([id, report]);
        return { record, order, isNew: true };
      },
      async moveCase(id, _, to: CaseMove) {
        asked.push([id, to]);
        if (more.refuses) throw new Problem('case_moved', { name: 'x', state: 'solved' });
        return { record: { ...record, state: to.state }, order };
      },
      async openCases(_, page) {
        asked.push(page);
        return onePage;
      },
    },
  });
  const { presses, submits } = indexHandlers(createCommands(app));
  const submit = (verb: string, argument: string, fields = {}, picked = {}) =>
    submits.get(verb)?.submit(createMoment().moment, argument, fields, picked);
  return { app, asked, presses, submit };
}

describe("A code doesn't work", () => {
  it('asks for a card by its number, and reports what was typed', async () => {
    const { asked, presses, submit } = start();
    const opener = presses.get('case.report');
    if (opener?.acknowledge !== 'modal') throw new Error('no form');
    const { asker, locale, words } = createMoment().moment;
    const form = await opener.open({ asker, locale, words }, order.id, []);
    expect(form.custom_id).toBe(`case.report:${order.id}`);
    expect(JSON.stringify(form)).toContain('Card 2');

    await submit('case.report', order.id, { said: 'It says no' }, { card: ['2'] });
    await submit('case.report', order.id, { said: 'It says no', card: '31' });
    await submit('case.report', order.id, { said: 'It says no' });
    const report = { said: 'It says no', locale: 'en-US' };
    expect(asked).toEqual([
      [order.id, { ...report, number: 2 }],
      [order.id, { ...report, number: 31 }],
      [order.id, { ...report, number: undefined }],
    ]);
  });

  it('on its notice changes the case, and leaves the message to whoever has the news', async () => {
    const { app, asked, submit } = start();
    const { moment, shown } = createMoment();
    expect(await pressOf('case.sent', app).press(moment, record.id, [])).toBeUndefined();
    expect(await submit('case.solve', record.id, { how: 'Money back' })).toBeUndefined();
    expect(shown).toEqual([]);
    expect(asked).toEqual([
      [record.id, { state: 'sent' }],
      [record.id, { state: 'solved', detail: 'Money back' }],
    ]);
  });
});

describe('/cases', () => {
  it('begins at the oldest, and goes on at the page on which something was decided', async () => {
    const { app, asked, submit } = start();
    const { moment } = createMoment();
    await commandNamed('cases', app).run(moment, {});
    await pressOf('cases.sent', app).press(moment, `${record.id}/1`, []);
    await submit('cases.solve', `${record.id}/1`, { how: 'Money back' });
    await pressOf('cases.page', app).press(moment, '1', []);
    expect(asked).toEqual([
      { number: 0, size: 3 },
      [record.id, { state: 'sent' }],
      { number: 1, size: 3 },
      [record.id, { state: 'solved', detail: 'Money back' }],
      { number: 1, size: 3 },
      { number: 1, size: 3 },
    ]);
  });

  it('is shown anew where somebody was faster', async () => {
    const { app } = start({ refuses: true });
    const { moment, shown } = createMoment();
    const pressed = pressOf('cases.sent', app).press(moment, `${record.id}/1`, []);
    await expect(pressed).rejects.toThrow('case_moved');
    expect(shown).toHaveLength(1);
    expect(shown[0]).toContain(en.cases.listTitle(4));
  });
});
