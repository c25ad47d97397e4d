import type { Exchanged } from '../../../src/cardpluspay/http.ts';

/** Answers as they come over the wire, or do not. */

function answered(status: number, body: string, retryAfter?: string): Exchanged {
  const answer = { status, body: Buffer.from(body), complete: true };
  return { answer, retryAfter, failure: undefined, started: true };
}

export const ok = (data: object): Exchanged => answered(200, JSON.stringify({ success: true, message: 'OK', data }));

/** With CardPlusPay's envelope that says no. */
export const refusal = (status: number, message: string, retryAfter?: string): Exchanged =>
  answered(status, JSON.stringify({ success: false, message }), retryAfter);

/** From something in between, not from CardPlusPay. */
export const page = (status: number): Exchanged => answered(status, '<html>try again</html>');

export function brokenOff(whole: Exchanged): Exchanged {
  if (!whole.answer) return whole;
  const { status, body } = whole.answer;
  const answer = { status, body: body.subarray(0, body.length - 9), complete: false };
  return { ...whole, answer, failure: failureOf('UND_ERR_SOCKET', 'other side closed') };
}

export const nothing = (code: string, started = true): Exchanged => ({
  ...{ answer: undefined, retryAfter: undefined },
  ...{ failure: failureOf(code, 'no answer'), started },
});

const failureOf = (code: string, message: string) => Object.assign(new Error(message), { code });
