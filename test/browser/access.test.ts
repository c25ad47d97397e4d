import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from './axe.ts';
import { findChromium } from './find-chromium.ts';
import { type Demo, startDemo } from './start-demo.ts';
import { type Look, type Visit, visit } from './visit.ts';

const chromium = findChromium();
const ITEM = 'Google Play US 5 USD';

describe.skipIf(chromium === '')('the demo for everybody', () => {
  let demo: Demo;
  let there: Visit;

  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => demo.stop());
  afterEach(async () => {
    const { errors } = there;
    await there.end();
    expect(errors).toEqual([]);
  });

  async function open(look: Look) {
    there = await visit(chromium, demo.url, look);
    await there.serving();
  }

  const findings = () => axeFindings(there.page);

  for (const theme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      it(`has nothing that axe finds, in ${theme} at ${width} pixels`, async () => {
        await open({ theme, width, isFirst: true });
        expect(await findings()).toEqual([]);
        await there.page.getByRole('combobox', { name: 'Message' }).fill('/');
        await there.page.getByRole('option', { name: '/buy' }).waitFor();
        expect(await findings()).toEqual([]);
        await there.buy(ITEM);
        await there.log.getByRole('button', { name: 'Confirm $4.90' }).last().waitFor();
        expect(await findings()).toEqual([]);
        for (const opener of ['Members of #general', 'Channels and messages', 'Behind the scenes']) {
          const button = there.page.getByRole('button', { name: opener });
          if (!(await button.isVisible())) continue;
          await button.click();
          expect(await findings()).toEqual([]);
          await there.page.keyboard.press('Escape');
        }
      });
    }

    it(`has nothing that axe finds in menus, forms and codes, in ${theme}`, async () => {
      await open({ theme });
      const { page, log } = there;
      await page.getByRole('combobox', { name: 'Message' }).fill('/catalog ');
      await page.keyboard.press('Enter');
      await log.getByRole('button', { name: 'Choose a card' }).last().click();
      await log.getByRole('option', { name: 'Airbnb EU 100 EUR' }).waitFor();
      expect(await findings()).toEqual([]);
      await log.getByRole('option', { name: 'Airbnb EU 100 EUR' }).click();
      await there.press(/^Buy$/);
      await page.getByRole('dialog').waitFor();
      expect(await findings()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Buy');
      await there.buy(ITEM);
      await there.press('Confirm $4.90');
      await log.getByText('Sent to your direct messages.').last().waitFor();
      await there.go('Cardigan');
      await there.newest().getByText('Keep codes private').waitFor();
      await there.truth.locator('summary').first().click();
      await there.truth.getByText('Stock and prices').first().click();
      expect(await findings()).toEqual([]);
    });
  }

  for (const width of [1280, 390]) {
    it(`fits ${width} pixels without scrolling sideways`, async () => {
      await open({ width, isFirst: true });
      const sideways = () =>
        there.page.evaluate('document.documentElement.scrollWidth - innerWidth') as Promise<number>;
      const inside = () =>
        there.page.evaluate(
          `[...document.querySelectorAll('.log, .truth, .channels')]
            .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className)`,
        );
      expect(await sideways()).toBeLessThanOrEqual(0);
      await there.buy(ITEM);
      await there.log.getByRole('button', { name: 'Confirm $4.90' }).last().waitFor();
      expect(await sideways()).toBeLessThanOrEqual(0);
      expect(await inside()).toEqual([]);
    });
  }

  it('opens its side panels as drawers on a phone, and Escape closes them', async () => {
    await open({ width: 390 });
    const { page } = there;
    await page.getByRole('button', { name: 'Channels and messages' }).click();
    await page.getByRole('navigation', { name: 'Channels and direct messages' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('navigation', { name: 'Channels and direct messages' }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Behind the scenes' }).click();
    await there.truth.getByText('Balance at CardPlusPay').waitFor();
    await page.keyboard.press('Escape');
    await there.truth.waitFor({ state: 'hidden' });
  });

  it('can be used with the keyboard alone', async () => {
    await open({});
    const { page } = there;
    const { keyboard } = page;
    const focused = () =>
      page.evaluate(
        `document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`,
      ) as Promise<string>;
    const tabTo = async (wanted: RegExp, key = 'Tab') => {
      for (let presses = 0; presses < 80; presses++) {
        if (wanted.test(await focused())) return;
        await keyboard.press(key);
      }
      throw new Error(`The focus never came to ${wanted}, but to ${await focused()}.`);
    };

    await tabTo(/^Skip to the message field/);
    await keyboard.press('Enter');
    await expect.poll(focused).toMatch(/^Message #general/);
    await keyboard.type('/buy');
    await page.getByRole('option', { name: '/buy', selected: true }).waitFor();
    await keyboard.press('Enter');
    await expect.poll(focused).toMatch(/^item, required/);
    await keyboard.type(ITEM);
    await page.getByRole('option', { name: new RegExp(`^${ITEM} — `), selected: true }).waitFor();
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await there.log.getByRole('button', { name: 'Confirm $4.90' }).last().waitFor();
    await tabTo(/^Confirm \$4\.90$/, 'Shift+Tab');
    await keyboard.press('Enter');
    await there.log.getByText('Sent to your direct messages.').last().waitFor();

    await tabTo(/^\s*A?Ada/, 'Shift+Tab');
    await keyboard.press('ArrowRight');
    await page.getByRole('radio', { name: 'Alice ', checked: true }).waitFor();
    await keyboard.press('ArrowLeft');
    await page.getByRole('radio', { name: 'Ada ', checked: true }).waitFor();
    await page.getByRole('heading', { level: 1, name: 'general' }).waitFor();
    await tabTo(/general/);
    await keyboard.press('End');
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Cardigan' }).waitFor();
    await there.newest().getByText('Keep codes private').waitFor();
  });
});
