import { brandKey } from './brand-key.ts';

/** Beside a message it is shown with 85 pixels; screens have up to three for each. */
export const TILE_SIZE = 256;
const ROOM = TILE_SIZE - 36;
const MOST_LINES = 3;
const MOST_SIGNS = 36;
const LARGEST = 72;
const LINE_HEIGHT = 1.15;
/** White on the tile is read by everybody from here on (WCAG 2.2, 1.4.3). */
const CONTRAST = 4.5;

/** What the font has signs for. */
const drawable = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}\p{S}\p{M}\p{Zs}]+$/u;

/** A coloured square with the brand's name, as SVG; undefined for a name that the font cannot write. No logo: those are theirs. */
export function tileOf(brand: string): string | undefined {
  const name = brand
    .toWellFormed()
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();
  if (!drawable.test(name) || !/[\p{L}\p{N}]/u.test(name)) return undefined;
  const rows = rowsOf([...name].slice(0, MOST_SIGNS).join(''));
  const size = Math.min(LARGEST, ROOM / Math.max(...rows.map(widthOf)), ROOM / (rows.length * LINE_HEIGHT));
  const step = size * LINE_HEIGHT;
  // Letters stand on their line: seven tenths of their size are above it.
  const first = TILE_SIZE / 2 - ((rows.length - 1) * step) / 2 + size * 0.36;
  const middle = TILE_SIZE / 2;
  const texts = rows.map(
    (row, index) => `<text x="${middle}" y="${(first + index * step).toFixed(1)}">${safe(row)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${TILE_SIZE}" height="${TILE_SIZE}">`,
    `<rect width="${TILE_SIZE}" height="${TILE_SIZE}" fill="${colourOf(brand)}"/>`,
    `<g fill="#ffffff" font-family="Inter" font-weight="700" font-size="${size.toFixed(1)}" text-anchor="middle">`,
    ...texts,
    '</g></svg>',
  ].join('');
}

const safe = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Word by word, so that the longest line is as short as can be with so few lines. */
function rowsOf(name: string): string[] {
  const words = name.split(' ');
  const all = Array.from({ length: Math.min(MOST_LINES, words.length) }, (_, index) => wrapped(words, index + 1));
  // What is wide is written small: two lines of half the length are twice as large, as long as they fit.
  const sizeOf = (rows: readonly string[]) =>
    Math.min(1 / Math.max(...rows.map(widthOf)), 1 / (rows.length * LINE_HEIGHT));
  return all.reduce((best, rows) => (sizeOf(rows) > sizeOf(best) ? rows : best));
}

function wrapped(words: readonly string[], lines: number): string[] {
  if (lines === 1) return [words.join(' ')];
  const cuts = words.slice(1).map((_, index) => index + 1);
  const ways = cuts
    .filter((cut) => words.length - cut >= lines - 1)
    .map((cut) => [words.slice(0, cut).join(' '), ...wrapped(words.slice(cut), lines - 1)]);
  const widest = (rows: readonly string[]) => Math.max(...rows.map(widthOf));
  return ways.reduce((best, rows) => (widest(rows) < widest(best) ? rows : best));
}

/** In sizes of the letters, a little more than Inter takes. */
const widthOf = (text: string) => [...text].reduce((sum, sign) => sum + signWidth(sign), 0);

function signWidth(sign: string): number {
  if (/[iljI.,:;'|! ]/.test(sign)) return 0.34;
  if (/[mwMW@%&]/.test(sign)) return 0.98;
  return /[\p{Lu}\p{N}]/u.test(sign) ? 0.74 : 0.64;
}

/** The same colour for a brand always, dark enough for white letters. */
export function colourOf(brand: string): string {
  const hue = hashOf(brandKey(brand)) % 360;
  let light = 0.5;
  while (contrastToWhite(rgbOf(hue, light)) < CONTRAST) light -= 0.01;
  return `#${rgbOf(hue, light)
    .map((part) => part.toString(16).padStart(2, '0'))
    .join('')}`;
}

/** FNV-1a, of 32 bits. */
function hashOf(text: string): number {
  return [...text].reduce(
    (hash, sign) => Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 16_777_619) >>> 0,
    2_166_136_261,
  );
}

type Rgb = readonly [number, number, number];
const SATURATION = 0.62;

function rgbOf(hue: number, light: number): Rgb {
  const reach = SATURATION * Math.min(light, 1 - light);
  const part = (offset: number) => {
    const at = (offset + hue / 30) % 12;
    return Math.round(255 * (light - reach * Math.max(-1, Math.min(at - 3, 9 - at, 1))));
  };
  return [part(0), part(8), part(4)];
}

/** As WCAG counts it. */
export function contrastToWhite(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}
