import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openActions, type Viewer } from '../../src/orders/actions.ts';
import { type Order, type Status, statuses } from '../../src/orders/order.ts';
import { anyOrder } from './random-orders.ts';

const charged = { amount: '4.9', currency: 'USD' };
const quote = {
  ...{ itemCode: 'ACME-5', name: 'Acme', quantity: 2, each: charged, charged, balance: charged },
  expiresAt: 1000,
};
const card = { fingerprint: 'f', recipient: 'cleo', parcel: 0 };
const order = (status: Status): Order => ({
  ...{ version: 1, id: 'id', reference: 'ABC123', guild: 'guild', channel: 'c', locale: 'en' },
  ...{ requester: 'anna', recipients: [{ user: 'cleo', quantity: 2 }], history: [] },
  ...{ quote, status, cards: [card] },
});
const inStatuses = (user: string, isManager: boolean, action: string, now = 999) =>
  statuses.filter((status) =>
    openActions(order(status), { user, isManager }, now).some((open) => open === action),
  );

describe('what somebody may do with an order', () => {
  it('only its requester confirms, with Manage Server, while the quote lasts', () => {
    expect(inStatuses('anna', true, 'confirm')).toEqual(['quoted']);
    expect(inStatuses('anna', true, 'confirm', 1000)).toEqual([]);
    expect(inStatuses('anna', false, 'confirm')).toEqual([]);
    expect(inStatuses('cleo', true, 'confirm')).toEqual([]);
  });

  it('only its requester asks for an approval, while the quote lasts', () => {
    expect(inStatuses('anna', false, 'ask')).toEqual(['quoted']);
    expect(inStatuses('anna', false, 'ask', 1000)).toEqual([]);
    expect(inStatuses('cleo', true, 'ask')).toEqual([]);
  });

  it('only who is not involved and has Manage Server in its guild approves or rejects, in time', () => {
    const asked = { at: 5, by: 'anna', status: 'awaiting_approval' as const };
    const by = (viewer: Viewer, now = 6) =>
      statuses.filter((status) => {
        const open = openActions({ ...order(status), history: [asked] }, viewer, now);
        expect(open.includes('approve')).toBe(open.includes('reject'));
        return open.includes('approve');
      });
    const ben = { user: 'ben', isManager: true, guild: 'guild' };
    expect(by(ben)).toEqual(['awaiting_approval']);
    expect(by(ben, 5 + APPROVAL_LASTS_MS)).toEqual([]);
    expect(by({ ...ben, isManager: false })).toEqual([]);
    expect(by({ ...ben, guild: 'another' })).toEqual([]);
    expect(by({ ...ben, user: 'anna' })).toEqual([]);
    expect(by({ ...ben, user: 'cleo' })).toEqual([]);
  });

  it('only its requester cancels, as long as nothing can have been sent', () => {
    expect(inStatuses('anna', false, 'cancel')).toEqual([
      ...['quoted', 'awaiting_approval', 'approved'],
    ]);
    expect(inStatuses('cleo', true, 'cancel')).toEqual([]);
  });

  it('only who is to get a code reveals it, once it is there', () => {
    expect(inStatuses('cleo', false, 'reveal')).toEqual([
      ...['needs_review', 'bought', 'held', 'delivered', 'closed'],
    ]);
    expect(inStatuses('anna', true, 'reveal')).toEqual([]);
  });

  it('its requester asks for missing codes', () => {
    expect(inStatuses('anna', false, 'collect')).toEqual(['bought']);
    expect(inStatuses('cleo', true, 'collect')).toEqual([]);
    const whole = { ...order('bought'), cards: [card, { ...card, fingerprint: 'g' }] };
    expect(openActions(whole, { user: 'anna', isManager: true }, 0)).toEqual([]);
  });

  const admin = (user: string) => ({ user, isManager: true, isAdmin: true });
  const decisions = ['ours', 'none', 'wait', 'close'];
  const decisionsOf = (one: Order, user: string) =>
    openActions(one, admin(user), 0).filter((action) => decisions.includes(action));

  it('an admin decides what waits for people: whose it is, or that it is over', () => {
    const inReview = order('needs_review');
    const remote = { orderId: 1, charged };
    expect(decisionsOf(inReview, 'olga')).toEqual(['ours', 'none', 'close']);
    expect(decisionsOf({ ...inReview, remote }, 'olga')).toEqual(['wait', 'close']);
    const others = statuses.filter((status) => status !== 'needs_review');
    expect(others.flatMap((status) => decisionsOf(order(status), 'olga'))).toEqual([]);
  });

  it('neither its requester nor a recipient decides, whoever they are', () => {
    expect(decisionsOf(order('needs_review'), 'anna')).toEqual([]);
    expect(decisionsOf(order('needs_review'), 'cleo')).toEqual([]);
  });

  it('an admin has codes sent again, that are here and not on their way', () => {
    const admin = { user: 'zoe', isManager: false, oversees: true };
    const tried = { ...card, posted: { how: 'closed' as const, at: 1, tries: 1 } };
    const open = (cards: Order['cards']) =>
      statuses.filter((status) =>
        openActions({ ...order(status), cards }, admin, 0).includes('resend'),
      );
    expect(open([tried])).toEqual(['needs_review', 'bought', 'held', 'delivered', 'closed']);
    expect(open([card])).toEqual(['needs_review', 'held', 'delivered', 'closed']);
    expect(open([{ ...tried, resendAt: 5 }])).toEqual([]);
    expect(open([])).toEqual([]);
  });

  it('is nothing at all for a stranger, not even for a manager of another server', () => {
    fc.assert(
      fc.property(anyOrder, fc.boolean(), fc.nat(2000), (any, isManager, now) => {
        expect(openActions(any, { user: 'a stranger', isManager }, now)).toEqual([]);
      }),
    );
  });
});
