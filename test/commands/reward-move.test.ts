import { expect, it } from 'vitest';
import { createCommands } from '../../commands/index.ts';
import { indexHandlers } from '../../src/discord/interactions/handler.ts';
import type { Member } from '../../src/lib/member.ts';
import {
  anna,
  ben,
  campaignNow,
  confirmed,
  movedOn,
  openRewardDesk,
  planGiveaway,
  problemOf,
} from '../campaigns/desk.ts';
import { createApp, createMoment } from './app.ts';

/** A giveaway whose channel is no more, and whoever may write in the lounge alone. */
async function lost() {
  const desk = await openRewardDesk();
  const { id } = await confirmed(desk, await planGiveaway(desk, 1));
  await desk.ctx.campaigns.revise(id, (campaign) => ({ ...campaign, lostPlace: { at: desk.clock.now() } }));
  const app = createApp({ campaigns: desk.face, orders: desk.orders, now: desk.clock.now });
  const { submits } = indexHandlers(createCommands(app));
  const move = async (to: string[], member: Member = anna) => {
    const asker = { ...member, roles: member.roles ?? [] };
    const { moment } = createMoment({ asker, mayWrite: (channel) => channel === 'lounge' });
    return submits.get('campaign.move')?.submit(moment, id, {}, { channel: to });
  };
  return { desk, id, move };
}

it('a campaign is moved to no channel in which whoever moves it may not write', async () => {
  const { desk, id, move } = await lost();
  for (const to of [['announcements'], []])
    expect(await problemOf(move(to))).toMatchObject({ code: 'channel_not_yours' });
  const { place, lostPlace } = await campaignNow(desk, id);
  expect([place, lostPlace]).toEqual(['channel', { at: desk.clock.now() }]);
  await move(['lounge']);
  expect((await campaignNow(desk, id)).place).toBe('lounge');
});

it('whoever is in a giveaway does not choose where it goes on, and who has chosen it never enters', async () => {
  const { desk, id, move } = await lost();
  await desk.campaigns.enterGiveaway(id, ben);
  expect(await problemOf(move(['lounge'], ben))).toMatchObject({ code: 'in_campaign' });
  const mona = { ...ben, user: 'mona' };
  await move(['lounge'], mona);
  await movedOn(desk, id);
  expect(await problemOf(desk.campaigns.enterGiveaway(id, mona))).toMatchObject({ code: 'own_campaign' });
});
