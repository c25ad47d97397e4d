import { z } from 'zod';
import { type OrderCode, type RawAnswer, readOrderAnswer } from '../../cardpluspay/index.ts';
import { moneySchema } from '../../lib/index.ts';

const codeSchema = z.object({
  code: z.string(),
  faceValue: moneySchema.optional(),
  metadata: z.array(z.object({ name: z.string(), value: z.string() })),
});
/** What a recipient needs of one card. The most secret thing there is: only the vault and its recipient see it. */
export type Code = z.infer<typeof codeSchema> & {
  /**
   * Why there is nothing beside the code, such as a PIN. `never_shown`: it came in an answer in which CardPlusPay shows
   * none. `not_kept`: it came with more, which is no longer kept, nor shown by CardPlusPay.
   */
  readonly lacks?: 'never_shown' | 'not_kept';
};

/** What rests in the vault for an order. */
export const sealedAnswerSchema = z.object({
  /** The answer to POST /orders as it arrived, sealed before anybody tried to read it. */
  answer: z.object({ status: z.int(), bodyBase64: z.string(), complete: z.boolean() }).optional(),
  /** Codes that came later, by GET /orders/{id}. */
  later: z.array(codeSchema),
});
export type SealedAnswer = z.infer<typeof sealedAnswerSchema>;

/** An answer to POST /orders, beside the codes that another process may have asked for meanwhile. */
export function sealable(answer: RawAnswer, known: SealedAnswer = { later: [] }): SealedAnswer {
  const bodyBase64 = Buffer.from(answer.body).toString('base64');
  const { status, complete } = answer;
  return { answer: { status, bodyBase64, complete }, later: known.later };
}

export function rawAnswer({ answer }: SealedAnswer): RawAnswer | undefined {
  return answer && { ...answer, body: Buffer.from(answer.bodyBase64, 'base64') };
}

export function toCode({ code, faceValue, metadata }: OrderCode): Code {
  return { code, ...(faceValue && { faceValue }), metadata: [...metadata] };
}

/**
 * Every code of the order `remoteId` at CardPlusPay, once each. What POST /orders said comes first: it carries the PINs,
 * and the thinner entry of a later answer never replaces it. An answer that names another order is somebody else's.
 */
export function codesIn(sealed: SealedAnswer, remoteId: number): Code[] {
  const raw = rawAnswer(sealed);
  const byCode = new Map<string, Code>();
  for (const code of raw ? readableCodes(raw, remoteId) : []) {
    byCode.set(code.code, joined(byCode.get(code.code), code));
  }
  for (const code of sealed.later) {
    if (byCode.has(code.code)) continue;
    byCode.set(code.code, code.metadata.length > 0 ? code : { ...code, lacks: 'never_shown' });
  }
  return [...byCode.values()];
}

/** A code that the answer names twice is one card; what else it came with is kept of both, so that no PIN is lost. */
function joined(known: Code | undefined, code: Code): Code {
  if (!known) return code;
  const isKnown = ({ name, value }: Code['metadata'][number]) =>
    known.metadata.some((each) => each.name === name && each.value === value);
  return { ...known, metadata: [...known.metadata, ...code.metadata.filter((each) => !isKnown(each))] };
}

/** The sealed answer with what a later answer added: only codes that were not there. */
export function withLater(
  sealed: SealedAnswer = { later: [] },
  remoteId: number,
  codes: readonly Code[],
): SealedAnswer {
  const known = new Set(codesIn(sealed, remoteId).map(({ code }) => code));
  return { ...sealed, later: [...sealed.later, ...codes.filter(({ code }) => !known.has(code))] };
}

function readableCodes(raw: RawAnswer, remoteId: number): Code[] {
  try {
    const { orderId, codes } = readOrderAnswer(raw);
    return orderId === remoteId ? codes.map(toCode) : [];
  } catch {
    return []; // an answer that nobody can read holds no codes; the order says so by its status
  }
}
