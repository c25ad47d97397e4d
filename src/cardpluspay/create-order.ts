import type { Dispatcher } from 'undici';
import type { Caller, PurchaseWindow } from './caller.ts';
import { CardPlusPayError } from './error.ts';
import type { Exchanged } from './http.ts';
import { type AnswerContext, readAnswer } from './parse.ts';
import { placedOrderSchema } from './placed-order.ts';
import { PURCHASE_RETRIES, type RetryDependencies, withRetries } from './retry.ts';
import type { PlacedOrder, RawAnswer } from './types.ts';

export interface PurchaseRequest {
  itemCode: string;
  /** 1–100, a whole number. */
  quantity: number;
}

export interface PurchaseAttempt extends PurchaseWindow {
  /**
   * Keeps an answer's status and bytes, before anybody parses them. Called for the answer of every
   * try, so also for a 429 after which another try follows.
   */
  seal(answer: RawAnswer): Promise<void>;
}

interface PurchaseContext extends RetryDependencies {
  caller: Caller;
  /** For POST /orders; it never reuses a connection. */
  purchases: Dispatcher;
  reads: Dispatcher;
}

/** POST /orders, at most one that CardPlusPay may have acted on. Throws CardPlusPayError. */
export async function createOrder(
  ctx: PurchaseContext,
  { itemCode, quantity }: PurchaseRequest,
  attempt: PurchaseAttempt,
): Promise<PlacedOrder> {
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > 100) {
    const said = 'a quantity is a whole number from 1 to 100';
    throw new CardPlusPayError('invalid', 'not_sent', said);
  }
  const body = { item_code: itemCode, quantity };
  return withRetries(ctx, PURCHASE_RETRIES, () => tryOnce(ctx, body, attempt), attempt.tryUntil);
}

async function tryOnce(
  { caller, purchases: dispatcher, reads }: PurchaseContext,
  body: object,
  attempt: PurchaseAttempt,
): Promise<PlacedOrder> {
  const window = { tryUntil: attempt.tryUntil, deadline: attempt.deadline };
  const call = { method: 'POST', path: '/orders', body, dispatcher, window } as const;
  const exchanged = await caller.send(call, reads);
  await sealed(exchanged, attempt);
  return readOrderAnswer(caller.completeAnswer(exchanged), caller.context(exchanged));
}

async function sealed({ answer }: Exchanged, attempt: PurchaseAttempt): Promise<void> {
  if (answer === undefined) return;
  try {
    await attempt.seal(answer);
  } catch (cause) {
    const facts = { status: answer.status, cause };
    throw new CardPlusPayError('not_sealed', 'unknown', 'the answer could not be sealed', facts);
  }
}

/**
 * The order in an answer to POST /orders. Throws CardPlusPayError: `refused` or `unknown` (rule 2).
 * CardPlusPay's message is on the error only when `apiKey` is given, to blot it out.
 */
export function readOrderAnswer(raw: RawAnswer, context: AnswerContext = {}): PlacedOrder {
  return readAnswer(raw, placedOrderSchema, context);
}
