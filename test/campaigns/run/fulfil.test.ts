import { describe, expect, it } from 'vitest';
import { advanceSoon } from '../../../src/campaigns/run/worker.ts';
import { createMortal } from '../../orders/mortal.ts';
import { orderAnswer, rawAnswer, vendorError } from '../../orders/vendor.ts';
import {
  anna,
  bought,
  confirmed,
  counted,
  crowd,
  ITEM,
  movedOn,
  OTHER_ITEM,
  openRewardDesk,
  ordersOf,
  planBulk,
  type RewardDesk,
  received,
  refusal,
} from '../desk.ts';

const MINUTE = 60_000;
const oneEach = (users: readonly string[]) => Object.fromEntries(users.map((user) => [user, 1]));
const openAccounts = async ({ ledger }: RewardDesk) => {
  const held: string[] = [];
  for await (const { key } of ledger.holds()) held.push(key);
  return held;
};

/** As it stands when it has ended, or after all the time that an order may be looked for. */
async function laterOn(desk: RewardDesk, id: string, process: Pick<RewardDesk, 'orders' | 'ctx' | 'campaigns'> = desk) {
  for (const gap of [...Array(20).fill(MINUTE), ...Array(30).fill(60 * MINUTE)]) {
    const campaign = await movedOn(desk, id, process);
    if (campaign.state === 'ended') return campaign;
    desk.clock.advance(gap);
    await process.orders.tick();
  }
  return movedOn(desk, id, process);
}

describe('a bulk send', () => {
  it('gives each of 250 members one card, in three orders', async () => {
    const desk = await openRewardDesk();
    const users = crowd(250);
    const planned = await planBulk(desk, users);
    const ended = await confirmed(desk, planned);
    expect(ended.state).toBe('ended');
    expect((await ordersOf(desk, ended.id)).map(({ quote }) => quote.quantity)).toEqual([100, 100, 50]);
    expect(await received(desk)).toEqual(oneEach(users));
    expect(await counted(desk, ended.id)).toEqual({ ordered: 250 });
    expect(bought(desk)).toBe(250);
    expect(await openAccounts(desk)).toEqual([]);
  });

  it('gives nobody two cards and nobody none, wherever the process dies on its way', async () => {
    const users = crowd(2);
    for (let call = 1; ; call++) {
      const desk = await openRewardDesk();
      const items = [
        { itemCode: ITEM, quantity: 1 },
        { itemCode: OTHER_ITEM, quantity: 1 },
      ];
      const planned = await planBulk(desk, users, { items, partOf: (at) => at });
      await desk.campaigns.confirm(planned.id, anna);
      const mortal = createMortal({ call, when: 'after' });
      const dying = desk.openCampaigns(mortal.wrap);
      advanceSoon(dying.ctx, planned.id);
      const end = await Promise.race([dying.campaigns.settled().then(() => 'finished' as const), mortal.died]);
      const next = desk.openCampaigns();
      await next.orders.recover();
      const ended = await laterOn(desk, planned.id, next);
      await next.campaigns.tick();
      expect([call, ended.state]).toEqual([call, 'ended']);
      // Whether it was sent, nobody can know of an order whose process died around that: it is not sent again by itself.
      const lost = (await ordersOf(desk, planned.id)).filter(({ status }) => status === 'closed');
      const open = lost.flatMap(({ recipients }) => recipients.map(({ user }) => user));
      const failed = open.length > 0 && { failed: open.length };
      expect([call, await counted(desk, planned.id)]).toEqual([call, { ordered: 2 - open.length, ...failed }]);
      expect([call, bought(desk)]).toEqual([call, 2 - open.length]);
      const glad = users.filter((user) => !open.includes(user));
      // What may be out is looked for before it is sent again.
      expect([call, Object.keys(await received(desk)).sort()]).toEqual([call, glad]);
      expect([call, await openAccounts(desk)]).toEqual([call, []]);
      if (end === 'finished') break;
    }
  });

  it('to many writes to nobody, pings nobody, and has one message with a button for all of them', async () => {
    const desk = await openRewardDesk();
    const users = crowd(500);
    const { id, state } = await confirmed(desk, await planBulk(desk, users));
    expect(state).toBe('ended');
    desk.clock.advance(60_000);
    await desk.campaigns.tick();
    await desk.campaigns.settled();
    expect(desk.post.parcels).toEqual([]);
    expect(desk.said.messages.map(({ said: [first] }) => first?.kind).toSorted()).toEqual(['main', 'word']);
    expect(desk.said.now('main')).toMatchObject([{ tally: { waiting: 500, sent: 0 } }]);
    // One write for all cards of an order.
    const orders = await ordersOf(desk, id);
    expect(orders.map(({ history }) => history.filter(({ why }) => why === 'to_reveal').length)).toEqual(
      Array(5).fill(1),
    );
    expect(await received(desk)).toEqual(Object.fromEntries(users.map((user) => [user, 1])));
    expect(bought(desk)).toBe(500);
  }, 300_000);

  it('leaves out who has left since, and charges nothing for them', async () => {
    const desk = await openRewardDesk();
    const planned = await planBulk(desk, crowd(3));
    desk.guild.left.add('member 1');
    const ended = await confirmed(desk, planned);
    expect(ended.state).toBe('ended');
    expect(await counted(desk, ended.id)).toEqual({ ordered: 2, failed: 1 });
    expect(bought(desk)).toBe(2);
    expect(await openAccounts(desk)).toEqual([]);
  });

  it('waits where Discord does not tell who is a member, and goes on by itself', async () => {
    const desk = await openRewardDesk();
    const planned = await planBulk(desk, crowd(2));
    desk.guild.isKnown = false;
    const waiting = await confirmed(desk, planned);
    expect(waiting.parts[0]?.blocked?.why).toBe('discord_unreachable');
    expect([waiting.state, bought(desk)]).toEqual(['running', 0]);
    desk.guild.isKnown = true;
    expect((await movedOn(desk, planned.id)).state).toBe('running');
    desk.clock.advance(MINUTE);
    expect((await movedOn(desk, planned.id)).state).toBe('ended');
    expect(bought(desk)).toBe(2);
  });
});

describe('an order of a bulk send', () => {
  it('that is refused has its people due again, and stops the send for somebody to look', async () => {
    const desk = await openRewardDesk();
    const planned = await planBulk(desk, crowd(2));
    const { answer } = desk.vendor;
    desk.vendor.answer = async () => refusal(400);
    const halted = await confirmed(desk, planned);
    expect(halted.state).toBe('halted');
    expect(halted.history.at(-1)?.why).toBe('blocked');
    expect(await counted(desk, planned.id)).toEqual({ due: 2 });
    expect(bought(desk)).toBe(0);
    desk.vendor.answer = answer;
    await desk.campaigns.goOn(planned.id, anna);
    expect((await movedOn(desk, planned.id)).state).toBe('ended');
    expect(await received(desk)).toEqual(oneEach(crowd(2)));
  });

  it('of which nobody knows what came keeps the next from being made', async () => {
    const desk = await openRewardDesk();
    const planned = await planBulk(desk, crowd(150));
    const { answer } = desk.vendor;
    desk.vendor.answer = async (request) => {
      desk.vendor.commit(request);
      throw vendorError('timeout', 'unknown');
    };
    const waiting = await confirmed(desk, planned);
    expect(waiting.state).toBe('running');
    expect((await ordersOf(desk, planned.id)).map(({ status }) => status)).toEqual(['unconfirmed']);
    await movedOn(desk, planned.id);
    expect(await ordersOf(desk, planned.id)).toHaveLength(1);
    desk.vendor.answer = answer;
    expect((await laterOn(desk, planned.id)).state).toBe('ended');
    expect(bought(desk)).toBe(150);
    expect(await received(desk)).toEqual(oneEach(crowd(150)));
  });

  it('whose price rose waits for the new price to be confirmed', async () => {
    const desk = await openRewardDesk();
    const planned = await planBulk(desk, crowd(120));
    const { answer } = desk.vendor;
    desk.vendor.answer = async (request) => {
      const sold = orderAnswer(desk.vendor.commit(request));
      desk.vendor.prices[ITEM] = '5.50';
      return sold;
    };
    const halted = await confirmed(desk, planned);
    expect(halted.state).toBe('halted');
    expect(halted.parts[0]?.blocked?.why).toBe('price_rose');
    expect(bought(desk)).toBe(100);
    desk.vendor.answer = answer;
    const offered = await desk.campaigns.reprice(planned.id, anna);
    expect([offered.state, offered.charged.amount]).toEqual(['planned', '110']);
    expect((await confirmed(desk, planned)).state).toBe('ended');
    expect(bought(desk)).toBe(120);
    expect(await received(desk)).toEqual(oneEach(crowd(120)));
    expect(await openAccounts(desk)).toEqual([]);
  });

  it('of a card that is out of stock stops only that card', async () => {
    const desk = await openRewardDesk();
    const items = [
      { itemCode: ITEM, quantity: 2 },
      { itemCode: OTHER_ITEM, quantity: 2 },
    ];
    const users = crowd(4);
    const planned = await planBulk(desk, users, { items, partOf: (at) => at % 2 });
    const { answer } = desk.vendor;
    desk.vendor.answer = async (request) =>
      request.itemCode === ITEM ? rawAnswer(422, { success: false, message: 'Out of stock' }) : answer(request);
    const halted = await confirmed(desk, planned);
    expect(halted.state).toBe('halted');
    expect(await counted(desk, planned.id)).toEqual({ due: 2, ordered: 2 });
    desk.vendor.answer = answer;
    await desk.campaigns.goOn(planned.id, anna);
    expect((await movedOn(desk, planned.id)).state).toBe('ended');
    expect(await received(desk)).toEqual(oneEach(users));
  });
});
