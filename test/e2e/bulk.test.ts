import { describe, expect, it } from 'vitest';
import { CARD, publicIn } from './approving.ts';
import {
  bulk,
  campaignOf,
  csv,
  pressAnywhere,
  revealedTo,
  settle,
  soldCards,
  startBigTown,
  steer,
  untilSold,
} from './campaigning.ts';
import { eventually } from './town.ts';

describe('/reward bulk to 250 members of a file', () => {
  it('gives each exactly one card, without a direct message, although the bot is killed on the way', async () => {
    const town = await startBigTown();
    const { alice, vendor } = town;
    const people = settle(town, 250);
    const lines = people.map(({ id }, at) => (at % 2 === 0 ? id : `@member${at}`));
    const preview = await bulk(alice, { file: csv(lines.join('\n')), item: CARD });
    expect(preview.text).toContain('Send 250 × Google Play US 5 USD?');
    expect(preview.text).toContain('Total **$1,225.00**');
    expect(preview.text).not.toContain('Left out');

    const campaign = campaignOf(preview);
    await steer(alice, preview, 'Confirm $1,225.00');
    await untilSold(town, 200);
    await town.bot.stop('SIGKILL');
    await town.restart();
    await untilSold(town, 250);

    const shown = await revealedTo(town, people, campaign);
    const refused = await pressAnywhere(alice, `campaign.fetch:${campaign}`);
    expect((await refused.settled()).text).toContain('There is no card for you in');
    expect([...shown.values()].filter((codes) => codes.length !== 1)).toEqual([]);
    expect(new Set([...shown.values()].flat()).size).toBe(250);
    const done = () => publicIn(town).find(({ text }) => text.includes('Sending 250 gift cards'));
    await eventually(
      () => done()?.text.includes('Received: **250 of 250**\nFinished.'),
      () => `all of it in:\n${publicIn(town).map(({ text }) => text)}`,
    );
    expect(publicIn(town).filter(({ text }) => text.includes('Your gift card is ready')).length).toBeGreaterThan(0);
    expect(soldCards(town)).toBe(250);
    expect(vendor.orders().map(({ quantity }) => quantity)).toEqual([100, 100, 50]);
    expect(vendor.orders().reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(1225);
  });
});
