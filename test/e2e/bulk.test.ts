import { describe, expect, it } from 'vitest';
import { CARD, card, pressOn, publicIn } from './approving.ts';
import {
  bulk,
  campaignOf,
  codesIn,
  csv,
  pressAnywhere,
  settle,
  soldCards,
  startBigTown,
  steer,
  untilSold,
} from './campaigning.ts';
import { eventually } from './town.ts';

describe('/reward bulk to 250 members of a file', () => {
  it('gives each exactly one card, although 20 take no direct messages and the bot is killed on the way', async () => {
    const town = await startBigTown();
    const { alice, discord, vendor } = town;
    const people = settle(town, 250);
    const closed = people.slice(100, 120);
    for (const { id } of closed) discord.closeDms(id);
    const lines = people.map(({ id }, at) => (at % 2 === 0 ? id : `@member${at}`));
    const preview = await bulk(alice, { file: csv(lines.join('\n')), item: CARD });
    expect(preview.text).toContain('250 × Google Play US 5 USD: start it?');
    expect(preview.text).toContain('You pay **1225.00 USD**');
    expect(preview.text).not.toContain('Left out');

    const campaign = campaignOf(preview);
    await steer(alice, preview, 'Confirm 1225.00 USD');
    await untilSold(town, 200);
    await town.bot.stop('SIGKILL');
    const bot = await town.restart();
    await untilSold(town, 250);

    const open = people.filter((person) => !closed.includes(person));
    const without = () => open.filter(({ dms }) => codesIn(town, dms()).length === 0);
    await eventually(
      () => without().length === 0,
      () => `${without().length} have no card; the bot wrote:\n${bot.output().slice(-3000)}`,
    );
    const shown = new Map<string, string[]>();
    for (const person of open) shown.set(person.id, codesIn(town, person.dms()));
    for (const person of closed) {
      const waits = await card(town, `<@${person.id}>`);
      expect(waits.text).toContain('A gift card waits for you');
      const exchange = await pressOn(person.here, waits, 'Show my gift card');
      shown.set(person.id, codesIn(town, [await exchange.settled()]));
    }
    const refused = await pressAnywhere(alice, `campaign.fetch:${campaign}`);
    expect((await refused.settled()).text).toContain('There is no card of');
    expect([...shown.values()].filter((codes) => codes.length !== 1)).toEqual([]);
    expect(new Set([...shown.values()].flat()).size).toBe(250);
    const done = () => publicIn(town).find(({ text }) => text.includes('Sending 250 gift cards'));
    await eventually(
      () => done()?.text.includes('Sent: **250 of 250**\nDone.'),
      () => `all of it in:\n${publicIn(town).map(({ text }) => text)}`,
    );
    expect(soldCards(town)).toBe(250);
    expect(vendor.orders().map(({ quantity }) => quantity)).toEqual([100, 100, 50]);
    expect(vendor.orders().reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(1225);
  });
});
