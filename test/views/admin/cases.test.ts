import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkForm } from '../../../sandbox/discord/rules/form.ts';
import { modalRules } from '../../../sandbox/discord/rules/modal.ts';
import { en } from '../../../src/i18n/en.ts';
import type { CasePage } from '../../../src/orders/cases/cases.ts';
import type { Case, CaseState } from '../../../src/orders/model/case.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { reasons } from '../../../src/orders/model/reasons.ts';
import {
  CASES_A_PAGE,
  caseListView,
  caseNotificationView,
  caseView,
  reportedView,
  reportModal,
  solveModal,
} from '../../../src/views/admin/cases.ts';
import type { View } from '../../../src/views/kit/message.ts';
import { orderView } from '../../../src/views/orders/order.ts';
import { orderRecordView } from '../../../src/views/orders/timeline.ts';
import { ALICE, AT, anyOrder, cards, nasty, orderIn, remote, step } from '../samples.ts';
import { checkLimits, liveMarkup, mainButtons, seen } from '../seen.ts';

const BEN = '200000000000000002';

/** Two cards that Alice has received, the first of them shown once more. */
const order = (more: Partial<Order> = {}): Order => {
  const posted = { how: 'sent', at: AT, tries: 1 } as const;
  const bought = orderIn('bought');
  return orderIn('delivered', 'dm_sent', {
    remote,
    cards: cards(2, AT).map((card) => ({ ...card, posted })),
    history: [...bought.history, step('delivered', 'revealed', { by: ALICE })],
    ...more,
  });
};
const record = (state: CaseState = 'open', more: Partial<Case> = {}): Case => {
  const detail = 'They gave the money back';
  const later = {
    open: [],
    sent: [{ at: AT, by: BEN, state: 'sent' }],
    solved: [{ at: AT, by: BEN, state: 'solved', detail }],
  } as const;
  return {
    ...{ version: 1, id: '01K7Q2M900000000.1', order: '01K7Q2M900000000', reference: 'K7Q2M9' },
    ...{ guild: '300000000000000001', reporter: ALICE, locale: 'en-US', card: 1 },
    ...{ said: 'It says: already used.', state, told: 1 },
    history: [{ at: AT, by: ALICE, state: 'open' }, ...later[state]],
    ...more,
  };
};
const pageOf = (cases: CasePage['cases'], more: Partial<CasePage> = {}): CasePage => ({
  ...{ page: 0, pages: 1, total: cases.length, cases },
  ...more,
});

describe('the notice of a case', () => {
  it('tells admins all that CardPlusPay may ask, but the code', () => {
    expect(seen(caseView(record(), order(), en))).toMatchInlineSnapshot(`
      "**Case K7Q2M9-1: a code doesn't work**
      Open
      Card 2 of 2 × Google Play 5 USD
      Order \`K7Q2M9\` · CardPlusPay order ORD-2026-001
      Charged **$9.80** for the whole order
      Bought <t:1767614400:f>
      Received <t:1767614400:f> · last direct message sent <t:1767614400:f> · codes revealed <t:1767614400:f>
      Reported by <@200000000000000001> <t:1767614400:f>
      Problem: It says: already used.
      Contact CardPlusPay with order ORD-2026-001. You can't see the code; if support needs it, the recipient sends it. The buyer and recipients can't close this case.
      [Sent to CardPlusPay] case.sent:01K7Q2M900000000.1
      [Solved] case.solve:01K7Q2M900000000.1"
    `);
  });

  it('that was sent says by whom, and can only be solved', () => {
    const view = seen(caseView(record('sent'), order(), en));
    expect(view).toContain(`Sent to CardPlusPay by <@${BEN}> <t:`);
    expect(view).toContain('[Solved] case.solve:01K7Q2M900000000.1');
    expect(view).not.toContain('case.sent');
  });

  it('that is solved says how, and has no button', () => {
    const view = seen(caseView(record('solved'), order(), en));
    expect(view).toContain(`Solved by <@${BEN}> <t:`);
    expect(view).toContain('Solution: They gave the money back');
    expect(view).not.toContain('[');
  });
});

describe('whoever reports a card', () => {
  it('reads that the case is open, or was already', () => {
    const told = { record: record(), order: order() };
    expect(seen(reportedView({ ...told, isNew: true }, en))).toMatchInlineSnapshot(`
      "**Case K7Q2M9-1 is open**
      Card 2 of 2 × Google Play 5 USD
      Open
      You said: It says: already used.
      The admins were told, without the code. We'll DM you when something happens; /order shows the status.
      Keep the code: CardPlusPay may ask you for it. Nobody here will."
    `);
    expect(seen(reportedView({ ...told, isNew: false }, en))).toContain(
      '**You already reported this card: case K7Q2M9-1**',
    );
  });

  it('hears how it goes on', () => {
    expect(seen(caseNotificationView(record('sent'), order(), en))).toMatchInlineSnapshot(`
      "**Case K7Q2M9-1 was sent to CardPlusPay**
      Card 2 of 2 × Google Play 5 USD
      Sent to CardPlusPay by <@200000000000000002> <t:1767614400:f>
      Waiting for CardPlusPay to respond. We'll DM you when it is solved."
    `);
    expect(seen(caseNotificationView(record('solved'), order(), en))).toMatchInlineSnapshot(`
      "**Case K7Q2M9-1 is solved**
      Card 2 of 2 × Google Play 5 USD
      Solved by <@200000000000000002> <t:1767614400:f>
      Solution: They gave the money back
      If the code still doesn't work, report it again below your codes or in /orders."
    `);
  });

  it('finds it in the order', () => {
    const cases = [record('solved', { id: 'x.3' }), record('sent', { id: 'x.2' }), record()];
    const view = seen(orderView(order(), { actions: ['report'], cases }, en));
    expect(view).toContain(
      'Case K7Q2M9-3 · card 2 · solved <t:1767614400:f>: They gave the money back\nCase K7Q2M9-2 · card 2 · sent to CardPlusPay <t:1767614400:f>\n… and 1 more case',
    );
    expect(view).toContain("[A code doesn't work] case.report:01K7Q2M900000000");
  });

  it.each([
    [1, ['said']],
    [2, ['card', 'said']],
    [25, ['card', 'said']],
    [26, ['card', 'said']],
    [100, ['card', 'said']],
  ])('of %i cards is asked in a form that Discord takes', (count, fields) => {
    const modal = reportModal(order().id, count, en);
    checkForm(modalRules, modal);
    const asked = modal.components.map((each) => 'component' in each && each.component);
    expect(asked.map((each) => each && 'custom_id' in each && each.custom_id)).toEqual(fields);
  });

  it('an admin is asked how it was solved', () => {
    const modal = solveModal('cases.solve', `${record().id}/12`, en);
    checkForm(modalRules, modal);
    expect(modal.custom_id).toBe('cases.solve:01K7Q2M900000000.1/12');
  });
});

describe('the list of cases', () => {
  it('has the buttons of each, and says what was done just now', () => {
    const list = pageOf(
      [
        { record: record(), order: order(), isTheirs: false },
        { record: record('sent', { id: '01K7Q2M900000000.2' }), order: order(), isTheirs: true },
      ],
      { page: 1, pages: 3, total: 8 },
    );
    const view = seen(caseListView(list, en, record('solved', { id: 'x.9' })));
    expect(view).toContain('**8 open cases**\nCase K7Q2M9-9: solved\nPage 2 of 3');
    expect(view).toContain(
      '[Sent to CardPlusPay] cases.sent:01K7Q2M900000000.1/1\n[Solved] cases.solve:01K7Q2M900000000.1/1',
    );
    expect(view).toContain('This is your own order, so another admin has to handle it.');
    expect(view).not.toContain('cases.solve:01K7Q2M900000000.2');
    expect(view).toContain('[Previous] cases.page:0\n[Next] cases.page:2');
  });

  it('of nothing is a kind sentence', () => {
    expect(seen(caseListView(pageOf([]), en))).toMatchInlineSnapshot(`
      "**No open cases.**
      When someone reports a code that doesn't work, it appears here."
    `);
  });
});

/** Everything that shows a case, with these words of its reporter and of an admin. */
function allViews(one: Order, words: string): View[] {
  const whole = {
    ...one,
    ...{ cards: one.cards.length > 0 ? one.cards : order().cards, status: 'delivered' as const },
    remote: { ...remote, charged: one.quote.charged },
  };
  const solved = [
    ...record().history,
    { at: AT, by: BEN, state: 'sent' as const },
    { at: AT, by: BEN, state: 'solved' as const, detail: words.slice(0, 300) || 'x' },
  ];
  const said = words.slice(0, 500) || 'x';
  const all = [record('open', { said }), record('sent', { said }), record('solved', { said, history: solved })];
  const listed = all
    .concat(all)
    .slice(0, CASES_A_PAGE)
    .map((each) => ({ record: each, order: whole, isTheirs: true }));
  const list = pageOf(listed, { page: 10, pages: 67, total: 200 });
  const long = reasons.concat(reasons).map((why) => step('delivered', why));
  const told = { ...whole, history: [...whole.history, ...long] };
  const many = [...all, ...all].reverse();
  return [
    ...all.flatMap((each) => [
      caseView(each, whole, en),
      caseNotificationView(each, whole, en),
      reportedView({ record: each, order: whole, isNew: true }, en),
    ]),
    caseListView(list, en, all[2]),
    orderView(
      told,
      {
        ...{ actions: ['reveal', 'collect', 'report', 'resend'], cases: many },
        ...{ timeline: true, delivery: true, back: 'c0ffeec0ffeec0ff/123' },
      },
      en,
    ),
    orderView(told, { actions: [], cases: many, timeline: true }, en),
    orderRecordView(told, { actions: ['resend'], cases: many }, en),
  ];
}

describe('whatever was typed by people', () => {
  it('is in a message that Discord takes, in which at most one button stands out', () => {
    fc.assert(
      fc.property(anyOrder, nasty, (one, words) => {
        for (const view of allViews(one, words)) {
          checkLimits(view);
          expect(mainButtons(view).length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('fits also where escaping makes it longest', () => {
    const [name, words] = ['*'.repeat(300), '*'.repeat(500)];
    const quote = { ...order().quote, name };
    const people = Array.from({ length: 40 }, (_, index) => `2000000000000000${index + 10}`);
    const many = {
      recipients: people.map((user) => ({ user, quantity: 1 })),
      cards: people.flatMap((recipient) => order().cards.map((card) => ({ ...card, recipient }))),
    };
    const whole = order({ reason: name, quote });
    for (const view of [...allViews(whole, words), ...allViews({ ...whole, ...many }, words)]) checkLimits(view);
  });

  it('formats, links and mentions nothing', () => {
    fc.assert(
      fc.property(anyOrder, nasty, (one, words) => {
        const tame = { ...one, reason: 'x', quote: { ...one.quote, name: 'x', itemCode: 'x' } };
        expect(allViews(one, words).map(liveMarkup)).toEqual(allViews(tame, 'x').map(liveMarkup));
      }),
    );
  });
});
