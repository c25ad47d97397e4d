import { describe, expect, it } from 'vitest';
import { createEntryRepository } from '../../../src/campaigns/claim/entries.ts';
import { type EntryState, entriesIn, entrySchema } from '../../../src/campaigns/model/entry.ts';
import { statsOf } from '../../../src/campaigns/report/stats.ts';
import { give, people, shown } from '../../orders/campaign.ts';
import { type Desk, openDesk } from '../../orders/desk.ts';
import { campaign } from '../campaign.ts';

const ours = campaign({ id: 'C' });

async function statsIn(desk: Desk) {
  const entries = createEntryRepository(desk.store.records('entries', entrySchema));
  let read = 0;
  const { countOfCampaign } = desk;
  async function* ofCampaign(id: string, which?: 'open') {
    for await (const order of desk.ofCampaign(id, which)) {
      read++;
      yield order;
    }
  }
  const orders = { ofCampaign, countOfCampaign };
  const ctx = { entries, orders, memory: { counted: new Map() } };
  const stats = () => statsOf(ctx, ours);
  const enter = (user: string, state: EntryState) => entries.put({ campaign: 'C', user, state, at: 0, part: 0 });
  return { stats, enter, entries, reads: () => read };
}

async function giveAndShow(desk: Desk, users: readonly string[]) {
  const order = await give(desk, users);
  for (const user of users) await shown(desk, order, user);
}

describe('the tally of a campaign', () => {
  it('counts people by what has become of their places', async () => {
    const desk = await openDesk();
    const { stats, enter, entries } = await statsIn(desk);
    for (const user of ['a', 'b', 'c']) await enter(user, 'due');
    await enter('d', 'failed');
    await enter('e', 'left');
    expect(await stats()).toMatchObject({ due: 3, failed: 1, entered: 0, sent: 0 });
    expect(await entries.count(entriesIn('C', 'left'))).toBe(1);
  });

  it('counts cards by whether their recipients have them, and what was truly charged', async () => {
    const desk = await openDesk();
    const { stats } = await statsIn(desk);
    const order = await give(desk, people(3));
    for (const user of ['member 0', 'member 2']) await shown(desk, order, user);
    expect(await stats()).toMatchObject({
      sent: 2,
      waiting: 1,
      onWay: 0,
      unclear: 0,
      openOrders: 1,
      charged: { amount: '14.7', currency: 'USD' },
    });
  });

  it('counts an order that was refused as nothing', async () => {
    const desk = await openDesk();
    const { stats } = await statsIn(desk);
    desk.vendor.inStock = false;
    await give(desk, people(2));
    const { sent, charged } = await stats();
    expect({ sent, charged: charged.amount }).toEqual({ sent: 0, charged: '0' });
  });

  it('reads each order that has ended once', async () => {
    const desk = await openDesk();
    const { stats, reads } = await statsIn(desk);
    await giveAndShow(desk, people(2));
    await giveAndShow(desk, people(2, 2));
    expect(await stats()).toMatchObject({ sent: 4 });
    expect(reads()).toBe(2);
    expect(await stats()).toMatchObject({ sent: 4 });
    expect(reads()).toBe(2);
    await giveAndShow(desk, people(1, 4));
    expect(await stats()).toMatchObject({ sent: 5 });
    expect(reads()).toBe(3);
  });
});
