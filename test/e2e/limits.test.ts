import { describe, expect, it } from 'vitest';
import { later, pressConfirm, purchases, quote, startTown, type Town, toldAside } from './town.ts';

const CARD = 'google-play-usd-5';
/** What `/buy` and `/stock` ask, beside what the bot asks by itself. */
const asked = ({ vendor }: Town) =>
  vendor.requests.filter(({ path }) => path === '/orders/check' || path === '/balance').length;

describe('a member who asks without end', () => {
  it('has a few offers, and CardPlusPay is asked for no more; the sentence says when to try again', async () => {
    const town = await startTown();
    const before = asked(town);
    const answers: string[] = [];
    for (let at = 0; at < 40; at++) answers.push((await quote(town.bob, CARD)).text);
    expect(answers.filter((text) => text.includes('Buy 1 × Google Play US 5 USD for $4.90?'))).toHaveLength(5);
    expect(answers[5]).toMatch(/You have 5 open quotes[\s\S]*try again in 1\d minutes/);
    expect(asked(town) - before).toBeLessThanOrEqual(15);
    expect((await quote(town.alice, CARD)).text).toContain('Buy 1 × Google Play US 5 USD for $4.90?');
  });

  it('is told to wait once CardPlusPay was asked often, and others are not', async () => {
    const town = await startTown();
    const stock = async ({ here }: Town['bob']) => (await (await here.run('stock', { item: CARD })).settled()).text;
    const answers = await Promise.all(Array.from({ length: 80 }, () => stock(town.bob)));
    expect(answers.some((text) => /checking with CardPlusPay too often[\s\S]*try again in \d+ second/.test(text))).toBe(
      true,
    );
    expect(answers.some((text) => text.includes('Google Play US 5 USD'))).toBe(true);
    expect(await stock(town.alice)).toContain('Google Play US 5 USD');
  });

  it('finds nothing left of an offer that has expired, and reads so', async () => {
    const town = await startTown();
    const quoted = await quote(town.alice, CARD);
    await town.bot.stop();
    await town.restart(later(16));
    await expect
      .poll(async () => toldAside(await pressConfirm(town.alice, quoted)), { timeout: 20_000, interval: 1_000 })
      .toContain('This quote has expired or was cancelled.');
    expect((await (await town.alice.here.run('orders')).settled()).text).not.toContain('Google Play');
    expect(purchases(town)).toBe(0);
  });
});
