import { CardPlusPayError } from '../cardpluspay/index.ts';
import { Problem } from '../lib/index.ts';

/** A failed call to CardPlusPay as a problem that people understand; undefined for any other error. */
export function vendorProblem(error: unknown): Problem | undefined {
  if (!(error instanceof CardPlusPayError)) return undefined;
  const cause = { cause: error };
  switch (error.code) {
    case 'unauthorized':
      return new Problem('vendor_key_refused', {}, cause);
    case 'signing_wanted':
      return new Problem('vendor_signing_wanted', {}, cause);
    case 'invalid':
    case 'not_found':
      return new Problem('vendor_invalid', { detail: error.detail ?? '' }, cause);
    case 'rate_limited': {
      const seconds = Math.ceil((error.retryAfterMs ?? 60_000) / 1000);
      return new Problem('vendor_rate_limited', { seconds }, cause);
    }
    case 'unreadable':
      return new Problem('vendor_unreadable', {}, cause);
    default:
      return new Problem('vendor_unavailable', {}, cause);
  }
}

/** Calls CardPlusPay; a failure comes out as a Problem. */
export async function asking<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw vendorProblem(error) ?? error;
  }
}
