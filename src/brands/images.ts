import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, parse } from 'node:path';
import { brandKey } from './brand-key.ts';

/** What goes with a message, and the name that it has there. */
export interface Picture {
  readonly name: string;
  readonly bytes: Buffer;
}

const MOST_BYTES = 512 * 1024;

/** What a file of each kind begins with. */
const kinds = {
  png: (bytes: Buffer) => bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')),
  webp: (bytes: Buffer) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  jpg: (bytes: Buffer) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
};
type Kind = keyof typeof kinds;

function kindOf(extension: string): Kind | undefined {
  const kind = extension.slice(1).toLowerCase().replace('jpeg', 'jpg');
  return Object.hasOwn(kinds, kind) ? (kind as Kind) : undefined;
}

/** Whether a folder of images can be read. */
export function isFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * An operator's images, by the key of their brand: `google-play.webp`. Of the folder itself alone, as it was at start: no
 * name that comes from elsewhere is ever made into a path.
 */
export function createImages(folder: string | undefined) {
  const files = new Map(folder === undefined ? [] : filesIn(folder));
  return {
    has: (brand: string): boolean => files.has(brandKey(brand)),
    /** Throws where it is too large, or not what its name says. */
    read(brand: string): Picture {
      const { path = '', kind = 'png' } = files.get(brandKey(brand)) ?? {};
      if (statSync(path).size > MOST_BYTES) throw new Error(`${parse(path).base} is larger than 512 KB`);
      const bytes = readFileSync(path);
      if (!kinds[kind](bytes)) throw new Error(`${parse(path).base} is no ${kind.toUpperCase()} file`);
      return { name: `brand.${kind}`, bytes };
    },
  };
}

function filesIn(folder: string): [string, { path: string; kind: Kind }][] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ name }) => {
      const { name: brand, ext } = parse(name);
      const kind = kindOf(ext);
      return kind ? [[brandKey(brand), { path: join(folder, name), kind }] as const] : [];
    })
    .map(([key, file]) => [key, file]);
}
