import { en } from '../../../src/i18n/en.ts';
import { stopReasons } from '../../../src/orders/model/kill-switch.ts';
import type { NoticeContent } from '../../../src/orders/model/ports.ts';
import type { Reason } from '../../../src/orders/model/reasons.ts';
import type { AlertFacts } from '../../../src/orders/notify/alerts/alert.ts';
import { noticeView } from '../../../src/views/admin/notice.ts';
import { askView, decidedView, reviewListView } from '../../../src/views/admin/review.ts';
import { askIgnoreView, ignoredView } from '../../../src/views/admin/stranger.ts';
import { AT, orderIn, remote, usd } from '../samples.ts';
import type { Sample } from './sample.ts';

const BOB = '200000000000000002';
const other = { orderId: 42, charged: usd('12'), createdAt: '2026-01-05T14:00:00Z' };
const inReview = (why: Reason) => orderIn('needs_review', why, { candidates: [remote, other] });
const stop = { version: 1, id: 'S1', at: AT, by: BOB, detail: 'We count the cards' };
const resumed = { by: BOB, at: AT };

const GIVEAWAY = { reference: 'P4R7QZ', kind: 'giveaway' as const, lacking: usd('120') };
const low = { kind: 'low_balance' as const, balance: usd('84.2') };
const alertFacts: readonly AlertFacts[] = [
  low,
  { ...low, threshold: '100' },
  { ...low, balance: usd('-5'), threshold: '100', lastsUntil: AT, short: { ...GIVEAWAY, startsAt: AT + 86_400_000 } },
  { ...low, lastsUntil: AT + 2 * 86_400_000, short: GIVEAWAY },
  ...(['bulk', 'drop'] as const).map((kind) => ({ ...low, short: { ...GIVEAWAY, kind } })),
  { kind: 'key_refused', why: 'unauthorized' },
  { kind: 'key_refused', why: 'signing_wanted' },
  { kind: 'store_full', free: 300 * 1024 * 1024, size: 1_700_000_000 },
];
const alert = { version: 1, id: 'A1', at: AT };
const alerts = alertFacts.flatMap((facts) => [
  { kind: 'alert' as const, alert: { ...alert, facts } },
  { kind: 'alert' as const, alert: { ...alert, facts, since: { at: AT + 3_600_000, facts } } },
  { kind: 'alert' as const, alert: { ...alert, facts, over: { at: AT + 7_200_000 } } },
]);
const waitingFor = { approval: orderIn('awaiting_approval'), review: inReview('found_several') };

const notices: readonly NoticeContent[] = [
  ...(Object.keys(en.admin.review.why) as Reason[]).map((why) => ({ kind: 'review' as const, order: inReview(why) })),
  ...stopReasons.flatMap((why) => [
    { kind: 'stop' as const, stop: { ...stop, why } },
    { kind: 'stop' as const, stop: { ...stop, why, resumed } },
  ]),
  ...(['orders', 'budgets', 'settings', 'stops', 'campaigns', 'cases', 'audit'] as const).flatMap((namespace) =>
    (['not_authentic', 'newer', 'invalid'] as const).map((fault) => ({
      ...{ kind: 'unreadable' as const, namespace, key: 'A/1', fault },
    })),
  ),
  { kind: 'charged_more', order: orderIn('bought', undefined, { remote }) },
  { kind: 'charged_unclear', order: orderIn('bought', undefined, { remote }) },
  { kind: 'amount_differs', order: orderIn('bought', undefined, { remote }), listed: other },
  { kind: 'stranger', stranger: other, perhaps: ['K7Q2M9'] },
  { kind: 'stranger', stranger: other, perhaps: ['K7Q2M9'], isAsked: true },
  { kind: 'stranger', stranger: other, perhaps: [], isAsked: true, attached: 'K7Q2M9' },
  { kind: 'stranger', stranger: other, perhaps: [], isAsked: true, ignored: { at: 0, by: BOB } },
  { kind: 'backup_failed', at: 0 },
  { kind: 'backup_failed', at: 0, madeAt: AT },
  { kind: 'answer_cut', order: orderIn('bought'), cut: ['order_no', 'codes', 'code', 'metadata'] },
  { kind: 'catalog_odd', skipped: 1, cut: 1, isCut: true },
  { kind: 'catalog_odd', skipped: 2, cut: 2, isCut: false },
  { kind: 'code_twice', order: orderIn('bought', undefined, { remote }), other: 'P4R7QZ' },
  ...alerts,
  ...(['approval', 'review'] as const).flatMap((what) =>
    [false, true].map((isOver) => ({
      ...{ kind: 'waiting' as const, for: what, since: AT, isOver },
      order: isOver ? orderIn('delivered') : waitingFor[what],
    })),
  ),
  { kind: 'welcome', guild: '300000000000000001' },
  { kind: 'audit_hash', day: '2026-01-05', number: 1, hash: 'a'.repeat(64) },
  ...(['order', 'campaign'] as const).map((of) => ({
    ...{ kind: 'unserved' as const, of, guild: '300000000000000009', reference: 'K7Q2M9' },
    ...{ requester: BOB, what: '3 × Google Play 5 USD' },
  })),
];

const admin = (name: string, view: Sample['view']): Sample => ({ name, reader: 'admin', view });
const order = inReview('found_several');

export const adminSamples: readonly Sample[] = [
  ...notices.map((content, at) => admin(`${at} ${content.kind}`, noticeView(content, 'somebody', en))),
  admin('is it ours', askView(order, { kind: 'ours', candidate: other }, en)),
  admin('is it none of ours', askIgnoreView(1042, en)),
  admin('it is none of ours', ignoredView(1042, en)),
  admin('is it missing', askView(order, { kind: 'none' }, en)),
  admin('keep checking', askView(order, { kind: 'wait' }, en)),
  admin('decided', decidedView(order, en)),
  admin(
    'reviews',
    reviewListView(
      { waiting: [order], missing: [orderIn('not_found', undefined, { id: '01K7Q2M900000001' })], hasMore: true },
      en,
    ),
  ),
  admin('nothing to review', reviewListView({ waiting: [], missing: [], hasMore: false }, en)),
];
