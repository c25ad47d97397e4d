import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './find-chromium.ts';
import { startDemo } from './start-demo.ts';
import { type Look, type Visit, visit } from './visit.ts';

/** The pictures in README.md and docs/, of the real demo: `npm run screenshots`. */

const folder = join(import.meta.dirname, '../../docs/images');
/** Messages are edited for a while after the money has moved. */
const SETTLES_MS = 2_500;
const ITEM = 'Google Play US 5 USD';

const chromium = findChromium({ ...process.env, REQUIRE_CHROMIUM: '1' });
mkdirSync(folder, { recursive: true });
const demo = await startDemo({ hasWeek: true });

async function take({ page }: Visit, name: string): Promise<void> {
  const path = join(folder, `${name}.png`);
  await page.mouse.move(0, 0);
  // Numbers that change every second and fonts that come late would make each picture another one.
  await page.waitForTimeout(600);
  await page.screenshot({ path });
  console.log(`${name}.png  ${Math.round(statSync(path).size / 1024)} kB`);
}

async function scene(look: Look, play: (there: Visit) => Promise<void>): Promise<void> {
  const there = await visit(chromium, demo.url, look);
  await there.serving();
  await play(there);
  await there.end();
}

/** An order more than there was: charged, and what is said of it has come. */
async function bought({ page, truth }: Visit, act: () => Promise<void>): Promise<void> {
  const balance = await truth.locator('.balance').innerText();
  await act();
  while ((await truth.locator('.balance').innerText()) === balance) await page.waitForTimeout(100);
  await page.waitForTimeout(SETTLES_MS);
}

try {
  await scene({}, async (there) => {
    await there.be('Ada');
    await there.buy(ITEM, 'Friday quiz');
    await bought(there, () => there.press(/^Confirm/));
    await take(there, 'purchase');
  });

  await scene({}, async (there) => {
    await there.be('Alice');
    await there.log.getByRole('button', { name: /^Approve/ }).waitFor();
    await take(there, 'approval');
    await bought(there, () => there.press(/^Approve/));
  });

  await scene({ theme: 'dark' }, async (there) => {
    await there.be('Alice');
    await there.turn('Lose the next answer', true);
    await there.buy(ITEM, 'Prize of the week');
    await there.press(/^Confirm/);
    await there.truth.getByText('no answer').first().waitFor();
    await take(there, 'lost-answer');
  });

  await scene({}, async (there) => {
    await there.run('settings');
    await there.page.waitForTimeout(SETTLES_MS);
    await take(there, 'settings');
  });

  await scene({}, async (there) => {
    await there.be('Ada');
    await there.fill('reward drop', { item: ITEM, cards: '3', message: "For today's quiz" });
    await there.press(/^Confirm/);
    await there.log.getByRole('button', { name: /^Claim/ }).waitFor();
    await there.be('Bob');
    await bought(there, () => there.press(/^Claim/));
    await take(there, 'drop');
  });
} finally {
  await demo.stop();
}
