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
export type Outcome = 'not_sent' | 'refused' | 'unknown';

export interface ErrorFacts {
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
  readonly outcome: Outcome;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, outcome: Outcome, message: string, facts: ErrorFacts = {}) {
    super(
      `CardPlusPay: ${message} (${code}, ${outcome})`,
      facts.cause ? { cause: facts.cause } : {},
    );
    this.code = code;
    this.outcome = outcome;
    this.status = facts.status;
    this.retryAfterMs = facts.retryAfterMs;
    this.detail = facts.detail;
  }
}
