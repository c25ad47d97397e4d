import { describe, expect, it } from 'vitest';
import { templateSchema } from '../../../src/campaigns/model/template.ts';
import { anna, cleo, confirmed, ITEM, openRewardDesk, plan, planGiveaway, problemOf } from '../desk.ts';

const asked = { member: anna, channel: 'channel', locale: 'en' };
const HOUR_MS = 3_600_000;

describe('a template', () => {
  it('is how a campaign was made, and is planned anew without its people, price or approval', async () => {
    const desk = await openRewardDesk();
    const { campaigns, clock } = desk;
    const eligibility = { memberDays: 7 };
    const gift = { receipt: 'private' as const, message: 'Well played' };
    const wish = { endsAt: clock.now() + 2 * HOUR_MS, drawSeconds: 30, eligibility, gift };
    const first = await confirmed(desk, await plan(desk, wish));
    const saved = await campaigns.saveTemplate(first.id, anna, ' Friday quiz ');
    expect(saved).toMatchObject({ name: 'Friday quiz', by: 'anna', kind: 'drop', cards: 3, lastsMs: 2 * HOUR_MS });
    expect(Object.keys(saved)).not.toEqual(expect.arrayContaining(['charged', 'approval', 'parts']));
    clock.advance(24 * HOUR_MS);
    desk.vendor.prices[ITEM] = '5.5';
    const again = await campaigns.planAgain(await campaigns.template('friday QUIZ', anna), asked);
    expect(again).toMatchObject({ state: 'planned', places: 3, drawSeconds: 30, eligibility, gift });
    expect(again.charged.amount).toBe('16.5');
    expect(again.id).not.toBe(first.id);
    expect(again.approval).toBeUndefined();
    expect(again.endsAt).toBe(clock.now() + 2 * HOUR_MS);
  });

  it('has a name that no other has in its server, and there are so many at most', async () => {
    const desk = await openRewardDesk();
    const { campaigns } = desk;
    const { id } = await confirmed(desk, await planGiveaway(desk, 1));
    await campaigns.saveTemplate(id, anna, 'Friday quiz');
    const save = (name: string) => problemOf(campaigns.saveTemplate(id, anna, name));
    expect(await save('FRIDAY quiz')).toEqual({ code: 'template_name_taken', name: 'FRIDAY quiz' });
    expect(await save('  ')).toMatchObject({ code: 'bad_template_name' });
    expect(await save('x'.repeat(41))).toMatchObject({ code: 'bad_template_name' });
    for (let count = 1; count < 25; count++) await campaigns.saveTemplate(id, anna, `Quiz ${count}`);
    expect(await save('one more')).toEqual({ code: 'too_many_templates', most: 25 });
    expect(await campaigns.templates(anna)).toHaveLength(25);
    const elsewhere = { ...anna, guild: 'elsewhere' };
    expect(await campaigns.templates(elsewhere)).toEqual([]);
    expect(await problemOf(campaigns.template('Friday quiz', elsewhere))).toEqual({ code: 'template_unknown' });
  });

  it('is saved of what its saver may see to, and deleted by them or a manager', async () => {
    const desk = await openRewardDesk();
    const { campaigns } = desk;
    const { id } = await confirmed(desk, await planGiveaway(desk, 1));
    expect(await problemOf(campaigns.saveTemplate(id, cleo, 'Mine'))).toMatchObject({ code: 'not_your_campaign' });
    const saved = await campaigns.saveTemplate(id, anna, 'Mine');
    expect(await problemOf(campaigns.deleteTemplate(saved.id, cleo))).toEqual({ code: 'not_your_template' });
    await campaigns.deleteTemplate(saved.id, anna);
    expect(await campaigns.templates(anna)).toEqual([]);
    await campaigns.saveTemplate(id, anna, 'Mine');
  });

  it('is not made of what was never confirmed', async () => {
    const desk = await openRewardDesk();
    const { id } = await plan(desk);
    expect(await problemOf(desk.campaigns.saveTemplate(id, anna, 'x'))).toEqual({ code: 'not_a_template' });
  });

  it('is stopped by what has changed since: its channel, its card, its rules', async () => {
    const desk = await openRewardDesk();
    const { campaigns } = desk;
    const { id } = await confirmed(desk, await planGiveaway(desk, 1));
    const saved = await campaigns.saveTemplate(id, anna, 'Quiz');
    desk.vendor.inStock = false;
    expect(await problemOf(campaigns.planAgain(saved, asked))).toMatchObject({ code: 'out_of_stock' });
    desk.vendor.inStock = true;
    expect(await problemOf(campaigns.planAgain({ ...saved, itemCode: 'GONE' }, asked))).toMatchObject({
      code: 'unknown_item',
    });
    desk.channels.set('channel', { is: 'gone' });
    const { code } = (await problemOf(campaigns.planAgain(saved, asked))) as { code: string };
    expect(code).toMatch(/channel/);
    expect(saved.itemCode).toBe(ITEM);
  });

  it('of an older Cardigan can still be read', () => {
    const least = { version: 1, id: '01', guild: 'g', name: 'Quiz', by: 'anna', at: 1, kind: 'bulk', itemCode: ITEM };
    const old = { ...least, itemName: 'Card', place: 'p', gift: { receipt: 'private' } };
    expect(templateSchema.parse(old)).toEqual(old);
  });
});
