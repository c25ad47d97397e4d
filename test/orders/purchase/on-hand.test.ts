import { describe, expect, it } from 'vitest';
import { money } from '../../../src/lib/money.ts';
import type { Commission } from '../../../src/orders/campaign-orders.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { EACH, part, people } from '../campaign.ts';
import {
  anna,
  ask,
  ben,
  buy,
  cleo,
  confirm,
  type Desk,
  lastOf,
  olga,
  openDesk,
  problemOf,
  quote,
  statusesOf,
} from '../desk.ts';
import { pass } from '../losing.ts';
import { createMortal } from '../mortal.ts';
import { ITEM, OTHER_ITEM, orderAnswer } from '../vendor.ts';

const DAY = 24 * 60 * 60_000;
const whens = ['before', 'after'] as const;

/** So many cards of a campaign, bought for whoever claims them. */
async function pool(desk: Desk, cards: number, campaign = 'C', more: Partial<Commission> = {}): Promise<Order> {
  const commission: Commission = {
    ...part(desk, people(cards)),
    recipients: [],
    campaign: { id: campaign, charged: EACH, pool: 0 },
    ...more,
  };
  return desk.carryOut((await desk.commission(commission)).id);
}

/** So many cards that nobody claimed, of a campaign that is over. */
async function onHand(desk: Desk, cards: number, campaign?: string, more?: Partial<Commission>): Promise<Order> {
  const { id } = await pool(desk, cards, campaign, more);
  await desk.putOnHand(id);
  return desk.stored(id);
}

const countOf = (desk: Desk, itemCode = ITEM, guild = 'guild') => desk.countOnHand({ guild, quote: { itemCode } });
const codesFor = ({ post }: Desk, user: string) =>
  post.parcels.filter(({ recipient }) => recipient === user).flatMap(({ codes }) => codes.map(({ code }) => code));
const set = ({ policies }: Desk, policy: Partial<Policy>) =>
  policies.change('guild', 'olga', (before) => ({ ...before, ...policy }));

describe('cards on hand', () => {
  it('are what the next order of that card is served with, the oldest first, at no new charge', async () => {
    const desk = await openDesk();
    const pools = [await pool(desk, 2, 'C'), await pool(desk, 2, 'D')];
    for (const { id } of pools) await desk.putOnHand(id);
    expect(await countOf(desk)).toBe(4);
    const order = await buy(desk, { member: ben, quantity: 3 });
    expect(order.status).toBe('delivered');
    expect(statusesOf(order)).toEqual(['quoted', 'approved', 'bought', 'delivered']);
    expect(order.history.find(({ status }) => status === 'bought')).toMatchObject({ by: 'cardigan', why: 'from_hand' });
    expect(order.remote).toBeUndefined();
    expect(codesFor(desk, 'ben')).toEqual(['SECRET-1001-0', 'SECRET-1001-1', 'SECRET-1002-0']);
    expect(desk.post.parcels[0]?.codes[0]?.metadata).toEqual([{ name: 'Pin', value: 'PIN-1001-0' }]);
    expect(desk.vendor.posts).toHaveLength(2);
    expect(await desk.day(order)).toEqual({ settled: '19.6', held: {} });
    expect(await countOf(desk)).toBe(1);
    const { cards, history } = await desk.stored(pools[1]?.id ?? '');
    expect(cards.map(({ handedOn }) => handedOn?.order)).toEqual([order.id, undefined]);
    expect(history.at(-1)).toMatchObject({ by: 'cardigan', why: 'handed_on', detail: order.reference });
  });

  it('are not taken apart: an order of more is bought as a whole, and they wait for one that fits', async () => {
    const desk = await openDesk();
    await onHand(desk, 2);
    const order = await buy(desk, { quantity: 3 });
    expect(order).toMatchObject({ status: 'delivered', remote: { orderId: 1002 } });
    expect(await countOf(desk)).toBe(2);
  });

  it('serve nobody while their campaign goes on, in another server, of another card, or of another face value', async () => {
    const desk = await openDesk();
    await pool(desk, 1, 'C');
    const elsewhere = { guild: 'another', campaign: { id: 'D', charged: EACH, pool: 0 } };
    await onHand(desk, 1, 'D', elsewhere);
    const { quote: shown } = part(desk, people(1));
    await onHand(desk, 1, 'E', { quote: { ...shown, itemCode: OTHER_ITEM, charged: money('9.80', 'USD') } });
    await onHand(desk, 1, 'F', { quote: { ...shown, faceValue: money('50', 'USD') } });
    const posts = desk.vendor.posts.length;
    expect((await buy(desk)).remote).toBeDefined();
    expect(desk.vendor.posts).toHaveLength(posts + 1);
    expect([await countOf(desk, ITEM, 'another'), await countOf(desk, OTHER_ITEM)]).toEqual([1, 1]);
  });

  it('need the approval that a purchase of the same amount needs', async () => {
    const desk = await openDesk();
    await onHand(desk, 1);
    const order = await quote(desk, { member: cleo });
    expect(await problemOf(confirm(desk, order, cleo))).toMatchObject({ code: 'needs_approval' });
    await ask(desk, order, cleo);
    expect(codesFor(desk, 'cleo')).toEqual([]);
    await desk.approve(order.id, ben);
    await expect.poll(async () => (await desk.stored(order.id)).status).toBe('delivered');
    expect(codesFor(desk, 'cleo')).toEqual(['SECRET-1001-0']);
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it('stay where they are when the policy has come to refuse the order, or purchases are stopped', async () => {
    const desk = await openDesk();
    await onHand(desk, 1);
    const refused = await ask(desk, await quote(desk, { member: cleo }));
    await set(desk, { items: ['Something else'] });
    await desk.approve(refused.id, ben);
    expect(await desk.stored(refused.id)).toMatchObject({ status: 'rejected' });
    await set(desk, { items: [] });
    const stopped = await desk.commission(part(desk, ['dora']));
    await desk.stopPurchases({ ...olga, isAdmin: true });
    expect(lastOf(await desk.carryOut(stopped.id))).toMatchObject({ status: 'failed', why: 'stopped' });
    expect(await countOf(desk)).toBe(1);
    expect(desk.post.parcels).toEqual([]);
  });

  it('take no place in budgets, but in what a member may have without an approval', async () => {
    const desk = await openDesk();
    await onHand(desk, 2);
    const budgets = [{ scope: { kind: 'guild' as const }, period: 'month' as const, limit: '20' }];
    await set(desk, { budgets, free: { perOrder: '5', perDay: '9' } });
    const order = await buy(desk, { member: cleo });
    expect(order).toMatchObject({ status: 'delivered', fromHand: [{}] });
    expect(await desk.ledger.sums('guild/guild/month/2026-03')).toEqual({ settled: '0', held: '0' });
    expect(await desk.ledger.sums('guild/free/cleo/2026-03-07')).toEqual({ settled: '4.9', held: '0' });
    expect(await problemOf(buy(desk, { member: cleo }))).toMatchObject({ code: 'needs_approval' });
  });

  it('go to one order each, when two processes carry out two orders of the last one at once', async () => {
    for (let round = 0; round < 5; round++) {
      const desk = await openDesk({ ownsStore: false });
      await onHand(desk, 1);
      const [one, other] = [await quote(desk), await quote(desk, { member: ben })];
      const second = desk.newProcess();
      const orders = await Promise.all([confirm(desk, one), second.confirm(other.id, ben)]);
      expect(orders.map(({ status }) => status)).toEqual(['delivered', 'delivered']);
      expect(orders.filter(({ fromHand }) => fromHand)).toHaveLength(1);
      expect(codesFor(desk, 'anna').concat(codesFor(desk, 'ben')).toSorted()).toEqual([
        'SECRET-1001-0',
        'SECRET-1002-0',
      ]);
      expect(await countOf(desk)).toBe(0);
    }
  });

  it('are one order’s, and no code is lost or given to two, wherever the process dies that serves it', async () => {
    for (const when of whens) {
      for (let call = 1; ; call++) {
        const desk = await openDesk();
        const source = await onHand(desk, 2);
        const order = await quote(desk, { member: ben });
        const mortal = createMortal({ call, when });
        const press = desk.newProcess(mortal.wrap).confirm(order.id, ben);
        const end = await Promise.race([press.then(() => 'finished'), mortal.died]);
        const next = desk.newProcess();
        // Somebody else comes before it is taken up again.
        const other = await quote(desk, { member: olga });
        await next.confirm(other.id, olga);
        await next.recover();
        await next.settled();
        if ((await desk.stored(order.id)).status === 'quoted') await next.confirm(order.id, ben);
        await next.tick();
        expect(await desk.stored(order.id)).toMatchObject({ status: 'delivered', fromHand: [{ order: source.id }] });
        expect([new Set(codesFor(desk, 'ben')).size, new Set(codesFor(desk, 'olga')).size]).toEqual([1, 1]);
        expect(new Set([...codesFor(desk, 'ben'), ...codesFor(desk, 'olga')]).size).toBe(2);
        expect(desk.vendor.posts).toHaveLength(1);
        expect((await desk.stored(source.id)).status).toBe('delivered');
        expect(await desk.day(order)).toEqual({ settled: '9.8', held: {} });
        if (end === 'finished') break;
      }
    }
  });

  it('look gone at once to the next order, where a process died between its two writes', async () => {
    const desk = await openDesk();
    const source = await onHand(desk, 1);
    const order = await quote(desk, { member: ben });
    const dying = desk.newProcess((outside) => ({
      ...outside,
      store: {
        ...outside.store,
        vault: (schema) => ({ ...outside.store.vault(schema), seal: () => new Promise(() => {}) }),
      },
    }));
    void dying.confirm(order.id, ben);
    await expect.poll(async () => (await desk.stored(order.id)).status).toBe('bought');
    expect((await desk.stored(source.id)).cards[0]?.handedOn).toBeUndefined();
    expect((await buy(desk)).remote).toBeDefined();
    expect((await desk.stored(source.id)).cards[0]?.handedOn?.order).toBe(order.id);
    await desk.newProcess().recover();
    await expect.poll(() => codesFor(desk, 'ben')).toEqual(['SECRET-1001-0']);
    expect(codesFor(desk, 'anna')).toEqual(['SECRET-1002-0']);
  });

  it('come into their order with their codes late, and after their campaign is over', async () => {
    const desk = await openDesk();
    desk.vendor.answer = async (request) => {
      const bought = desk.vendor.commit(request);
      return orderAnswer({ ...bought, codes: bought.codes.slice(0, 1) });
    };
    const { id } = await onHand(desk, 2);
    expect(await countOf(desk)).toBe(1);
    await pass(desk, 60_000);
    expect(await countOf(desk)).toBe(2);
    await buy(desk, { member: ben, quantity: 2 });
    expect(codesFor(desk, 'ben')).toEqual(['SECRET-1001-0', 'SECRET-1001-1']);
    expect(desk.post.parcels[0]?.codes[1]).toMatchObject({ lacks: 'never_shown' });
    expect((await desk.stored(id)).status).toBe('delivered');
  });

  it('are on hand again, when the campaign that was served with them is over and nobody claimed them', async () => {
    const desk = await openDesk();
    await onHand(desk, 2, 'C');
    const again = await onHand(desk, 2, 'D');
    expect(again).toMatchObject({ status: 'bought', fromHand: [{ cards: [{}, {}] }] });
    expect(await countOf(desk)).toBe(2);
    const order = await buy(desk, { member: ben, quantity: 2 });
    expect(order).toMatchObject({ status: 'delivered', fromHand: [{ order: again.id, remote: { orderId: 1001 } }] });
    expect(codesFor(desk, 'ben')).toEqual(['SECRET-1001-0', 'SECRET-1001-1']);
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it('are kept for who has not seen theirs, also when those of the order they were bought in are purged', async () => {
    const desk = await openDesk();
    const source = await onHand(desk, 1);
    desk.post.post = async () => 'closed';
    const order = await buy(desk, { member: ben });
    expect(order.status).toBe('held');
    await days(desk, 40);
    expect((await desk.stored(source.id)).purgedAt).toBeDefined();
    expect(await desk.vault.open(source.id)).toBeUndefined();
    const revealed = await desk.reveal(order.id, ben);
    expect(revealed.codes).toMatchObject([{ code: 'SECRET-1001-0', metadata: [{ value: 'PIN-1001-0' }] }]);
    await desk.seen(revealed);
    await days(desk, 40);
    expect(await desk.vault.open(order.id)).toBeUndefined();
    // From then on CardPlusPay shows them, by the number under which they were bought.
    expect((await desk.reveal(order.id, ben)).codes).toMatchObject([{ code: 'SECRET-1001-0', lacks: 'not_kept' }]);
    desk.vendor.later = () => [];
    expect(await problemOf(desk.reveal(order.id, ben))).toMatchObject({ code: 'codes_gone', number: 'ORD-1001' });
  });

  it('are never purged while nobody has them', async () => {
    const desk = await openDesk();
    const source = await onHand(desk, 2);
    await buy(desk, { member: ben });
    await days(desk, 80);
    expect((await desk.stored(source.id)).purgedAt).toBeUndefined();
    await buy(desk, { member: anna });
    expect(codesFor(desk, 'anna')).toEqual(['SECRET-1001-1']);
  });
});

async function days(desk: Desk, count: number): Promise<void> {
  for (let day = 0; day < count; day++) {
    desk.clock.advance(DAY);
    await desk.tick();
  }
}
