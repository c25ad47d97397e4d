import { expect, it } from 'vitest';
import { CARD, card, pressOn, publicIn } from './approving.ts';
import {
  bulk,
  campaignOf,
  codesIn,
  csv,
  pressAnywhere,
  reveal,
  revealedTo,
  startBigTown,
  steer,
} from './campaigning.ts';
import type { Person } from './town.ts';

/** Any button, as a tampered client presses it on an answer of their own. */
const forged = async (person: Person, customId: string) => (await pressAnywhere(person, customId)).settled();

it('what "Reveal my code" shows is for one member: nobody else, nobody of another server, and no message that others read', async () => {
  const town = await startBigTown();
  const { alice, ada, bob, discord, guildId } = town;
  const guild = discord.addGuild({ name: 'Neighbours' });
  const { id: ninaId } = discord.addMember(guild.id, { name: 'nina', permissions: 1n << 5n });
  await town.bot.stop();
  await town.restart({ DISCORD_GUILD_IDS: `${guildId},${guild.id}` });
  const nina: Person = {
    id: ninaId,
    here: discord.as(ninaId, { guildId: guild.id, channelId: guild.general.id }),
    inDms: discord.as(ninaId, { dm: true }),
    dms: () => discord.dmsOf(ninaId),
  };
  const preview = await bulk(alice, { file: csv(bob.id), item: CARD });
  const id = campaignOf(preview);
  await steer(alice, preview, 'Confirm $4.90');
  const [codes = []] = (await revealedTo(town, [bob], id)).values();
  expect(codes).toHaveLength(1);

  const announced = await card(town, 'Sending 1 gift card');
  const again = await Promise.all([1, 2, 3].map(() => pressOn(bob.here, announced, 'Reveal my code')));
  for (const exchange of again) {
    const shown = await exchange.until(({ text }) => text.includes(codes[0] ?? '?'), 30_000);
    expect(shown.ephemeral).toBe(true);
  }
  const own = await (await bob.here.run('rewards')).settled();
  const opened = await (
    await bob.here.choose(own, own.menus[0]?.customId ?? '', [own.menus[0]?.options[0]?.value ?? ''])
  ).settled();
  const button = opened.buttons.find(({ customId }) => customId?.startsWith('order.reveal:'))?.customId ?? '';
  for (const person of [alice, ada, nina])
    for (const customId of [`campaign.fetch:${id}`, button]) {
      const told = await forged(person, customId);
      expect(codesIn(town, [told])).toEqual([]);
      expect(told.text).toMatch(
        /There is no card for you in|This is somebody else's order|This quote has expired or was cancelled/,
      );
    }
  // On the message that everybody reads, with the button of an answer of theirs alone.
  for (const customId of [button, `campaign.fetch:${id}`]) {
    const exchange = await bob.here.press(announced, customId, { forged: true });
    await exchange.until(({ text }) => text.includes(codes[0] ?? '?'), 30_000);
  }
  expect(codesIn(town, publicIn(town))).toEqual([]);
  expect((await reveal(bob, id)).text).toContain(codes[0]);
  for (const person of [alice, ada, bob, nina]) expect(codesIn(town, person.dms())).toEqual([]);
});
