import { en } from '../../../src/i18n/en.ts';
import { Problem } from '../../../src/lib/problem.ts';
import { alertKinds, defaultPolicy, type Policy, settings } from '../../../src/policy/policy.ts';
import type { Trouble } from '../../../src/policy/settings/breakages.ts';
import { budgetView, limitChangedView, limitListView, whoseView } from '../../../src/views/policy/budgets.ts';
import {
  appointedView,
  delegateNotificationView,
  delegationsView,
  endedView,
} from '../../../src/views/policy/delegates.ts';
import { whyView } from '../../../src/views/policy/explain.ts';
import {
  changedView,
  notChangedView,
  refusedNews,
  type ShownPanel,
  settingsPages,
  settingsView,
} from '../../../src/views/policy/settings.ts';
import { setupDoneView, setupScreens, setupView } from '../../../src/views/policy/setup.ts';
import { ALICE, AT, offer, usd } from '../samples.ts';
import type { Sample } from './sample.ts';

const BOB = '200000000000000002';
const CARA = '200000000000000003';
const CREW = '500000000000000001';
const APPROVERS = '500000000000000002';
const CHANNEL = '400000000000000001';
const currency = 'USD';
const policy: Policy = {
  ...defaultPolicy,
  ...{ free: { perOrder: '20', perDay: '50' }, tiers: [{ over: '200', approvals: 2 }], ownPurchases: 'another' },
  ...{ approvers: [APPROVERS], askers: [CREW], approvalsChannel: CHANNEL, adminsChannel: '400000000000000002' },
  ...{ brands: ['Google Play', 'Steam'], deliveries: ['DIGITAL'], mostCards: 10, timeZone: 'Europe/Berlin' },
  ...{ alertsOff: ['stop', 'waiting'], lowBalance: '100' },
  budgets: [{ scope: { kind: 'guild' }, period: 'month', limit: '500' }],
};
const troubles: readonly Trouble[] = [
  { setting: 'approvers', what: 'role_gone', id: APPROVERS },
  { setting: 'approvalsChannel', what: 'channel_closed', id: CHANNEL },
  { setting: 'adminsChannel', what: 'channel_gone', id: '400000000000000002' },
];
const panels: Record<'default' | 'set' | 'broken', ShownPanel> = {
  default: { policy: defaultPolicy, troubles: [], currency, alerts: alertKinds },
  set: { policy, troubles: [], currency, alerts: alertKinds },
  broken: { policy, troubles, currency, alerts: ['waiting'] },
};
const admin = (name: string, view: Sample['view']): Sample => ({ name, reader: 'admin', view });

const change = { ...panels.set, before: defaultPolicy, unheld: [], isOnePerson: false };
const tier = new Problem('bad_tier', { text: '200 by two', most: 5 });
const amount = new Problem('bad_setting_amount', { text: 'ten', highest: 1_000_000, decimals: 3 });

const settingsSamples: readonly Sample[] = [
  ...Object.entries(panels).flatMap(([how, panel]) => [
    ...settingsPages.map((page) => admin(`settings ${page}, ${how}`, settingsView(page, panel, en))),
    ...setupScreens.map((screen) => admin(`setup ${screen}, ${how}`, setupView(screen, panel, en))),
    admin(`setup done, ${how}`, setupDoneView(panel, en)),
  ]),
  ...settings.map((setting) => admin(`changed ${setting}`, changedView({ ...change, setting }, en))),
  admin('changed to a role nobody has', changedView({ ...change, setting: 'approvers', unheld: [APPROVERS] }, en)),
  admin('changed to one person', changedView({ ...change, setting: 'approvers', isOnePerson: true }, en)),
  admin('not changed', notChangedView(tier, 'tiers', panels.set, 'd1', en)),
  admin('setup, not taken', setupView('amounts', panels.default, en, refusedNews(amount, 'setup.again', 'd1', en))),
];

const limit = { scope: { kind: 'guild' as const }, period: 'month' as const, limit: '500' };
const state = { ...limit, spent: '300', setAside: '80', left: '120' };
const each = { scope: { kind: 'everyone' as const }, period: 'week' as const, limit: '50' };
const crew = { scope: { kind: 'role' as const, id: CREW }, period: 'day' as const, limit: '20' };
const budgets = [
  state,
  { ...each, spent: '0', setAside: '9.8', left: '40.2' },
  { ...crew, spent: '0', setAside: '0', left: '20' },
];
const allowance = { user: ALICE, currency, timeZone: 'Europe/Berlin', budgets: [] };
const free = { perOrder: '5', perDay: '10', left: '0.2' };
const limits = [{ limit: each }, { limit, state }, { limit: crew, state: budgets[2] }].map(({ state: now, ...one }) =>
  now ? { ...one, state: now } : one,
);
const after = { limit, state: { ...limit, spent: '0', setAside: '0', left: '500' } };
const own = { isOwn: true, isManager: false };
const manager = { isOwn: false, isManager: true };
const query = 'c0ffeec0ffeec0ff';

const budgetSamples: readonly Sample[] = [
  { name: 'budget', reader: 'member', view: budgetView({ ...allowance, budgets, free }, own, en) },
  { name: 'no budget', reader: 'member', view: budgetView(allowance, own, en) },
  admin('budget of another', budgetView({ ...allowance, budgets }, manager, en)),
  admin('limits', limitListView({ query, page: 0, limits, currency }, en)),
  admin('no limits', limitListView({ query, page: 0, limits: [], currency }, en)),
  admin('whose limit', whoseView(en)),
  admin('first limit', limitChangedView({ after, currency }, en)),
  admin('another limit', limitChangedView({ before: { ...limit, limit: '400' }, after, currency }, en)),
  admin('limit removed', limitChangedView({ before: limit, currency }, en)),
];

const named = { guild: '3', approver: ALICE, delegate: BOB, until: AT };
const delegators = [{ ...named, approver: CARA, delegate: ALICE }];
const approver = (name: string, view: Sample['view']): Sample => ({ name, reader: 'approver', view });

const delegateSamples: readonly Sample[] = [
  ...(['sent', 'closed', 'failed'] as const).map((told) =>
    approver(`delegate ${told}`, appointedView({ named, told }, en)),
  ),
  approver('another delegate', appointedView({ named, before: { ...named, delegate: CARA }, told: 'sent' }, en)),
  approver('delegate for longer', appointedView({ named, before: { ...named, until: AT - 1000 }, told: 'sent' }, en)),
  approver('delegates', delegationsView({ named, delegators }, en)),
  approver('no delegates', delegationsView({ delegators: [] }, en)),
  approver('delegation ended', endedView(named, en)),
  approver('word to a delegate', delegateNotificationView(named, 'Quiz club', en)),
];

const explained = {
  ...{ user: BOB, offer: offer(), quantity: 2, each: usd('4.9'), charged: usd('9.8'), balance: usd('100.5') },
  ...{ free: { perOrder: '20', perDay: '50' }, budgets: [{ ...limit, before: '50', after: '40.2' }], obstacles: [] },
  caps: { order: usd('1000'), day: usd('5000'), left: usd('4900') },
};
const because = [{ rule: 'every_order' as const }, { rule: 'tier' as const, over: '5', approvals: 2 }];
const refusals = [
  { rule: 'brand' as const, is: 'Acme', allowed: ['Google Play', 'Steam'] },
  { rule: 'too_many_cards' as const, most: 1 },
  { rule: 'over_budget' as const, ...limit, left: '4.2' },
];
const obstacles = Object.keys(en.why.obstacles) as (keyof typeof en.why.obstacles)[];

const whySamples: readonly Sample[] = [
  admin('why: needs', whyView({ ...explained, verdict: { kind: 'needs', approvals: 2, because } }, en)),
  ...(['own_purchase', 'within_free'] as const).map((rule) =>
    admin(`why: ${rule}`, whyView({ ...explained, verdict: { kind: 'allowed', rule } }, en)),
  ),
  admin('why: refused', whyView({ ...explained, verdict: { kind: 'refused', refusals } }, en)),
  admin(
    'why: in the way',
    whyView({ ...explained, obstacles, verdict: { kind: 'allowed', rule: 'own_purchase' } }, en),
  ),
];

export const policySamples: readonly Sample[] = [
  ...settingsSamples,
  ...budgetSamples,
  ...delegateSamples,
  ...whySamples,
];
