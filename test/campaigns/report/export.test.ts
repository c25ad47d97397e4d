import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../../src/campaigns/model/campaign.ts';
import { en } from '../../../src/i18n/en.ts';
import { campaignFileHeader, campaignFileLine } from '../../../src/views/campaigns/lists.ts';
import { shown } from '../../orders/campaign.ts';
import { readCsv } from '../../views/read-csv.ts';
import {
  confirmed,
  crowd,
  openRewardDesk,
  ordersOf,
  plan,
  planBulk,
  planGiveaway,
  type RewardDesk,
  revealedOf,
} from '../desk.ts';

async function fileOf({ campaigns }: RewardDesk, campaign: Campaign) {
  let text = campaignFileHeader(en);
  for await (const row of campaigns.exportRows(campaign)) text += campaignFileLine(row, en);
  const [header, ...rows] = readCsv(text);
  return { text, header, rows: rows.toReversed() };
}

describe('a campaign as a file', () => {
  it('has a line for everybody, with state, card, order, price, times and how it came', async () => {
    const desk = await openRewardDesk();
    const users = crowd(4);
    desk.guild.left.add(users[3] ?? '');
    const campaign = await confirmed(desk, await planBulk(desk, users));
    const [order] = await ordersOf(desk, campaign.id);
    for (const user of [users[0], users[2]]) if (order && user) await shown(desk, order, user);
    const { header, rows } = await fileOf(desk, campaign);
    expect(header).toHaveLength(9);
    expect(rows.map(([user, state, card, , each]) => [user, state, card, each])).toEqual([
      [users[0], 'received', 'Acme card', '4.90 USD'],
      [users[1], 'bought, not revealed yet', 'Acme card', '4.90 USD'],
      [users[2], 'received', 'Acme card', '4.90 USD'],
      [users[3], 'no card: no longer in the server', 'Acme card', ''],
    ]);
    expect(rows.map((row) => row[7])).toEqual(['shown in the server', 'ready to reveal', 'shown in the server', '']);
    expect(rows[0]?.[3]).toMatch(/^\w{6}$/);
    expect(rows[0]?.[6]).toMatch(/Z$/);
  });

  it('says who has seen their code in the server', async () => {
    const desk = await openRewardDesk();
    const campaign = await confirmed(desk, await planBulk(desk, ['x']));
    const [order] = (await desk.orderRecords.tagged(`campaign/${campaign.id}`, { limit: 1 })).records;
    const member = { user: 'x', guild: 'guild', isManager: false };
    await desk.orders.seen(await desk.orders.reveal(order?.id ?? '', member));
    const { rows } = await fileOf(desk, campaign);
    expect([rows[0]?.[1], rows[0]?.[7]]).toEqual(['received', 'shown in the server']);
  });

  it('has no code in it', async () => {
    const desk = await openRewardDesk();
    const campaign = await confirmed(desk, await planBulk(desk, crowd(5)));
    const { text } = await fileOf(desk, campaign);
    const codes = (await revealedOf(desk, campaign.id)).flatMap((each) => each.codes);
    expect(codes).toHaveLength(5);
    for (const code of codes) expect(text).not.toContain(code);
  });

  it('says who has entered, and which place of the draw everybody has', async () => {
    const desk = await openRewardDesk();
    const campaign = await confirmed(desk, await planGiveaway(desk, 1));
    for (const user of ['x', 'y'])
      await desk.campaigns.enterGiveaway(campaign.id, {
        ...{ user, guild: 'guild', isManager: false, roles: [], createdAt: 0, joinedAt: 0 },
      });
    expect((await fileOf(desk, campaign)).rows.map((row) => row[1])).toEqual(['entered', 'entered']);
    desk.clock.advance(25 * 3_600_000);
    desk.campaigns.advanceSoon(campaign.id);
    await desk.campaigns.settled();
    const { rows } = await fileOf(desk, campaign);
    expect(rows.filter((row) => row[8] === '1').map((row) => row[1])).toEqual(['won, not claimed yet']);
  });

  it('makes nothing of a name that a spreadsheet would carry out', async () => {
    const desk = await openRewardDesk();
    const campaign = await plan(desk);
    const row = { user: '1', state: 'due' as const, at: 0, card: '=HYPERLINK("x")' };
    expect(campaignFileLine(row, en)).toContain(`"'=HYPERLINK(""x"")"`);
    expect((await fileOf(desk, campaign)).rows).toEqual([]);
  });
});
