import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBrands } from '../../src/brands/index.ts';
import { createPictures } from '../../src/brands/pictures.ts';
import { colourOf, contrastToWhite, tileOf } from '../../src/brands/tile.ts';

const png = (...more: number[]) => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from(more)]);

function plant(files: Record<string, Buffer>) {
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-brands-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
}

function make(folder?: string, render: (svg: string) => Buffer = () => png(1)) {
  const told: string[] = [];
  const log = { warn: (_: object, message: string) => void told.push(message) };
  return { ...createPictures({ folder, log, render }), told };
}

describe('the picture of a brand', () => {
  it('is a small PNG with its name, drawn by a real renderer with a real font', () => {
    const told: string[] = [];
    const { pictureOf } = createBrands({ log: { warn: (_, message) => void told.push(message) } });
    const [steam, other] = [pictureOf('Steam'), pictureOf('Google Play')];
    expect(told).toEqual([]);
    expect(steam?.name).toBe('brand.png');
    expect(steam?.bytes.subarray(1, 4).toString()).toBe('PNG');
    // Without letters it would be one colour, which takes a few hundred bytes.
    expect(steam?.bytes.length).toBeGreaterThan(2_000);
    expect(steam?.bytes.length).toBeLessThan(20_000);
    expect(other?.bytes.equals(steam?.bytes ?? Buffer.alloc(0))).toBe(false);
  });

  it('has a colour that depends on the brand alone, and on which white can be read', () => {
    expect(colourOf('Google Play')).toBe(colourOf('google play'));
    expect(colourOf('Google Play')).not.toBe(colourOf('Steam'));
    fc.assert(
      fc.property(fc.string(), (brand) => {
        const [, red = '', green = '', blue = ''] = /^#(..)(..)(..)$/.exec(colourOf(brand)) ?? [];
        const rgb = [red, green, blue].map((part) => Number.parseInt(part, 16)) as [number, number, number];
        expect(contrastToWhite(rgb)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it('is markup whatever the vendor writes, with nothing of it in it', () => {
    const tile = tileOf('<script>&"A"') ?? '';
    expect(tile).toContain('&lt;script&gt;&amp;"A"');
    expect(tile).not.toContain('<script');
    expect(tileOf('x'.repeat(500))?.length).toBeLessThan(1_000);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (brand) => {
        const words = tileOf(brand)?.replaceAll(/<\/?(?:svg|rect|g|text)\b[^<>]*>/g, '') ?? '';
        expect(words).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      }),
    );
  });

  it('is none where the font has no signs for the name', () => {
    expect(make().pictureOf('楽天')).toBeUndefined();
    expect(make().pictureOf(' ')).toBeUndefined();
  });

  it('is drawn once, and forgotten when there are too many', () => {
    let drawn = 0;
    const { pictureOf } = make(undefined, () => {
      drawn += 1;
      return png(1);
    });
    for (let again = 0; again < 3; again += 1) pictureOf('Steam');
    expect(drawn).toBe(1);
    for (let other = 0; other < 600; other += 1) pictureOf(`Brand ${other}`);
    expect(drawn).toBe(601);
    pictureOf('Steam');
    expect(drawn).toBe(602);
  });

  it('is none where nothing can be drawn, which is said once', () => {
    const { pictureOf, told } = make(undefined, () => {
      throw new Error('no renderer');
    });
    expect([pictureOf('Steam'), pictureOf('Xbox')]).toEqual([undefined, undefined]);
    expect(told).toEqual(['pictures of brands cannot be drawn: messages go without them']);
  });
});

describe("an operator's image", () => {
  it('is shown in place of the drawn one, by the name of its file', () => {
    const webp = Buffer.from('RIFF0000WEBPVP8 ');
    const { pictureOf } = make(plant({ 'steam.png': png(7), 'Google-Play.webp': webp, 'notes.txt': png() }));
    expect(pictureOf('STEAM')).toEqual({ name: 'brand.png', bytes: png(7) });
    expect(pictureOf('Google Play')).toEqual({ name: 'brand.webp', bytes: webp });
    expect(pictureOf('notes')?.bytes).toEqual(png(1));
  });

  it('is not taken where it is too large or something else, and that is said', () => {
    const { pictureOf, told } = make(
      plant({ 'steam.png': Buffer.from('<svg/>'), 'xbox.png': Buffer.concat([png(), Buffer.alloc(600_000)]) }),
    );
    expect([pictureOf('Steam')?.bytes, pictureOf('Xbox')?.bytes]).toEqual([png(1), png(1)]);
    expect(told).toHaveLength(2);
  });

  it('is a file of that folder: no name of a brand leads anywhere else', () => {
    const folder = plant({ 'steam.png': png(7) });
    mkdirSync(join(folder, 'inner'));
    writeFileSync(join(folder, 'inner', 'xbox.png'), png(8));
    symlinkSync(join(folder, 'inner', 'xbox.png'), join(folder, 'xbox.png'));
    const { pictureOf } = make(folder);
    for (const name of ['inner/xbox', '../inner/xbox', `${folder}/inner/xbox`, 'xbox'])
      expect(pictureOf(name)?.bytes).toEqual(png(1));
  });
});
