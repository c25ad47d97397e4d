import { describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { CARD, publicIn } from './approving.ts';
import { pressAnywhere, revealedTo, soldCards, startBigTown, steer, untilSold } from './campaigning.ts';
import { panelFor, startCampaign } from './dropping.ts';
import { eventually, type Person, type Town } from './town.ts';

const says = (read: () => readonly Message[], text: string) =>
  eventually(
    () => read().find((message) => message.text.includes(text)),
    () =>
      `"${text}" among:\n${read()
        .map((message) => message.text)
        .join('\n---\n')}`,
  );

describe('a drop', () => {
  it('says in its message and to whoever runs it that /stop holds it, and goes on after /resume', async () => {
    const town = await startBigTown();
    const { alice, ada, bob } = town;
    const id = await startCampaign(alice, 'reward drop', { cards: 2 });
    const open = says(() => publicIn(town), '0 of 2 claimed');
    await open;
    await (await ada.here.run('stop', { reason: 'We count' })).settled();
    const exchange = await pressAnywhere(bob, `drop.claim:${id}`);
    await exchange.until(({ text }) => text.includes('All purchases are paused. Your place is safe'), 30_000);
    await says(() => publicIn(town), 'All purchases are paused. Nobody loses their place');
    await says(alice.dms, 'Waiting for purchases to resume: ');
    expect((await panelFor(alice, id)).text).toContain('All purchases are paused.');
    expect(soldCards(town)).toBe(0);

    await (await ada.here.run('resume')).settled();
    await untilSold(town, 1);
    await revealedTo(town, [bob], id);
    await eventually(
      () => !publicIn(town).some(({ text }) => text.includes('All purchases are paused.')),
      () => 'a message that does not say so any more',
    );
  });

  it('has panels that say when they were made, and an old one is made true by a press that comes too late', async () => {
    const town = await startBigTown();
    const { alice, ada } = town;
    const id = await startCampaign(alice, 'reward drop', { cards: 2 });
    const old = await panelFor(alice, id);
    expect(old.text).toContain('Updated <t:');
    expect(old.buttons.map(({ label }) => label)).toContain('Pause');
    await steer(ada, await panelFor(ada, id), 'Cancel');
    await eventually(
      async () => (await panelFor(alice, id)).text.includes('· ended'),
      () => 'its end',
    );
    const pressed = await alice.here.press(old, 'Pause');
    const now = await pressed.until(({ text }) => text.includes('· ended'), 30_000);
    expect(now.text).not.toContain('Updated');
    expect(now.buttons.map(({ label }) => label)).toEqual(['Export CSV', 'Save as template']);
  });
});

/** Another server of the same bot, with somebody who has Manage Server there and nowhere else. */
function neighbours(town: Town) {
  const guild = town.discord.addGuild({ name: 'Neighbours' });
  const { id } = town.discord.addMember(guild.id, { name: 'nina', permissions: 1n << 5n });
  const here = town.discord.as(id, { guildId: guild.id, channelId: guild.general.id });
  const nina: Person = { id, here, inDms: town.discord.as(id, { dm: true }), dms: () => town.discord.dmsOf(id) };
  return { guild, nina };
}

it('what a server that was taken off has running buys nothing, and admins of the first one are told and end it', async () => {
  const town = await startBigTown();
  const { ada, bob, guildId } = town;
  const { guild, nina } = neighbours(town);
  const { id: rita } = town.discord.addMember(guild.id, { name: 'rita' });
  await town.bot.stop();
  const both = await town.restart({ DISCORD_GUILD_IDS: `${guildId},${guild.id}` });
  const id = await startCampaign(nina, 'reward drop', { cards: 1, starts: '2 hours' });
  await both.stop();
  await town.restart({ DISCORD_GUILD_IDS: guildId });

  await says(() => publicIn(town, town.adminsId), 'On hold, its server is no longer served: 1 × ');
  const claim = town.discord.as(rita, { guildId: guild.id, channelId: guild.general.id });
  expect((await (await claim.run('rewards')).settled()).text).toContain('Cardigan is not set up for this server.');

  const notTheirs = await (await bob.here.run('reward list', { server: 'all' })).settled();
  expect(notTheirs.text).toContain("Only people with Manage Server in Cardigan's own server");
  const list = await (await ada.here.run('reward list', { server: 'all' })).settled();
  expect(list.text).toContain(`server ${guild.id}`);
  const [menu] = list.menus;
  const value = menu?.options[0]?.value ?? '';
  expect(value).toBe(id);
  const panel = await (await ada.here.choose(list, menu?.customId ?? '', [value])).settled();
  expect(panel.buttons.map(({ label }) => label)).toEqual(['Cancel', 'Refresh', 'Back to list']);
  expect((await steer(ada, panel, 'Cancel')).text).toContain('· cancelled');
  expect(soldCards(town)).toBe(0);
});

it('an order that waits in a server that was taken off is listed and cancelled by admins of the first one', async () => {
  const town = await startBigTown();
  const { ada, guildId } = town;
  const { guild } = neighbours(town);
  const { id } = town.discord.addMember(guild.id, { name: 'otto' });
  const otto = town.discord.as(id, { guildId: guild.id, channelId: guild.general.id });
  await town.bot.stop();
  const both = await town.restart({ DISCORD_GUILD_IDS: `${guildId},${guild.id}` });
  const quote = await (await otto.run('buy', { item: CARD })).settled();
  await (await otto.press(quote, 'Request approval · $4.90')).settled();
  await both.stop();
  await town.restart({ DISCORD_GUILD_IDS: guildId });
  await says(() => publicIn(town, town.adminsId), 'Not bought, its server is no longer served: 1 × ');
  const list = await (await ada.here.run('orders', { server: 'all' })).settled();
  const [menu] = list.menus;
  const value = menu?.options[0]?.value ?? '';
  const order = await (await ada.here.choose(list, menu?.customId ?? '', [value])).settled();
  const cancel = order.buttons.find(
    ({ customId }) => customId?.startsWith('quote.cancel') || customId?.startsWith('approval.cancel'),
  );
  expect(cancel?.label).toBeDefined();
  const ended = await (await ada.here.press(order, cancel?.label ?? '')).settled();
  expect(ended.text.toLowerCase()).toContain('cancelled');
  await says(() => town.discord.dmsOf(id), '1 × ');
});
