import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { doneText } from '../../src/views/admin/audit.ts';
import { anna, confirmed, crowd, ITEM, movedOn, openRewardDesk, plan, planBulk } from '../campaigns/desk.ts';
import { auditOf, chainOf, verify } from '../policy/recording.ts';

describe('campaigns in the record of who did what', () => {
  it('tells of each step by whom, for how much, and shows no code', async () => {
    const desk = await openRewardDesk();
    const audit = auditOf(desk);
    const campaign = await confirmed(desk, await planBulk(desk, crowd(2)));
    await audit.tick();
    const deeds = (await chainOf(desk)).map(({ deed }) => deed);
    const own = deeds.filter(({ about }) => about?.campaign === campaign.id);
    expect(own.map((deed) => [deed.by, doneText(deed, en)])).toEqual([
      ['anna', 'campaign not confirmed yet (planned)'],
      ['anna', 'campaign running (confirmed)'],
      ['cardigan', 'campaign finishing (no cards left)'],
      ['cardigan', 'campaign ended (no cards left)'],
    ]);
    expect(own[0]).toMatchObject({
      amount: { amount: '9.8', currency: 'USD' },
      about: { reference: campaign.reference, member: 'anna', item: '2 × Acme card' },
    });
    const text = JSON.stringify(deeds);
    for (const { codes } of desk.post.parcels) for (const { code } of codes) expect(text).not.toContain(code);
    expect(await verify(desk)).toMatchObject({ found: 0, waiting: 0 });
  });

  it('holds when a campaign is offered anew at another price', async () => {
    const desk = await openRewardDesk();
    const audit = auditOf(desk);
    const campaign = await confirmed(desk, await plan(desk, { buysAtStart: true }));
    const other = await plan(desk, { startsAt: desk.clock.now() + 1_000, repeats: 'weekly' });
    await confirmed(desk, other);
    await audit.tick();
    desk.vendor.prices[ITEM] = '5.10';
    desk.clock.advance(1_000);
    await movedOn(desk, other.id);
    await desk.campaigns.cancel(campaign.id, anna);
    await audit.tick();
    expect(await verify(desk)).toMatchObject({ found: 0, waiting: 0 });
  });
});
