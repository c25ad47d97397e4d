import { describe, expect, it } from 'vitest';
import { createEntryRepository } from '../../../src/campaigns/claim/entries.ts';
import { createSlotAllocator } from '../../../src/campaigns/claim/slot-allocator.ts';
import { entrySchema } from '../../../src/campaigns/model/entry.ts';
import { vendorError } from '../../orders/vendor.ts';
import {
  anna,
  bought,
  campaignNow,
  confirmed,
  counted,
  crowd,
  entriesNow,
  ITEM,
  movedOn,
  openRewardDesk,
  ordersOf,
  plan,
  planGiveaway,
  problemOf,
  received,
} from '../desk.ts';
import { afterwards, claim, codesOf, enter, presser, takeWon } from '../pressing.ts';

const HOUR = 60 * 60_000;
const cards = (quantity: number) => ({ items: [{ itemCode: ITEM, quantity }] });

describe('a drop', () => {
  it('gives its cards to the first who press, one each, and tells the others kindly', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, cards(20)));
    const read = await codesOf(crowd(500).map((user) => claim(desk, drop, user)));
    expect(read.filter((each) => each === 'due')).toHaveLength(20);
    expect(read.filter((each) => each === 'all_claimed')).toHaveLength(480);
    const ended = await movedOn(desk, drop.id);
    expect(ended.state).toBe('ended');
    expect(Object.values(await received(desk))).toEqual(Array(20).fill(1));
    expect(bought(desk)).toBe(20);
    const slots = (await entriesNow(desk, drop.id)).map(({ slot }) => slot);
    expect(slots.sort((a = 0, b = 0) => a - b)).toEqual([...Array(20).keys()]);
    expect(await codesOf([claim(desk, drop, 'late')])).toEqual(['all_claimed']);
  });

  it('gives nobody a second card, however often and fast they press', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, cards(3)));
    const presses = Array.from({ length: 20 }, (_, i) => claim(desk, drop, `member ${i % 2}`));
    expect(new Set(await codesOf(presses))).toEqual(new Set(['due']));
    expect(await counted(desk, drop.id)).toEqual({ due: 2 });
    // What their other presses were about to take is still there.
    expect(await codesOf([claim(desk, drop, 'member 2')])).toEqual(['due']);
    await movedOn(desk, drop.id);
    expect(await received(desk)).toEqual({ 'member 0': 1, 'member 1': 1, 'member 2': 1 });
    expect(await codesOf([claim(desk, drop, 'member 0')])).toEqual(['ordered']);
  });

  it('tells whoever pressed twice for the last card that they have it', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, cards(1)));
    const read = await codesOf(['zoe', 'zoe', 'yve', 'zoe'].map((user) => claim(desk, drop, user)));
    expect(read).toEqual(['due', 'due', 'all_claimed', 'due']);
  });

  it('writes no more than it has places, and reads next to nothing for who comes later', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, cards(5)));
    const calls: string[] = [];
    const entries = createEntryRepository(desk.store.records('entries', entrySchema));
    const slots = createSlotAllocator({
      ...entries,
      put: (entry) => {
        calls.push('put');
        return entries.put(entry);
      },
      holder: (hold) => {
        calls.push('holder');
        return entries.holder(hold);
      },
    });
    const take = (user: string) => slots.take(drop, { campaign: drop.id, user, state: 'due', at: 0, part: 0 });
    const taken = await Promise.all(crowd(300).map(take));
    expect(taken.filter((entry) => entry !== undefined)).toHaveLength(5);
    expect(calls).toEqual(['holder', ...Array(5).fill('put')]);
    expect(slots.isFull(drop)).toBe(true);
  });

  it('counts a place that could not be written as free, for somebody else', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, cards(1)));
    const entries = createEntryRepository(desk.store.records('entries', entrySchema));
    const broken = { left: 1 };
    const slots = createSlotAllocator({
      ...entries,
      put: async (entry) => {
        if (broken.left-- > 0) throw new Error('the database is away');
        return entries.put(entry);
      },
    });
    const take = (user: string) => slots.take(drop, { campaign: drop.id, user, state: 'due', at: 0, part: 0 });
    const [first, second, third] = await Promise.allSettled(['a', 'b', 'c'].map(take));
    expect(first).toMatchObject({ status: 'rejected' });
    expect([second, third].map((each) => each?.status === 'fulfilled' && each.value?.slot)).toEqual([0, undefined]);
  });

  it('is one drop for two processes', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, cards(7)));
    const other = desk.openCampaigns().campaigns;
    const presses = crowd(60).map((user, i) => (i % 2 ? other : desk.campaigns).claimDrop(drop.id, presser(user)));
    const read = await codesOf(presses);
    expect(read.filter((each) => each === 'due')).toHaveLength(7);
    await movedOn(desk, drop.id, { campaigns: other });
    expect(bought(desk)).toBe(7);
    expect(Object.values(await received(desk))).toEqual(Array(7).fill(1));
  });

  it('gives no card to who runs it or approved it, nor to a bot, nor where it is unknown', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk));
    const { campaigns } = desk;
    expect(await codesOf([claim(desk, drop, anna.user)])).toEqual(['own_campaign']);
    const bot = campaigns.claimDrop(drop.id, presser('bot', { isBot: true }));
    expect(await codesOf([bot])).toEqual(['recipient_bot']);
    const elsewhere = campaigns.claimDrop(drop.id, presser('zoe', { guild: 'another' }));
    expect(await codesOf([elsewhere, campaigns.claimDrop('X', presser('zoe'))])).toEqual([
      'campaign_unknown',
      'campaign_unknown',
    ]);
    expect(await codesOf([enter(desk, drop, 'zoe'), takeWon(desk, drop, 'zoe')])).toEqual([
      'campaign_unknown',
      'campaign_unknown',
    ]);
    expect(await counted(desk, drop.id)).toEqual({});
  });

  it('asks for its rules at the press, and says all that somebody lacks', async () => {
    const desk = await openRewardDesk();
    const eligibility = { role: 'fans', accountDays: 30, memberDays: 7, quietDays: 7 };
    const drop = await confirmed(desk, await plan(desk, { eligibility }));
    const now = desk.clock.now();
    const young = presser('zoe', { createdAt: now, joinedAt: now });
    expect(await problemOf(desk.campaigns.claimDrop(drop.id, young))).toEqual({
      code: 'not_eligible',
      lacking: [
        { rule: 'role', role: 'fans' },
        { rule: 'account', days: 30 },
        { rule: 'member', days: 7 },
      ],
    });
    const fan = (user: string) => desk.campaigns.claimDrop(drop.id, presser(user, { roles: ['fans'] }));
    expect(await codesOf([fan('zoe')])).toEqual(['due']);
    await movedOn(desk, drop.id);
    // Of the next one: they were sent a card just now.
    const next = await confirmed(desk, await plan(desk, { eligibility: { quietDays: 7 } }));
    expect(await codesOf([claim(desk, next, 'zoe'), claim(desk, next, 'yve')])).toEqual(['not_eligible', 'due']);
    desk.clock.advance(7 * 24 * HOUR);
    expect(await codesOf([claim(desk, next, 'zoe')])).toEqual(['due']);
  });

  it('takes nobody more when its time is over, and gives what was claimed', async () => {
    const desk = await openRewardDesk();
    const endsAt = desk.clock.now() + HOUR;
    const drop = await confirmed(desk, await plan(desk, { ...cards(5), endsAt }));
    await claim(desk, drop, 'zoe');
    desk.clock.advance(HOUR);
    expect(await codesOf([claim(desk, drop, 'late')])).toEqual(['campaign_over']);
    const ended = await movedOn(desk, drop.id);
    expect(ended.state).toBe('ended');
    expect(await received(desk)).toEqual({ zoe: 1 });
    expect(await codesOf([claim(desk, drop, 'late'), claim(desk, drop, 'zoe')])).toEqual(['campaign_over', 'ordered']);
  });

  it('takes nobody while it is paused, and keeps everybody’s place while it is stopped', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, cards(3)));
    desk.vendor.inStock = false;
    await claim(desk, drop, 'zoe');
    expect((await movedOn(desk, drop.id)).state).toBe('halted');
    expect(await codesOf([claim(desk, drop, 'yve')])).toEqual(['due']);
    expect(bought(desk)).toBe(0);
    desk.vendor.inStock = true;
    await desk.campaigns.goOn(drop.id, anna);
    await movedOn(desk, drop.id);
    expect(await received(desk)).toEqual({ zoe: 1, yve: 1 });
    await desk.campaigns.pause(drop.id, anna);
    expect(await codesOf([claim(desk, drop, 'xia')])).toEqual(['campaign_paused']);
  });

  it('that buys at its start leaves what nobody claims to the server, and not to whoever asked for it', async () => {
    const desk = await openRewardDesk();
    const endsAt = desk.clock.now() + HOUR;
    const planned = await plan(desk, { ...cards(4), endsAt, buysAtStart: true });
    const drop = await confirmed(desk, planned);
    expect(bought(desk)).toBe(4);
    await claim(desk, drop, 'zoe');
    await movedOn(desk, drop.id);
    expect(await received(desk)).toEqual({ zoe: 1 });
    expect((await afterwards(desk, drop, HOUR)).state).toBe('ended');
    await movedOn(desk, drop.id);
    expect(await received(desk)).toEqual({ zoe: 1 });
    expect(bought(desk)).toBe(4);
  });
});

describe('a drop that buys at its start and could not', () => {
  it('buys for those who have claimed when it takes nobody more, and gives each of them theirs', async () => {
    const desk = await openRewardDesk();
    const endsAt = desk.clock.now() + HOUR;
    const drop = await plan(desk, { ...cards(4), endsAt, buysAtStart: true });
    // CardPlusPay cannot be reached, so that it is tried again later.
    desk.vendor.before = async (call) => {
      if (call === 'checkStock') throw vendorError('network', 'not_sent');
    };
    await confirmed(desk, drop);
    expect(await codesOf([claim(desk, drop, 'zoe'), claim(desk, drop, 'yve')])).toEqual(['due', 'due']);
    expect((await afterwards(desk, drop, HOUR)).state).toBe('closing');
    expect(bought(desk)).toBe(0);
    desk.vendor.before = async () => undefined;
    await afterwards(desk, drop, HOUR);
    expect((await movedOn(desk, drop.id)).state).toBe('ended');
    expect(await received(desk)).toEqual({ zoe: 1, yve: 1 });
    expect(bought(desk)).toBe(2);
  });
});

describe('a drop that is drawn among the first', () => {
  const drawn = (quantity: number) => ({ ...cards(quantity), drawSeconds: 10 });

  it('takes everybody in its first seconds, draws among them, and gives what is left to the first', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, drawn(5)));
    const read = await codesOf(crowd(3).map((user) => claim(desk, drop, user)));
    expect(read).toEqual(['entered', 'entered', 'entered']);
    expect(await codesOf([claim(desk, drop, 'member 1')])).toEqual(['entered']);
    desk.clock.advance(10_000);
    expect(await codesOf([claim(desk, drop, 'late')])).toEqual(['being_drawn']);
    await afterwards(desk, drop, 3_000);
    expect(await received(desk)).toEqual({ 'member 0': 1, 'member 1': 1, 'member 2': 1 });
    expect(await codesOf(['late', 'later', 'latest'].map((user) => claim(desk, drop, user)))).toEqual([
      'due',
      'due',
      'all_claimed',
    ]);
    expect((await movedOn(desk, drop.id)).state).toBe('ended');
    expect(bought(desk)).toBe(5);
  });

  it('gives no place away before those who were drawn have theirs', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, drawn(2)));
    await Promise.all(crowd(4).map((user) => claim(desk, drop, user)));
    const { campaigns, ctx } = desk;
    desk.clock.advance(13_000);
    // As a process leaves it that has made the draw, and has given no place yet.
    await campaigns.draw(await campaignNow(desk, drop.id));
    await ctx.campaigns.revise(drop.id, (now) => ({
      ...now,
      draw: now.draw && { ...now.draw, reached: 1 },
    }));
    expect(await codesOf([claim(desk, drop, 'late')])).toEqual(['being_drawn']);
    await movedOn(desk, drop.id);
    expect(bought(desk)).toBe(2);
    expect(await counted(desk, drop.id)).toEqual({ entered: 2, ordered: 2 });
  });

  it('gives nobody the place of somebody who was drawn and has left: there is one person to each', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, drawn(2)));
    await Promise.all(crowd(4).map((user) => claim(desk, drop, user)));
    for (const user of crowd(4)) desk.guild.left.add(user);
    await afterwards(desk, drop, 13_000);
    // As a process that was frozen on its way goes on.
    await desk.campaigns.draw(await campaignNow(desk, drop.id));
    await movedOn(desk, drop.id);
    expect(await counted(desk, drop.id)).toEqual({ entered: 2, failed: 2 });
    expect(bought(desk)).toBe(0);
  });

  it('tells who was not drawn', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, { ...drawn(1), endsAt: undefined }));
    await Promise.all(crowd(3).map((user) => claim(desk, drop, user)));
    await afterwards(desk, drop, 13_000);
    const [winner] = (await ordersOf(desk, drop.id)).flatMap(({ recipients }) => recipients.map(({ user }) => user));
    const [loser = ''] = crowd(3).filter((user) => user !== winner);
    const of = (user: string) => desk.campaigns.claimStatus(drop.id, presser(user));
    expect(await of(loser)).toEqual({ is: 'not_drawn' });
    expect((await campaignNow(desk, drop.id)).state).toBe('ended');
    expect(await codesOf([claim(desk, drop, loser)])).toEqual(['not_drawn']);
    expect(await of(winner ?? '')).toMatchObject({ is: 'here' });
  });

  it('that ends before its draw is drawn then, so that nobody pressed for nothing', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, drawn(2)));
    await claim(desk, drop, 'zoe');
    await desk.campaigns.endEarly(drop.id, anna);
    expect((await movedOn(desk, drop.id)).state).toBe('running');
    await afterwards(desk, drop, 3_000);
    expect(await received(desk)).toEqual({ zoe: 1 });
    expect((await movedOn(desk, drop.id)).state).toBe('ended');
  });
});

describe('a giveaway', () => {
  it('takes each once, lets them leave and come back, until it ends', async () => {
    const desk = await openRewardDesk();
    const giveaway = await confirmed(desk, await planGiveaway(desk, 2));
    const { campaigns } = desk;
    const leave = () => campaigns.leaveGiveaway(giveaway.id, presser('zoe'));
    expect(await leave()).toBeUndefined();
    expect(await codesOf([enter(desk, giveaway, 'zoe'), enter(desk, giveaway, 'zoe')])).toEqual(['entered', 'entered']);
    await enter(desk, giveaway, 'yve');
    expect(await leave()).toMatchObject({ state: 'left' });
    expect(await campaigns.claimStatus(giveaway.id, presser('yve'))).toMatchObject({ entrants: 1 });
    expect(await codesOf([enter(desk, giveaway, 'zoe')])).toEqual(['entered']);
    expect(await counted(desk, giveaway.id)).toEqual({ entered: 2 });
    expect(await codesOf([enter(desk, giveaway, anna.user)])).toEqual(['own_campaign']);
    expect(await codesOf([takeWon(desk, giveaway, 'zoe')])).toEqual(['not_drawn']);
    desk.clock.advance(24 * HOUR);
    expect(await codesOf([enter(desk, giveaway, 'xia')])).toEqual(['campaign_over']);
    await afterwards(desk, giveaway, 3_000);
    expect(await counted(desk, giveaway.id)).toEqual({ won: 2 });
    expect(await problemOf(leave())).toMatchObject({ code: 'campaign_over' });
  });

  it('lets its winners claim in time, also while it is paused, and nobody else', async () => {
    const desk = await openRewardDesk();
    const giveaway = await confirmed(desk, await planGiveaway(desk, 2));
    await Promise.all(crowd(3).map((user) => enter(desk, giveaway, user)));
    await afterwards(desk, giveaway, 24 * HOUR + 3_000);
    const won = (await entriesNow(desk, giveaway.id)).filter(({ state }) => state === 'won');
    const [first = '', second = ''] = won.map(({ user }) => user);
    const [other = ''] = crowd(3).filter((user) => user !== first && user !== second);
    expect(await codesOf([takeWon(desk, giveaway, other)])).toEqual(['not_drawn']);
    expect(await codesOf([takeWon(desk, giveaway, first), takeWon(desk, giveaway, first)])).toEqual(['due', 'due']);
    await movedOn(desk, giveaway.id);
    await desk.campaigns.pause(giveaway.id, anna);
    expect(await codesOf([takeWon(desk, giveaway, second)])).toEqual(['due']);
    expect(await received(desk)).toEqual({ [first]: 1 });
    await desk.campaigns.goOn(giveaway.id, anna);
    expect((await movedOn(desk, giveaway.id)).state).toBe('ended');
    expect(await received(desk)).toEqual({ [first]: 1, [second]: 1 });
  });

  it('that was called off gives nothing to a winner who had not claimed', async () => {
    const desk = await openRewardDesk();
    const giveaway = await confirmed(desk, await planGiveaway(desk, 1));
    await enter(desk, giveaway, 'zoe');
    await afterwards(desk, giveaway, 24 * HOUR + 3_000);
    await desk.campaigns.cancel(giveaway.id, anna);
    expect(await codesOf([takeWon(desk, giveaway, 'zoe')])).toEqual(['campaign_over']);
    expect(await counted(desk, giveaway.id)).toEqual({ won: 1 });
  });
});
