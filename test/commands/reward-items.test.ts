import { describe, expect, it } from 'vitest';
import { giftItem } from '../../commands/shared/item-option.ts';
import { en } from '../../src/i18n/en.ts';
import { standInProducts } from '../catalog/products.ts';
import { loadedCatalog } from '../catalog/scripted.ts';
import { commandNamed, createApp } from './app.ts';

const catalog = await loadedCatalog(standInProducts());
const last = ['airbnb-usd-50', 'steam-usd-5'];
const app = createApp({ catalog, account: { known: () => 'USD' }, orders: { boughtLast: async () => last } });
const complete = async (command: string, typed: string) =>
  (await commandNamed(command, app).complete?.item?.(typed, { user: '9', guild: '8', words: en })) ?? [];
const values = async (command: string, typed: string) => (await complete(command, typed)).map(({ value }) => value);

describe('a physical card', () => {
  it('is marked where it is bought', async () => {
    const [first] = await complete('buy', 'airbnb 50');
    expect(first?.name).toContain('physical card');
    expect(await values('buy', '')).toContain('airbnb-usd-50');
  });

  it('is not offered for a reward', async () => {
    expect(await values('reward', 'airbnb')).toEqual([]);
    expect((await values('reward', '')).slice(0, 1)).toEqual(['steam-usd-5']);
    expect((await values('reward', '')).filter((value) => value.includes('airbnb'))).toEqual([]);
    expect((await values('reward', 'u')).length).toBe(25);
  });

  it('is offered to whoever types "physical", and says so in what is sent', async () => {
    expect(await values('reward', 'physical airbnb 50')).toEqual(['physical airbnb-eur-50', 'physical airbnb-usd-50']);
    const all = await complete('reward', 'physical');
    expect(all.length).toBeGreaterThan(2);
    expect(all.every(({ name, value }) => name.includes('physical card') && value.startsWith('physical '))).toBe(true);
  });

  it('typed as a code is refused, with what to type for it', () => {
    expect(() => giftItem(app, 'AIRBNB-usd-50')).toThrow(
      expect.objectContaining({
        code: 'physical_reward',
        params: { item: 'Airbnb US 50 USD', ask: 'physical airbnb-usd-50' },
      }),
    );
    expect(giftItem(app, 'physical airbnb-usd-50')).toBe('airbnb-usd-50');
    expect(giftItem(app, 'Physical  airbnb-usd-50')).toBe('airbnb-usd-50');
  });

  it('is no other card: digital ones, those that come as both, and what is not known are taken as they are', () => {
    for (const code of ['steam-usd-5', 'zalando-eur-20', 'no-such-card']) expect(giftItem(app, code)).toBe(code);
  });
});
