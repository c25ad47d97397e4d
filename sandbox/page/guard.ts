import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

const isLocal = (host: string | undefined, port: number): boolean =>
  host === `127.0.0.1:${port}` || host === `localhost:${port}`;

/**
 * Loopback alone keeps no website out: its pages run in the same browser. So the Host must be ours (a foreign name that
 * was made to point here sends its own), and whoever wants something done must come from our page: another Origin is
 * refused, and JSON keeps a plain form of another site from being sent at all.
 */
export function checkComesFromHere(request: IncomingMessage, port: number): void {
  const { host, origin, 'content-type': type } = request.headers;
  if (!isLocal(host, port)) throw new Refusal(403, 'This is not the host of this page.');
  if (request.method === 'GET' || request.method === 'HEAD') return;
  if (request.method !== 'POST') throw new Refusal(405, 'GET and POST only.');
  if (origin !== undefined && origin !== `http://${host}`)
    throw new Refusal(403, 'This is not asked from the page itself.');
  if (!/^application\/json\b/.test(type ?? '')) throw new Refusal(415, 'The body has to be application/json.');
}

/** Nothing from elsewhere, and into no frame of anybody. */
export const safeHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};
