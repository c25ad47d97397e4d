import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { endWith, optionsOf } from '../../../sandbox/command-line.ts';
import { findChromium } from '../../browser/find-chromium.ts';
import { openGallery, themes } from './drawing/open-gallery.ts';
import type { Sample } from './sample.ts';
import { areas } from './samples.ts';

/** Pictures of every message: `npm run gallery -- --to <folder> [--only <area>]`. */

const widths = [390, 1280];
/** A taller picture would be shown too small to be read. On a wide page there are two columns. */
const TALLEST = 1500;

const usage = `Usage: npm run gallery -- --to FOLDER [--only ${Object.keys(areas).join('|')}]`;
const values = optionsOf({ to: { type: 'string' }, only: { type: 'string' } }, usage);
const folder = values.to ?? endWith(usage);
if (values.only !== undefined && !areas[values.only]) endWith(usage);
mkdirSync(folder, { recursive: true });
const gallery = await openGallery(findChromium({ ...process.env, REQUIRE_CHROMIUM: '1' }));

try {
  for (const [area, samples] of Object.entries(areas)) {
    if (values.only === undefined || values.only === area) await drawAll(area, samples);
  }
} finally {
  await gallery.end();
}

async function drawAll(area: string, samples: readonly Sample[]) {
  for (const width of widths) {
    for (const theme of themes) {
      const page = await gallery.open(area, samples, { width, theme });
      const heights = await page.locator('.sample').evaluateAll((all) => all.map((one) => one.clientHeight + 20));
      const pictures = inPictures(heights, width < 900 ? TALLEST : 2 * TALLEST * 0.9);
      for (const [at, [from, to]] of pictures.entries()) {
        await page.locator('.sample').evaluateAll(
          (all, [first = 0, end = 0]) => {
            for (const [index, one] of all.entries()) one.hidden = index < first || index >= end;
          },
          [from, to],
        );
        const name = `${area}-${width}-${theme}-${String(at + 1).padStart(2, '0')}.png`;
        await page.screenshot({ path: join(folder, name), fullPage: true });
      }
      await page.close();
      console.log(`${area}, ${width} wide, ${theme}: ${heights.length} messages in ${pictures.length} pictures`);
    }
  }
}

/** From which sample to which each picture goes. */
function inPictures(heights: readonly number[], most: number): [number, number][] {
  const pictures: [number, number][] = [];
  let [from, sum] = [0, 0];
  for (const [at, height] of heights.entries()) {
    if (sum > 0 && sum + height > most) {
      pictures.push([from, at]);
      [from, sum] = [at, 0];
    }
    sum += height;
  }
  return [...pictures, [from, heights.length]];
}
