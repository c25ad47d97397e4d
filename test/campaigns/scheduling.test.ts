import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/campaigns/model/campaign.ts';
import { money } from '../../src/lib/money.ts';
import {
  anna,
  ben,
  campaignNow,
  cleo,
  confirmed,
  ITEM,
  lastOf,
  movedOn,
  openRewardDesk,
  plan,
  problemOf,
  type RewardDesk,
} from './desk.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

const later = (desk: RewardDesk, wish = {}) => plan(desk, { startsAt: desk.clock.now() + DAY_MS, ...wish });
async function setAside({ ledger }: RewardDesk, { id }: Campaign): Promise<number> {
  let holds = 0;
  for await (const hold of ledger.holds()) if (hold.order === id) holds += 1;
  return holds;
}
const withBudget = (desk: RewardDesk, limit: string) =>
  desk.policies.change('guild', 'anna', (policy) => ({
    ...policy,
    budgets: [{ scope: { kind: 'guild' }, period: 'month', limit }],
  }));
async function followerOf({ ctx }: RewardDesk, { id }: Campaign): Promise<Campaign> {
  const found = await ctx.campaigns.follower(id);
  if (!found) throw new Error('it was not repeated');
  return found;
}
/** Every week, started now, with the next one planned. */
async function weekly(desk: RewardDesk) {
  const first = await confirmed(desk, await plan(desk, { repeats: 'weekly' }));
  return { first, next: await followerOf(desk, first) };
}

describe('a campaign for later', () => {
  it('sets nothing aside before its time, and starts then, once', async () => {
    const desk = await openRewardDesk();
    await withBudget(desk, '100');
    const campaign = await confirmed(desk, await later(desk));
    expect([campaign.state, await setAside(desk, campaign)]).toEqual(['scheduled', 0]);
    desk.clock.advance(DAY_MS - 1);
    expect((await movedOn(desk, campaign.id)).state).toBe('scheduled');
    desk.clock.advance(1);
    const started = await movedOn(desk, campaign.id);
    expect([started.state, lastOf(started)?.why]).toEqual(['running', 'started']);
    expect(started.startedAt).toBe(desk.clock.now());
    expect(await setAside(desk, campaign)).toBeGreaterThan(0);
    expect((await movedOn(desk, campaign.id)).history).toHaveLength(started.history.length);
  });

  it('is left to a person where the rules refuse it by then, and starts once they allow it', async () => {
    const desk = await openRewardDesk();
    const campaign = await confirmed(desk, await later(desk));
    await withBudget(desk, '1');
    desk.clock.advance(DAY_MS);
    const halted = await movedOn(desk, campaign.id);
    expect([halted.state, lastOf(halted)?.detail]).toEqual(['halted', 'policy_refuses']);
    await withBudget(desk, '100');
    await desk.campaigns.goOn(campaign.id, anna);
    const started = await movedOn(desk, campaign.id);
    expect(started.state).toBe('running');
    expect(await setAside(desk, campaign)).toBeGreaterThan(0);
  });

  it('is asked for at its time where the rules have become stricter', async () => {
    const desk = await openRewardDesk();
    const { id } = await later(desk, { member: cleo });
    await desk.campaigns.ask(id, cleo);
    expect((await desk.campaigns.approve(id, anna)).state).toBe('scheduled');
    await desk.policies.change('guild', 'anna', (policy) => ({
      ...policy,
      tiers: [{ over: '1', approvals: 2 }],
    }));
    desk.clock.advance(DAY_MS);
    const asked = await movedOn(desk, id);
    expect([asked.state, asked.approval?.wanted]).toEqual(['awaiting_approval', 2]);
    for (const member of [anna, ben]) await desk.campaigns.approve(id, member);
    expect((await movedOn(desk, id)).state).toBe('running');
  });

  it('is left to a person where who asked for it has left', async () => {
    const desk = await openRewardDesk();
    const campaign = await confirmed(desk, await later(desk));
    desk.guild.left.add(anna.user);
    desk.clock.advance(DAY_MS);
    const halted = await movedOn(desk, campaign.id);
    expect([halted.state, lastOf(halted)?.detail]).toEqual(['halted', 'requester_left']);
  });

  it('waits on while Discord does not tell who is here', async () => {
    const desk = await openRewardDesk();
    const campaign = await confirmed(desk, await later(desk));
    desk.guild.isKnown = false;
    desk.clock.advance(DAY_MS);
    expect((await movedOn(desk, campaign.id)).state).toBe('scheduled');
    desk.guild.isKnown = true;
    expect((await movedOn(desk, campaign.id)).state).toBe('running');
  });

  it('called off never starts', async () => {
    const desk = await openRewardDesk();
    const campaign = await confirmed(desk, await later(desk));
    await desk.campaigns.cancel(campaign.id, anna);
    desk.clock.advance(DAY_MS);
    expect((await movedOn(desk, campaign.id)).state).toBe('cancelled');
  });
});

describe('a campaign that repeats', () => {
  it('has its next one planned as soon as it starts, once, also by two processes', async () => {
    const desk = await openRewardDesk();
    const { first, next } = await weekly(desk);
    const other = desk.openCampaigns();
    await Promise.all([movedOn(desk, first.id), movedOn(desk, first.id, other)]);
    const { campaigns } = await desk.ctx.campaigns.listed('guild', undefined, { limit: 10 });
    expect(campaigns.map(({ id }) => id)).toEqual([next.id, first.id]);
    expect(next).toMatchObject({ state: 'scheduled', follows: first.id, repeats: 'weekly' });
    expect(next.startsAt).toBeGreaterThan(desk.clock.now() + WEEK_MS - 1_001);
    expect(next.reference).not.toBe(first.reference);
  });

  it('counts against the budgets of the time at which each one starts', async () => {
    const desk = await openRewardDesk();
    await withBudget(desk, '20'); // room for one of 14.70 a month
    const { next } = await weekly(desk);
    expect(await setAside(desk, next)).toBe(0);
    desk.clock.advance(WEEK_MS);
    const halted = await movedOn(desk, next.id);
    expect([halted.state, lastOf(halted)?.detail]).toEqual(['halted', 'policy_refuses']);
    desk.clock.advance(30 * DAY_MS);
    await desk.campaigns.goOn(next.id, anna);
    expect((await movedOn(desk, next.id)).state).toBe('running');
  });

  it('is confirmed anew where its cards cost more by then', async () => {
    const desk = await openRewardDesk();
    const { next } = await weekly(desk);
    desk.vendor.prices[ITEM] = '5.10';
    desk.clock.advance(WEEK_MS);
    const halted = await movedOn(desk, next.id);
    expect([halted.state, lastOf(halted)?.detail]).toEqual(['halted', 'price_rose']);
    expect(await problemOf(desk.campaigns.goOn(next.id, anna))).toMatchObject({
      code: 'campaign_moved',
    });
    const offered = await desk.campaigns.reprice(next.id, anna);
    expect(offered.charged).toEqual(money('15.30', 'USD'));
    expect((await confirmed(desk, offered)).state).toBe('running');
    expect((await followerOf(desk, next)).charged).toEqual(money('15.30', 'USD'));
  });

  it('called off does not come again', async () => {
    const desk = await openRewardDesk();
    const { first, next } = await weekly(desk);
    await desk.campaigns.cancel(first.id, anna);
    expect(await campaignNow(desk, next.id)).toMatchObject({ state: 'cancelled' });
    expect(lastOf(await campaignNow(desk, next.id))).toMatchObject({
      why: 'called_off',
      by: 'anna',
    });
  });

  it('ends with the one that is called off before its time, though the one before runs on', async () => {
    const desk = await openRewardDesk();
    const { first, next } = await weekly(desk);
    await desk.campaigns.cancel(next.id, anna);
    desk.clock.advance(2 * WEEK_MS);
    await movedOn(desk, next.id);
    expect((await movedOn(desk, first.id)).state).toBe('running');
    expect(await desk.ctx.campaigns.follower(next.id)).toBeUndefined();
  });

  it('does not start where the one before was called off as it was being planned', async () => {
    const desk = await openRewardDesk();
    const { first, next } = await weekly(desk);
    await desk.ctx.campaigns.revise(first.id, (campaign) => ({
      ...campaign,
      state: 'cancelled',
      history: [...campaign.history, { at: desk.clock.now(), by: 'anna', state: 'cancelled', why: 'called_off' }],
    }));
    desk.clock.advance(WEEK_MS);
    expect((await movedOn(desk, next.id)).state).toBe('cancelled');
  });
});
