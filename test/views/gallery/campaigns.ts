import { newsKinds } from '../../../src/campaigns/messages/news.ts';
import { type Campaign, kinds, states } from '../../../src/campaigns/model/campaign.ts';
import type { Stats } from '../../../src/campaigns/model/entry.ts';
import { en } from '../../../src/i18n/en.ts';
import { campaignApprovalView } from '../../../src/views/approvals/campaign-card.ts';
import { campaignDetailsView } from '../../../src/views/approvals/requester-details.ts';
import { claimView, waitsView, winnersView } from '../../../src/views/campaigns/claim.ts';
import { campaignFileView, campaignListView, replacingView } from '../../../src/views/campaigns/lists.ts';
import { campaignNewsView, campaignNotificationView } from '../../../src/views/campaigns/notify.ts';
import { campaignPanel } from '../../../src/views/campaigns/panel.ts';
import { campaignView } from '../../../src/views/campaigns/public-message.ts';
import { ALICE, AT, campaign, usd } from '../../campaigns/campaign.ts';
import type { Sample } from './sample.ts';

const HOUR = 60 * 60_000;
const BOB = '200000000000000002';
const begun: Stats = {
  ...{ entered: 1, won: 1, due: 1, ordered: 1, failed: 1, lapsed: 1 },
  ...{ sent: 1, waiting: 1, onWay: 1, pool: 1, unclear: 1, openOrders: 0 },
  charged: usd('4.9'),
};
const counts = { one: begun, many: { ...begun, entered: 420, sent: 2, waiting: 12, charged: usd('1225') } };
const draw = { seedHash: 'a'.repeat(64), reached: 0 };
const of = (kind: Campaign['kind'], more: Partial<Campaign> = {}): Campaign =>
  campaign({
    kind,
    places: 3,
    ...(kind !== 'bulk' && { endsAt: AT + 24 * HOUR }),
    ...(kind === 'giveaway' && { claimWithinMs: HOUR, draw }),
    ...(kind === 'drop' && { drawSeconds: 1, draw }),
    eligibility: { role: '77', accountDays: 1, memberDays: 1, quietDays: 1 },
    ...more,
  });
const member = (name: string, view: Sample['view']): Sample => ({ name, reader: 'member', view });

const approval: Campaign['approval'] = {
  ...{ channel: '400000000000000001', wanted: 1, because: [{ rule: 'every_order' }], budgets: [] },
  ...{ endsAt: AT + 72 * HOUR, votes: [] },
};

const standing = kinds.flatMap((kind) =>
  states.flatMap((state) =>
    Object.entries(counts).flatMap(([count, tally]) => {
      const one = of(kind, { state, places: count === 'one' ? 1 : 3 });
      const options = { actions: ['confirm', 'cancel'] as const, tally, at: AT };
      return [
        member(`${kind} ${state} ${count}`, campaignView(one, tally, en)),
        member(`panel ${kind} ${state} ${count}`, campaignPanel(one, options, en)),
      ];
    }),
  ),
);

const halted = Object.keys(en.campaigns.because).flatMap((why) => {
  const parts = of('drop').parts.map((part) => ({ ...part, blocked: { why, at: AT, tries: 1 } }));
  const one = of('drop', { state: 'halted', parts });
  const step = { at: AT, by: 'cardigan', state: 'halted' as const, why: 'blocked' as const };
  const news = { kind: 'halted' as const, step, since: AT };
  return [
    member(`drop on hold: ${why}`, campaignView(one, begun, en)),
    member(`word on hold: ${why}`, campaignNotificationView(one, news, { tally: begun, actions: ['go_on'] }, en)),
  ];
});

const news = kinds.flatMap((kind) =>
  newsKinds.flatMap((each) => {
    const why = each === 'rejected' ? { why: 'rejected' as const } : {};
    const step = { at: AT, by: ALICE, state: 'running' as const, ...why };
    const options = { tally: begun, actions: ['export'] as const };
    return [
      member(`word ${kind} ${each}`, campaignNotificationView(of(kind), { kind: each, step, since: AT }, options, en)),
      member(`word in the channel ${each}`, campaignNewsView(of(kind), { kind: each, step, since: AT }, en)),
    ];
  }),
);

const cardStates = ['buying', 'behind', 'earlier_unclear', 'unclear', 'out_of_stock', 'in_the_way'] as const;
const claimed = [
  ...(['not_entered', 'left', 'drawing', 'not_drawn', 'failed'] as const).map((is) => ({ is })),
  ...[...cardStates, 'paused' as const, 'stopped' as const, 'codes_late' as const].map((is) => ({ is })),
  ...[1, 420].map((entrants) => ({ is: 'entered' as const, drawnAt: AT + HOUR, entrants })),
  { is: 'won' as const, until: AT + HOUR },
  { is: 'try_again' as const, at: AT + HOUR },
  ...(['gone', 'not_eligible', 'unclaimed', 'replaced', 'not_found', 'called_off'] as const).map((why) => ({
    ...{ is: 'lapsed' as const, why },
  })),
].flatMap((where) =>
  (['drop', 'giveaway'] as const).map((kind) =>
    member(`${kind} ${Object.values(where).join(' ')}`, claimView(of(kind), where, { user: BOB, actions: [] }, en)),
  ),
);

const called = { campaign: of('giveaway'), number: 1, users: [BOB], until: AT + HOUR };
const list = { user: ALICE, here: 'list/0', previous: undefined, next: undefined };

export const campaignSamples: readonly Sample[] = [
  ...standing,
  ...halted,
  ...news,
  ...claimed,
  member('winners', winnersView({ kind: 'winners', ...called, isOpen: true }, en)),
  member('winners, over', winnersView({ kind: 'winners', ...called, isOpen: false }, en)),
  member('ready', waitsView({ kind: 'waits', ...called, reference: 'K7Q2M9', isOpen: true }, en)),
  member('ready, over', waitsView({ kind: 'waits', ...called, reference: 'K7Q2M9', isOpen: false }, en)),
  member('list', campaignListView({ ...list, campaigns: kinds.map((kind) => of(kind, { id: kind })) }, en)),
  member('empty list', campaignListView({ ...list, campaigns: [] }, en)),
  member('file of one', campaignFileView(of('drop'), { text: 'x', rows: 1 }, en)),
  member('empty file', campaignFileView(of('drop'), { text: '', rows: 0 }, en)),
  member('nobody to replace', replacingView(of('giveaway'), { winners: [], more: 0 }, en)),
  ...kinds.map(
    (kind): Sample => ({
      name: `approval of a ${kind}`,
      reader: 'approver',
      view: campaignApprovalView(of(kind, { state: 'awaiting_approval', approval }), { decided: undefined }, en),
    }),
  ),
  ...kinds.flatMap((kind) =>
    states.flatMap((state) =>
      Object.entries(counts).map(([count, tally]): Sample => {
        const decided = { at: AT, by: BOB, state: 'running' as const, why: 'approved' as const };
        const one = of(kind, { state, history: [decided, { at: AT, by: ALICE, state }] });
        const view = campaignApprovalView(one, { decided, tally, users: [BOB] }, en);
        return { name: `approved ${kind} ${state} ${count}`, reader: 'approver', view };
      }),
    ),
  ),
  {
    ...{ name: 'details of a bulk send', reader: 'approver' },
    view: campaignDetailsView(
      {
        ...{ campaign: of('bulk'), users: [BOB], recent: [], balance: usd('100') },
        month: { charged: usd('20'), isPart: false },
      },
      en,
    ),
  },
];
