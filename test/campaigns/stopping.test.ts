import { describe, expect, it } from 'vitest';
import type { Member } from '../../src/lib/member.ts';
import {
  anna,
  bought,
  campaignNow,
  confirmed,
  crowd,
  lastOf,
  movedOn,
  olga,
  openRewardDesk,
  plan,
  planBulk,
  problemOf,
  type RewardDesk,
  received,
} from './desk.ts';

const admin = { ...olga, isAdmin: true };
const there = (user: string): Member => ({ user, guild: 'guild', isManager: false, roles: [] });
const SECONDS = 5_000;

/** What a running process does every few seconds. */
async function round({ campaigns, clock }: RewardDesk) {
  clock.advance(SECONDS);
  await campaigns.tick();
  await campaigns.settled();
}
const news = ({ said }: RewardDesk) => said.now('word').map(({ news: { kind } }) => kind);

/** A drop of which rita has claimed a card while all purchases are stopped. */
async function held(desk: RewardDesk) {
  const { id } = await confirmed(desk, await plan(desk));
  await desk.stopPurchases(admin, 'looking at something');
  await desk.campaigns.claimDrop(id, there('rita'));
  await movedOn(desk, id);
  await round(desk);
  return id;
}

describe('a campaign while all purchases are stopped', () => {
  it('says so to whoever runs it, once, in its message, and to whoever has claimed a card', async () => {
    const desk = await openRewardDesk();
    const id = await held(desk);
    for (let rounds = 0; rounds < 30; rounds++) await round(desk);
    expect(news(desk)).toEqual(['stopped']);
    expect(desk.said.now('main')[0]?.campaign).toMatchObject({
      ...{ state: 'running', parts: [{ blocked: { why: 'stopped' } }] },
    });
    expect(await desk.campaigns.claimStatus(id, there('rita'))).toEqual({ is: 'stopped' });
    const { history } = await campaignNow(desk, id);
    expect(history.filter(({ why }) => why === 'stopped')).toHaveLength(1);
    expect(bought(desk)).toBe(0);
  });

  it('goes on within seconds of a resume, however long they were stopped, and tells of the next stop anew', async () => {
    const desk = await openRewardDesk();
    const id = await held(desk);
    // So long that the next try by itself would be a quarter of an hour away.
    for (let hours = 0; hours < 6; hours++) {
      desk.clock.advance(60 * 60_000);
      await round(desk);
    }
    await desk.resumePurchases(admin);
    await round(desk);
    expect(bought(desk)).toBe(1);
    expect(await received(desk)).toEqual({ rita: 1 });
    expect(lastOf(await campaignNow(desk, id))).toMatchObject({ by: 'cardigan', why: 'went_on', state: 'running' });
    expect(news(desk)).toEqual(['stopped']);

    await desk.stopPurchases(admin);
    await desk.campaigns.claimDrop(id, there('sam'));
    for (let rounds = 0; rounds < 3; rounds++) await round(desk);
    expect(news(desk)).toEqual(['stopped', 'stopped']);
    await desk.resumePurchases(admin);
    await round(desk);
    expect(await received(desk)).toEqual({ rita: 1, sam: 1 });
  });

  it('does not say again that it was approved, once it goes on', async () => {
    const desk = await openRewardDesk();
    const { id } = await planBulk(desk, crowd(2), { member: { ...anna, user: 'cleo', isManager: false } });
    await desk.campaigns.ask(id, { ...anna, user: 'cleo', isManager: false });
    await desk.campaigns.approve(id, anna);
    await desk.stopPurchases(admin);
    await movedOn(desk, id);
    await round(desk);
    expect(news(desk).filter((kind) => kind !== 'approved')).toEqual(['stopped']);
    await desk.resumePurchases(admin);
    for (let rounds = 0; rounds < 3; rounds++) await round(desk);
    expect(news(desk).filter((kind) => kind === 'approved').length).toBeLessThan(2);
    expect((await campaignNow(desk, id)).state).toBe('ended');
    expect(await problemOf(desk.campaigns.pause(id, anna))).toMatchObject({ code: 'campaign_moved' });
  });
});
