import { randomUUID, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const LIFETIME_MS = 5 * 60 * 1000;

/** Challenges that are good once and for five minutes, and the check of their RSA-SHA256 signatures. */
export function createSigning(publicKeyPem: string, now: () => number) {
  const issuedAt = new Map<string, number>();
  return {
    challenge(): string {
      const challenge = randomUUID();
      issuedAt.set(challenge, now());
      return challenge;
    },
    /** What is wrong with the request's signature, or `undefined` when it is good. */
    problem(headers: IncomingHttpHeaders): string | undefined {
      const challenge = headers['x-api-challenge'];
      const signature = headers['x-api-signature'];
      if (typeof challenge !== 'string' || typeof signature !== 'string') {
        return 'X-API-Challenge and X-API-Signature headers are required';
      }
      const issued = issuedAt.get(challenge);
      issuedAt.delete(challenge);
      if (issued === undefined || now() - issued > LIFETIME_MS) {
        return 'Signature verification failed: the challenge is unknown, used or expired';
      }
      const good = verify('RSA-SHA256', Buffer.from(challenge), publicKeyPem, Buffer.from(signature, 'base64'));
      return good ? undefined : 'Signature verification failed';
    },
  };
}
