import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './find-chromium.ts';
import { startDemo } from './start-demo.ts';
import { type Look, type Visit, visit } from './visit.ts';

/** The README's screenshots, of the real demo: `npm run screenshots`. */

const folder = join(import.meta.dirname, '../../docs/images');
const ITEM = 'google-play-usd-5';

const chromium = findChromium({ ...process.env, REQUIRE_CHROMIUM: '1' });
mkdirSync(folder, { recursive: true });
const demo = await startDemo();

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

try {
  await scene({ isFirst: true }, (there) => take(there, 'first-visit'));

  await scene({}, async (there) => {
    await there.be('Bob');
    await there.buy(ITEM, 'Friday quiz');
    await there.press(/^Ask for approval/);
    await there.be('Ada');
    await there.log.getByText('Approval wanted').waitFor();
    await take(there, 'approval');
    await there.press(/^Approve/);
    await there.log.getByText('Approved: 1').waitFor();
  });

  await scene({ theme: 'dark' }, async (there) => {
    await there.be('Alice');
    await there.turn('Lose the next answer', true);
    await there.buy(ITEM, 'Prize of the week');
    await there.press(/^Confirm/);
    await there.truth.getByText('no answer').first().waitFor();
    await take(there, 'lost-answer');
    await there.log.getByText('Bought: 1').waitFor();
    await there.log.getByText('The codes are in your direct messages.').waitFor();
    await take(there, 'found-again');
  });

  await scene({ theme: 'light' }, async (there) => {
    await there.page.getByRole('combobox', { name: 'Message' }).fill('/');
    await there.page.getByRole('option', { name: '/buy' }).waitFor();
    await take(there, 'commands');
  });

  await scene({}, async (there) => {
    await there.run('settings');
    await there.choose('What do you want to change?', 'Approvers');
    await there.choose('Choose here', '@Admins role');
    await there.log.getByText('Approvers: now @Admins').waitFor();
    await take(there, 'settings');
  });

  await scene({}, async (there) => {
    await there.be('Ada');
    await there.fill('reward drop', { item: ITEM, cards: '3', message: 'For the quiz of today' });
    await there.press(/^Confirm/);
    await there.log.getByText('0 of 3 claimed').waitFor();
    await there.be('Bob');
    await there.press('Claim a card');
    await there.log.getByText('1 of 3 claimed').waitFor();
    await there.log.getByText('Keep codes private').last().waitFor();
    await take(there, 'drop');
  });

  const phone = { width: 390, height: 760 };
  await scene({ ...phone, theme: 'light' }, async (there) => {
    await there.be('Cleo');
    await there.buy(ITEM, 'Prize of the week');
    await there.log.getByText('Buy 1 × Google Play').last().waitFor();
    await take(there, 'phone-light');
  });
  await scene({ ...phone, theme: 'dark' }, async (there) => {
    await there.be('Alice');
    await there.page.getByRole('button', { name: 'Channels and messages' }).click();
    await there.go('Cardigan');
    await there.newest().getByText('Keep codes private').waitFor();
    await take(there, 'phone-dark');
  });
} finally {
  await demo.stop();
}
