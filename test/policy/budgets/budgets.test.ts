import { describe, expect, it } from 'vitest';
import { bind } from '../../../src/lib/bind.ts';
import type { Period } from '../../../src/lib/dates/calendar.ts';
import { allowanceOf, limitsOf, removeLimit, setLimit } from '../../../src/policy/budgets/budgets.ts';
import { MOST_BUDGETS } from '../../../src/policy/policy.ts';
import { settingsSchema } from '../../../src/policy/settings/settings.ts';
import type { Scope } from '../../../src/policy/types.ts';
import { anna, ask, ben, cleo, confirm, openDesk, problemOf, quote } from '../../orders/desk.ts';
import { policyContext } from '../approvals.ts';

const open = async () => {
  const desk = await openDesk();
  const members = {
    find: async (_: string, user: string) =>
      desk.guild.isKnown ? (desk.guild.members.get(user) ?? ('none' as const)) : ('unknown' as const),
  };
  const ctx = policyContext({ ...desk.outside, members });
  const verbs = { spendingOf: allowanceOf, all: limitsOf, set: setLimit, remove: removeLimit };
  return { desk, budgets: bind(ctx, verbs) };
};
const which = (scope: Scope, period: Period = 'month') => ({ scope, period });
const server = which({ kind: 'guild' });
const each = which({ kind: 'everyone' });
const crew = which({ kind: 'role', id: 'crew' });
const ofCleo = which({ kind: 'member', id: 'cleo' });

describe('what somebody may spend', () => {
  it('is what each of their limits has left, with what was spent and what is set aside', async () => {
    const { desk, budgets } = await open();
    desk.guild.members.set('cleo', { ...cleo, roles: ['crew'] });
    await budgets.set(anna, server, '100');
    await budgets.set(anna, crew, '50');
    await budgets.set(anna, which({ kind: 'role', id: 'leads' }), '1');
    await budgets.set(anna, each, '20');
    await confirm(desk, await quote(desk));
    const member = { ...cleo, roles: ['crew'] };
    await ask(desk, await quote(desk, { member }), member);
    expect(await budgets.spendingOf(anna, 'cleo')).toEqual({
      user: 'cleo',
      currency: 'USD',
      timeZone: 'UTC',
      budgets: [
        { ...server, limit: '100', spent: '4.9', setAside: '4.9', left: '90.2' },
        { ...crew, limit: '50', spent: '0', setAside: '4.9', left: '45.1' },
        { ...each, limit: '20', spent: '0', setAside: '4.9', left: '15.1' },
      ],
    });
    expect(await budgets.spendingOf(member)).toMatchObject({ user: 'cleo', budgets: [{}, {}, {}] });
  });

  it('is told with what they buy without an approval in a day, where there is such a thing', async () => {
    const { desk, budgets } = await open();
    expect(await budgets.spendingOf(cleo)).not.toHaveProperty('free');
    const free = { perOrder: '5', perDay: '8' };
    await desk.policies.change('guild', 'anna', (policy) => ({ ...policy, free }));
    await confirm(desk, await quote(desk, { member: cleo }), cleo);
    expect((await budgets.spendingOf(cleo)).free).toEqual({ ...free, left: '3.1' });
    // Approvers confirm whatever they buy.
    expect(await budgets.spendingOf(anna)).not.toHaveProperty('free');
  });

  it('is for oneself, and for whoever has Manage Server; of members only', async () => {
    const { desk, budgets } = await open();
    expect(await problemOf(budgets.spendingOf(cleo, 'ben'))).toEqual({ code: 'managers_only' });
    expect(await problemOf(budgets.all(cleo))).toEqual({ code: 'managers_only' });
    expect(await problemOf(budgets.spendingOf(ben, 'nobody'))).toEqual({ code: 'not_a_member' });
    desk.guild.isKnown = false;
    expect(await problemOf(budgets.spendingOf(ben, 'cleo'))).toEqual({ code: 'member_unclear' });
    expect((await budgets.spendingOf(cleo)).user).toBe('cleo');
  });
});

describe('a limit', () => {
  it('is set for everybody at once, in place of the one before, and every change is on record', async () => {
    const { desk, budgets } = await open();
    const first = await budgets.set(anna, server, ' 100.50 ');
    expect(first).toEqual({
      currency: 'USD',
      after: {
        limit: { ...server, limit: '100.5' },
        state: { ...server, limit: '100.5', spent: '0', setAside: '0', left: '100.5' },
      },
    });
    await budgets.set(ben, which({ kind: 'guild' }, 'day'), '30');
    const second = await budgets.set(ben, server, '0');
    expect(second.before).toEqual({ ...server, limit: '100.5' });
    expect((await budgets.all(anna)).limits.map(({ limit }) => limit)).toEqual([
      { ...server, limit: '0' },
      { ...which({ kind: 'guild' }, 'day'), limit: '30' },
    ]);
    const settings = await desk.store.records('settings', settingsSchema).get('guild');
    expect(settings?.changes.map(({ by, field }) => [by, field])).toEqual([
      ['anna', 'budgets'],
      ['ben', 'budgets'],
      ['ben', 'budgets'],
    ]);
  });

  it('is removed once, and whoever comes later is told', async () => {
    const { budgets } = await open();
    await budgets.set(anna, ofCleo, '5');
    await budgets.set(anna, each, '5');
    const removals = await Promise.all([anna, ben].map((manager) => problemOf(budgets.remove(manager, ofCleo))));
    expect(removals).toContainEqual('no problem');
    expect(removals).toContainEqual({ code: 'limit_gone' });
    expect((await budgets.all(anna)).limits).toEqual([{ limit: { ...each, limit: '5' } }]);
  });

  it('of the role that everybody has is the server’s', async () => {
    const { budgets } = await open();
    const set = await budgets.set(anna, which({ kind: 'role', id: 'guild' }), '5');
    expect(set.after?.limit.scope).toEqual({ kind: 'guild' });
  });

  it.each(['', ' ', '-1', '1e9', '1,000', '€5', '1000000000', '0.00001', 'plenty', 'NaN', '5 USD'])(
    'of "%s" is none',
    async (text) => {
      const { budgets } = await open();
      expect(await problemOf(budgets.set(anna, server, text))).toMatchObject({ code: 'bad_limit' });
      expect((await budgets.all(anna)).limits).toEqual([]);
    },
  );

  it('is set and removed by people with Manage Server only', async () => {
    const { budgets } = await open();
    await budgets.set(anna, server, '5');
    expect(await problemOf(budgets.set(cleo, server, '500'))).toEqual({ code: 'managers_only' });
    expect(await problemOf(budgets.remove(cleo, server))).toEqual({ code: 'managers_only' });
    expect((await budgets.all(anna)).limits[0]?.limit.limit).toBe('5');
  });

  it('is one of a hundred at most; those that are set can still be changed', async () => {
    const { desk, budgets } = await open();
    const many = Array.from({ length: MOST_BUDGETS }, (_, at) => ({
      ...which({ kind: 'member', id: `${at}` }),
      limit: '1',
    }));
    await desk.policies.change('guild', 'anna', (policy) => ({ ...policy, budgets: many }));
    expect(await problemOf(budgets.set(anna, server, '5'))).toEqual({
      code: 'too_many_limits',
      most: MOST_BUDGETS,
    });
    const changed = await budgets.set(anna, which({ kind: 'member', id: '7' }), '2');
    expect(changed.before?.limit).toBe('1');
  });
});
