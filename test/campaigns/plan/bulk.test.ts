import { describe, expect, it } from 'vitest';
import type { BulkWish } from '../../../src/campaigns/plan/bulk.ts';
import type { Whom } from '../../../src/campaigns/plan/whom.ts';
import { createCounting } from '../counting.ts';
import {
  anna,
  bought,
  confirmed,
  counted,
  crowd,
  entriesNow,
  ITEM,
  movedOn,
  OTHER_ITEM,
  openRewardDesk,
  ordersOf,
  problemOf,
  type RewardDesk,
  received,
} from '../desk.ts';

const idOf = (at: number) => `3${String(at).padStart(16, '0')}7`;
const ids = (count: number) => Array.from({ length: count }, (_, at) => idOf(at));
const file = (...lines: string[]): Whom => ({ kind: 'file', text: lines.join('\n') });

function wishFor(whom: Whom, itemCode: string | undefined = ITEM): BulkWish {
  return {
    ...{ whom, member: anna, channel: 'channel', place: 'channel', locale: 'en' },
    ...{ gift: { receipt: 'private' }, itemCode },
  };
}

/** What comes of a file without a card of the command's own. */
const planFile = ({ campaigns }: RewardDesk, ...lines: string[]) =>
  campaigns.planBulk({ ...wishFor(file(...lines)), itemCode: undefined });

async function planned(desk: RewardDesk, wish: BulkWish) {
  const plan = await desk.campaigns.planBulk(wish);
  if (plan.kind !== 'planned') throw new Error(`it is ${plan.kind}`);
  return plan;
}

describe('a bulk send by a file', () => {
  it('gives each member the card and the words of their line', async () => {
    const desk = await openRewardDesk();
    const lines = [`${idOf(1)},${OTHER_ITEM},Thank you`, `${idOf(2)},,Well done`, idOf(3)];
    const { campaign, leftOut } = await planned(desk, wishFor(file(...lines)));
    expect(leftOut).toEqual([]);
    expect(campaign.parts.map(({ itemCode, quantity }) => [itemCode, quantity])).toEqual([
      [OTHER_ITEM, 1],
      [ITEM, 2],
    ]);
    const entries = await entriesNow(desk, campaign.id);
    expect(entries.map(({ user, part, message, state }) => [user, part, message, state])).toEqual([
      [idOf(1), 0, 'Thank you', 'due'],
      [idOf(2), 1, 'Well done', 'due'],
      [idOf(3), 1, undefined, 'due'],
    ]);
    expect((await confirmed(desk, campaign)).state).toBe('ended');
    expect(await received(desk)).toEqual({ [idOf(1)]: 1, [idOf(2)]: 1, [idOf(3)]: 1 });
    const cards = (await ordersOf(desk, campaign.id)).flatMap((order) =>
      order.cards.map(({ recipient = '' }) => ({ order, recipient })),
    );
    const words = cards.map(({ order, recipient }) => [
      recipient,
      order.recipients.find(({ user }) => user === recipient)?.message,
    ]);
    expect(Object.fromEntries(words)).toEqual({
      ...{ [idOf(1)]: 'Thank you', [idOf(2)]: 'Well done', [idOf(3)]: undefined },
    });
  });

  it('finds members by name, and leaves out who is unknown, twice there, a bot or its sender', async () => {
    const desk = await openRewardDesk();
    const { members, guild } = desk;
    members.names.set('bea', [idOf(1)]);
    members.names.set('alex', [idOf(4), idOf(5)]);
    members.facts.set(idOf(6), { isBot: true });
    members.names.set('anna', [anna.user]);
    guild.left.add(idOf(7));
    const lines = ['bea', idOf(1), 'alex', 'nobody', idOf(6), 'anna', idOf(7), idOf(8)];
    const { campaign, leftOut } = await planned(desk, wishFor(file(...lines)));
    expect(leftOut.map(({ line, why, who }) => [line, why, who.value])).toEqual([
      [2, 'twice', idOf(1)],
      [3, 'several_of_name', 'alex'],
      [4, 'no_such_name', 'nobody'],
      [5, 'bot', idOf(6)],
      [6, 'self', 'anna'],
      [7, 'not_here', idOf(7)],
    ]);
    expect((await entriesNow(desk, campaign.id)).map(({ user }) => user)).toEqual([idOf(1), idOf(8)]);
    expect(campaign.charged.amount).toBe('9.8');
  });

  it('is not planned while a line of it has to be mended; all of them are told, the first twenty in words', async () => {
    const desk = await openRewardDesk();
    const wrong = await planFile(desk, `${idOf(1)},${ITEM}`, `${idOf(2)},NONE`, '<x>', idOf(4));
    expect(wrong).toEqual({
      kind: 'wrong',
      errorCount: 3,
      errors: [
        { line: 2, problem: 'item_unknown', params: { item: 'NONE' } },
        { line: 3, problem: 'who_unclear', params: { text: '<x>' } },
        { line: 4, problem: 'item_missing', params: {} },
      ],
    });
    const many = await planFile(desk, ...ids(500));
    expect(many).toMatchObject({ kind: 'wrong', errorCount: 500 });
    expect(many.kind === 'wrong' && many.errors.map(({ line }) => line)).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 1),
    );
    expect(desk.members.asked).toBe(0);
  });

  it('has at most 20 kinds of cards, and none of them is asked for beyond that', async () => {
    const desk = await openRewardDesk();
    const lines = ids(21).map((id, at) => `${id},CARD-${at}`);
    expect(await planFile(desk, ...lines)).toMatchObject({
      errors: [{ line: 21, problem: 'too_many_items', params: { count: 21, most: 20 } }],
    });
  });

  it('with nobody left to send a card to plans nothing', async () => {
    const desk = await openRewardDesk();
    desk.guild.left.add(idOf(1));
    expect(await desk.campaigns.planBulk(wishFor(file(idOf(1))))).toMatchObject({
      kind: 'nobody',
      leftOut: [{ why: 'not_here' }],
    });
  });

  it('plans nothing where Discord does not tell who is here, or a card is sold out', async () => {
    const desk = await openRewardDesk();
    const { campaigns } = desk;
    desk.guild.isKnown = false;
    expect(await problemOf(campaigns.planBulk(wishFor(file(idOf(1)))))).toEqual({
      code: 'members_not_told',
    });
    desk.guild.isKnown = true;
    desk.vendor.inStock = false;
    expect(await problemOf(campaigns.planBulk(wishFor(file(idOf(1)))))).toMatchObject({
      code: 'out_of_stock',
    });
    desk.vendor.inStock = true;
    expect(await problemOf(campaigns.planBulk(wishFor(file(idOf(1)), 'NONE')))).toMatchObject({
      code: 'unknown_item',
    });
  });

  it('tells how many it has looked up', async () => {
    const desk = await openRewardDesk();
    const told: number[][] = [];
    await desk.campaigns.planBulk(wishFor(file(...ids(12))), async (...how) => told.push(how));
    expect(told).toEqual([
      [5, 12],
      [10, 12],
      [12, 12],
    ]);
  });
});

describe('a bulk send to members named in one line', () => {
  it('is for those mentioned and written, and tells what names nobody', async () => {
    const desk = await openRewardDesk();
    desk.members.names.set('dan', [idOf(3)]);
    const text = `<@${idOf(1)}> <@!${idOf(2)}>, @dan; ${idOf(4)} ${idOf(5)}\n<@&${idOf(6)}>, <@${idOf(1)}>`;
    const { campaign, leftOut, recipients } = await planned(desk, wishFor({ kind: 'named', text }));
    const users = [1, 2, 3, 4, 5].map(idOf);
    expect(recipients.map(({ user }) => user)).toEqual(users);
    expect((await entriesNow(desk, campaign.id)).map(({ user }) => user).toSorted()).toEqual(users.toSorted());
    expect(leftOut.map(({ why, who }) => [why, who.value])).toEqual([
      ['unclear', `<@&${idOf(6)}>`],
      ['twice', idOf(1)],
    ]);
  });

  it('tells the balance of the account to whoever may see it, and nobody else', async () => {
    const desk = await openRewardDesk();
    const wish = wishFor({ kind: 'named', text: `<@${idOf(1)}>` });
    expect((await planned(desk, wish)).balance).toEqual({ amount: expect.any(String), currency: 'USD' });
    const member = { ...anna, isManager: false };
    const isHidden = !(await desk.rules.seesBalance(member));
    const plan = await planned(desk, { ...wish, member });
    expect(plan.balance === undefined).toBe(isHidden);
  });
});

describe('a bulk send to who reacted to a message', () => {
  const wish = (emoji?: string) =>
    wishFor({ kind: 'reacted', message: { channel: 'channel', message: 'quiz' }, ...(emoji && { emoji }) });

  it('is for everybody once, or for those with one emoji, and not for its sender', async () => {
    const desk = await openRewardDesk();
    const [one, two] = [idOf(1), idOf(2)];
    desk.members.reactions.set('quiz', [
      [one, '🎉'],
      [two, '👍'],
      [one, '👍'],
      [anna.user, '🎉'],
    ]);
    const all = await planned(desk, wish());
    expect(all.recipients.map(({ user }) => user)).toEqual([one, two]);
    expect(all.leftOut.map(({ why }) => why)).toEqual(['self']);
    const some = await planned(desk, wish('👍'));
    expect(some.recipients.map(({ user }) => user)).toEqual([two, one]);
  });

  it('is for a thousand at most', async () => {
    const desk = await openRewardDesk();
    desk.members.reactions.set(
      'quiz',
      ids(1_001).map((id) => [id, '🎉'] as const),
    );
    expect(await problemOf(desk.campaigns.planBulk(wish()))).toEqual({ code: 'too_many_reacted', most: 1_000 });
    expect(desk.members.asked).toBe(0);
  });
});

describe('a bulk send to members picked, or with a role', () => {
  it('is for those who were picked', async () => {
    const desk = await openRewardDesk();
    const { campaign } = await planned(desk, wishFor({ kind: 'picked', users: crowd(3) }));
    expect((await confirmed(desk, campaign)).state).toBe('ended');
    expect(Object.keys(await received(desk))).toHaveLength(3);
  });

  it('is for everybody with the role who is no bot and not its sender', async () => {
    const desk = await openRewardDesk();
    const { members, guild } = desk;
    members.listed = [...crowd(4), anna.user];
    for (const user of ['member 0', 'member 2', 'member 3', 'anna'])
      guild.members.set(user, { user, guild: 'guild', isManager: false, roles: ['R'] });
    members.facts.set('member 3', { isBot: true });
    const { campaign, leftOut } = await planned(desk, wishFor({ kind: 'role', role: 'R' }));
    expect((await entriesNow(desk, campaign.id)).map(({ user }) => user)).toEqual(['member 0', 'member 2']);
    expect(leftOut.map(({ why }) => why)).toEqual(['bot', 'self']);
  });

  it('needs a card, and is for at most 10,000', async () => {
    const desk = await openRewardDesk();
    const { campaigns } = desk;
    const picked = { ...wishFor({ kind: 'picked', users: ['ben'] }), itemCode: undefined };
    expect(await problemOf(campaigns.planBulk(picked))).toEqual({ code: 'bulk_item_missing' });
    desk.members.listed = crowd(10_001);
    for (const [user] of desk.members.listed.map((each) => [each] as const))
      desk.guild.members.set(user, { user, guild: 'guild', isManager: false, roles: ['R'] });
    expect(await problemOf(campaigns.planBulk(wishFor({ kind: 'role', role: 'R' })))).toEqual({
      ...{ code: 'too_many_recipients', most: 10_000 },
    });
  });
});

describe('the work of a bulk send', () => {
  it('is as much for each of a thousand members as for each of two hundred', async () => {
    const callsEach = async (count: number): Promise<number> => {
      const desk = await openRewardDesk();
      const counting = createCounting();
      const { campaigns } = desk.openCampaigns(counting.wrap);
      const plan = await campaigns.planBulk(wishFor(file(...ids(count))));
      if (plan.kind !== 'planned') throw new Error('it is not planned');
      await campaigns.confirm(plan.campaign.id, anna);
      expect((await movedOn(desk, plan.campaign.id, { campaigns })).state).toBe('ended');
      expect([await counted(desk, plan.campaign.id), bought(desk)]).toEqual([{ ordered: count }, count]);
      return counting.calls() / count;
    };
    const few = await callsEach(200);
    const many = await callsEach(1_000);
    expect(many / few).toBeLessThan(1.1);
  });
});
