import { describe, expect, it } from 'vitest';
import { createCommands } from '../../commands/index.ts';
import { indexHandlers } from '../../src/discord/handlers.ts';
import type { Member } from '../../src/orders/order.ts';
import type { Query } from '../../src/queries.ts';
import { createQueries } from '../../src/queries.ts';
import type { View } from '../../src/views/view.ts';
import { problemOf } from '../orders/desk.ts';
import type { RewardDesk } from '../rewards/desk.ts';
import {
  anna,
  campaignNow,
  cleo,
  confirmed,
  crowd,
  openRewardDesk,
  plan,
  planBulk,
} from '../rewards/desk.ts';
import { seen } from '../views/seen.ts';
import { createApp, createMoment } from './app.ts';

const shown = (view: View | undefined) => seen(view ?? { components: [] });

/** The commands over a desk, as somebody uses them. */
async function counter() {
  const desk = await openRewardDesk();
  const kept = new Map<string, Query>();
  const queries = createQueries({
    records: {
      get: async (key) => kept.get(key),
      set: async (key, query) => void kept.set(key, query),
    },
    newId: () => `q${kept.size}`,
  });
  const app = createApp({ campaigns: desk.campaigns, queries, now: desk.clock.now });
  const { commands, presses } = indexHandlers(createCommands(app));
  const momentOf = (member: Member) =>
    createMoment({ asker: { ...member, roles: member.roles ?? [] } }).moment;
  const list = async (member = anna) =>
    shown(await commands.get('reward')?.run(momentOf(member), { subcommand: 'list' }));
  const press = async (verb: string, argument: string, member = anna, chosen: string[] = []) => {
    const handler = presses.get(verb);
    if (!handler || handler.acknowledge === 'modal') throw new Error(`nothing presses ${verb}`);
    return shown(await handler.press(momentOf(member), argument, chosen));
  };
  return { desk, list, press };
}

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
const referencesIn = (text: string) => [...text.matchAll(/^`(\w{6})`/gm)].map(([, found]) => found);
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

  it('turns its pages', async () => {
    const { desk, list, press } = await counter();
    for (let count = 0; count < 12; count++) {
      desk.clock.advance(1_000);
      await plan(desk);
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
    expect(text).toContain('Paid so far **9.80 USD**\nReceived: 2 of 2');
    expect(text).toContain('[Back to the list] campaigns.page:q0/0');
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
});
