import { expect, test } from 'vitest';
import { isNeverConnected, NEVER_CONNECTED } from '../../src/cardpluspay/transport-error.ts';
import { errorWithCode } from './scripted-vendor.ts';

test('the list of errors that prove that nothing was sent is the one of the design', () => {
  expect([...NEVER_CONNECTED].sort()).toEqual([
    'EAI_AGAIN',
    'ECONNREFUSED',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    'UND_ERR_CONNECT_TIMEOUT',
  ]);
});

const refused = () => errorWithCode('ECONNREFUSED');

test.each([
  ['an error of the list', refused(), true],
  ['a wrapper without a code around one', new Error('fetch failed', { cause: refused() }), true],
  ['several addresses, all refused', new AggregateError([refused(), errorWithCode('ENETUNREACH')]), true],
  ['a wrapper around several', new Error('x', { cause: new AggregateError([refused()]) }), true],
  ['several addresses, one timed out', new AggregateError([refused(), errorWithCode('ETIMEDOUT')]), false],
  [
    'several addresses, with the code of the first as their own',
    Object.assign(new AggregateError([refused(), errorWithCode('ECONNRESET')]), {
      code: 'ECONNREFUSED',
    }),
    false,
  ],
  ['no addresses at all', new AggregateError([]), false],
  ['a reset while connecting', errorWithCode('ECONNRESET', { syscall: 'connect' }), false],
  ['a time-out of the system', errorWithCode('ETIMEDOUT', { syscall: 'connect' }), false],
  ['a reset with another error behind it', errorWithCode('UND_ERR_SOCKET', { cause: refused() }), false],
  ['a bad certificate', errorWithCode('DEPTH_ZERO_SELF_SIGNED_CERT'), false],
  ['no error at all', 'ECONNREFUSED', false],
])('%s proves that nothing was sent: %#', (_, error, proven) => {
  expect(isNeverConnected(error)).toBe(proven);
});

test('a cause that leads back to itself proves nothing', () => {
  const circle = new Error('x');
  circle.cause = circle;
  expect(isNeverConnected(circle)).toBe(false);
});
