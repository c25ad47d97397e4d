import { en } from '../../../src/i18n/en.ts';
import { stopReasons } from '../../../src/orders/model/kill-switch.ts';
import type { NoticeContent } from '../../../src/orders/model/ports.ts';
import type { Reason } from '../../../src/orders/model/reasons.ts';
import { noticeView } from '../../../src/views/admin/notice.ts';
import { askView, decidedView, reviewListView } from '../../../src/views/admin/review.ts';
import { AT, orderIn, remote, usd } from '../samples.ts';
import type { Sample } from './sample.ts';

const BOB = '200000000000000002';
const other = { orderId: 42, charged: usd('12'), createdAt: '2026-01-05T14:00:00Z' };
const inReview = (why: Reason) => orderIn('needs_review', why, { candidates: [remote, other] });
const stop = { version: 1, id: 'S1', at: AT, by: BOB, detail: 'We count the cards' };
const resumed = { by: BOB, at: AT };

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
  { kind: 'answer_cut', order: orderIn('bought'), cut: ['order_no', 'codes', 'code', 'metadata'] },
  { kind: 'catalog_odd', skipped: 1, cut: 1, isCut: true },
  { kind: 'catalog_odd', skipped: 2, cut: 2, isCut: false },
  { kind: 'code_twice', order: orderIn('bought', undefined, { remote }), other: 'P4R7QZ' },
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
