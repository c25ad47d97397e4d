import { describe, expect, it } from 'vitest';
import { budgetSchema } from '../../src/policy/budgets/record.ts';
import {
  anna,
  ben,
  confirmed,
  entriesNow,
  ITEM,
  movedOn,
  openRewardDesk,
  plan,
  planGiveaway,
  problemOf,
  revealedOf,
} from '../campaigns/desk.ts';
import { afterwards, claim, codesOf, enter, presser } from '../campaigns/pressing.ts';
import { ask, buy, cleo, openDesk, quote } from '../orders/desk.ts';
import { auditOf, chainOf, verify } from '../policy/recording.ts';
import { DAY_MS, erase, erased, mentionsOf, privacyOf, purged } from './erasing.ts';

const cards = (quantity: number) => ({ items: [{ itemCode: ITEM, quantity }] });
const dan = { guild: 'guild', user: 'dan' };

describe('who would get around something by being erased', () => {
  it('is counted in the limits of today and of this month as before', async () => {
    const desk = await openDesk();
    await desk.policies.change('guild', 'olga', (policy) => ({
      ...policy,
      budgets: [{ scope: { kind: 'member', id: 'anna' }, period: 'month', limit: '100' }],
    }));
    await buy(desk);
    const keys = mentionsOf(desk, 'anna').filter((each) => each.startsWith('budgets/'));
    expect(keys.length).toBeGreaterThan(0);
    const budgets = desk.store.records('budgets', budgetSchema);
    const before = await Promise.all(keys.map((key) => budgets.get(key.slice('budgets/'.length))));
    await erase(desk, anna);
    const after = await Promise.all(keys.map((key) => budgets.get(key.slice('budgets/'.length))));
    expect(after).toEqual(before);
    expect((await desk.policies.of('guild')).budgets).toHaveLength(1);
  });

  it('has no second card of a drop that still gives some', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, { ...cards(3), endsAt: desk.clock.now() + 300 * DAY_MS }));
    await claim(desk, drop, 'dan');
    await movedOn(desk, drop.id);
    expect(await revealedOf(desk, drop.id)).toHaveLength(1);
    await purged(desk);
    desk.clock.advance(91 * DAY_MS);
    await erase(desk, dan);
    expect(await codesOf([claim(desk, drop, 'dan')])).not.toEqual(['due']);
    const places = (await entriesNow(desk, drop.id)).map(({ user }) => user);
    expect(places).toEqual(['dan']);
  });

  it('does not enter a giveaway a second time, nor leave it by being erased', async () => {
    const desk = await openRewardDesk();
    const giveaway = await confirmed(desk, await planGiveaway(desk, 1, { endsAt: desk.clock.now() + 300 * DAY_MS }));
    await enter(desk, giveaway, 'dan');
    desk.clock.advance(200 * DAY_MS);
    await erase(desk, dan);
    await enter(desk, giveaway, 'dan').catch(() => undefined);
    expect((await entriesNow(desk, giveaway.id)).map(({ user, state }) => ({ user, state }))).toEqual([
      { user: 'dan', state: 'entered' },
    ]);
  });

  it('has not become somebody who got no card here for long', async () => {
    const desk = await openRewardDesk();
    const first = await confirmed(desk, await plan(desk, cards(1)));
    await claim(desk, first, 'dan');
    await movedOn(desk, first.id);
    expect(await revealedOf(desk, first.id)).toHaveLength(1);
    await movedOn(desk, first.id);
    await purged(desk);
    desk.clock.advance(91 * DAY_MS);
    await erase(desk, dan);
    await auditOf(desk).tick();
    expect(mentionsOf(desk, 'dan')).toEqual([]);
    expect(await verify(desk)).toMatchObject({ found: 0 });
    const next = await confirmed(desk, await plan(desk, { ...cards(1), eligibility: { quietDays: 365 } }));
    expect(await codesOf([claim(desk, next, 'dan')])).toEqual(['not_eligible']);
    expect(await codesOf([claim(desk, next, 'eve')])).toEqual(['due']);
  });

  it('is seen by approvers for 90 days more, with what they spent', async () => {
    const desk = await openDesk();
    await buy(desk);
    await purged(desk);
    await erase(desk, anna);
    const page = await auditOf(desk).entries(ben, { member: 'anna' }, { limit: 10 });
    expect(page.entries.length).toBeGreaterThan(2);
    const chain = await chainOf(desk);
    expect(chain.some(({ deed }) => deed.what === 'privacy.erased')).toBe(true);
  });

  it('gets no answer to a request by erasing a vote, and gives none', async () => {
    const desk = await openDesk();
    await desk.policies.change('guild', 'olga', (policy) => ({ ...policy, tiers: [{ over: '1', approvals: 2 }] }));
    const { id } = await ask(desk, await quote(desk, { member: cleo }));
    await desk.approve(id, ben);
    await erase(desk, ben);
    desk.clock.advance(DAY_MS);
    await erased(privacyOf(desk));
    expect((await desk.stored(id)).approval?.votes).toMatchObject([{ by: 'ben' }]);
    expect(await problemOf(desk.approve(id, ben))).toBeDefined();
  });

  it('takes nobody else with them, and nothing in another server', async () => {
    const desk = await openDesk();
    const { id } = await ask(desk, await quote(desk, { member: cleo }));
    await desk.cancel(id, cleo);
    await auditOf(desk).tick();
    desk.clock.advance(200 * DAY_MS);
    await erase(desk, ben);
    await erase(desk, { ...cleo, guild: 'another' });
    expect((await desk.stored(id)).requester).toBe('cleo');
    const privacy = privacyOf(desk);
    expect((await privacy.own({ ...cleo, guild: 'another' })).counts).toEqual({});
    expect((await privacy.own(cleo)).counts).toMatchObject({ order: 1 });
  });

  it('as an admin stays in what they did for the whole server', async () => {
    const desk = await openDesk();
    await desk.policies.change('guild', 'ben', (policy) => ({ ...policy, mostCards: 5 }));
    await auditOf(desk).tick();
    desk.clock.advance(400 * DAY_MS);
    const told = await erase(desk, ben);
    expect(told.waits).toMatchObject({ now: 0, stays: 1 });
    expect(mentionsOf(desk, 'ben')).toContain('settings/guild');
    expect(mentionsOf(desk, 'ben').filter((each) => each.startsWith('erasures'))).toEqual([]);
    expect(await verify(desk)).toMatchObject({ found: 0 });
  });

  it('leaves a card that they have not fetched as it is, until they have', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, cards(1)));
    await claim(desk, drop, 'dan');
    await movedOn(desk, drop.id);
    await afterwards(desk, drop, 200 * DAY_MS);
    await auditOf(desk).tick();
    const privacy = privacyOf(desk);
    const { waits } = await privacy.eraseOwn(presser('dan'));
    expect(waits.now).toBe(0);
    expect(waits.open + waits.codes).toBeGreaterThan(0);
    await erased(privacy);
    const [entry] = await entriesNow(desk, drop.id);
    const { parcels } = (await desk.orders.reveal(entry?.order ?? '', presser('dan'))) as { parcels?: unknown[] };
    expect(parcels ?? [1]).not.toEqual([]);
  });
});
