import { describe, expect, it } from 'vitest';
import { dayOf } from '../../src/lib/dates/calendar.ts';
import { dayKey } from '../../src/policy/budgets/ledger.ts';
import {
  anna,
  ben,
  campaignNow,
  cleo,
  confirmed,
  crowd,
  movedOn,
  openRewardDesk,
  plan,
  planBulk,
  problemOf,
} from './desk.ts';

const caps = { order: '100', day: '20' };
const MINUTE = 60_000;

/** What counts against the operator's cap on this day. */
async function today(desk: Awaited<ReturnType<typeof openRewardDesk>>) {
  const { settled, held } = await desk.ledger.sums(dayKey(dayOf(desk.clock.now())));
  return [settled, held];
}

describe("the operator's cap on a day", () => {
  it('is set aside for a whole campaign when it starts, so that what was promised can be bought', async () => {
    const desk = await openRewardDesk({ caps });
    const first = await confirmed(desk, await plan(desk));
    expect(await today(desk)).toEqual(['0', '14.7']);
    expect(await problemOf(plan(desk))).toMatchObject({ code: 'over_day_cap' });
    const claimed = await desk.campaigns.claimDrop(first.id, {
      user: 'bea',
      guild: 'guild',
      isManager: false,
    });
    expect(claimed.state).toBe('due');
    desk.campaigns.advanceSoon(first.id);
    await desk.campaigns.settled();
    expect(await today(desk)).toEqual(['4.9', '9.8']);
  });

  it('lets one of two through that were planned at the same time, and frees what the other had', async () => {
    const desk = await openRewardDesk({ caps });
    const [one, two] = [await plan(desk), await plan(desk)];
    await confirmed(desk, one);
    expect(await problemOf(desk.campaigns.confirm(two.id, anna))).toMatchObject({
      code: 'over_day_cap',
    });
    expect((await campaignNow(desk, two.id)).state).toBe('planned');
    expect(await today(desk)).toEqual(['0', '14.7']);
    await desk.campaigns.cancel(one.id, anna);
    desk.campaigns.advanceSoon(one.id);
    await desk.campaigns.settled();
    expect(await today(desk)).toEqual(['0', '0']);
    desk.clock.advance(16 * MINUTE);
    await desk.campaigns.tick();
    await desk.campaigns.settled();
    expect(await desk.records.get(two.id)).toBeUndefined();
  });

  it('has nothing left of a bulk send once all of it is bought', async () => {
    const desk = await openRewardDesk({ caps });
    await confirmed(desk, await planBulk(desk, crowd(4)));
    expect(await today(desk)).toEqual(['19.6', '0']);
  });

  it('is touched by no campaign that waits for approval, however many there are', async () => {
    const desk = await openRewardDesk({ caps });
    for (let each = 0; each < 5; each++) await desk.campaigns.ask((await plan(desk, { member: cleo })).id, cleo);
    expect(await today(desk)).toEqual(['0', '0']);
    await confirmed(desk, await plan(desk, { member: { ...anna, guild: 'another' } }), { ...anna, guild: 'another' });
    expect(await today(desk)).toEqual(['0', '14.7']);
  });

  it('has to have room when a campaign is approved: without, the request waits for another day', async () => {
    const desk = await openRewardDesk({ caps });
    const asked = async () => desk.campaigns.ask((await plan(desk, { member: cleo })).id, cleo);
    const [one, two] = [await asked(), await asked()];
    await desk.campaigns.approve(one.id, ben);
    expect(await today(desk)).toEqual(['0', '14.7']);
    expect(await problemOf(desk.campaigns.approve(two.id, ben))).toMatchObject({
      code: 'approval_over_day_cap',
      reference: two.reference,
      left: { amount: '5.3' },
    });
    expect(await campaignNow(desk, two.id)).toMatchObject({ state: 'awaiting_approval', approval: { votes: [] } });
    desk.clock.advance(24 * 60 * MINUTE);
    expect((await desk.campaigns.approve(two.id, ben)).state).toBe('running');
    expect(await today(desk)).toEqual(['0', '14.7']);
    await desk.campaigns.cancel(two.id, cleo);
    await movedOn(desk, two.id);
    expect(await today(desk)).toEqual(['0', '0']);
  });

  it('has to have room for the last of two approvals that are given at the same moment', async () => {
    const desk = await openRewardDesk({ caps });
    await desk.policies.change('guild', 'anna', (policy) => ({ ...policy, tiers: [{ over: '1', approvals: 2 }] }));
    const { id } = await desk.campaigns.ask((await plan(desk, { member: cleo })).id, cleo);
    const lowered = desk.openCampaigns((outside) => ({ ...outside, caps: { order: '100', day: '10' } }));
    const said = await Promise.all([ben, anna].map((approver) => problemOf(lowered.campaigns.approve(id, approver))));
    expect(said).toContainEqual(expect.objectContaining({ code: 'approval_over_day_cap' }));
    expect((await campaignNow(desk, id)).state).toBe('awaiting_approval');
  });

  it('takes no request over the cap on one order, which may have been lowered since', async () => {
    const desk = await openRewardDesk({ caps });
    const asked = await desk.campaigns.ask((await plan(desk, { member: cleo })).id, cleo);
    const lowered = desk.openCampaigns((outside) => ({ ...outside, caps: { order: '10', day: '20' } }));
    expect(await problemOf(lowered.campaigns.approve(asked.id, ben))).toMatchObject({
      code: 'approval_over_order_cap',
      cap: { amount: '10' },
    });
    expect((await campaignNow(desk, asked.id)).state).toBe('awaiting_approval');
  });

  it('is freed at a start of what a process died over, or an older version set aside on asking', async () => {
    const desk = await openRewardDesk({ caps });
    const asked = await desk.campaigns.ask((await plan(desk, { member: cleo })).id, cleo);
    const day = { key: dayKey(dayOf(desk.clock.now())), cap: caps.day };
    await desk.ledger.reserve(day, asked.id, '14.7', async () => true);
    await desk.campaigns.recover();
    expect(await today(desk)).toEqual(['0', '0']);
  });
});
