import { describe, expect, it } from 'vitest';
import { dayOf } from '../../src/lib/calendar.ts';
import { dayKey } from '../../src/policy/budgets/ledger.ts';
import { anna, campaignNow, confirmed, crowd, openRewardDesk, plan, planBulk, problemOf } from './desk.ts';

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
    expect((await campaignNow(desk, two.id)).state).toBe('expired');
  });

  it('has nothing left of a bulk send once all of it is bought', async () => {
    const desk = await openRewardDesk({ caps });
    await confirmed(desk, await planBulk(desk, crowd(4)));
    expect(await today(desk)).toEqual(['19.6', '0']);
  });
});
