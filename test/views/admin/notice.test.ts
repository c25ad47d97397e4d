import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkForm } from '../../../sandbox/discord/rules/form.ts';
import { modalRules } from '../../../sandbox/discord/rules/modal.ts';
import { en } from '../../../src/i18n/en.ts';
import { type Stop, stopReasons } from '../../../src/orders/model/kill-switch.ts';
import type { Order, Remote } from '../../../src/orders/model/order.ts';
import type { NoticeContent } from '../../../src/orders/model/ports.ts';
import { noticeView } from '../../../src/views/admin/notice.ts';
import { askView, closeModal, decidedView, reviewListView, reviewView } from '../../../src/views/admin/review.ts';
import { plain } from '../../../src/views/kit/text.ts';
import { AT, anyOrder, nasty, orderIn, remote, step, usd } from '../samples.ts';
import { checkLimits, liveMarkup, seen } from '../seen.ts';

const inReview = (why: 'found_several' | 'codes_overdue', more = {}) =>
  orderIn('needs_review', why, {
    attempt: { id: 'A', startedAt: AT, watermark: 1, lane: 'x' },
    ...more,
  });
const candidates = [
  { ...remote, createdAt: '2026-01-05T14:00:00+02:00' },
  { orderId: 42, charged: usd('9.8'), createdAt: 'yesterday' },
];
const stop = (more: Partial<Stop> = {}): Stop => ({
  ...{ version: 1, id: 'S1', at: AT, by: '200000000000000002', why: 'asked' },
  ...more,
});
const shown = (content: NoticeContent) => seen(noticeView(content, 'somebody', en));

describe('a notice to the admins', () => {
  it('asks about an order that may be one of several', () => {
    const order = inReview('found_several', { candidates });
    expect(shown({ kind: 'review', order })).toMatchSnapshot();
  });

  it.each(['order', 'campaign'] as const)(
    'says that nothing more is bought for a server that was taken off: %s',
    (of) => {
      const about = { of, guild: '300000000000000009', reference: 'K7Q2M9', requester: '200000000000000002' };
      expect(shown({ kind: 'unserved', what: '3 × Acme_5 USD', ...about })).toMatchSnapshot();
    },
  );

  it.each(['orders', 'budgets', 'settings', 'something of tomorrow'])(
    'says which record cannot be read, and what that means: of %s',
    (namespace) => {
      expect(shown({ kind: 'unreadable', namespace, key: 'A/1', fault: 'not_authentic' })).toMatchSnapshot();
      const newer = shown({ kind: 'unreadable', namespace, key: 'A/1', fault: 'newer' });
      expect(newer).toContain('Whoever runs Cardigan has to run the newest version everywhere');
    },
  );

  it('asks about an order whose codes do not come', () => {
    expect(shown({ kind: 'review', order: inReview('codes_overdue', { remote }) })).toMatchSnapshot();
  });

  it.each(['nobody', 'unclear'] as const)('says who decides where it is %s here', (deciders) => {
    const order = inReview('found_several', { candidates });
    expect(seen(noticeView({ kind: 'review', order }, deciders, en))).toMatchSnapshot();
  });

  it.each([
    ['review_ours', 'bought', 'ORD-2026-001'],
    ['review_none', 'closed', undefined],
    ['review_wait', 'bought', undefined],
    ['review_closed', 'closed', 'The money came back.'],
  ] as const)('says who decided what: %s', (why, status, detail) => {
    const by = '200000000000000002';
    const order = orderIn(status, undefined, {
      history: [step('needs_review', 'found_several'), step(status, why, { by, ...(detail && { detail }) })],
    });
    expect(seen(reviewView(order, 'somebody', en))).toMatchSnapshot();
    expect(seen(decidedView(order, en))).toContain('Recorded. ');
  });

  it('says when an order went on by itself', () => {
    const order = orderIn('delivered', 'received');
    expect(seen(reviewView(order, 'somebody', en))).toContain('Resolved without a review: delivered.');
  });

  it.each(stopReasons)('tells of a stop: %s', (why) => {
    const by = why === 'asked' ? '200000000000000002' : 'cardigan';
    expect(shown({ kind: 'stop', stop: stop({ why, by }) })).toMatchSnapshot();
  });

  it('tells who resumed purchases', () => {
    const resumed = { at: AT, by: '200000000000000003' };
    expect(shown({ kind: 'stop', stop: stop({ detail: 'We count', resumed }) })).toMatchSnapshot();
  });

  it.each([40003, 20026])(
    'tells that Discord takes direct messages for spam, what that means and what to do: %s',
    (code) => {
      const dmStop = { version: 1, id: '01STOP', at: AT, code };
      expect(shown({ kind: 'dms_stopped', stop: dmStop })).toMatchSnapshot();
      const resumed = { at: AT, by: '200000000000000003' };
      expect(shown({ kind: 'dms_stopped', stop: { ...dmStop, resumed } })).toMatchSnapshot();
    },
  );

  it('tells of an order that nobody knows', () => {
    const stranger = { orderId: 77, orderNo: 'ORD-77', charged: usd('25'), createdAt: 'yesterday' };
    expect(shown({ kind: 'stranger', stranger, perhaps: ['K7Q2M9'] })).toMatchSnapshot();
    const thin = shown({ kind: 'stranger', stranger: { orderId: 77 }, perhaps: [] });
    expect(thin).toMatchSnapshot();
  });

  it('tells of amounts that differ', () => {
    const order = orderIn('delivered', 'dm_sent', { remote });
    const listed = { ...remote, charged: usd('12') };
    expect(shown({ kind: 'amount_differs', order, listed })).toMatchSnapshot();
    const dearer = { ...order, remote: listed };
    expect(shown({ kind: 'charged_more', order: dearer })).toMatchSnapshot();
  });
});

describe('what is odd in an answer', () => {
  const order = orderIn('delivered', 'dm_sent', { remote });

  it.each([
    ['too low an amount', usd('0')],
    ['no amount', null],
  ])('is told: %s, and what counts instead', (_, stated) => {
    const unclear = { ...order, remote: { ...remote, stated } };
    expect(shown({ kind: 'charged_unclear', order: unclear })).toMatchSnapshot();
  });

  it('is told: more than an order can have', () => {
    expect(shown({ kind: 'answer_cut', order, cut: ['order_no', 'codes', 'code', 'metadata'] })).toMatchSnapshot();
  });

  it('is told: a catalog that cannot be taken as it comes', () => {
    expect(shown({ kind: 'catalog_odd', skipped: 1, cut: 2, isCut: true })).toMatchSnapshot();
    expect(shown({ kind: 'catalog_odd', skipped: 0, cut: 1, isCut: false })).toMatchSnapshot();
  });

  it('is told: a code of two orders', () => {
    expect(shown({ kind: 'code_twice', order, other: 'K7Q2M9' })).toMatchSnapshot();
  });

  it('shows of a candidate what CardPlusPay says, not what would count', () => {
    const shownFor = (stated: Remote['stated']) =>
      seen(reviewView(inReview('found_several', { candidates: [{ ...remote, stated }] }), 'somebody', en));
    expect(shownFor(usd('0.50'))).toContain('$0.50');
    expect(shownFor(null)).toContain('no amount');
  });
});

describe('a decision', () => {
  it('is asked for once more, with what it means', () => {
    const order = inReview('found_several', { candidates });
    const asked = [{ kind: 'ours', candidate: remote }, { kind: 'none' }, { kind: 'wait' }] as const;
    expect(asked.map((each) => seen(askView(order, each, en))).join('\n\n')).toMatchSnapshot();
  });

  it('closes with a form that Discord takes', () => {
    const { custom_id, title, components } = closeModal('01K7Q2M900000000', en);
    checkForm(modalRules, { custom_id, title, components });
    expect(custom_id).toBe('review.close:01K7Q2M900000000');
  });

  it('waits in a list, which may be empty', () => {
    expect(
      seen(reviewListView({ waiting: [inReview('found_several')], missing: [], hasMore: true }, en)),
    ).toMatchSnapshot();
    expect(seen(reviewListView({ waiting: [], missing: [], hasMore: false }, en))).toMatchSnapshot();
  });
});

describe('whatever people and CardPlusPay write', () => {
  const ten = (order: Order) =>
    Array.from({ length: 10 }, (_, i) => ({ ...order, id: `${order.id.slice(0, 15)}${i}` }));
  const many = Array.from({ length: 20 }, (_, i) => ({ ...remote, orderId: i + 1 }));

  it('fits Discord, and nothing of it formats or mentions', () => {
    fc.assert(
      fc.property(
        anyOrder,
        nasty.filter((text) => plain(text) !== ''),
        (one, text) => {
          const views = (words: string, order = one) => {
            const wild = many.map((each) => ({ ...each, orderNo: words, createdAt: words }));
            const waiting = { ...order, status: 'needs_review' as const, candidates: wild };
            const closed = [step('closed', 'review_closed', { detail: words })];
            const stranger = { orderId: 1, orderNo: words, createdAt: words };
            return [
              reviewView(waiting, 'nobody', en),
              reviewView({ ...order, status: 'closed', history: closed }, 'somebody', en),
              noticeView({ kind: 'stop', stop: stop({ detail: words }) }, 'somebody', en),
              noticeView({ kind: 'stranger', stranger, perhaps: [] }, 'somebody', en),
              reviewListView({ waiting: ten(waiting), missing: [], hasMore: true }, en),
            ];
          };
          for (const view of views(text)) expect(() => checkLimits(view)).not.toThrow();
          const tame = { ...one, reason: 'x', quote: { ...one.quote, name: 'x', itemCode: 'x' } };
          expect(views(text).map(liveMarkup)).toEqual(views('x', tame).map(liveMarkup));
        },
      ),
      { numRuns: 50 },
    );
  });
});
