import { describe, expect, it } from 'vitest';
import type { Member } from '../../src/lib/member.ts';
import { anna, ben, buy, cleo, openDesk, problemOf, quote } from './desk.ts';

const member = (user: string, isManager = false, guild = 'guild'): Member => ({
  user,
  isManager,
  guild,
  isAdmin: isManager && guild === 'owner',
});
const NOT_FOUND = { code: 'order_not_found' };

describe('what a member bought last', () => {
  it('is what is in their newest orders, newest first, each card once, and nothing that they did not buy', async () => {
    const desk = await openDesk();
    const codes = () => desk.boughtLast(anna, 25);
    expect(await codes()).toEqual([]);
    const first = await buy(desk);
    expect(await codes()).toEqual([first.quote.itemCode]);
    await buy(desk);
    await quote(desk);
    expect(await codes()).toEqual([first.quote.itemCode]);
    expect(await desk.boughtLast(cleo, 25)).toEqual([]);
    // So many orders are looked at, and no more: the newest one is only a quote.
    expect(await desk.boughtLast(anna, 1)).toEqual([]);
  });
});

describe('an order by its reference', () => {
  it('is found by its requester, however they type it', async () => {
    const desk = await openDesk();
    const order = await buy(desk);
    const typed = ` ${order.reference.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')} `;
    const found = await desk.lookUp(typed, member('anna'));
    expect(found).toEqual({
      order,
      isOwn: true,
      viewer: { user: 'anna', isAdmin: false, oversees: false },
    });
  });

  it('is found by its recipients', async () => {
    const desk = await openDesk();
    const { version: seen, ...rest } = await buy(desk);
    const recipients = [{ user: 'cleo', quantity: 1 }];
    const guard = { seen, tags: [], holds: [`reference/${rest.reference}`] };
    await desk.orderRecords.write(rest.id, { ...rest, recipients }, guard);
    expect((await desk.lookUp(rest.reference, member('cleo'))).isOwn).toBe(true);
  });

  it('is found by admins of its guild, and of the guild that owns the account', async () => {
    const desk = await openDesk();
    const { reference } = await buy(desk);
    for (const admin of [ben, member('zoe', true, 'owner')]) {
      const { isOwn, viewer } = await desk.lookUp(reference, admin);
      expect(isOwn).toBe(false);
      expect(viewer).toMatchObject({ user: admin.user, oversees: true });
    }
    expect((await desk.lookUp(reference, anna)).viewer.oversees).toBe(true);
  });

  it('is found by whoever may approve it, as long as it waits', async () => {
    const desk = await openDesk();
    await desk.policies.change('guild', 'anna', (policy) => ({ ...policy, approvers: ['fin'] }));
    const approver = { ...member('zoe'), roles: ['fin'] };
    const { id, reference } = await quote(desk, { member: cleo });
    expect(await problemOf(desk.lookUp(reference, approver))).toEqual(NOT_FOUND);
    await desk.ask(id, cleo);
    expect((await desk.lookUp(reference, approver)).viewer).toMatchObject({ voices: ['zoe'] });
    expect(await problemOf(desk.lookUp(reference, member('zoe')))).toEqual(NOT_FOUND);
    await desk.reject(id, approver, 'no');
    expect(await problemOf(desk.lookUp(reference, approver))).toEqual(NOT_FOUND);
  });

  it('is for nobody else, who cannot even tell whether it exists', async () => {
    const desk = await openDesk();
    const { reference } = await quote(desk);
    const others = [
      member('zoe'),
      member('zoe', true, 'another guild'),
      member('zoe', false, 'owner'),
      // Their own, but of another guild, as /orders has it.
      member('anna', true, 'another guild'),
    ];
    for (const other of others) {
      expect(await problemOf(desk.lookUp(reference, other))).toEqual(NOT_FOUND);
      expect(await problemOf(desk.lookUp('ZZZZZZ', other))).toEqual(NOT_FOUND);
    }
    for (const typed of ['ZZZZZZ', '', 'not a reference', `reference/${reference}`]) {
      expect(await problemOf(desk.lookUp(typed, anna))).toEqual(NOT_FOUND);
    }
  });
});
