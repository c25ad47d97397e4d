import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBrands, readGuides } from '../../src/brands/index.ts';

const guideOf = (product: { brand?: string; name: string }, guides = {}) =>
  createBrands({ guides, log: { warn: () => undefined } }).guideOf(product);

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-guides-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'guides.json');
  writeFileSync(path, text);
  return path;
}
const read = (guides: object) => readGuides(fileWith(JSON.stringify(guides)));

describe('the guide of a product', () => {
  it('is found by its brand, however that is written, or by what its name begins with', () => {
    const steam = guideOf({ brand: 'steam', name: 'Wallet 20 EUR' });
    expect(steam?.url).toBe('https://store.steampowered.com/account/redeemwalletcode');
    expect(guideOf({ name: 'Steam Global 5 USD' })).toBe(steam);
    expect(guideOf({ brand: 'PSN', name: 'PSN 20 USD' })?.url).toContain('playstation');
    expect(guideOf({ brand: 'Games', name: 'Google Play US 5 USD' })?.url).toContain('play.google.com');
    expect(guideOf({ brand: 'Corner shop', name: 'Corner shop 5 EUR' })).toBeUndefined();
  });

  it('is the one of the operator where there is one', () => {
    const own = {
      Steam: { steps: ['Ask the quiz master'] },
      'Corner shop': { steps: ['Show it'], aliases: ['Kiosk'] },
    };
    expect(guideOf({ name: 'Steam Global 5 USD' }, own)).toBe(own.Steam);
    expect(guideOf({ brand: 'kiosk', name: 'Anything' }, own)).toBe(own['Corner shop']);
    expect(guideOf({ brand: 'Roblox', name: 'Roblox 10 USD' }, own)?.steps).toHaveLength(3);
  });

  it('has steps, an https address and what to do otherwise, each short, for every brand that Cardigan knows', () => {
    for (const brand of ['Steam', 'Google Play', 'Apple', 'PlayStation', 'Xbox', 'Nintendo eShop', 'Amazon'])
      expect(() => read({ [brand]: guideOf({ brand, name: '' }) })).not.toThrow();
    for (const brand of ['Spotify', 'Netflix', 'Razer Gold', 'Roblox'])
      expect(() => read({ [brand]: guideOf({ brand, name: '' }) })).not.toThrow();
  });
});

describe("an operator's file of guides", () => {
  it('is read', () => {
    const guides = { Kiosk: { steps: ['Show it'], url: 'https://kiosk.example/redeem', trouble: 'Call them' } };
    expect(read(guides)).toEqual(guides);
  });

  it('is refused in one line that says where the mistake is', () => {
    const refused = [
      [() => readGuides('/nowhere'), 'must name a file that can be read'],
      [() => readGuides(fileWith('{')), 'cannot be read as JSON'],
      [() => read({ Kiosk: { steps: ['x'], url: 'http://kiosk.example' } }), 'Kiosk, url: must be an https: address'],
      [() => read({ Kiosk: { steps: ['x'], url: 'https://k.example/) <@1' } }), 'must be an https: address'],
      [() => read({ Kiosk: { steps: [] } }), 'has a mistake at Kiosk, steps: must have a step'],
      [() => read({ Kiosk: { steps: ['x'], link: 'y' } }), 'has a mistake at Kiosk'],
    ] as const;
    for (const [act, why] of refused) expect(act).toThrow(why);
  });
});
