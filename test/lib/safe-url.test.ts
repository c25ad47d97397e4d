import { expect, test } from 'vitest';
import { createCardPlusPay } from '../../src/cardpluspay/client.ts';
import { isSafeUrl } from '../../src/lib/safe-url.ts';
import { fakeClock, KEY } from '../cardpluspay/scripted-vendor.ts';

test.each([
  ['https://api.cardpluspay.com/v1', true],
  ['http://localhost:4000/v1', true],
  ['http://127.0.0.1:4000', true],
  ['http://127.200.3.4', true],
  ['http://[::1]:4000', true],
  ['http://api.cardpluspay.com/v1', false],
  ['http://127.0.0.1.evil.example', false],
  ['http://localhost.evil.example', false],
  ['http://10.0.0.1', false],
  ['http://[::2]', false],
  ['ftp://localhost', false],
  ['not an address', false],
])('the key may travel to %s: %s', (url, safe) => {
  expect(isSafeUrl(url)).toBe(safe);
});

test('a client is not made for an address that is not safe, nor for a key that no header can carry', () => {
  const clock = fakeClock();
  const make = (baseUrl: string, apiKey: string) => () => createCardPlusPay({ baseUrl, apiKey, clock });
  expect(make('http://api.cardpluspay.com/v1', KEY)).toThrow(/must be https/);
  expect(make('https://api.cardpluspay.com/v1', '')).toThrow(/API key is empty/);
  expect(make('https://api.cardpluspay.com/v1', `${KEY}\n`)).not.toThrow(KEY);
  expect(make('https://api.cardpluspay.com/v1', `${KEY}\n`)).toThrow(/characters that no key has/);
});
