import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Order, type Status, statuses } from '../../../src/orders/model/order.ts';
import { openActions, type Viewer } from '../../../src/orders/model/permissions.ts';
import { voiceFor } from '../../../src/policy/approval.ts';
import type { Verdict } from '../../../src/policy/types.ts';
import { anyOrder } from '../random-orders.ts';

const charged = { amount: '4.9', currency: 'USD' };
const quote = {
  itemCode: 'ACME-5',
  name: 'Acme',
  quantity: 2,
  each: charged,
  charged,
  balance: charged,
  expiresAt: 1000,
};
const card = { fingerprint: 'f', recipient: 'cleo', parcel: 0 };
const order = (status: Status): Order => ({
  version: 1,
  id: 'id',
  reference: 'ABC123',
  guild: 'guild',
  channel: 'c',
  locale: 'en',
  requester: 'anna',
  recipients: [{ user: 'cleo', quantity: 2 }],
  history: [],
  quote,
  status,
  cards: [card],
});
const inStatuses = (user: string, verdict: Verdict['kind'], action: string, now = 999) =>
  statuses.filter((status) => openActions(order(status), { user, verdict }, now).some((open) => open === action));

describe('what somebody may do with an order', () => {
  it('only its requester confirms, where the policy allows it alone, while the quote lasts', () => {
    expect(inStatuses('anna', 'allowed', 'confirm')).toEqual(['quoted']);
    expect(inStatuses('anna', 'allowed', 'confirm', 1000)).toEqual([]);
    expect(inStatuses('anna', 'needs', 'confirm')).toEqual([]);
    expect(inStatuses('anna', 'refused', 'confirm')).toEqual([]);
    expect(inStatuses('cleo', 'allowed', 'confirm')).toEqual([]);
  });

  it('only its requester asks for an approval, where it needs one, while the quote lasts', () => {
    expect(inStatuses('anna', 'needs', 'ask')).toEqual(['quoted']);
    expect(inStatuses('anna', 'needs', 'ask', 1000)).toEqual([]);
    expect(inStatuses('anna', 'allowed', 'ask')).toEqual([]);
    expect(inStatuses('anna', 'refused', 'ask')).toEqual([]);
    expect(inStatuses('cleo', 'needs', 'ask')).toEqual([]);
  });

  const endsAt = 500;
  const approval = { channel: 'c', wanted: 2, because: [], budgets: [], endsAt, votes: [] };
  const vote = (by: string, voice = by) => ({ by, voice, at: 5 });
  const waits = (votes: ReturnType<typeof vote>[] = []): Order => ({
    ...order('awaiting_approval'),
    approval: { ...approval, votes },
  });
  const decidesOn = (one: Order, viewer: Viewer, now = 6) =>
    openActions(one, viewer, now).filter((each) => each === 'approve' || each === 'reject');

  it('only an approver who is not involved approves or rejects what waits, in time', () => {
    const ben = { user: 'ben', voices: ['ben'] };
    expect(decidesOn(waits(), ben)).toEqual(['approve', 'reject']);
    expect(decidesOn(waits(), ben, endsAt)).toEqual([]);
    expect(decidesOn(waits(), { ...ben, voices: [] })).toEqual([]);
    for (const involved of ['anna', 'cleo'])
      expect(decidesOn(waits(), { user: involved, voices: [involved] })).toEqual([]);
    const others = statuses.filter((status) => status !== 'awaiting_approval');
    expect(others.flatMap((status) => decidesOn({ ...waits(), status }, ben))).toEqual([]);
  });

  it('a delegate decides in the name of who is not involved, and neither of them twice', () => {
    const ben = { user: 'ben', voices: ['anna', 'dora'] };
    expect(decidesOn(waits(), ben)).toEqual(['approve', 'reject']);
    expect(voiceFor(waits(), ben)).toBe('dora');
    expect(decidesOn(waits(), { ...ben, voices: ['anna'] })).toEqual([]);
    expect(decidesOn(waits([vote('dora')]), ben)).toEqual(['reject']);
    expect(decidesOn(waits([vote('ben', 'dora')]), { user: 'dora', voices: ['dora'] })).toEqual(['reject']);
    expect(decidesOn(waits([vote('ben', 'emil')]), ben)).toEqual(['reject']);
  });

  it('only its requester cancels, as long as nothing can have been sent', () => {
    expect(inStatuses('anna', 'needs', 'cancel')).toEqual([...['quoted', 'awaiting_approval', 'approved']]);
    expect(inStatuses('cleo', 'allowed', 'cancel')).toEqual([]);
  });

  it('only who is to get a code reveals it, once it is there', () => {
    expect(inStatuses('cleo', 'needs', 'reveal')).toEqual([
      ...['needs_review', 'bought', 'held', 'delivered', 'closed'],
    ]);
    expect(inStatuses('anna', 'allowed', 'reveal')).toEqual([]);
  });

  it('its requester asks for missing codes', () => {
    expect(inStatuses('anna', 'needs', 'collect')).toEqual(['bought']);
    expect(inStatuses('cleo', 'allowed', 'collect')).toEqual([]);
    const whole = { ...order('bought'), cards: [card, { ...card, fingerprint: 'g' }] };
    expect(openActions(whole, { user: 'anna' }, 0)).toEqual([]);
  });

  it('only its requester buys the same again, once nothing of it is under way, and nothing that was given away', () => {
    expect(inStatuses('anna', 'needs', 'again')).toEqual(['held', 'delivered', 'failed']);
    expect(inStatuses('cleo', 'allowed', 'again')).toEqual([]);
    const gift: Order = { ...order('delivered'), gift: { receipt: 'private' } };
    expect(openActions(gift, { user: 'anna' }, 0)).not.toContain('again');
  });

  const admin = (user: string) => ({ user, isAdmin: true });
  const decisions = ['ours', 'none', 'wait', 'close'];
  const decisionsOf = (one: Order, user: string) =>
    openActions(one, admin(user), 0).filter((action) => decisions.includes(action));

  it('an admin decides what waits for people: whose it is, or that it is over', () => {
    const inReview = order('needs_review');
    const remote = { orderId: 1, charged };
    expect(decisionsOf(inReview, 'olga')).toEqual(['ours', 'none', 'close']);
    expect(decisionsOf({ ...inReview, remote }, 'olga')).toEqual(['wait', 'close']);
    const others = statuses.filter((status) => status !== 'needs_review' && status !== 'not_found');
    expect(others.flatMap((status) => decisionsOf(order(status), 'olga'))).toEqual([]);
  });

  it('an admin may say what became of one that CardPlusPay did not show, also once a day of looking has closed it', () => {
    expect(decisionsOf(order('not_found'), 'olga')).toEqual(['ours', 'none', 'close']);
    const closed = (why: 'not_listed' | 'review_none' | 'review_closed'): Order => ({
      ...order('closed'),
      history: [
        { at: 1, by: 'cardigan', status: 'not_found', why: 'not_listed' },
        { at: 2, by: 'cardigan', status: 'closed', why },
        { at: 3, by: 'cleo', status: 'closed', why: 'revealed' },
      ],
    });
    expect(decisionsOf(closed('not_listed'), 'olga')).toEqual(['ours']);
    expect(decisionsOf(closed('not_listed'), 'anna')).toEqual([]);
    expect(decisionsOf(closed('review_none'), 'olga')).toEqual([]);
    expect(decisionsOf(closed('review_closed'), 'olga')).toEqual([]);
  });

  it('neither its requester nor a recipient decides, whoever they are', () => {
    expect(decisionsOf(order('needs_review'), 'anna')).toEqual([]);
    expect(decisionsOf(order('needs_review'), 'cleo')).toEqual([]);
  });

  it('an admin has codes sent again, that are here and not on their way', () => {
    const admin = { user: 'zoe', oversees: true };
    const tried = { ...card, posted: { how: 'closed' as const, at: 1, tries: 1 } };
    const open = (cards: Order['cards']) =>
      statuses.filter((status) => openActions({ ...order(status), cards }, admin, 0).includes('resend'));
    expect(open([tried])).toEqual(['needs_review', 'bought', 'held', 'delivered', 'closed']);
    expect(open([card])).toEqual(['needs_review', 'held', 'delivered', 'closed']);
    expect(open([{ ...tried, resendAt: 5 }])).toEqual([]);
    expect(open([])).toEqual([]);
    const campaign = { id: 'C', charged: { amount: '5', currency: 'USD' } };
    // Those are shown where their people press, and never sent.
    expect(openActions({ ...order('delivered'), campaign, cards: [tried] }, admin, 0)).not.toContain('resend');
  });

  it('is nothing at all for a stranger, not even for a manager of another server', () => {
    fc.assert(
      fc.property(anyOrder, fc.boolean(), fc.nat(2000), (any, isAllowed, now) => {
        const verdict = isAllowed ? 'allowed' : 'needs';
        expect(openActions(any, { user: 'a stranger', verdict }, now)).toEqual([]);
      }),
    );
  });
});
