import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGallery, themes } from '../views/gallery/drawing/open-gallery.ts';
import { areas } from '../views/gallery/samples.ts';
import { axeFindings } from './axe.ts';
import { findChromium } from './find-chromium.ts';

const chromium = findChromium();
let gallery: Awaited<ReturnType<typeof openGallery>>;
/** Of each area: thousands look alike. */
const MOST = 12;
const some = Object.values(areas).flatMap((samples) =>
  samples.filter((_, at) => at % Math.ceil(samples.length / MOST) === 0),
);

describe.skipIf(chromium === '')('every message, drawn', () => {
  beforeAll(async () => {
    gallery = await openGallery(chromium);
  });
  afterAll(() => gallery?.end());

  it.each(themes)('can be read by everybody: %s', async (theme) => {
    const page = await gallery.open('some of all', some, { width: 390, theme });
    expect(await axeFindings(page)).toEqual([]);
    await page.close();
  });
});
