import { describe, expect, it } from 'vitest';
import { findChromium } from './find-chromium.ts';
import { useDemo } from './use-demo.ts';
import type { Visit } from './visit.ts';

const chromium = findChromium();
const ITEM = 'Google Play US 5 USD';

describe.skipIf(chromium === '')('what changes meanwhile, in a browser', () => {
  let there: Visit;
  useDemo(chromium, (visit) => {
    there = visit;
  });

  it('goes on with the same page and the same buttons after a restart of the bot', async () => {
    const { truth, log } = there;
    await there.buy(ITEM);
    await log.getByRole('button', { name: 'Confirm $4.90' }).waitFor();
    const [before = ''] = /process \d+/.exec(await truth.locator('.bot-state').innerText()) ?? [];
    await truth.getByRole('button', { name: 'Restart the bot' }).click();
    await truth.getByText(before).waitFor({ state: 'detached' });
    await truth.getByText('Bot: running').waitFor();
    await there.press('Confirm $4.90');
    await log.getByText('Sent to your direct messages.').waitFor();
    await there.run('balance');
    await there.newest().getByText('USD').first().waitFor();
  });

  it('buys nothing at a price that rose after the question, and offers the new one', async () => {
    const { page, log, truth } = there;
    const bought = await truth.locator('.order').count();
    await there.be('Bob');
    await there.buy(ITEM, 'Friday quiz');
    await there.press('Request approval · $4.90');
    await log.getByText('Waiting for approval: 1 ×').waitFor();

    await truth.getByLabel('Which card').selectOption(ITEM);
    await truth.getByLabel('New price in USD').fill('5.40');
    await truth.getByRole('button', { name: 'Change', exact: true }).click();
    await truth.getByText('Google Play US 5 USD now costs 5.40.').waitFor();

    await there.be('Ada');
    await there.press('Approve $4.90');
    await log.getByText('Not bought: 1 × Google Play US 5 USD').waitFor();
    await there.be('Bob');
    await page.getByRole('button', { name: 'Request approval · $5.40' }).last().waitFor();
    await log.getByText('The price rose from $4.90 to $5.40').last().waitFor();
    expect(await truth.locator('.order').count()).toBe(bought);
  });
});
