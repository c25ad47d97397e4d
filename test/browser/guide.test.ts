import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { axeFindings } from './axe.ts';
import { findChromium } from './find-chromium.ts';
import { type Demo, startDemo } from './start-demo.ts';
import { type Look, type Visit, visit } from './visit.ts';

const chromium = findChromium();

describe.skipIf(chromium === '')('the demo a week in', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo({ hasWeek: true });
  });
  afterAll(() => demo.stop());

  async function open(look: Look = {}, url = demo.url): Promise<Visit> {
    const there = await visit(chromium, url, { isFirst: true, ...look });
    await there.serving();
    return there;
  }

  const orders = ({ page }: Visit) => page.locator('.order').count();

  /** Does each step of a tour by its button, until it says that it is over. */
  async function take({ page }: Visit, tour: string): Promise<void> {
    await page.getByRole('tab', { name: tour }).click();
    const panel = page.locator('.tour');
    for (let step = 1; !(await panel.getByRole('button', { name: 'Do it again' }).isVisible()); step++) {
      await panel.getByText(new RegExp(`^${step} of `)).waitFor();
      await panel.locator('.button:enabled').click();
      await panel.locator('.button:enabled').waitFor();
      await panel.getByText(new RegExp(`^(${step + 1} of |✓)`)).waitFor();
    }
    await page.getByRole('tab', { name: `Done: ${tour}` }).waitFor();
  }

  it('has orders, a request that waits, a running giveaway and a budget in use', async () => {
    const there = await open();
    expect(await orders(there)).toBe(3);
    expect(await there.log.locator('button', { hasText: /^Approve/ }).count()).toBe(1);
    await there.go('quiz');
    await there.log.getByRole('button', { name: 'Enter' }).waitFor();
    expect(there.errors).toEqual([]);
    await there.end();
  });

  for (const width of [1280, 390])
    it(`has nothing that axe finds at ${width} pixels, light and dark`, async () => {
      const there = await open({ width });
      for (const theme of ['Dark theme', 'Light theme']) {
        for (const room of ['general', 'quiz', 'cardigan-admins', 'Cardigan']) {
          const menu = there.page.getByRole('button', { name: 'Channels and messages' });
          if (await menu.isVisible()) await menu.click();
          await there.go(room);
          expect(await axeFindings(there.page)).toEqual([]);
        }
        await there.page.getByRole('button', { name: theme }).click();
      }
      await there.end();
    });

  it('does each step of its guide, and ticks it off', async () => {
    // A week of its own: what it counts is then as it was, also where it has to be tried again.
    const own = await startDemo({ hasWeek: true });
    onTestFinished(() => own.stop());
    const there = await open({}, own.url);
    for (const tour of ['Buy', 'Approve', 'Fair draw', 'Audit', 'Kill the bot']) await take(there, tour);
    // Buy, Approve, and the one in whose middle the bot was killed: each charged once.
    await expect.poll(() => orders(there)).toBe(6);
    await expect.poll(() => there.truth.locator('.balance').innerText()).toContain('946.10');
    expect(there.errors).toEqual([]);
    await there.end();
  });

  it('starts over', async () => {
    const there = await open({ width: 390, height: 844 });
    await there.page.getByRole('button', { name: 'Start over' }).click();
    await there.page.getByText('Starting over').waitFor();
    await there.page.getByText('Starting over').waitFor({ state: 'detached', timeout: 60_000 });
    await there.serving();
    await expect.poll(() => orders(there)).toBe(3);
    await there.end();
  });
});
