import { describe, expect, it } from 'vitest';
import type { Breakage } from '../../../src/policy/settings/breakages.ts';
import { checkSettings } from '../../../src/policy/settings/settings-health.ts';
import { openDesk } from '../../orders/desk.ts';
import { policyContext } from '../approvals.ts';
import { createScriptedPlaces } from '../places.ts';

async function open() {
  const desk = await openDesk();
  const places = createScriptedPlaces();
  const { policies, breakages, clock } = desk;
  const guilds = ['guild', 'other'];
  const ctx = policyContext({ ...desk.outside, places: places.places, guilds });
  await policies.change('guild', 'anna', (policy) => ({
    ...policy,
    askers: ['11'],
    approvers: ['11', '12'],
    approvalsChannel: '21',
    budgets: [{ scope: { kind: 'role', id: '13' }, period: 'day', limit: '5' }],
  }));
  return {
    desk,
    places,
    breakages,
    /** What is broken, a minute later. */
    async look() {
      clock.advance(60_000);
      await checkSettings(ctx);
      const found: Breakage[] = [];
      for await (const each of breakages.all()) found.push(each);
      return found;
    },
    /** What admins read of it now. */
    async told() {
      await desk.tick();
      return desk.board.notices.flatMap(({ said }) => {
        const last = said.at(-1);
        if (last?.kind !== 'settings_broken') return [];
        const { setting, what, id } = last.breakage;
        return `${setting} ${what} ${id}${last.isMended ? ' mended' : ''}`;
      });
    },
  };
}

describe('a setting that stops working', () => {
  it('is seen: a channel that is closed or gone, a role that is gone, wherever it is set', async () => {
    const { look, places } = await open();
    expect(await look()).toEqual([]);
    for (const role of ['11', '13']) places.deleted.add(role);
    places.channels.set('21', { is: 'closed', name: 'x', lacks: ['send'] });
    expect((await look()).map(({ setting, what, id }) => `${setting} ${what} ${id}`)).toEqual([
      'approvers role_gone 11',
      'askers role_gone 11',
      'budgets role_gone 13',
      'approvalsChannel channel_closed 21',
    ]);
  });

  it('is seen where Cardigan lacks a right, everybody reads the admins, or approvers are not pinged', async () => {
    const { desk, look, places, told } = await open();
    await desk.policies.change('guild', 'anna', (policy) => ({ ...policy, adminsChannel: '22' }));
    places.channels.set('21', { is: 'limited', name: 'x', lacks: ['attach', 'history'], isPublic: true });
    places.channels.set('22', { is: 'open', isPublic: true });
    places.unheard = ['11', '12'];
    expect(await look()).toMatchObject([
      { setting: 'approvers', what: 'roles_unheard', id: '21', roles: ['11', '12'], guild: 'guild' },
      { setting: 'approvalsChannel', what: 'channel_limited', id: '21', lacks: ['attach', 'history'] },
      { setting: 'adminsChannel', what: 'channel_public', id: '22' },
      { setting: 'approvers', what: 'roles_unheard', id: 'other', guild: 'other' },
    ]);
    await told();
    // Fewer of them: it is the same thing, and not told anew.
    places.unheard = ['11'];
    await look();
    expect((await told()).filter((each) => each.includes('roles_unheard 21'))).toHaveLength(1);
    places.unheard = [];
    await look();
    expect(await told()).toContain('approvers roles_unheard 21 mended');
  });

  it('is told once, and put right when it is mended; told again when it breaks again', async () => {
    const { look, places, told } = await open();
    places.channels.set('21', { is: 'gone' });
    await look();
    await look();
    expect(await told()).toEqual(['approvalsChannel channel_gone 21']);
    places.channels.delete('21');
    expect(await look()).toEqual([]);
    expect(await told()).toEqual(['approvalsChannel channel_gone 21 mended']);
    places.channels.set('21', { is: 'gone' });
    await look();
    expect(await told()).toEqual(['approvalsChannel channel_gone 21 mended', 'approvalsChannel channel_gone 21']);
  });

  it('is mended when something else is set', async () => {
    const { desk, look, places, told } = await open();
    places.deleted.add('12');
    await look();
    expect(await told()).toEqual(['approvers role_gone 12']);
    await desk.policies.change('guild', 'anna', (policy) => ({ ...policy, approvers: [] }));
    await look();
    expect(await told()).toEqual(['approvers role_gone 12 mended']);
  });

  it('is neither broken nor mended while Discord tells nothing', async () => {
    const { look, places } = await open();
    places.deleted.add('12');
    places.isKnown = false;
    expect(await look()).toEqual([]);
    places.isKnown = true;
    const [broken] = await look();
    places.isKnown = false;
    expect(await look()).toEqual([broken]);
  });

  it('is looked for once a minute', async () => {
    const { desk } = await open();
    const asked: string[] = [];
    const places = {
      channel: async () => ({ is: 'open' as const }),
      goneRoles: async (guild: string) => {
        asked.push(guild);
        return [];
      },
    };
    const { clock } = desk;
    const ctx = {
      ...policyContext(desk.outside),
      places: { ...createScriptedPlaces().places, ...places },
    };
    await checkSettings(ctx);
    await checkSettings(ctx);
    clock.advance(60_000);
    await checkSettings(ctx);
    expect(asked).toEqual(['guild', 'guild']);
  });
});
