import { describe, expect, it } from 'vitest';
import { dayOf } from '../../src/lib/dates/calendar.ts';
import { auditOf, chainOf } from '../policy/recording.ts';
import { edit } from '../store/with-the-key.ts';
import { anna, ask, buy, cleo, type Desk, olga, openDesk, quote } from './desk.ts';

type Change = (record: Record<string, unknown>) => unknown;

/** What somebody does to a record who can write to the database and has no key. */
const spoil = (
  desk: Desk,
  namespace: string,
  key: string,
  change: Change = (record) => Object.assign(record, { x: 1 }),
) => edit(desk.file, namespace, key, change);

/** What admins were told of records, each by its place. */
const told = ({ board }: Desk) =>
  board.notices.flatMap(({ said: [content] }) =>
    content?.kind === 'unreadable' ? `${content.namespace}/${content.key}` : [],
  );

/** It waits for an approval: of an offer that nobody takes nothing is left. */
const request = async (desk: Desk) => ask(desk, await quote(desk, { member: cleo }));

const today = ({ clock }: Desk) => `day/${dayOf(clock.now())}`;
const unreadable = (namespace: string) => ({ isUnreadable: true, record: { namespace } });

describe('a record that cannot be read', () => {
  it('stops no other order, and admins are told of it once', async () => {
    const desk = await openDesk();
    const [bad, good] = [await request(desk), await request(desk)];
    spoil(desk, 'orders', bad.id, (order) => Object.assign(order, { status: 'a word of tomorrow' }));
    desk.clock.advance(73 * 60 * 60_000);
    for (let times = 0; times < 3; times++) await desk.tick();
    await desk.settled();
    expect((await desk.stored(good.id)).status).toBe('expired');
    expect(told(desk)).toEqual([`orders/${bad.id}`]);
    const { orders } = await desk.ofMember(cleo, { limit: 10 });
    expect(orders.map(({ id }) => id)).toEqual([good.id]);
    await expect(desk.get(bad.id, cleo)).rejects.toMatchObject(unreadable('orders'));
    // Another process tells of it no second time.
    const other = desk.newProcess();
    await other.recover();
    await other.tick();
    expect(told(desk)).toEqual([`orders/${bad.id}`]);
    expect((await buy(desk)).status).toBe('delivered');
  });

  it('that is an order nobody sees the codes of, nor gets by changing who it is for', async () => {
    const desk = await openDesk();
    desk.post.post = async () => 'closed';
    const { id, status } = await buy(desk);
    expect(status).toBe('held');
    spoil(desk, 'orders', id, (order) => {
      Object.assign(order, { requester: 'ben', recipients: [{ user: 'ben', quantity: 1 }] });
      for (const card of order.cards as { recipient: string }[]) card.recipient = 'ben';
    });
    await expect(desk.reveal(id, { ...anna, user: 'ben' })).rejects.toMatchObject(unreadable('orders'));
  });

  it('that says it is approved is not bought, nor enters the record', async () => {
    const desk = await openDesk();
    const { id } = await request(desk);
    await auditOf(desk).tick();
    spoil(desk, 'orders', id, (order) => {
      Object.assign(order, { status: 'approved', approvedAt: desk.clock.now() });
      (order.history as unknown[]).push({ at: desk.clock.now(), by: 'olga', status: 'approved', why: 'approved' });
    });
    await desk.recover();
    await desk.tick();
    await desk.settled();
    await auditOf(desk).tick();
    expect(desk.vendor.posts).toEqual([]);
    expect(await chainOf(desk)).toHaveLength(2);
  });

  it('that is a budget refuses what counts in it, and holds back no codes that are paid for', async () => {
    const desk = await openDesk();
    expect((await buy(desk)).status).toBe('delivered');
    // Right before the second one is sent.
    desk.vendor.before = async (call) => call === 'orders' && spoil(desk, 'budgets', today(desk));
    const order = await buy(desk);
    expect(order.status).toBe('failed');
    expect(order.history.at(-1)).toMatchObject({ why: 'record_unreadable', detail: 'budgets' });
    desk.vendor.before = async () => undefined;
    await expect(quote(desk)).rejects.toMatchObject(unreadable('budgets'));
    await desk.tick();
    expect(told(desk)).toEqual([`budgets/${today(desk)}`]);
    expect(desk.vendor.posts).toHaveLength(1);
    desk.clock.advance(24 * 60 * 60_000);
    expect((await buy(desk)).status).toBe('delivered');
  });

  it('that a budget is while its order is out delays no codes', async () => {
    const desk = await openDesk();
    desk.vendor.before = async (call) => call === 'createOrder' && spoil(desk, 'budgets', today(desk));
    expect((await buy(desk)).status).toBe('delivered');
  });

  it('that is the policy of a server refuses purchases there', async () => {
    const desk = await openDesk();
    await desk.policies.change('guild', 'olga', (policy) => ({ ...policy, mostCards: 7 }));
    spoil(desk, 'settings', 'guild', ({ policy }) => Object.assign(policy as object, { mostCards: 100 }));
    await expect(quote(desk, { quantity: 9 })).rejects.toMatchObject(unreadable('settings'));
    await desk.tick();
    expect(told(desk)).toEqual(['settings/guild']);
  });

  it('that is a vote, or the name of a delegate, gives nobody a say', async () => {
    const desk = await openDesk();
    const named = { guild: 'guild', approver: olga.user, delegate: anna.user, until: desk.clock.now() + 1e9 };
    await desk.delegates.name(named);
    spoil(desk, 'delegations', `guild/${olga.user}`, (record) => Object.assign(record, { delegate: 'ben' }));
    expect(await desk.delegates.delegatorsOf('guild', 'ben')).toEqual([]);
    expect(await desk.delegates.delegatorsOf('guild', anna.user)).toEqual([]);
  });

  it('that is the newest stop counts as a stop, whatever it says', async () => {
    const desk = await openDesk();
    const { stop } = await desk.stopPurchases(olga);
    spoil(desk, 'stops', stop.id, (record) => Object.assign(record, { resumed: { at: 1, by: 'olga' } }));
    await expect(desk.requirePurchasesOpen()).rejects.toMatchObject({
      ...{ code: 'purchases_stopped', params: { why: 'record_unreadable' } },
    });
    await desk.tick();
    expect(told(desk)).toEqual([`stops/${stop.id}`]);
  });

  it('that is a notice keeps no other from being posted', async () => {
    const desk = await openDesk();
    const { stop } = await desk.stopPurchases(olga);
    await desk.tick();
    spoil(desk, 'notices', `stop/${stop.id}`);
    await desk.resumePurchases(olga);
    const again = await desk.stopPurchases(olga);
    await desk.tick();
    expect(desk.board.notices.flatMap(({ said }) => said)).toContainEqual(
      expect.objectContaining({ kind: 'stop', stop: expect.objectContaining({ id: again.stop.id }) }),
    );
  });

  it('that is an entry of the record keeps no later one out of it', async () => {
    const desk = await openDesk();
    await request(desk);
    const audit = auditOf(desk);
    await audit.tick();
    spoil(desk, 'audit', '000000000001', (entry) => Object.assign(entry, { at: 5 }));
    await request(desk);
    await audit.tick();
    expect(JSON.stringify(desk.logged)).not.toContain('could not be brought up to date');
    expect((await audit.entries(olga, {}, { limit: 10 })).entries.map(({ number }) => number)).toEqual([4, 3, 2]);
  });
});
