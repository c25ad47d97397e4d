import { z } from 'zod';
import { MOST_OF, type OrderCode, type RawAnswer, readAnsweredCodes } from '../../cardpluspay/index.ts';
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
  readonly lacks?: 'never_shown' | 'not_kept' | undefined;
};

/** With what is known of what it lacks, for the answer that it came in stays with the order it was bought in. */
const handedSchema = codeSchema.extend({ lacks: z.enum(['never_shown', 'not_kept']).optional() });

const answerSchema = z.object({ status: z.int(), bodyBase64: z.string(), complete: z.boolean() });

/** What rests in the vault for an order. */
export const sealedAnswerSchema = z.object({
  /** The answer to POST /orders as it arrived, sealed before anybody tried to read it. */
  answer: answerSchema.optional(),
  /**
   * One that names no order, and came when its attempt counted as over: by then its order may have what another one of its
   * lane has bought, and the other one what this is of. It is kept, and nobody is given its codes.
   */
  stray: answerSchema.optional(),
  /** Codes that came later, by GET /orders/{id}. */
  later: z.array(codeSchema),
  /** Of an order that was served from cards on hand: its codes, as those rest in the orders that they were bought in. */
  handed: z.array(handedSchema).optional(),
});
export type SealedAnswer = z.infer<typeof sealedAnswerSchema>;

/**
 * An answer to POST /orders, beside the codes that another process may have asked for meanwhile. `isLate`: others have
 * counted the attempt as over by now.
 */
export function sealable(answer: RawAnswer, known: SealedAnswer = { later: [] }, isLate = false): SealedAnswer {
  const bodyBase64 = Buffer.from(answer.body).toString('base64');
  const { status, complete } = answer;
  const kept = { status, bodyBase64, complete };
  return isLate && nameIn(answer) === undefined
    ? { ...known, stray: kept }
    : { ...(known.stray && { stray: known.stray }), answer: kept, later: known.later };
}

export const rawAnswer = ({ answer }: SealedAnswer): RawAnswer | undefined => answer && opened(answer);

/** All that came for the order, whosever it is. */
const everyAnswer = ({ answer, stray }: SealedAnswer): RawAnswer[] => [answer ?? [], stray ?? []].flat().map(opened);

const opened = (answer: z.infer<typeof answerSchema>): RawAnswer => ({
  ...answer,
  body: Buffer.from(answer.bodyBase64, 'base64'),
});

export function toCode({ code, faceValue, metadata }: OrderCode): Code {
  return { code, ...(faceValue && { faceValue }), metadata: [...metadata] };
}

/**
 * Every code of the order `remoteId` at CardPlusPay, once each. What POST /orders said comes first: it carries the PINs,
 * and the thinner entry of a later answer never replaces it. An answer that names another order is somebody else's; one
 * that names none is ours, for it came to our POST.
 */
export function codesIn(sealed: SealedAnswer, remoteId: number): Code[] {
  const byCode = new Map<string, Code>();
  for (const code of answeredCodes(sealed, remoteId).map(toCode)) {
    byCode.set(code.code, joined(byCode.get(code.code), code));
  }
  for (const code of sealed.later) {
    if (byCode.has(code.code)) continue;
    byCode.set(code.code, code.metadata.length > 0 ? code : { ...code, lacks: 'never_shown' });
  }
  return [...byCode.values()];
}

function answeredCodes(sealed: SealedAnswer, remoteId: number): readonly OrderCode[] {
  const raw = rawAnswer(sealed);
  if (!raw) return [];
  const { orderId = remoteId, codes } = readAnsweredCodes(raw);
  return orderId === remoteId ? codes : [];
}

/** The order at CardPlusPay that the answer names, also where it broke off behind that. */
export function nameIn(raw: Pick<RawAnswer, 'body'>): number | undefined {
  const { orderId } = readAnsweredCodes(raw);
  if (orderId !== undefined) return orderId;
  const [, digits] = /"order_id"\s*:\s*"?([1-9]\d{0,14})\s*["},]/.exec(Buffer.from(raw.body).toString()) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Whether the answer has more in it than was given to anybody: it is all that there is of that. */
export function hasMore(sealed: SealedAnswer): boolean {
  const raw = rawAnswer(sealed);
  return raw !== undefined && readAnsweredCodes(raw).isCut;
}

/** Whether the answer has codes in it, whatever else it says or leaves out. */
export function hasCodes(sealed: SealedAnswer): boolean {
  return everyAnswer(sealed).some((raw) => readAnsweredCodes(raw).codes.length > 0);
}

/** Whether one of these codes came with it: anything shorter than a code may stand in an answer by chance. */
export function hasOneOf(sealed: SealedAnswer, codes: readonly string[]): boolean {
  const texts = everyAnswer(sealed).map(({ body }) => Buffer.from(body).toString());
  const isIn = (code: string) =>
    texts.some((text) => text.includes(code) || text.includes(JSON.stringify(code).slice(1, -1)));
  return codes.some((code) => code.length >= SHORTEST_CODE && isIn(code));
}

const SHORTEST_CODE = 6;

/** The sealed answer with codes of cards on hand that are this order's by now: only those that were not there. */
export function withHanded(sealed: SealedAnswer = { later: [] }, codes: readonly Code[]): SealedAnswer {
  const known = new Set(sealed.handed?.map(({ code }) => code));
  return { ...sealed, handed: [...(sealed.handed ?? []), ...codes.filter(({ code }) => !known.has(code))] };
}

/** A code that the answer names twice is one card; what else it came with is kept of both, so that no PIN is lost. */
function joined(known: Code | undefined, code: Code): Code {
  if (!known) return code;
  const isKnown = ({ name, value }: Code['metadata'][number]) =>
    known.metadata.some((each) => each.name === name && each.value === value);
  return { ...known, metadata: [...known.metadata, ...code.metadata.filter((each) => !isKnown(each))] };
}

/** The sealed answer with what a later answer added: only codes that were not there, and no more than an order can have. */
export function withLater(
  sealed: SealedAnswer = { later: [] },
  remoteId: number,
  codes: readonly Code[],
): SealedAnswer {
  const known = new Set(codesIn(sealed, remoteId).map(({ code }) => code));
  const fresh = codes.filter(({ code }) => !known.has(code)).slice(0, Math.max(0, MOST_OF.codes - known.size));
  return { ...sealed, later: [...sealed.later, ...fresh] };
}
