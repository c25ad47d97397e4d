import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CardPlusPayError, type ErrorCode, type RequestOutcome } from '../../src/cardpluspay/error.ts';
import { delayBeforeNext, PURCHASE_RETRIES, READ_RETRIES, retryAfterMs } from '../../src/cardpluspay/retry.ts';

const error = (code: ErrorCode, outcome: RequestOutcome, retryAfter?: number) =>
  new CardPlusPayError(code, outcome, 'x', { retryAfterMs: retryAfter });

describe('how long to wait before the next try', () => {
  test('doubles from try to try, and half of it is left to chance', () => {
    const failed = error('server', 'unknown');
    expect(delayBeforeNext(READ_RETRIES, failed, 1, 1)).toBe(300);
    expect(delayBeforeNext(READ_RETRIES, failed, 2, 1)).toBe(600);
    expect(delayBeforeNext(READ_RETRIES, failed, 1, 0)).toBe(150);
  });

  test('there is none after the last try', () => {
    expect(delayBeforeNext(READ_RETRIES, error('server', 'unknown'), 3, 1)).toBeUndefined();
  });

  test('is what CardPlusPay asks for, unless that is too long for somebody who waits', () => {
    const asks = (ms: number) => error('rate_limited', 'refused', ms);
    expect(delayBeforeNext(READ_RETRIES, asks(10_000), 1, 1)).toBe(10_000);
    expect(delayBeforeNext(READ_RETRIES, asks(10_001), 1, 1)).toBeUndefined();
    expect(delayBeforeNext(READ_RETRIES, asks(1), 1, 1)).toBe(300);
  });

  test('an error that is none of CardPlusPay is never tried again', () => {
    expect(delayBeforeNext(READ_RETRIES, new Error('a bug'), 1, 1)).toBeUndefined();
  });
});

test('a purchase is tried again after a refused 429 and after what was not sent, never when unknown', () => {
  const codes = fc.constantFrom<ErrorCode>(
    'unauthorized',
    'signing_wanted',
    'not_found',
    'invalid',
    'out_of_stock',
    'insufficient_balance',
    'rate_limited',
    'server',
    'unreadable',
    'timeout',
    'network',
    'too_late',
    'not_sealed',
    'unexpected',
  );
  const outcomes = fc.constantFrom<RequestOutcome>('not_sent', 'refused', 'unknown');
  fc.assert(
    fc.property(
      codes,
      outcomes,
      fc.nat(5),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (code, outcome, done, chance) => {
        const again = delayBeforeNext(PURCHASE_RETRIES, error(code, outcome), done, chance) !== undefined;
        const passing = ['network', 'timeout', 'server', 'rate_limited'].includes(code);
        expect(again).toBe((outcome === 'refused' && code === 'rate_limited') || (outcome === 'not_sent' && passing));
      },
    ),
  );
});

test.each([
  ['2', 2000],
  ['0.5', 500],
  [' 7 ', 7000],
  ['Wed, 21 Oct 2026 07:28:30 GMT', 30_000],
  ['Wed, 21 Oct 2026 07:27:00 GMT', 0],
  ['soon', undefined],
  [undefined, undefined],
])('Retry-After: %s is %s milliseconds', (header, ms) => {
  expect(retryAfterMs(header, Date.parse('2026-10-21T07:28:00Z'))).toBe(ms);
});
