import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Look {
  width?: number;
  height?: number;
  theme?: 'light' | 'dark';
  /** Whether the hint of a first visit is still there. */
  isFirst?: boolean;
}

export type Visit = Awaited<ReturnType<typeof visit>>;

/** Nothing is measured here: machines that run these are shared and slow. */
const GENEROUS_MS = 120_000;

/** A person's first visit, in a browser with nothing in it yet. */
export async function visit(executablePath: string, url: string, look: Look = {}) {
  const { width = 1280, height = 800, theme = 'light', isFirst = false } = look;
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-browser-'));
  const context: BrowserContext = await chromium.launchPersistentContext(folder, {
    executablePath,
    args: quiet,
    viewport: { width, height },
    colorScheme: theme,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const page: Page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(GENEROUS_MS);
  /** What a person would find in the browser's console. */
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (one) => one.type() === 'error' && errors.push(`${one.text()} ${one.location().url}`.trim()));
  if (!isFirst) await page.addInitScript(`localStorage.setItem('cardigan-demo.hint', 'seen')`);
  await page.goto(url);

  const log = page.getByRole('log');
  const truth = page.getByRole('complementary', { name: 'Behind the scenes' });

  return {
    page,
    errors,
    log,
    truth,
    newest: (): Locator => log.getByRole('article').last(),
    async serving() {
      // Also where the panel is a drawer that is closed.
      await page.locator('.bot-state.is-serving').waitFor({ state: 'attached' });
      await page.getByRole('combobox', { name: 'Message' }).waitFor();
    },
    /** Becomes somebody else, by the switch at the top. */
    async be(name: string) {
      await page.getByRole('radio', { name: `${name} ` }).click();
      await page.getByRole('radio', { name: `${name} `, checked: true }).waitFor();
    },
    async go(room: string) {
      await page
        .getByRole('navigation', { name: 'Channels and direct messages' })
        .getByRole('button', { name: new RegExp(`^${room}(?!-)`) })
        .click();
    },
    /** `/buy item:…`, chosen from what is offered, as people do. */
    async buy(item: string, reason?: string) {
      await page.getByRole('combobox', { name: 'Message' }).fill('/buy');
      await page.getByRole('option', { name: '/buy' }).first().waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('combobox', { name: 'item' }).fill(item);
      await page.getByRole('option', { name: new RegExp(`^${item} — `), selected: true }).waitFor();
      await page.keyboard.press('Enter');
      if (reason) {
        await page.getByRole('button', { name: 'Add the option reason' }).click();
        await page.getByRole('combobox', { name: 'reason' }).fill(reason);
      }
      await page.keyboard.press('Enter');
    },
    /** A command with what is filled into its options; the item is chosen from what is offered. */
    async fill(name: string, options: Readonly<Record<string, string | File>>) {
      await page.getByRole('combobox', { name: 'Message' }).fill(`/${name} `);
      for (const [option, value] of Object.entries(options)) {
        const field = page.locator(`[data-option="${option}"]`);
        const add = page.getByRole('button', { name: `Add the option ${option}`, exact: true });
        await field.or(add).first().waitFor();
        if (!(await field.isVisible())) await add.click();
        if (typeof value === 'string') await field.fill(value);
        else await field.setInputFiles(await uploaded(value));
        if (option !== 'item') continue;
        await page
          .getByRole('option', { name: new RegExp(`^${value} — `) })
          .first()
          .click();
      }
      await page.getByRole('button', { name: `Send /${name}` }).click();
    },
    /** A command that needs nothing more. */
    async run(name: string) {
      await page.getByRole('combobox', { name: 'Message' }).fill(`/${name} `);
      await page.getByRole('button', { name: `Send /${name}` }).waitFor();
      await page.keyboard.press('Enter');
    },
    /** Takes choices from a menu of the newest message that has it. */
    async choose(menu: string, ...choices: string[]) {
      await log.getByRole('button', { name: menu }).last().click();
      for (const choice of choices) await log.getByRole('option', { name: choice, exact: true }).click();
      const done = log.getByRole('button', { name: 'Done' });
      if (await done.isVisible()) await done.click();
    },
    async press(label: string | RegExp) {
      await log.getByRole('button', { name: label }).last().click();
    },
    async turn(label: string, on: boolean) {
      const one = truth.getByRole('switch', { name: label });
      if ((await one.getAttribute('aria-checked')) !== String(on)) await one.click();
      await truth.getByRole('switch', { name: label, checked: on }).waitFor();
    },
    async end() {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const uploaded = async (file: File) => ({
  name: file.name,
  mimeType: file.type,
  buffer: Buffer.from(await file.arrayBuffer()),
});
