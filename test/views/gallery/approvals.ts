import { en } from '../../../src/i18n/en.ts';
import type { WaitingOrder } from '../../../src/orders/approval/waiting-list.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import type { Approval } from '../../../src/policy/types.ts';
import { approvalListView } from '../../../src/views/approvals/list.ts';
import { approvedView, reminderView } from '../../../src/views/approvals/notify.ts';
import { approvalView, rejectedView } from '../../../src/views/approvals/order-card.ts';
import { requesterDetailsView } from '../../../src/views/approvals/requester-details.ts';
import { ALICE, AT, order, orderIn, remote, step, usd } from '../samples.ts';
import type { Sample } from './sample.ts';

const BOB = '200000000000000002';
const CARA = '200000000000000003';
const card = { channel: '400000000000000001', message: '500000000000000001' };
const votes = [{ by: BOB, voice: BOB, at: AT }];
const budget = { scope: { kind: 'guild' as const }, period: 'month' as const, limit: '500' };
const approval: Approval = {
  ...{ channel: card.channel, card, wanted: 2, endsAt: AT + 72 * 3_600_000, votes: [] },
  ...{ because: [{ rule: 'every_order' }], budgets: [{ ...budget, before: '50', after: '40.2' }] },
};
const waitsFor = (more: Partial<Approval> = {}, also: Partial<Order> = {}): Order => {
  const last = step('awaiting_approval', 'approval_asked', { by: ALICE });
  const one = order({ status: 'awaiting_approval', approval: { ...approval, ...more }, ...also });
  return { ...one, history: [...one.history, last] };
};
const endedAs = (
  ...[status, why, by, detail]: [Order['status'], Parameters<typeof step>[1], string, string?]
): Order => {
  const before = waitsFor(status === 'rejected' ? {} : { votes });
  const last = step(status, why, { by, ...(detail !== undefined && { detail }) });
  return { ...before, status, history: [...before.history, last] };
};
const ends = {
  approved: endedAs('approved', 'approved', BOB),
  declined: endedAs('rejected', 'rejected', BOB, 'Not for this month'),
  left: endedAs('rejected', 'requester_left', 'cardigan'),
  cancelled: endedAs('cancelled', 'asked', ALICE),
  expired: endedAs('expired', 'too_late', 'cardigan'),
};
const gift = { recipients: [{ user: BOB, quantity: 2 }], gift: { message: 'Well played', receipt: 'public' as const } };
const approver = (name: string, view: Sample['view']): Sample => ({ name, reader: 'approver', view });

const waiting: WaitingOrder = { order: waitsFor(), actions: ['approve', 'reject'], voice: BOB, askedAt: AT, card };
const { voice: _, ...voted } = { ...waiting, order: waitsFor({ votes }, { id: 'C' }), actions: [] };
const member = { user: BOB, guild: order().guild };
const list = {
  page: 0,
  pages: 1,
  total: 3,
  waiting: [waiting, { ...waiting, order: waitsFor({}, { ...gift, id: 'B' }), voice: CARA }, voted],
};
const none = { page: 0, pages: 0, total: 0, waiting: [] };
const details = { order: waitsFor(), month: { charged: usd('120'), isPart: false } };
const recent = [orderIn('delivered', 'dm_sent', { remote }), orderIn('failed', 'out_of_stock')];

export const approvalSamples: readonly Sample[] = [
  approver('request', approvalView(waitsFor(), en)),
  approver('request, one approved', approvalView(waitsFor({ votes }), en)),
  approver('request of a gift', approvalView(waitsFor({ wanted: 1 }, gift), en)),
  approver(
    'request that pings',
    approvalView(waitsFor(), en, { asked: { users: [], roles: ['77'], isNobodyLeft: false } }),
  ),
  {
    // Its words are for people with Manage Server: nobody else can decide.
    ...{ name: 'request, nobody left', reader: 'admin' },
    view: approvalView(waitsFor(), en, { asked: { users: [], roles: [], isNobodyLeft: true } }),
  },
  ...Object.entries(ends).map(([how, one]) => approver(`request ${how}`, approvalView(one, en))),
  approver('declined, to who did', rejectedView(ends.declined, en)),
  { name: 'approved, to who asked', reader: 'member', view: approvedView(ends.approved, en) },
  approver('reminder', reminderView({ kind: 'reminder', order: waitsFor(), number: 1, card, isDue: true }, en)),
  approver('list', approvalListView(list, { member }, en)),
  approver('list after a decision', approvalListView(list, { member, decided: ends.approved }, en)),
  approver('list after a vote', approvalListView(list, { member, decided: waitsFor({ votes }) }, en)),
  approver('empty list', approvalListView(none, { member, decided: ends.declined }, en)),
  approver('nothing to decide', approvalListView(none, { member }, en)),
  approver('details', requesterDetailsView({ ...details, recent, balance: usd('100.5') }, en)),
  approver(
    'details, part',
    requesterDetailsView({ ...details, month: { ...details.month, isPart: true }, recent, balance: 'unknown' }, en),
  ),
  approver('details of nothing', requesterDetailsView({ ...details, recent: [], balance: 'hidden' }, en)),
];
