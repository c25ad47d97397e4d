import { describe, expect, it } from 'vitest';
import type { Member } from '../../../src/lib/member.ts';
import { anna, ask, ben, cleo, type Desk, openDesk, problemOf, quote } from '../desk.ts';

const dora: Member = { user: 'dora', guild: 'guild', isManager: false, roles: [] };
const first = { number: 0, size: 10 };

async function desks() {
  const desk = await openDesk();
  desk.guild.members.set('dora', dora);
  return desk;
}
/** Asks for an approval, a minute after whoever asked before. */
async function waiting(desk: Desk, member = cleo) {
  const order = await quote(desk, { member });
  desk.clock.advance(60_000);
  return ask(desk, order, member);
}
async function seenBy(desk: Desk, member: Member, page = first) {
  const { waiting: list, ...rest } = await desk.awaiting(member, page);
  return { ...rest, ids: list.map(({ order }) => order.id), list };
}
const twoWanted = (desk: Desk) =>
  desk.policies.change('guild', 'anna', (policy) => ({
    ...policy,
    tiers: [{ over: '1', approvals: 2 }],
  }));
const nameDora = (desk: Desk, approver = 'anna') =>
  desk.delegates.name({ guild: 'guild', approver, delegate: 'dora', until: Number.MAX_VALUE });

describe('what waits for an approver', () => {
  it('is all that they may decide about, whoever has waited longest first', async () => {
    const desk = await desks();
    const late = await quote(desk, { member: cleo });
    const early = await waiting(desk);
    desk.clock.advance(60_000);
    await ask(desk, late);
    const { ids, list, total } = await seenBy(desk, ben);
    expect([ids, total]).toEqual([[early.id, late.id], 2]);
    expect(list[0]).toMatchObject({ actions: ['approve', 'reject'], voice: 'ben' });
  });

  it('names the card of each, once it is up', async () => {
    const desk = await desks();
    await waiting(desk);
    await expect.poll(async () => (await seenBy(desk, ben)).list[0]?.card).toEqual({ channel: 'admins', message: '0' });
  });

  it('is not what was decided, has ended, is in another server, or is their own', async () => {
    const desk = await desks();
    await desk.policies.change('guild', 'anna', (policy) => ({
      ...policy,
      ownPurchases: 'another',
    }));
    const orders = [await waiting(desk), await waiting(desk), await waiting(desk, ben)];
    await desk.reject(orders[0]?.id ?? '', anna, 'no');
    await desk.cancel(orders[1]?.id ?? '', cleo);
    expect((await seenBy(desk, ben)).ids).toEqual([]);
    expect((await seenBy(desk, anna)).ids).toEqual([orders[2]?.id]);
    expect((await seenBy(desk, { ...anna, guild: 'another' })).ids).toEqual([]);
    desk.clock.advance(72 * 60 * 60_000);
    expect((await seenBy(desk, anna)).ids).toEqual([]);
  });

  it('has at its end what they have approved already, for which others are wanted', async () => {
    const desk = await desks();
    await twoWanted(desk);
    const [one, two] = [await waiting(desk), await waiting(desk)];
    await desk.approve(one.id, anna);
    const { ids, list } = await seenBy(desk, anna);
    expect(ids).toEqual([two.id, one.id]);
    expect(list[1]).toMatchObject({ actions: ['reject'], voice: undefined });
    expect((await seenBy(desk, ben)).ids).toEqual([one.id, two.id]);
  });

  it('comes in pages; past the last one is the last one', async () => {
    const desk = await desks();
    const orders = [];
    for (let index = 0; index < 5; index++) orders.push((await waiting(desk)).id);
    const page = (number: number) => seenBy(desk, ben, { number, size: 2 });
    expect(await page(0)).toMatchObject({ page: 0, pages: 3, total: 5, ids: orders.slice(0, 2) });
    expect(await page(1)).toMatchObject({ ids: orders.slice(2, 4) });
    expect(await page(7)).toMatchObject({ page: 2, ids: orders.slice(4) });
    for (const forged of [Number.NaN, -3]) expect((await page(forged)).page).toBe(0);
  });

  it('is nobody else’s to see', async () => {
    const desk = await desks();
    expect(await problemOf(desk.awaiting(cleo, first))).toEqual({ code: 'approvers_only' });
    expect(await seenBy(desk, anna)).toMatchObject({ page: 0, pages: 1, total: 0, ids: [] });
  });
});

describe('what waits for a delegate', () => {
  it('is what they may decide about in the name of whoever named them', async () => {
    const desk = await desks();
    await nameDora(desk);
    const [theirs, own] = [await waiting(desk), await waiting(desk, dora)];
    const { ids, list } = await seenBy(desk, dora);
    expect(ids).toEqual([theirs.id]);
    expect(list[0]?.voice).toBe('anna');
    expect((await seenBy(desk, ben)).ids).toEqual([theirs.id, own.id]);
    await desk.delegates.end('guild', 'anna');
    expect(await problemOf(desk.awaiting(dora, first))).toEqual({ code: 'approvers_only' });
  });

  it('is not what is the namer’s own, and is at the end what the namer has approved', async () => {
    const desk = await desks();
    await twoWanted(desk);
    await nameDora(desk);
    const [approved, other] = [await waiting(desk), await waiting(desk)];
    await waiting(desk, anna);
    await desk.approve(approved.id, anna);
    expect((await seenBy(desk, dora)).ids).toEqual([other.id, approved.id]);
  });
});
