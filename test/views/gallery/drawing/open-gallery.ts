import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { clientFile } from '../../../../sandbox/page/client-files.ts';
import type { Sample } from '../sample.ts';
import { pageOf, unlike } from './page-of.ts';

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const own: Readonly<Record<string, string>> = {
  ...{ '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' },
};
/** Nothing listens there: each of its files is answered by the test itself. */
const address = 'http://gallery.invalid';

/** A browser in which the gallery can be opened, one area at a time. */
export async function openGallery(executablePath: string) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });

  async function answer(page: Page, content: () => object) {
    await page.route(`${address}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      const name = pathname === '/' ? '/gallery.html' : pathname;
      if (name === '/samples.json') return route.fulfill({ json: content() });
      if (name.startsWith('/gallery.')) {
        const body = readFileSync(join(import.meta.dirname, name));
        return route.fulfill({ contentType: `${own[extname(name)]}; charset=utf-8`, body });
      }
      const { type, bytes } = await clientFile(name);
      return route.fulfill({ contentType: type, body: bytes });
    });
  }

  return {
    async open(area: string, samples: readonly Sample[], { width, theme }: { width: number; theme: Theme }) {
      const page = await browser.newPage({
        ...{ viewport: { width, height: 900 }, colorScheme: theme, locale: 'en-GB', reducedMotion: 'reduce' },
      });
      await answer(page, () => pageOf(area, unlike(samples)));
      await page.goto(`${address}/?theme=${theme}`);
      await page.locator('html[data-drawn]').waitFor();
      return page;
    },
    end: () => browser.close(),
  };
}
