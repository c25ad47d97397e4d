import { describe, expect, it } from 'vitest';
import { replaceWinner } from '../../../src/campaigns/draw/draw.ts';
import { readDrawFile } from '../../../src/campaigns/draw/proof.ts';
import type { Campaign } from '../../../src/campaigns/model/campaign.ts';
import { advanceSoon } from '../../../src/campaigns/run/worker.ts';
import { shown } from '../../orders/campaign.ts';
import {
  anna,
  ben,
  cleo,
  confirmed,
  crowd,
  movedOn,
  openRewardDesk,
  ordersOf,
  plan,
  planBulk,
  planGiveaway,
  type RewardDesk,
  received,
} from '../desk.ts';

const HOUR_MS = 60 * 60_000;

/** Time goes by, as for a running bot. */
async function pass(desk: RewardDesk, ms: number, { campaigns } = desk, stepMs = 3_000) {
  for (let gone = 0; gone < ms; gone += stepMs) {
    desk.clock.advance(Math.min(stepMs, ms - gone));
    await campaigns.tick();
    await campaigns.settled();
  }
}
const statesOf = ({ said }: RewardDesk) =>
  said.messages
    .filter(({ said: [first] }) => first?.kind === 'main')
    .map(({ said: contents }) => contents.map(({ campaign }) => campaign.state));
const presser = (user: string) => ({ user, guild: 'guild', isManager: false, roles: [] }) as never;

async function dropOf(desk: RewardDesk, cards = 3): Promise<Campaign> {
  const items = [{ itemCode: (await plan(desk)).parts[0]?.itemCode ?? '', quantity: cards }];
  return confirmed(desk, await plan(desk, { items }));
}

describe('the message of a campaign', () => {
  it('is not there before it is confirmed, and is posted once when it starts', async () => {
    const desk = await openRewardDesk();
    const planned = await plan(desk);
    await pass(desk, 9_000);
    expect(desk.said.messages).toEqual([]);
    await confirmed(desk, planned);
    await pass(desk, 30_000);
    expect(statesOf(desk)).toEqual([['running']]);
    expect(desk.said.messages).toMatchObject([{ pings: false, mayBeOut: false }]);
  });

  it('shows in the end how far it has come, and is edited at most every ten seconds, and of a small change not at all', async () => {
    const desk = await openRewardDesk();
    const { id } = await dropOf(desk, 10);
    await pass(desk, 6_000);
    const edits: number[] = [];
    desk.said.after = async (what) => what === 'edit' && edits.push(desk.clock.now());
    for (const user of crowd(10)) {
      await desk.campaigns.claimDrop(id, presser(user));
      advanceSoon(desk.ctx, id);
      await desk.campaigns.settled();
      desk.clock.advance(300);
    }
    await pass(desk, 30_000);
    await received(desk);
    await pass(desk, 11 * 60_000, desk, 60_000);
    expect(desk.said.now('main')).toMatchObject([
      { campaign: { state: 'ended' }, tally: { due: 0, ordered: 10, sent: 10 } },
    ]);
    const gaps = edits.slice(1).map((at, index) => at - (edits[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10_000);
  });

  it('says at its next edit that a person has paused it', async () => {
    const desk = await openRewardDesk();
    const { id } = await dropOf(desk);
    await pass(desk, 12_000);
    await desk.campaigns.pause(id, anna);
    await movedOn(desk, id);
    expect(statesOf(desk)[0]?.at(-1)).toBe('paused');
  });

  it('costs nothing any more once it is over and says so', async () => {
    const desk = await openRewardDesk();
    const { id } = await dropOf(desk, 1);
    await desk.campaigns.claimDrop(id, presser('member 1'));
    await movedOn(desk, id);
    await received(desk);
    await pass(desk, 30_000);
    expect(statesOf(desk)[0]?.at(-1)).toBe('ended');
    const calls = desk.said.messages.map(({ said }) => said.length);
    await desk.campaigns.tick();
    await pass(desk, 2 * HOUR_MS, desk, 60_000);
    expect(desk.said.messages.map(({ said }) => said.length)).toEqual(calls);
  });

  it('that somebody deleted is posted anew while it runs, and not once it is over', async () => {
    const desk = await openRewardDesk();
    const { id } = await confirmed(desk, await planGiveaway(desk, 1));
    await pass(desk, 6_000);
    desk.said.deleted.add('0');
    await desk.campaigns.pause(id, anna);
    await pass(desk, 6_000);
    expect(statesOf(desk)).toEqual([['running'], ['paused']]);
    desk.said.deleted.add('1');
    await desk.campaigns.cancel(id, anna);
    await pass(desk, 30_000);
    expect(statesOf(desk)).toEqual([['running'], ['paused']]);
  });

  it('is posted once, although its process died between the message and the record', async () => {
    const desk = await openRewardDesk();
    desk.said.after = () => new Promise(() => {});
    const planned = await plan(desk);
    await desk.campaigns.confirm(planned.id, anna);
    advanceSoon(desk.ctx, planned.id);
    await expect.poll(() => desk.said.messages.length).toBe(1);
    desk.said.after = async () => undefined;
    const { campaigns } = desk.openCampaigns();
    await pass(desk, 60_000, { ...desk, campaigns });
    expect(desk.said.messages).toHaveLength(1);
    await campaigns.pause(planned.id, anna);
    await pass(desk, 30_000, { ...desk, campaigns });
    expect(statesOf(desk)).toEqual([['running', 'running', 'paused']]);
  });

  it('is tried again when Discord does not take it, and looked for before that', async () => {
    const desk = await openRewardDesk();
    let failures = 3;
    desk.said.before = async () => {
      if (failures-- > 0) throw new Error('Discord is down');
    };
    await dropOf(desk);
    await pass(desk, 120_000);
    expect(desk.said.messages).toMatchObject([{ mayBeOut: true }]);
  });

  it('of several processes is posted by one', async () => {
    const desk = await openRewardDesk();
    const { campaigns } = desk.openCampaigns();
    await dropOf(desk);
    await Promise.all([pass(desk, 15_000), pass(desk, 15_000, { ...desk, campaigns })]);
    expect(statesOf(desk)).toHaveLength(1);
  });
});

describe('the card of a campaign that needs an approval', () => {
  it('pings its approvers once, shows each vote at once, and says how it was decided', async () => {
    const desk = await openRewardDesk();
    const planned = await planBulk(desk, crowd(3), { member: cleo });
    await desk.campaigns.ask(planned.id, cleo);
    await movedOn(desk, planned.id);
    expect(desk.said.messages).toMatchObject([{ pings: true, said: [{ kind: 'approval' }] }]);
    await desk.campaigns.approve(planned.id, ben);
    await movedOn(desk, planned.id);
    await pass(desk, 30_000);
    const [card] = desk.said.now('approval');
    expect(card?.campaign.history.map(({ state }) => state)).toContain('running');
    expect(desk.said.now('word').map(({ news }) => news.kind)).toContain('approved');
  });

  it('ends with what became of it, and is not looked at any more once everybody has their card', async () => {
    const desk = await openRewardDesk();
    const planned = await planBulk(desk, crowd(2), { member: cleo });
    await desk.campaigns.ask(planned.id, cleo);
    await desk.campaigns.approve(planned.id, ben);
    await pass(desk, 60_000);
    const card = () => desk.said.now('approval')[0];
    expect(card()).toMatchObject({ campaign: { state: 'ended' }, tally: { waiting: 2, charged: { amount: '9.8' } } });
    const [order] = await ordersOf(desk, planned.id);
    for (const user of ['member 0', 'member 1']) if (order) await shown(desk, order, user);
    await pass(desk, 20 * 60_000, desk, 60_000);
    expect(card()).toMatchObject({ tally: { sent: 2, openOrders: 0 } });
    const says = desk.said.messages.filter(({ said: [first] }) => first?.kind === 'approval');
    expect(says).toHaveLength(1);
    await pass(desk, 30 * 60_000, desk, 60_000);
    expect(desk.said.messages.filter(({ said: [first] }) => first?.kind === 'approval')).toEqual(says);
  });

  it('names those who get a card only where that is announced in public', async () => {
    const desk = await openRewardDesk();
    for (const receipt of ['private', 'public'] as const) {
      const planned = await planBulk(desk, crowd(2), { member: cleo, gift: { receipt } });
      await desk.campaigns.ask(planned.id, cleo);
    }
    await pass(desk, 9_000);
    expect(desk.said.now('approval').map(({ users }) => users)).toEqual([[], ['member 0', 'member 1']]);
  });

  it('has details for those who approve it, and for nobody else', async () => {
    const desk = await openRewardDesk();
    const { id } = await planBulk(desk, crowd(2), { member: cleo });
    await desk.campaigns.ask(id, cleo);
    expect(await desk.campaigns.details(id, ben)).toMatchObject({ users: ['member 0', 'member 1'], recent: [] });
    await expect(desk.campaigns.details(id, cleo)).rejects.toMatchObject({ code: 'approvers_only' });
  });

  it('has its requester told why it was rejected, once', async () => {
    const desk = await openRewardDesk();
    const planned = await planBulk(desk, crowd(3), { member: cleo });
    await desk.campaigns.ask(planned.id, cleo);
    await movedOn(desk, planned.id);
    await desk.campaigns.reject(planned.id, ben, 'Not this month');
    await pass(desk, 30_000);
    expect(desk.said.now('word')).toMatchObject([
      { news: { kind: 'rejected', step: { by: 'ben', detail: 'Not this month' } } },
    ]);
    expect(desk.said.now('main')).toEqual([]);
  });
});

describe('whoever runs a campaign', () => {
  it('is told once each time that it stops, and when it has ended', async () => {
    const desk = await openRewardDesk();
    desk.vendor.inStock = true;
    const planned = await planBulk(desk, crowd(2));
    desk.vendor.inStock = false;
    await confirmed(desk, planned);
    await pass(desk, 30_000);
    const news = () => desk.said.now('word').map(({ news: { kind } }) => kind);
    expect(news()).toEqual(['halted']);
    await desk.campaigns.goOn(planned.id, anna);
    await pass(desk, 30_000);
    expect(news()).toEqual(['halted', 'halted']);
    desk.vendor.inStock = true;
    await desk.campaigns.goOn(planned.id, anna);
    await pass(desk, 30_000);
    expect(news()).toEqual(['halted', 'halted', 'ended']);
    expect(desk.said.now('word').at(-1)).toMatchObject({
      tally: { waiting: 2, charged: { amount: '9.8' } },
    });
  });

  it('is told once, although its process died before that was on record', async () => {
    const desk = await openRewardDesk();
    const planned = await planBulk(desk, crowd(1));
    desk.vendor.inStock = false;
    await desk.campaigns.confirm(planned.id, anna);
    desk.said.after = () => new Promise(() => {});
    for (let round = 0; round < 5; round++) {
      advanceSoon(desk.ctx, planned.id);
      await new Promise((turn) => setTimeout(turn, 50));
      desk.clock.advance(3_000);
    }
    desk.said.after = async () => undefined;
    const { campaigns } = desk.openCampaigns();
    await pass(desk, 120_000, { ...desk, campaigns });
    expect(desk.said.now('word')).toHaveLength(1);
    expect(desk.said.now('main')).toHaveLength(1);
  });
});

describe('whoever was drawn', () => {
  it('is called once, with who follows them, and the draw can be repeated from its file', async () => {
    const desk = await openRewardDesk();
    const { id, endsAt = 0 } = await confirmed(desk, await planGiveaway(desk, 2));
    for (const user of ['101', '102', '103', '104']) await desk.campaigns.enterGiveaway(id, presser(user));
    desk.clock.advance(endsAt + 5_000 - desk.clock.now());
    // Its message is old by now.
    await pass(desk, 75_000);
    const first = desk.said.now('winners');
    expect(first).toMatchObject([{ number: 1, isOpen: true }]);
    expect(first[0]?.users).toHaveLength(2);
    const [main] = desk.said.now('main');
    expect(main?.drawn?.winners).toEqual(first[0]?.users);
    expect(readDrawFile(main?.drawn?.file ?? '')).toHaveProperty('file');
    const [gone = '', stays = ''] = first[0]?.users ?? [];
    await replaceWinner(desk.ctx, await movedOn(desk, id), gone, anna);
    await pass(desk, 30_000);
    const calls = desk.said.now('winners');
    expect(calls.map(({ users }) => users.length)).toEqual([2, 1]);
    await desk.campaigns.claimWon(id, presser(stays));
    await desk.campaigns.claimWon(id, presser(calls[1]?.users[0] ?? ''));
    await pass(desk, 60_000);
    expect(desk.said.now('winners').map(({ isOpen }) => isOpen)).toEqual([false, false]);
    expect(desk.said.now('winners')[0]?.became).toEqual(
      expect.arrayContaining([
        { user: gone, is: 'unclaimed', why: 'replaced' },
        { user: stays, is: 'claimed' },
      ]),
    );
    const pinged = desk.said.messages.filter(({ said: [one] }) => one?.kind === 'winners');
    expect(pinged.map(({ pings }) => pings)).toEqual([true, true]);
  });
});

describe('whoever has a card that they have not seen', () => {
  it('is called to the channel once, until they have fetched their card', async () => {
    const desk = await openRewardDesk();
    const { id } = await confirmed(desk, await planBulk(desk, crowd(3)));
    const [bulk] = await ordersOf(desk, id);
    for (const user of ['member 0', 'member 2']) if (bulk) await shown(desk, bulk, user);
    await pass(desk, 60_000);
    expect(desk.said.now('waits')).toMatchObject([{ users: ['member 1'], isOpen: true }]);
    expect(desk.said.now('main')).toMatchObject([{ tally: { sent: 2, waiting: 1 } }]);
    const member = { ...anna, user: 'member 1', isManager: false };
    const order = desk.said.messages.length && (await desk.receivedBy(member, { limit: 1 })).orders[0];
    if (!order) throw new Error('no order');
    await desk.seen(await desk.reveal(order.id, member));
    await movedOn(desk, id);
    await pass(desk, 11 * 60_000, desk, 60_000);
    expect(desk.said.now('waits')).toMatchObject([{ isOpen: false }]);
    expect(desk.said.now('main')).toMatchObject([{ tally: { sent: 3, waiting: 0 } }]);
  });

  it('and claimed a card is called only when they did not take what was shown to them', async () => {
    const desk = await openRewardDesk();
    const { id } = await dropOf(desk, 2);
    await desk.campaigns.claimDrop(id, presser('member 1'));
    await movedOn(desk, id);
    await pass(desk, 45_000);
    expect(desk.said.now('waits')).toEqual([]);
    await pass(desk, 30_000);
    expect(desk.said.now('waits')).toMatchObject([{ users: ['member 1'] }]);
  });

  it('is called to a card of a drop that was bought at its start, though others are not claimed yet', async () => {
    const desk = await openRewardDesk();
    const { id } = await confirmed(desk, await plan(desk, { buysAtStart: true }));
    await desk.campaigns.claimDrop(id, presser('member 1'));
    await movedOn(desk, id);
    await pass(desk, 75_000);
    expect(desk.said.now('waits')).toMatchObject([{ users: ['member 1'], isOpen: true }]);
  });
});
