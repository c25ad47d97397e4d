import { describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { asked, card, dmWith, pressOn, publicIn, refusal, reject, showing } from './approving.ts';
import { setPolicy } from './past-the-bot.ts';
import { eventually, later, press, purchases, referenceOf, startTown, type Town } from './town.ts';

/** A town whose orders need two approvals by people of the role Finance: Ada and Cem. */
async function startFinanceTown() {
  const town = await startTown();
  const { discord, guildId, channelId } = town;
  const { id: role } = discord.addRole(guildId, { name: 'Finance', mentionable: true });
  const { id: cem } = discord.addMember(guildId, { name: 'cem' });
  for (const user of [town.ada.id, cem]) discord.setRoles(guildId, user, [role]);
  await setPolicy(town, { approvers: [role], tiers: [{ over: '0', approvals: 2 }] });
  return { ...town, role, cem: { id: cem, here: discord.as(cem, { guildId, channelId }) } };
}

const vendorNumber = (town: Town) => town.vendor.orders()[0]?.orderNo ?? 'no order';
const pingsIn = (town: Town) => publicIn(town).flatMap(({ pinged }) => pinged);
const newsFor = (town: Town, words: string): Promise<Message> => card(town, `<@${town.bob.id}>, ${words}`);

describe('an approval that takes two', () => {
  it('pings its approvers once, and is bought with the second approval, which cannot be the first one’s', async () => {
    const town = await startFinanceTown();
    const { exchange, wanted } = await asked(town);
    expect(wanted.text).toContain(`<@&${town.role}>, please decide.`);
    expect(wanted.text).toContain('0 of 2 approvals');
    expect(await refusal(town.alice.here, wanted, 'Approve')).toContain("this server's approvers");

    await pressOn(town.ada.here, wanted, 'Approve');
    const half = await card(town, '1 of 2 approvals');
    expect(half.id).toBe(wanted.id);
    expect(half.text).toContain(`Approved by <@${town.ada.id}>`);
    expect(await refusal(town.ada.here, wanted, 'Approve')).toContain('You have already approved order');
    expect(purchases(town)).toBe(0);

    await pressOn(town.cem.here, wanted, 'Approve');
    const done = await card(town, 'Delivered: 2 × Google Play US 5 USD');
    expect(done.text).toContain(`Approved by <@${town.ada.id}>`);
    expect(done.text).toContain(`Approved by <@${town.cem.id}>`);
    await showing(exchange, 'Sent to your direct messages.');
    // One direct message of its own, which says in the end what became of it, and the one with the codes.
    const told = await dmWith(town, vendorNumber(town));
    expect(told.text).toContain(`<@${town.ada.id}>, <@${town.cem.id}>`);
    expect(town.discord.dmsOf(town.bob.id)).toHaveLength(2);
    expect(pingsIn(town)).toEqual([town.role]);
    expect(purchases(town)).toBe(1);
  });

  it('is nobody’s whose role was taken away between card and press, nor does their earlier one count', async () => {
    const town = await startFinanceTown();
    const { discord, guildId, ada, alice, cem } = town;
    const { wanted } = await asked(town);
    await pressOn(ada.here, wanted, 'Approve');
    await card(town, '1 of 2 approvals');
    discord.setRoles(guildId, ada.id, []);
    await pressOn(cem.here, wanted, 'Approve');
    await card(town, `Approved by <@${cem.id}>`);
    expect(await refusal(ada.here, wanted, 'Approve')).toContain("this server's approvers");
    expect(purchases(town)).toBe(0);
    discord.setRoles(guildId, alice.id, [town.role]);
    await pressOn(alice.here, wanted, 'Approve');
    await dmWith(town, 'Your gift cards: 2 × Google Play US 5 USD');
    expect(purchases(town)).toBe(1);
  });
});

describe('an order that nobody decides about', () => {
  it('is reminded of beside its card, which pings nobody, and no more once it is decided', async () => {
    const town = await startTown();
    const { wanted } = await asked(town);
    await town.bot.stop();
    await town.restart(later(4 * 60 + 1));
    const reminder = await card(town, 'Still waiting after 4 hours');
    expect(reminder.repliesTo).toBe(wanted.id);
    expect(reminder.pinged).toEqual([]);
    expect(reminder.text).toContain('0 of 1 approvals');
    expect(reminder.text).toContain(`/channels/${town.guildId}/${town.channelId}/${wanted.id}`);

    await pressOn(town.ada.here, wanted, 'Approve');
    await eventually(
      () => !publicIn(town).some(({ id }) => id === reminder.id),
      () => 'the reminder went',
    );
    expect((await card(town, 'Delivered:')).id).toBe(wanted.id);
  });

  it('is decided in /order too, by whoever may', async () => {
    const town = await startTown();
    const { wanted } = await asked(town);
    const reference = referenceOf(wanted);
    const shown = await (await town.ada.here.run('order', { reference })).settled();
    const done = await press(town.ada.here, shown, 'Approve $9.80');
    expect(done.buttons).toEqual([]);
    await card(town, 'Delivered:');
    await dmWith(town, 'Your gift card');
  });
});

describe('whoever asked', () => {
  it('hears of a rejection by direct message, although the message they asked in says so too', async () => {
    const town = await startTown();
    const { exchange, wanted } = await asked(town);
    await reject(town.ada.here, wanted, 'Too dear');
    await showing(exchange, `Declined by <@${town.ada.id}>: Too dear`);
    await dmWith(town, `Declined by <@${town.ada.id}>: Too dear`);
    expect(publicIn(town)).toHaveLength(1);
  });

  it('with closed direct messages hears of it where they asked', async () => {
    const town = await startTown();
    town.discord.closeDms(town.bob.id);
    const { wanted } = await asked(town);
    await reject(town.ada.here, wanted, 'Too dear');
    const news = await newsFor(town, 'your request was declined: Too dear');
    expect(news.pinged).toEqual([town.bob.id]);
    expect(news.text).not.toContain('9.80');
    expect(publicIn(town)).toHaveLength(2);
  });

  it('with closed direct messages is told there that codes wait, and shows them to themselves', async () => {
    const town = await startTown();
    town.discord.closeDms(town.bob.id);
    const { exchange, wanted } = await asked(town);
    await pressOn(town.ada.here, wanted, 'Approve');
    await newsFor(town, 'your order was approved and is being bought now.');
    await newsFor(town, 'your order was approved and bought, and your codes are ready.');
    const held = await showing(exchange, "Cardigan can't send you direct messages");
    const codes = await press(town.bob.here, held, 'Reveal code');
    for (const { code } of town.vendor.orders()[0]?.codes ?? []) {
      expect(codes.text).toContain(code);
      for (const { text } of publicIn(town)) expect(text).not.toContain(code);
    }
  });
});
