import type { Log } from '../lib/index.ts';
import { createGuides, type Guides } from './guide-file.ts';
import { createPictures } from './pictures.ts';

interface Deps {
  /** An operator's folder of images, if there is one. */
  readonly images?: string | undefined;
  /** An operator's guides, if there are any. */
  readonly guides?: Guides | undefined;
  readonly log: Pick<Log, 'warn'>;
}

export type Brands = ReturnType<typeof createBrands>;

/** What Cardigan knows of brands itself: a picture of each, and how the best known ones are redeemed. */
export function createBrands({ images, guides, log }: Deps) {
  return { ...createPictures({ folder: images, log }), guideOf: createGuides(guides) };
}

export { type Guide, type Guides, readGuides } from './guide-file.ts';
export { isFolder, type Picture } from './images.ts';
