import { describe, expect, it } from 'vitest';
import { asked, CARD, card, dmWith, pressOn, refusal, reject, showing } from './approving.ts';
import { eventually, later, purchases, quote, startTown } from './town.ts';

describe('a member without Manage Server', () => {
  it('asks, an admin approves, and the codes come by direct message', async () => {
    const town = await startTown();
    const { exchange, waiting, wanted } = await asked(town);
    expect(waiting.ephemeral).toBe(true);
    expect(waiting.text).toContain(`Waiting for approval in <#${town.channelId}>`);
    expect(wanted.text).toContain(`Requested by <@${town.bob.id}>`);
    expect(wanted.text).toContain('For: Friday quiz');
    expect(wanted.text).toContain('Reason: every order needs 1 approval');
    expect(wanted.buttons.map(({ label }) => label)).toEqual([...['Approve $9.80', 'Decline', 'Details', 'Cancel']]);
    expect(purchases(town)).toBe(0);

    // What not everybody who reads the card may know is told to an approver alone.
    expect(wanted.text).not.toContain('balance');
    const details = await (await pressOn(town.ada.here, wanted, 'Details')).settled();
    expect(details.ephemeral).toBe(true);
    expect(details.text).toMatch(/Account balance: \*\*\$[\d,.]+\*\*/);
    expect(details.text).toContain('They have ordered nothing here before.');
    const refused = await (await pressOn(town.bob.here, wanted, 'Details')).settled();
    expect(refused.text).toContain("this server's approvers");
    expect(refused.text).not.toContain('balance');

    await pressOn(town.ada.here, wanted, 'Approve');
    const decided = await card(town, 'Delivered: 2 × Google Play US 5 USD');
    expect(decided.id).toBe(wanted.id);
    expect(decided.text).toContain(`Approved by <@${town.ada.id}>`);
    expect(decided.buttons).toEqual([]);
    await showing(exchange, 'Sent to your direct messages.');
    for (const { code } of town.vendor.orders()[0]?.codes ?? []) {
      await dmWith(town, code);
      expect(await town.traces()).not.toContain(code);
    }
    expect(purchases(town)).toBe(1);
  });

  it('asks, an admin rejects with a reason, and it is told; nothing is bought', async () => {
    const town = await startTown();
    const { exchange, wanted } = await asked(town);
    const done = await reject(town.ada.here, wanted, 'Too dear this month');
    expect(done.text).toContain('The requester is told');
    const told = await showing(exchange, `Declined by <@${town.ada.id}>: Too dear this month`);
    expect(told.text).toContain('Nothing was bought');
    expect((await card(town, 'Declined:')).buttons).toEqual([]);
    expect(purchases(town)).toBe(0);
  });

  it('cancels on the card, which nobody else can', async () => {
    const town = await startTown();
    const { exchange, wanted } = await asked(town);
    expect(await refusal(town.ada.here, wanted, 'Cancel')).toContain("somebody else's order");
    await pressOn(town.bob.here, wanted, 'Cancel');
    expect((await card(town, 'Cancelled:')).id).toBe(wanted.id);
    await showing(exchange, 'Cancelled: 2 × Google Play US 5 USD');
    expect(purchases(town)).toBe(0);
  });

  it('asks in a channel that Cardigan cannot write in, and is told where the question is', async () => {
    const town = await startTown();
    const { discord, guildId, adminsId, bob } = town;
    const quiet = discord.addChannel(guildId, 'quiet', { botMayPost: false });
    const here = discord.as(bob.id, { guildId, channelId: quiet.id });
    const quoted = await quote({ ...bob, here }, CARD, 2);
    const exchange = await pressOn(here, quoted, 'Request');
    const waiting = await showing(exchange, 'Waiting for approval');
    expect(waiting.text).toContain(`Waiting for approval in <#${adminsId}>`);
    expect(waiting.text).toContain('Approvers decide in that channel, not this one');
    await card(town, undefined, adminsId);
  });
});

describe('an approval', () => {
  it('is not the requester’s to give, nor of whoever has lost Manage Server since', async () => {
    const town = await startTown();
    const { discord, guildId, bob, ada } = town;
    const { wanted } = await asked(town);
    expect(await refusal(bob.here, wanted, 'Approve')).toContain("Only this server's approvers");
    discord.setPermissions(guildId, bob.id, 1n << 5n);
    expect(await refusal(bob.here, wanted, 'Approve')).toContain("can't approve your own order");
    discord.setPermissions(guildId, ada.id, 0n);
    expect(await refusal(ada.here, wanted, 'Approve')).toContain("Only this server's approvers");
    const refused = await reject(ada.here, wanted, 'Too dear');
    expect(refused.text).toContain("Only this server's approvers");
    expect((await card(town)).buttons).toHaveLength(4);
    expect(purchases(town)).toBe(0);
  });

  it('is given once by two admins at the same moment, and the later one is told', async () => {
    const town = await startTown();
    const { wanted } = await asked(town);
    const presses = await Promise.all([town.alice, town.ada].map(({ here }) => pressOn(here, wanted, 'Approve')));
    const told = () => presses.flatMap((press) => press.followUps());
    await eventually(
      () => told().some(({ text }) => text.includes('was already approved')),
      () => `a word to the later one among:\n${told().map(({ text }) => text)}`,
    );
    await dmWith(town, town.vendor.orders()[0]?.codes[0]?.code ?? 'gift cards');
    expect(told()).toHaveLength(1);
    expect(purchases(town)).toBe(1);
  });

  it('survives a restart between the card and the press; its requester hears by direct message', async () => {
    const town = await startTown();
    const { wanted } = await asked(town);
    await town.bot.stop('SIGKILL');
    await town.restart(later(60));
    await pressOn(town.ada.here, wanted, 'Approve');
    await card(town, 'Delivered:');
    await dmWith(town, 'Your gift cards: 2 × Google Play US 5 USD');
    expect(purchases(town)).toBe(1);
  });

  it('ends after 72 hours, on the card and for its requester', async () => {
    const town = await startTown();
    const { wanted } = await asked(town);
    await town.bot.stop();
    await town.restart(later(72 * 60 + 1));
    const over = await card(town, 'Request expired');
    expect(over.id).toBe(wanted.id);
    expect(over.buttons).toEqual([]);
    await dmWith(town, 'Nobody decided in time');
    expect(purchases(town)).toBe(0);
  });

  it('is void when its requester has left, and the card says so', async () => {
    const town = await startTown();
    const { wanted } = await asked(town);
    town.discord.removeMember(town.guildId, town.bob.id);
    await pressOn(town.ada.here, wanted, 'Approve');
    expect((await card(town, 'Declined:')).text).toContain('the requester has left this server');
    expect(purchases(town)).toBe(0);
  });

  it('binds its price: a rise ends it, and the new offer has to be asked for', async () => {
    const town = await startTown();
    const { exchange, wanted } = await asked(town);
    town.vendor.setPrice(CARD, '6.00');
    await pressOn(town.ada.here, wanted, 'Approve');
    const offer = await showing(exchange, 'The price rose from $9.80 to $12.00');
    expect(offer.buttons.map(({ label }) => label)).toEqual([...['Request approval · $12.00', 'Cancel']]);
    const told = await dmWith(town, 'The price rose from $9.80 to $12.00');
    const endsAt = Number(/Quote expires <t:(\d+):R>/.exec(told.text)?.[1]) * 1000;
    expect(endsAt).toBeGreaterThan(told.createdAt + 71 * 60 * 60_000);
    const again = await pressOn(town.bob.here, offer, 'Request');
    await showing(again, 'Waiting for approval');
    await card(town, 'Total **$12.00**');
    expect(purchases(town)).toBe(0);
  });
});
