/** What an error of CardPlusPay means. */
export type ErrorCode =
  | 'unauthorized'
  | 'signing_wanted'
  | 'not_found'
  | 'invalid'
  | 'out_of_stock'
  | 'insufficient_balance'
  | 'rate_limited'
  | 'server'
  | 'unreadable'
  | 'timeout'
  | 'network'
  /** Not sent by our own decision: the time in which it was allowed to start is over. */
  | 'too_late'
  /** An answer came, but the caller's vault could not take it. */
  | 'not_sealed'
  /** An answer that the documents don't know here, such as 409, a redirect, or 200 with `success: false`. */
  | 'unexpected';

/**
 * What is known of the request (rule 2 of the design):
 * `not_sent`: it never left; `refused`: CardPlusPay said no; `unknown`: it may have been acted on.
 */
export type RequestOutcome = 'not_sent' | 'refused' | 'unknown';

interface ErrorFacts {
  /** HTTP status, when there was an answer. */
  status?: number | undefined;
  /** How long CardPlusPay asks us to wait, in milliseconds. */
  retryAfterMs?: number | undefined;
  /** CardPlusPay's own message, made safe by `cleanText`. */
  detail?: string | undefined;
  /** Made safe by `cleanCause`, unless it comes from the caller itself. */
  cause?: unknown;
}

/** Carries no request, no header and no body: neither the key nor a gift-card code can be in it. */
export class CardPlusPayError extends Error {
  override readonly name = 'CardPlusPayError';
  readonly code: ErrorCode;
  readonly outcome: RequestOutcome;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, outcome: RequestOutcome, message: string, facts: ErrorFacts = {}) {
    super(`CardPlusPay: ${message} (${code}, ${outcome})`, facts.cause ? { cause: facts.cause } : {});
    this.code = code;
    this.outcome = outcome;
    this.status = facts.status;
    this.retryAfterMs = facts.retryAfterMs;
    this.detail = facts.detail;
  }
}

/** With one of these and an envelope that says `success: false`, CardPlusPay did nothing (rule 2). */
export const REFUSING_STATUSES: ReadonlySet<number> = new Set([400, 401, 403, 404, 422, 429]);

/*
 * A 400 is told apart by its message only, and no page gives the wordings. These take the likely ones,
 * in this order, since a product's name may hold a word of the next:
 * "Out of stock", "Insufficient stock", "Sold out"; "Insufficient balance", "Not enough funds",
 * "Amount exceeds your balance", "Balance too low"; "Not available", "Currently unavailable".
 */
const NO_STOCK =
  /out[\s_-]*of[\s_-]*stock|\b(no|not|insufficient|exceeds?)\b.*\bstock\b|\bstock\b.*\b(insufficient|exceeded|empty|exhausted|depleted)\b|\bsold[\s_-]*out\b/i;
const NO_MONEY =
  /\b(insufficient|not enough|exceed\w*|too low)\b.*\b(balance|funds?|credits?)\b|\b(balance|funds?|credits?)\b.*\b(insufficient|not enough|exceeded|too low)\b/i;
const UNAVAILABLE = /\bnot[\s_-](.*[\s_-])?available\b|\bunavailable\b/i;

/** A 401 that speaks of signature verification, or of the headers X-API-Challenge and X-API-Signature. */
const SIGNING = /signature|challenge/i;

/** `text`: short, these patterns are not for pages of it. */
export function isOutOfStock(text: string): boolean {
  return NO_STOCK.test(text) || (!NO_MONEY.test(text) && UNAVAILABLE.test(text));
}

function badRequest(message: string): ErrorCode {
  if (isOutOfStock(message)) return 'out_of_stock';
  return NO_MONEY.test(message) ? 'insufficient_balance' : 'invalid';
}

/** What a status that isn't success means. `message`: of its envelope, short; undefined when it had none. */
export function meaningOf(status: number, message: string | undefined): ErrorCode {
  switch (status) {
    case 400:
      return message === undefined ? 'unreadable' : badRequest(message);
    case 401:
      return SIGNING.test(message ?? '') ? 'signing_wanted' : 'unauthorized';
    case 403:
      return 'unauthorized';
    case 404:
      return message === undefined ? 'unreadable' : 'not_found';
    case 408:
      return 'timeout';
    case 422:
      return message === undefined ? 'unreadable' : 'invalid';
    case 429:
      return 'rate_limited';
    default:
      return status >= 500 ? 'server' : 'unexpected';
  }
}
