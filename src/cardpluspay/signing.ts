import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { z } from 'zod';
import { type AnswerContext, exactJson, readAnswer } from './parse.ts';
import type { RawAnswer } from './types.ts';

/** What an account with request signing needs. */
export interface Signing {
  /** The account's RSA private key, PEM, not encrypted. */
  keyPem: string;
  /** Where a challenge is fetched, below the base URL, such as "/auth/challenge". */
  challengePath: string;
}

/** Throws a TypeError without the key's content. */
export function readSigningKey(keyPem: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(keyPem);
  } catch {
    // said below, for every key that doesn't fit
  }
  if (key?.asymmetricKeyType !== 'rsa')
    throw new TypeError('CardPlusPay: the signing key is not an RSA private key in PEM form');
  return key;
}

/** The two headers that answer a challenge: base64 of its RSA-SHA256 signature. */
export function signatureHeaders(key: KeyObject, challenge: string): Record<string, string> {
  const signature = sign('RSA-SHA256', Buffer.from(challenge), key).toString('base64');
  return { 'X-API-Challenge': challenge, 'X-API-Signature': signature };
}

/** A challenge has to fit into a header. */
const challengeText = z.string().regex(/^[\x21-\x7e]([\x20-\x7e]{0,4094}[\x21-\x7e])?$/);
const wrapped = z.object({ challenge: challengeText }).transform(({ challenge }) => challenge);

/** The shape is not documented: `data.challenge`, `data` itself, or `challenge` beside it. */
const anyShape = z
  .object({
    success: z.literal(true).optional(),
    data: z.union([wrapped, challengeText]).optional().catch(undefined),
    challenge: challengeText.optional().catch(undefined),
  })
  .transform(({ data, challenge }) => data ?? challenge);

/** Throws CardPlusPayError. */
export function readChallenge(raw: RawAnswer, context: AnswerContext): string {
  const usable = raw.complete && raw.status >= 200 && raw.status <= 299;
  const found = usable ? anyShape.safeParse(exactJson(raw.body)).data : undefined;
  return found ?? readAnswer(raw, wrapped, context);
}
