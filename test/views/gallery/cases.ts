import { orderDeeds } from '../../../src/audit/deeds.ts';
import { en } from '../../../src/i18n/en.ts';
import type { Case, CaseState } from '../../../src/orders/model/case.ts';
import { auditView } from '../../../src/views/admin/audit.ts';
import { auditPartView } from '../../../src/views/admin/audit-file.ts';
import { caseListView, caseNotificationView, caseView, reportedView } from '../../../src/views/admin/cases.ts';
import { ALICE, AT, order as anOrder, cards, orderIn, remote, step } from '../samples.ts';
import type { Sample } from './sample.ts';

const BOB = '200000000000000002';
const posted = { how: 'sent', at: AT, tries: 1 } as const;
const order = orderIn('delivered', 'dm_sent', {
  remote,
  cards: cards(2, AT).map((card) => ({ ...card, posted })),
  history: [...orderIn('bought').history, step('delivered', 'revealed', { by: ALICE })],
});
const later: Record<CaseState, Case['history']> = {
  open: [],
  sent: [{ at: AT, by: BOB, state: 'sent' }],
  solved: [{ at: AT, by: BOB, state: 'solved', detail: 'They gave the money back' }],
};
const caseIn = (state: CaseState): Case => ({
  ...{ version: 1, id: '01K7Q2M900000000.1', order: order.id, reference: 'K7Q2M9', guild: order.guild },
  ...{ reporter: ALICE, locale: 'en-US', card: 1, said: 'It says: already used.', state, told: 1 },
  history: [{ at: AT, by: ALICE, state: 'open' }, ...later[state]],
});
const states = ['open', 'sent', 'solved'] as const;
const admin = (name: string, view: Sample['view']): Sample => ({ name, reader: 'admin', view });
const member = (name: string, view: Sample['view']): Sample => ({ name, reader: 'member', view });
const page = { page: 0, pages: 1, total: 2 };
const atHand = (state: CaseState, isTheirs: boolean) => ({ record: caseIn(state), order, isTheirs });

const steps = [
  step('quoted', 'asked', { by: ALICE }),
  step('awaiting_approval', 'approval_asked', { by: ALICE }),
  step('approved', 'approved', { by: BOB }),
  step('bought'),
  step('delivered', 'dm_sent'),
];
const entries = orderDeeds(anOrder({ remote, history: steps }))
  .map((deed, at) => ({
    ...{ version: 1 as const, number: at + 1, at: AT, previous: '', hash: 'a'.repeat(64) },
    deed: { ...deed, id: String(at) },
  }))
  .reverse();

const audit = { list: 'l', here: 'l/0' };
const each = entries.map((entry) => ({ entries: [entry] }));
const changed = {
  ...{ version: 1 as const, number: 6, at: AT, previous: '', hash: 'a'.repeat(64) },
  deed: { id: 's', at: AT, by: BOB, what: 'settings.changed', change: { field: 'mostCards', from: '100', to: '5' } },
};
const sheet = { name: 'audit-1-5.csv', text: 'number', newest: 5, oldest: 1, rows: 5 };
const older = { ...sheet, name: 'audit-1-1.csv', newest: 1, rows: 1 };

export const caseSamples: readonly Sample[] = [
  ...[true, false].map((isNew) =>
    member(`reported ${isNew}`, reportedView({ record: caseIn('open'), order, isNew }, en)),
  ),
  ...states.map((state) => member(`word ${state}`, caseNotificationView(caseIn(state), order, en))),
  ...states.map((state) => admin(`case ${state}`, caseView(caseIn(state), order, en))),
  admin('cases', caseListView({ ...page, cases: [atHand('open', false), atHand('sent', true)] }, en)),
  admin('cases, one moved', caseListView({ ...page, total: 1, cases: [atHand('sent', false)] }, en, caseIn('sent'))),
  admin('audit', auditView({ ...audit, lines: [{ order: order.id, entries }, { entries: [changed] }] }, en)),
  admin('an order in the audit', auditView({ ...audit, lines: each, back: 'l/0' }, en)),
  admin('nothing in the audit', auditView({ ...audit, lines: [] }, en)),
  admin('nothing in the audit so far', auditView({ ...audit, lines: [], next: 'l/1' }, en)),
  admin('audit export', auditPartView({ sheets: [sheet], here: 'l/0' }, en)),
  admin('part of an audit export', auditPartView({ sheets: [sheet, older], here: 'l/1', next: 'l/2' }, en)),
  admin('no cases', caseListView({ ...page, total: 0, cases: [] }, en)),
];
