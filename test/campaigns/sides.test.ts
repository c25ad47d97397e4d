import { describe, expect, it } from 'vitest';
import type { Member } from '../../src/lib/member.ts';
import {
  anna,
  ben,
  campaignNow,
  confirmed,
  entriesNow,
  lastOf,
  movedOn,
  openRewardDesk,
  plan,
  planGiveaway,
  problemOf,
  type RewardDesk,
} from './desk.ts';

const DAY_MS = 24 * 60 * 60_000;
const rita: Member = { user: 'rita', guild: 'guild', isManager: false, roles: [] };
const sam: Member = { ...rita, user: 'sam' };
/** Has Manage Server, and started nothing. */
const manager = ben;

const inIt = { code: 'in_campaign' };
const runsIt = { code: 'own_campaign' };
const stateOf = async (desk: RewardDesk, id: string, user: string) => (await desk.ctx.entries.get(id, user))?.state;

/** Everything by which somebody changes how it goes for those who take part. */
const steering: Record<string, (desk: RewardDesk, id: string, who: Member) => Promise<unknown>> = {
  'ends it early': ({ campaigns }, id, who) => campaigns.endEarly(id, who),
  'changes its end': ({ campaigns, clock }, id, who) => campaigns.edit(id, who, { endsAt: clock.now() + 3 * DAY_MS }),
  'changes its words': ({ campaigns }, id, who) => campaigns.edit(id, who, { message: 'Hurry' }),
  'pauses it': ({ campaigns }, id, who) => campaigns.pause(id, who),
};

describe('of a giveaway', () => {
  it.each(Object.entries(steering))('whoever %s is not in it, neither before nor after', async (_, steer) => {
    const desk = await openRewardDesk();
    const { id, reference } = await confirmed(desk, await planGiveaway(desk, 1));
    await desk.campaigns.enterGiveaway(id, manager);
    expect(await problemOf(steer(desk, id, manager))).toEqual({ ...inIt, reference });
    expect(lastOf(await campaignNow(desk, id))?.why).toBe('confirmed');
    // Once they have left it they may, and then never enter again.
    await desk.campaigns.leaveGiveaway(id, manager);
    await steer(desk, id, manager);
    await desk.campaigns.goOn(id, anna).catch(() => undefined);
    const late = await problemOf(desk.campaigns.enterGiveaway(id, manager));
    expect([runsIt.code, 'campaign_over']).toContain((late as { code: string }).code);
    expect(await stateOf(desk, id, manager.user)).toBe('steers');
    expect(await entriesNow(desk, id)).toEqual([]);
  });

  it('a winner is replaced by nobody who takes part, also of those who were not drawn', async () => {
    const desk = await openRewardDesk();
    const { id, reference } = await confirmed(desk, await planGiveaway(desk, 1));
    for (const member of [rita, sam, manager]) await desk.campaigns.enterGiveaway(id, member);
    desk.clock.advance(DAY_MS + 5_000);
    await movedOn(desk, id);
    const winner = (await entriesNow(desk, id)).find(({ state }) => state === 'won')?.user ?? '';
    expect(await problemOf(desk.campaigns.replaceable(id, manager))).toEqual({ ...inIt, reference });
    expect(await problemOf(desk.campaigns.replace(id, manager, winner))).toEqual({ ...inIt, reference });
    expect((await desk.campaigns.replaceable(id, { ...manager, user: 'mona' })).winners).toHaveLength(1);
    await desk.campaigns.replace(id, { ...manager, user: 'mona' }, winner);
    expect(await stateOf(desk, id, winner)).toBe('lapsed');
  });

  it('who is in it sees no button by which to change it, and may still call it off', async () => {
    const desk = await openRewardDesk();
    const campaign = await confirmed(desk, await planGiveaway(desk, 1));
    const { actions: before } = await desk.campaigns.actionsOf(campaign, manager);
    expect(before).toEqual(['cancel', 'pause', 'end_early', 'edit', 'export']);
    await desk.campaigns.enterGiveaway(campaign.id, manager);
    const { actions } = await desk.campaigns.actionsOf(campaign, manager);
    expect(actions).toEqual(['cancel', 'export']);
    expect((await desk.campaigns.cancel(campaign.id, manager)).state).toBe('cancelled');
  });

  it('somebody who enters and changes it at the same moment, by two processes, does one of the two', async () => {
    for (const first of ['enters', 'steers'] as const) {
      const desk = await openRewardDesk();
      const { id } = await confirmed(desk, await planGiveaway(desk, 1));
      const other = desk.openCampaigns();
      // Both have looked by the time that either writes.
      const looked = Promise.withResolvers<void>();
      const { put } = other.ctx.entries;
      other.ctx.entries.put = async (entry) => {
        await looked.promise;
        return put(entry);
      };
      const enters = (of: Pick<RewardDesk, 'campaigns'>) => of.campaigns.enterGiveaway(id, manager);
      const steers = (of: Pick<RewardDesk, 'campaigns'>) => of.campaigns.edit(id, manager, { message: 'Mine' });
      const late = problemOf(first === 'enters' ? steers(other) : enters(other));
      await (first === 'enters' ? enters(desk) : steers(desk));
      looked.resolve();
      expect(await late).toMatchObject(first === 'enters' ? inIt : runsIt);
      expect(await stateOf(desk, id, manager.user)).toBe(first === 'enters' ? 'entered' : 'steers');
      const { history } = await campaignNow(desk, id);
      expect(history.some(({ why }) => why === 'edited')).toBe(first === 'steers');
    }
  });

  it('one of an older Cardigan who is in it and has changed it is not drawn', async () => {
    const desk = await openRewardDesk();
    const { id } = await confirmed(desk, await planGiveaway(desk, 2));
    for (const member of [rita, manager]) await desk.campaigns.enterGiveaway(id, member);
    await desk.ctx.campaigns.revise(id, (campaign) => {
      const step = { at: desk.clock.now(), by: manager.user, state: campaign.state, why: 'edited' as const };
      return { ...campaign, history: [...campaign.history, step] };
    });
    desk.clock.advance(DAY_MS + 5_000);
    await movedOn(desk, id);
    expect(await stateOf(desk, id, manager.user)).toBe('lapsed');
    expect(await stateOf(desk, id, rita.user)).toBe('won');
  });
});

it('of a drop whoever has claimed does not move its end, and who has moved it claims nothing', async () => {
  const desk = await openRewardDesk();
  const { id, reference } = await confirmed(desk, await plan(desk, { endsAt: desk.clock.now() + DAY_MS }));
  await desk.campaigns.claimDrop(id, manager);
  expect(await problemOf(desk.campaigns.endEarly(id, manager))).toEqual({ ...inIt, reference });
  const mona = { ...manager, user: 'mona' };
  await desk.campaigns.edit(id, mona, { message: 'Two left' });
  expect(await problemOf(desk.campaigns.claimDrop(id, mona))).toEqual({ ...runsIt, reference });
});
