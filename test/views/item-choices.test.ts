import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { itemChoices } from '../../src/views/item-choices.ts';
import { product } from '../catalog/products.ts';

const names = (...products: Parameters<typeof product>[]) =>
  itemChoices(
    products.map((each) => product(...each)),
    'USD',
    en,
  ).map(({ name }) => name);
const priced = (name: string) => en.itemChoices.priced(name, { amount: '4.9', currency: 'USD' });

describe('the suggestions of cards', () => {
  it('are the name and the price of one, and send the code', () => {
    const [one] = itemChoices([product('steam-eur-20', { name: 'Steam EU 20 EUR', charged: '20.6' })], 'USD', en);
    expect(one?.value).toBe('steam-eur-20');
    expect(one?.name).toMatch(/^Steam EU 20 EUR — \S*20\.60/);
    expect(one?.name).not.toContain('steam-eur-20');
  });

  it('have no price as long as the currency of the account is not known', () => {
    expect(itemChoices([product('x', { name: 'Steam 20' })], undefined, en)).toEqual([
      { name: 'Steam 20', value: 'x' },
    ]);
  });

  it('of the same name and price are told apart by region, and else by their codes', () => {
    const same = { name: 'Steam 5' };
    expect(
      names(['a', { ...same, region: 'eu' }], ['b', { ...same, region: 'us' }], ['c', { name: 'Steam 6' }]),
    ).toEqual([priced('Steam 5 (eu)'), priced('Steam 5 (us)'), priced('Steam 6')]);
    expect(names(['a', { ...same, region: 'eu' }], ['b', { ...same, region: 'eu' }], ['c', same])).toEqual(
      ['a', 'b', 'c'].map((code) => priced(`Steam 5 (${code})`)),
    );
  });

  it('are never longer than Discord takes, with the price whole, and told apart all the same', () => {
    const name = 'Steam Wallet Code '.repeat(10);
    const found = names(['a', { name }], ['b', { name }]);
    expect(new Set(found).size).toBe(2);
    for (const each of found) {
      expect(each.length).toBeLessThanOrEqual(100);
      expect(each).toContain(priced('').trim());
    }
  });

  it('say what is a physical card', () => {
    expect(names(['a', { name: 'Airbnb 50', deliveryType: 'PHYSICAL' }])).toEqual([
      `${priced('Airbnb 50')} · physical card`,
    ]);
  });
});
