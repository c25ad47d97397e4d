import { createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readSigningKey } from '../../src/cardpluspay/signing.ts';
import {
  attemptAt,
  failureOf,
  KEY,
  orderData,
  type Reply,
  refusal,
  scriptedVendor,
  success,
} from './scripted-vendor.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const signing = { keyPem, challengePath: '/auth/challenge' };
const challengeOf = (text: string): Reply => ({ status: 200, body: success({ challenge: text }) });
const balance: Reply = { status: 200, body: success({ balance: 1, currency: 'USD' }) };

function signed() {
  const vendor = scriptedVendor({ signing });
  const { attempt, sealed } = attemptAt(vendor.clock.now());
  const buy = () => vendor.client.createOrder({ itemCode: 'A', quantity: 1 }, attempt);
  const paths = () => vendor.requests().map(({ method, path }) => `${method} ${path}`);
  return { ...vendor, buy, sealed, paths };
}

test.each([
  ['in data.challenge', success({ challenge: 'c-1' })],
  ['as data itself', success('c-1')],
  ['beside data', { success: true, challenge: 'c-1' }],
  ['alone', { challenge: 'c-1' }],
])('a challenge %s is signed with the key of the account', async (_, body) => {
  const { client, answer, requests } = signed();
  answer('GET', '/auth/challenge', { status: 200, body });
  answer('GET', '/balance', balance);
  await client.balance();
  const [challenge, request] = requests();
  expect(challenge?.headers).toEqual({ 'X-API-Key': KEY, Accept: 'application/json' });
  const headers = request?.headers as Record<string, string>;
  expect(headers['X-API-Challenge']).toBe('c-1');
  const signature = headers['X-API-Signature'] ?? '';
  expect(createVerify('RSA-SHA256').update('c-1').verify(publicKey, signature, 'base64')).toBe(true);
});

test('each try has a challenge of its own', async () => {
  const { answer, buy, requests } = signed();
  answer('GET', '/auth/challenge', challengeOf('c-1'));
  answer('POST', '/orders', { status: 429, body: refusal('Too many') });
  answer('GET', '/auth/challenge', challengeOf('c-2'));
  answer('POST', '/orders', { status: 200, body: success(orderData) });
  expect((await buy()).orderId).toBe(123);
  const posts = requests().filter(({ method }) => method === 'POST');
  const challenges = posts.map(({ headers }) => (headers as Record<string, string>)['X-API-Challenge']);
  expect(challenges).toEqual(['c-1', 'c-2']);
});

describe('a purchase whose challenge fails is not sent', () => {
  test.each([
    ['the key is refused', { status: 401, body: refusal(`Bad key ${KEY}`) }, 'unauthorized'],
    ['there is no such path', { status: 404, body: '<html>' }, 'unreadable'],
    ['there is no challenge in it', { status: 200, body: success({}) }, 'unreadable'],
    ['no header can carry it', challengeOf('a\r\nX-Evil: b'), 'unreadable'],
  ])('and not tried again when %s', async (_, reply, code) => {
    const { answer, buy, paths, sealed } = signed();
    answer('GET', '/auth/challenge', reply);
    expect(await failureOf(buy())).toMatchObject({ code, outcome: 'not_sent' });
    expect(paths()).toEqual(['GET /v1/auth/challenge']);
    expect(sealed).toEqual([]);
  });

  test.each([
    ['the server fails', { status: 500, body: 'x' }],
    ['the connection is reset', { status: 0, error: Object.assign(new Error('x'), { code: 'ECONNRESET' }) }],
  ])('but may be tried again when %s', async (_, reply: Reply) => {
    const { answer, buy, paths } = signed();
    answer('GET', '/auth/challenge', reply);
    answer('GET', '/auth/challenge', challengeOf('c-2'));
    answer('POST', '/orders', { status: 200, body: success(orderData) });
    expect((await buy()).orderId).toBe(123);
    expect(paths().filter((path) => path.startsWith('POST'))).toHaveLength(1);
  });
});

test('a challenge that takes too long leaves no purchase to send', async () => {
  const { answer, buy, clock, paths, sealed } = signed();
  answer('GET', '/auth/challenge', challengeOf('c-1'));
  answer('POST', '/orders', { status: 200, body: success(orderData) });
  const { now } = clock;
  clock.now = () => now.call(clock) + (paths().length > 0 ? 10_001 : 0);
  expect(await failureOf(buy())).toMatchObject({ code: 'too_late', outcome: 'not_sent' });
  expect(sealed).toEqual([]);
});

test.each([
  ['no key at all', 'not a key'],
  [
    'a key of another kind',
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  ],
  ['a public key', publicKey.export({ type: 'spki', format: 'pem' }).toString()],
])('%s is refused as a signing key', (_, pem) => {
  expect(() => readSigningKey(pem)).toThrow('not an RSA private key');
});
