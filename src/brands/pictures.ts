import type { Log } from '../lib/index.ts';
import { brandKey } from './brand-key.ts';
import { createImages, type Picture } from './images.ts';
import { renderPng } from './render.ts';
import { tileOf } from './tile.ts';

/** A drawn one has about 5 KB, an operator's up to 512. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_PICTURES = 500;

interface Deps {
  /** An operator's images, `steam.png` and so on. */
  readonly folder?: string | undefined;
  readonly log: Pick<Log, 'warn'>;
  readonly render?: (svg: string) => Buffer;
}

/** Pictures of brands, made when one is wanted for the first time, and kept as long as there is room. */
export function createPictures({ folder, log, render = renderPng }: Deps) {
  const images = createImages(folder);
  const kept = new Map<string, Picture | undefined>();
  let [size, isTold] = [0, false];

  function make(brand: string): Picture | undefined {
    try {
      if (images.has(brand)) return images.read(brand);
    } catch (err) {
      log.warn({ what: String(err) }, 'an image of BRAND_IMAGES cannot be used: a drawn one is shown in its place');
    }
    const svg = tileOf(brand);
    if (svg === undefined) return undefined;
    try {
      return { name: 'brand.png', bytes: render(svg) };
    } catch (err) {
      if (!isTold) log.warn({ what: String(err) }, 'pictures of brands cannot be drawn: messages go without them');
      isTold = true;
      return undefined;
    }
  }

  function keep(key: string, picture: Picture | undefined): void {
    kept.set(key, picture);
    size += picture?.bytes.length ?? 0;
    for (const [oldest, { bytes } = { bytes: Buffer.alloc(0) }] of kept) {
      if (size <= MOST_BYTES && kept.size <= MOST_PICTURES) return;
      kept.delete(oldest);
      size -= bytes.length;
    }
  }

  return {
    /** None for a name that cannot be written, and where nothing can be drawn. Never throws. */
    pictureOf(brand: string): Picture | undefined {
      const key = brandKey(brand);
      if (kept.has(key)) return kept.get(key);
      const picture = make(brand);
      keep(key, picture);
      return picture;
    },
  };
}
