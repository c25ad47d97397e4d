import { describe, expect, it } from 'vitest';
import { findChromium } from './find-chromium.ts';
import { useDemo } from './use-demo.ts';
import type { Visit } from './visit.ts';

const chromium = findChromium();
const ITEM = 'Google Play US 5 USD';

describe.skipIf(chromium === '')('the demo in a browser', () => {
  let there: Visit;
  useDemo(chromium, (visit) => {
    there = visit;
  });

  const orders = () => there.truth.locator('.order');
  const balance = async () => Number.parseFloat(await there.truth.locator('.balance strong').innerText());

  it('lets an admin buy a card and read its code in a direct message', async () => {
    const before = await balance();
    await there.buy(ITEM);
    await there.press('Confirm $4.90');
    await there.log.getByText('Sent to your direct messages.').waitFor();
    await there.newest().getByText('Your code: 1 × Google Play US 5 USD').waitFor();
    await there.go('Cardigan');
    await there.newest().getByText('Keep codes private').waitFor();
    expect(before - (await balance())).toBeCloseTo(4.9);

    const secret = orders().first().locator('.secret-words');
    expect(await secret.isVisible()).toBe(false);
    await orders().first().locator('.secret').focus();
    const [code = 'no code'] = (await secret.innerText()).split(',');
    expect(await there.newest().innerText()).toContain(code);
  });

  it('lets a member ask, an admin approve, and the member see the codes here with closed DMs', async () => {
    await there.be('Bob');
    await there.turn("Close this member's DMs", true);
    await there.buy(ITEM, 'Friday quiz');
    await there.press('Request approval · $4.90');
    await there.log.getByText('Waiting for approval: 1 ×').waitFor();

    await there.be('Ada');
    expect(await there.log.getByText('Request approval').count()).toBe(0);
    await there.press('Approve $4.90');
    await there.log.getByText('Purchased, not delivered yet: 1 × Google Play US 5 USD').waitFor();

    await there.be('Bob');
    await there.press('Reveal code');
    await there.newest().getByText('Your code: 1 × Google Play US 5 USD').waitFor();
    await there.newest().getByText('Only you can see this ·').waitFor();
    const code = await there.newest().locator('pre').first().innerText();
    await there.be('Ada');
    await there.log.getByText('Delivered: 1 × Google Play US 5 USD').waitFor();
    expect(await there.log.innerText()).not.toContain(code);
    await there.be('Bob');
    await there.turn("Close this member's DMs", false);
  });

  it('shows that an order whose answer was lost is found again and paid once', async () => {
    const had = await orders().count();
    const before = await balance();
    const told = () => there.log.getByText('Sent to your direct messages.').count();
    const toldBefore = await told();
    await there.turn('Lose the next answer', true);
    await there.buy(ITEM);
    await there.press('Confirm $4.90');
    await there.truth.locator('.call', { hasText: 'POST' }).getByText('no answer').first().waitFor();
    await expect.poll(told, { timeout: 60_000 }).toBe(toldBefore + 1);
    expect(await orders().count()).toBe(had + 1);
    expect(before - (await balance())).toBeCloseTo(4.9);
  });

  it('loses nothing when the bot is killed in the middle of a purchase and started again', async () => {
    const had = await orders().count();
    const before = await balance();
    await there.turn('Delay the next answer', true);
    await there.buy(ITEM);
    await there.press('Confirm $4.90');
    await there.log.getByText('Buying 1 × Google Play US 5 USD').waitFor();
    await expect.poll(() => orders().count(), { timeout: 60_000 }).toBe(had + 1);
    await there.truth.getByRole('button', { name: 'Kill the bot' }).click();
    await there.truth.getByText('Bot: killed').waitFor();
    await there.truth.getByRole('button', { name: 'Start the bot', exact: true }).click();
    await there.truth.getByText('Bot: running').waitFor();

    await there.go('Cardigan');
    await orders().first().locator('.secret').focus();
    const secret = await orders().first().locator('.secret-words').innerText();
    const [code = ''] = secret.split(',');
    await there.log.getByText(code).waitFor();
    expect(await orders().count()).toBe(had + 1);
    expect(before - (await balance())).toBeCloseTo(4.9);
  });

  it('enforces what a command needs and the range of its numbers', async () => {
    const { page } = there;
    await page.getByRole('combobox', { name: 'Message' }).fill('/buy ');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('item is required.').waitFor();
    await page.getByRole('combobox', { name: 'item' }).fill(ITEM);
    await page.getByRole('button', { name: 'Add the option quantity' }).click();
    await page.getByRole('combobox', { name: 'quantity' }).fill('1000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('quantity: at most 100, not 1000.').waitFor();
  });

  it('takes choices from menus and answers in forms, which Escape closes', async () => {
    const { page, log } = there;
    await page.getByRole('combobox', { name: 'Message' }).fill('/catalog ');
    await page.keyboard.press('Enter');
    await log.getByRole('button', { name: 'Choose a card' }).click();
    await log.getByRole('option', { name: 'Amazon US 10 USD' }).click();
    await there.press(/^Buy$/);
    const form = page.getByRole('dialog');
    await form.waitFor();
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'hidden' });
    await there.press(/^Buy$/);
    await form.getByLabel('How many').fill('');
    await form.getByRole('button', { name: 'Submit' }).click();
    await form.getByRole('alert').getByText('must be filled in').waitFor();
    await form.getByLabel('How many').fill('2');
    await form.getByRole('button', { name: 'Submit' }).click();
    await form.waitFor({ state: 'hidden' });
    await log.getByText('Buy 2 × Amazon US 10 USD for $').waitFor();
  });

  it('shows each person only what they would see', async () => {
    const rooms = there.page.getByRole('navigation', { name: 'Channels and direct messages' });
    await rooms.getByText('cardigan-admins').waitFor();
    await there.be('Cleo');
    await rooms.getByText('general').waitFor();
    expect(await rooms.getByText('cardigan-admins').count()).toBe(0);
    await there.be('Eve');
    await rooms.getByRole('heading', { name: 'Another server' }).waitFor();
    expect(await rooms.getByText('quiz').count()).toBe(0);
  });
});
