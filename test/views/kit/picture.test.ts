import { ComponentType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { inWords, message, withoutPicture } from '../../../src/views/kit/message.ts';
import { checkLimits, seen } from '../seen.ts';

const parts = { title: 'Steam 5 USD', facts: ['Total $4.90'], next: 'Confirm it.' };
const card = message({ ...parts, picture: 'Steam' });

describe('a message with the picture of a brand', () => {
  it('has it beside its first words, named for who cannot see it', () => {
    const [first] = card.components[0]?.components ?? [];
    expect(first?.type).toBe(ComponentType.Section);
    expect(first).toMatchObject({ accessory: { description: 'Steam', media: { url: 'attachment://brand.png' } } });
    expect(() => checkLimits(card)).not.toThrow();
    expect(seen(card)).toBe(seen(message(parts)));
  });

  it('is the message that it would be, where there is none to show', () => {
    expect(withoutPicture(card)).toEqual(message(parts));
    expect(message({ ...parts, picture: '' })).toEqual(message(parts));
  });

  it('keeps to what Discord takes, whatever the brand is called', () => {
    for (const picture of ['x'.repeat(2000), '\u202e<@&1> `a`', ' '])
      expect(() => checkLimits(message({ ...parts, picture }))).not.toThrow();
  });

  it('loses it where only its words are left', () => {
    expect(inWords(card, [])).not.toHaveProperty('picture');
    expect(JSON.stringify(inWords(card, []))).not.toContain('brand.png');
  });
});
