import { describe, expect, it } from 'vitest';
import { drawFileOf, replaceWinner, unclaimedWinners } from '../../../src/campaigns/draw/draw.ts';
import { checkDraw } from '../../../src/campaigns/draw/proof.ts';
import type { Campaign } from '../../../src/campaigns/model/campaign.ts';
import {
  anna,
  bought,
  campaignNow,
  confirmed,
  counted,
  crowd,
  entriesNow,
  movedOn,
  openRewardDesk,
  planGiveaway,
  problemOf,
  type RewardDesk,
  received,
} from '../desk.ts';
import { afterwards, codesOf, enter, takeWon } from '../pressing.ts';

const DAY = 24 * 60 * 60_000;
const ENTRANTS = 9;

async function startGiveaway(desk: RewardDesk, winners: number, entrants = ENTRANTS, more = {}) {
  const giveaway = await confirmed(desk, await planGiveaway(desk, winners, more));
  await Promise.all(crowd(entrants).map((user) => enter(desk, giveaway, user)));
  return giveaway;
}

/** With so many winners drawn out of nine. */
async function drawnGiveaway(desk: RewardDesk, winners: number, entrants = ENTRANTS) {
  const giveaway = await startGiveaway(desk, winners, entrants);
  return afterwards(desk, giveaway, DAY + 3_000);
}

async function inState(desk: RewardDesk, { id }: Campaign, state: string): Promise<string[]> {
  const entries = await entriesNow(desk, id);
  const found = entries.filter((entry) => entry.state === state);
  return found.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0)).map(({ user }) => user);
}

async function resultOf(desk: RewardDesk, { id }: Campaign) {
  const result = await drawFileOf(desk.ctx, await campaignNow(desk, id));
  if (!result) throw new Error('it was not drawn');
  return result;
}

/** Anybody who repeats it finds nothing wrong, by the hash that was published before. */
async function expectFair(desk: RewardDesk, giveaway: Campaign) {
  const result = await resultOf(desk, giveaway);
  expect(checkDraw(result, giveaway.draw?.seedHash)).toEqual([]);
  return result;
}

describe('a draw', () => {
  it('is made once when the giveaway ends, among all who are in it then', async () => {
    const desk = await openRewardDesk();
    const giveaway = await startGiveaway(desk, 3);
    await desk.campaigns.leaveGiveaway(giveaway.id, { ...anna, user: 'member 4' });
    const before = await afterwards(desk, giveaway, DAY - 1);
    expect(before.draw?.drawn).toBeUndefined();
    expect(await drawFileOf(desk.ctx, before)).toBeUndefined();
    const drawn = await afterwards(desk, giveaway, 3_001);
    expect(drawn.draw?.drawn?.entrants).toBe(ENTRANTS - 1);
    expect(await counted(desk, giveaway.id)).toEqual({ won: 3, entered: 5, left: 1 });
    const result = await expectFair(desk, giveaway);
    expect(result.winners.map(({ user }) => user)).toEqual(await inState(desk, giveaway, 'won'));
    expect(result.entrants).not.toContain('member 4');
    const again = await movedOn(desk, giveaway.id);
    expect(again.draw).toEqual(drawn.draw);
  });

  it('of which the bot was away when it was to be made is made afterwards', async () => {
    const desk = await openRewardDesk();
    const giveaway = await startGiveaway(desk, 3);
    desk.clock.advance(3 * DAY);
    await movedOn(desk, giveaway.id, desk.openCampaigns());
    expect(await counted(desk, giveaway.id)).toEqual({ won: 3, entered: 6 });
    // Their time to claim begins with the draw, not with the end.
    const [first = ''] = await inState(desk, giveaway, 'won');
    expect(await codesOf([takeWon(desk, giveaway, first)])).toEqual(['due']);
  });

  it('with fewer entrants than cards gives one to each, and is over', async () => {
    const desk = await openRewardDesk();
    const giveaway = await drawnGiveaway(desk, 5, 2);
    await Promise.all(crowd(2).map((user) => takeWon(desk, giveaway, user)));
    expect((await movedOn(desk, giveaway.id)).state).toBe('ended');
    expect(await received(desk)).toEqual({ 'member 0': 1, 'member 1': 1 });
    await expectFair(desk, giveaway);
  });

  it('among nobody is over at once, and costs nothing', async () => {
    const desk = await openRewardDesk();
    const giveaway = await drawnGiveaway(desk, 5, 0);
    expect(giveaway.state).toBe('ended');
    expect(bought(desk)).toBe(0);
    await expectFair(desk, giveaway);
  });

  it('passes over who has left the server, or may not have one by now', async () => {
    const desk = await openRewardDesk();
    const eligibility = { role: 'fans' };
    const giveaway = await confirmed(desk, await planGiveaway(desk, 2, { eligibility }));
    const fans = crowd(6);
    for (const user of fans) {
      const fan = { ...anna, user, isManager: false, roles: ['fans'] };
      desk.members.facts.set(user, fan);
      await desk.campaigns.enterGiveaway(giveaway.id, fan);
    }
    desk.guild.left.add('member 1').add('member 2');
    desk.members.facts.set('member 3', { roles: [] });
    await afterwards(desk, giveaway, DAY + 3_000);
    const won = await inState(desk, giveaway, 'won');
    expect(won).toHaveLength(2);
    const result = await expectFair(desk, giveaway);
    const why = Object.fromEntries(result.gaveWay.map((each) => [each.user, each.why]));
    const lapsed = await inState(desk, giveaway, 'lapsed');
    expect(Object.keys(why).sort()).toEqual([...lapsed].sort());
    for (const user of lapsed) expect(why[user]).toBe(user === 'member 3' ? 'not_eligible' : 'left');
    expect(won.filter((user) => ['member 1', 'member 2', 'member 3'].includes(user))).toEqual([]);
  });

  it('waits for Discord where it does not tell who is there', async () => {
    const desk = await openRewardDesk();
    const giveaway = await startGiveaway(desk, 3);
    desk.guild.isKnown = false;
    await afterwards(desk, giveaway, DAY + 3_000);
    expect(await counted(desk, giveaway.id)).toEqual({ entered: ENTRANTS });
    desk.guild.isKnown = true;
    await movedOn(desk, giveaway.id);
    expect(await counted(desk, giveaway.id)).toEqual({ won: 3, entered: 6 });
  });
});

describe('a winner who gives way', () => {
  it('by not claiming in time is followed by the next, and never by somebody who gave way before', async () => {
    const desk = await openRewardDesk();
    const giveaway = await drawnGiveaway(desk, 3);
    const gone: string[] = [];
    const all: string[] = [];
    for (let round = 0; round < 3; round++) {
      const won = await inState(desk, giveaway, 'won');
      expect(won.filter((user) => gone.includes(user))).toEqual([]);
      all.push(...won);
      gone.push(...won);
      await afterwards(desk, giveaway, DAY);
    }
    // Everybody had their turn, in the order of the ranking; then there is nobody left.
    expect(new Set(all).size).toBe(ENTRANTS);
    expect(await counted(desk, giveaway.id)).toEqual({ lapsed: ENTRANTS });
    expect((await campaignNow(desk, giveaway.id)).state).toBe('ended');
    expect(bought(desk)).toBe(0);
    const { winners, gaveWay } = await expectFair(desk, giveaway);
    expect(winners).toEqual([]);
    expect(gaveWay.map(({ user, why }) => [user, why])).toEqual(all.map((user) => [user, 'not_claimed']));
  });

  it('too late is told so, also when the next has not been drawn yet', async () => {
    const desk = await openRewardDesk();
    const giveaway = await drawnGiveaway(desk, 1);
    const [first = ''] = await inState(desk, giveaway, 'won');
    desk.clock.advance(DAY);
    expect(await codesOf([takeWon(desk, giveaway, first)])).toEqual(['claimed_too_late']);
    await movedOn(desk, giveaway.id);
    expect(await codesOf([takeWon(desk, giveaway, first)])).toEqual(['claimed_too_late']);
    const [second = ''] = await inState(desk, giveaway, 'won');
    expect(second).not.toBe(first);
    await takeWon(desk, giveaway, second);
    expect((await movedOn(desk, giveaway.id)).state).toBe('ended');
    expect(await received(desk)).toEqual({ [second]: 1 });
    const { winners, gaveWay } = await expectFair(desk, giveaway);
    expect([winners, gaveWay]).toMatchObject([
      [{ user: second, place: 2 }],
      [{ user: first, place: 1, why: 'not_claimed' }],
    ]);
  });

  it('by the hand of whoever runs it is followed by the next; who has claimed keeps their card', async () => {
    const desk = await openRewardDesk();
    const giveaway = await drawnGiveaway(desk, 2);
    const [first = '', second = ''] = await inState(desk, giveaway, 'won');
    expect((await unclaimedWinners(desk.ctx, giveaway)).map(({ user }) => user)).toEqual([first, second]);
    await takeWon(desk, giveaway, first);
    await movedOn(desk, giveaway.id);
    const replace = async (user: string) => replaceWinner(desk.ctx, await campaignNow(desk, giveaway.id), user, anna);
    expect(await problemOf(replace(first))).toMatchObject({ code: 'not_to_replace' });
    expect(await problemOf(replace('nobody'))).toMatchObject({ code: 'not_to_replace' });
    const after = await replace(second);
    expect(after.history.at(-1)).toMatchObject({ by: anna.user, why: 'replaced', detail: second });
    const [third = ''] = await inState(desk, giveaway, 'won');
    expect([first, second]).not.toContain(third);
    expect(await problemOf(replace(second))).toMatchObject({ code: 'not_to_replace' });
    await takeWon(desk, giveaway, third);
    expect((await movedOn(desk, giveaway.id)).state).toBe('ended');
    expect(await received(desk)).toEqual({ [first]: 1, [third]: 1 });
    const { gaveWay } = await expectFair(desk, giveaway);
    expect(gaveWay).toEqual([{ user: second, place: 2, why: 'replaced' }]);
  });

  it('by leaving before their card was bought is followed by the next', async () => {
    const desk = await openRewardDesk();
    const giveaway = await drawnGiveaway(desk, 1);
    const [first = ''] = await inState(desk, giveaway, 'won');
    await takeWon(desk, giveaway, first);
    desk.guild.left.add(first);
    await movedOn(desk, giveaway.id);
    await movedOn(desk, giveaway.id);
    const [second = ''] = await inState(desk, giveaway, 'won');
    expect(second).not.toBe('');
    await takeWon(desk, giveaway, second);
    expect((await movedOn(desk, giveaway.id)).state).toBe('ended');
    expect(await received(desk)).toEqual({ [second]: 1 });
    const { gaveWay } = await expectFair(desk, giveaway);
    expect(gaveWay).toEqual([{ user: first, place: 1, why: 'left' }]);
  });
});
