import { describe, expect, it } from 'vitest';
import { createCommands } from '../../commands/index.ts';
import { checkForm } from '../../sandbox/discord/rules/form.ts';
import { modalRules } from '../../sandbox/discord/rules/modal.ts';
import { indexHandlers } from '../../src/discord/interactions/handler.ts';
import { createQueries, type SavedQuery } from '../../src/discord/interactions/saved-query.ts';
import type { Member } from '../../src/lib/member.ts';
import type { View } from '../../src/views/kit/message.ts';
import {
  anna,
  campaignNow,
  cleo,
  confirmed,
  crowd,
  ITEM,
  movedOn,
  openRewardDesk,
  plan,
  planBulk,
  type RewardDesk,
} from '../campaigns/desk.ts';
import { problemOf } from '../orders/desk.ts';
import { seen } from '../views/seen.ts';
import { createApp, createMoment } from './app.ts';

const shown = (view: View | undefined) => seen(view ?? { components: [] });

/** The commands over a desk, as somebody uses them. */
async function counter() {
  const desk = await openRewardDesk();
  const kept = new Map<string, SavedQuery>();
  const queries = createQueries({
    records: {
      get: async (key) => kept.get(key),
      set: async (key, query) => void kept.set(key, query),
    },
    newId: () => `q${kept.size}`,
  });
  const app = createApp({
    campaigns: desk.face,
    orders: desk.orders,
    shop: desk.outside.shop,
    queries,
    now: desk.clock.now,
  });
  const { commands, presses, submits } = indexHandlers(createCommands(app));
  const momentOf = (member: Member) => createMoment({ asker: { ...member, roles: member.roles ?? [] } }).moment;
  const list = async (member = anna) =>
    shown(await commands.get('reward')?.run(momentOf(member), { subcommand: 'list' }));
  const stock = async (member = anna) => shown(await commands.get('stock')?.run(momentOf(member), { item: ITEM }));
  const press = async (verb: string, argument: string, member = anna, chosen: string[] = []) => {
    const handler = presses.get(verb);
    if (!handler || handler.acknowledge === 'modal') throw new Error(`nothing presses ${verb}`);
    return shown(await handler.press(momentOf(member), argument, chosen));
  };
  const edit = async (id: string, fields: { message?: string; ends?: string }, member = anna) =>
    shown(await submits.get('campaign.edit')?.submit(momentOf(member), id, fields, {}));
  const opener = presses.get('campaign.edit');
  const form = async (id: string, member = anna) => {
    if (opener?.acknowledge !== 'modal') throw new Error('no form');
    return opener.open(momentOf(member), id, []);
  };
  return { desk, list, stock, press, edit, form };
}

const planBulkOnHand = (desk: RewardDesk) => {
  desk.vendor.inStock = true;
  return planBulk(desk, crowd(3));
};

/** Cleo asks for one, Anna has confirmed one and planned another. */
async function busy() {
  const opened = await counter();
  const { desk } = opened;
  const theirs = await plan(desk, { member: cleo });
  desk.clock.advance(1_000);
  const ended = await confirmed(desk, await planBulk(desk, crowd(2)));
  desk.clock.advance(1_000);
  const drop = await confirmed(desk, await plan(desk, { endsAt: desk.clock.now() + 3_600_000 }));
  return { ...opened, theirs, ended, drop };
}
const referencesIn = (text: string) => [...text.matchAll(/ · ([0-9A-Z]{6})(?: ·|$)/gm)].map(([, found]) => found);
const now = (desk: RewardDesk, { id }: { id: string }) => campaignNow(desk, id);

describe('/reward list', () => {
  it('has all campaigns of the server for who has Manage Server, newest first', async () => {
    const { list, theirs, ended, drop } = await busy();
    const text = await list();
    expect(referencesIn(text)).toEqual([drop, ended, theirs].map(({ reference }) => reference));
    expect(text).toContain('· running');
    expect(text).toContain('· ended');
  });

  it('has for anybody else those that they asked for', async () => {
    const { list, press, theirs, drop } = await busy();
    expect(referencesIn(await list(cleo))).toEqual([theirs.reference]);
    expect(await list({ ...cleo, user: 'x' })).toContain('/reward drop');
    const open = press('campaigns.open', 'q0/0', cleo, [drop.id]);
    expect(await problemOf(open)).toMatchObject({ code: 'not_your_campaign' });
  });

  it('shows approvers the cards on hand by item and count, and nobody else; so does /stock', async () => {
    const { desk, list, stock } = await counter();
    const drop = await confirmed(desk, await plan(desk, { buysAtStart: true }));
    const onHand = '3 × Acme card · face value $5.00';
    expect([await list(), await stock()].join()).not.toMatch(/on hand/i);
    await desk.campaigns.cancel(drop.id, anna);
    await movedOn(desk, drop.id);
    await movedOn(desk, drop.id);
    expect(await list()).toContain(`**Cards on hand**`);
    expect(await list()).toContain(onHand);
    expect(await stock()).toContain('3 on hand in this server');
    desk.vendor.inStock = false;
    expect(await stock()).toContain('3 on hand in this server');
    expect([await list(cleo), await stock(cleo)].join()).not.toMatch(/on hand/i);
    const next = await confirmed(desk, await planBulkOnHand(desk));
    expect(next.state).toBe('ended');
    expect(await list()).not.toContain('on hand');
  });

  it('turns its pages', async () => {
    const { desk, list, press } = await counter();
    for (let count = 0; count < 12; count++) {
      desk.clock.advance(1_000);
      await plan(desk, { member: { ...anna, user: `anna-${count}` } });
    }
    expect(referencesIn(await list())).toHaveLength(10);
    const last = await press('campaigns.page', 'q0/1');
    expect(referencesIn(last)).toHaveLength(2);
    expect(last).toContain('[Previous] campaigns.page:q0/0');
  });

  it('opens one with what has been paid and received, and the way back', async () => {
    const { list, press, ended } = await busy();
    await list();
    const text = await press('campaigns.open', 'q0/0', anna, [ended.id]);
    expect(text).toContain('Total charged **$9.80**\n2 × Acme card, $4.90 each\nReceived: 0 of 2');
    expect(text).toContain('[Back to list] campaigns.page:q0/0');
  });

  it('pauses one, lets it go on, ends it now, and calls it off', async () => {
    const { desk, press, drop } = await busy();
    expect(await press('campaign.pause', drop.id)).toContain('· paused');
    expect(await press('campaign.go_on', drop.id)).toContain('· running');
    await press('campaign.cancel', drop.id);
    await desk.campaigns.settled();
    expect((await now(desk, drop)).state).toBe('ended');
    expect(await problemOf(press('campaign.pause', drop.id))).toMatchObject({
      code: 'campaign_moved',
    });
  });

  it('changes the words and the end of one, to nothing that is past', async () => {
    const { desk, edit, form, drop } = await busy();
    const opened = await form(drop.id);
    expect(() => checkForm(modalRules, opened)).not.toThrow();
    expect(JSON.stringify(opened)).toContain('ends');
    const text = await edit(drop.id, { message: ' For the quiz ', ends: '3 hours' });
    expect(text).toContain('Message: For the quiz');
    const changed = await now(desk, drop);
    expect(changed.endsAt).toBe(desk.clock.now() + 3 * 3_600_000);
    expect(changed.history.at(-1)).toMatchObject({ why: 'edited', by: 'anna' });
    const past = edit(drop.id, { ends: '2020-01-01 10:00' });
    expect(await problemOf(past)).toMatchObject({ code: 'bad_time' });
    await desk.policies.change('guild', 'anna', (policy) => ({ ...policy, timeZone: 'Europe/Berlin' }));
    const skipped = edit(drop.id, { ends: '2026-03-29 02:30' });
    expect(await problemOf(skipped)).toMatchObject({ code: 'time_skipped' });
    expect((await now(desk, drop)).endsAt).toBe(changed.endsAt);
    expect(await problemOf(edit(drop.id, { message: 'x' }, cleo))).toMatchObject({
      code: 'not_your_campaign',
    });
    await edit(drop.id, { message: '', ends: '' });
    expect((await now(desk, drop)).gift.message).toBeUndefined();
    expect((await now(desk, drop)).endsAt).toBe(changed.endsAt);
  });

  it('changes no end of a bulk send, nor anything once it is over', async () => {
    const { desk, edit, form, ended } = await busy();
    const bulk = await planBulk(desk, ['x']);
    expect(JSON.stringify(await form(bulk.id))).not.toContain('ends');
    expect(await problemOf(edit(bulk.id, { ends: '3 hours' }))).toMatchObject({
      code: 'campaign_moved',
    });
    expect(await problemOf(edit(ended.id, { message: 'x' }))).toMatchObject({
      code: 'campaign_moved',
    });
  });

  it('gives one as a file to whoever may see to it', async () => {
    const { press, ended, drop } = await busy();
    expect(await press('campaign.export', ended.id)).toContain('(attachment://campaign-');
    expect(await press('campaign.export', drop.id)).toContain('Nothing to export yet.');
    expect(await problemOf(press('campaign.export', ended.id, cleo))).toMatchObject({
      code: 'not_your_campaign',
    });
  });
});
