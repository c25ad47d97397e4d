import { setTimeout as sleep } from 'node:timers/promises';
import { DefaultRestOptions, type RESTOptions, type ResponseLike } from 'discord.js';
import { Agent } from 'undici-v6';
import type { Log } from '../../lib/index.ts';
import { type Health, routeOf } from './health.ts';
import { withoutFalseWait } from './retry-after.ts';

type MakeRequest = RESTOptions['makeRequest'];
type Init = Parameters<MakeRequest>[1];

export const send: MakeRequest = async (url, init) => withoutFalseWait(await DefaultRestOptions.makeRequest(url, init));

interface Deps {
  apiUrl: string;
  /** Discord does not take the bot's token any more: nothing that it does from now on can come of anything. */
  onTokenRefused(): void;
  health: Health;
  log: Log;
}

/** How the requests of discord.js are made, where its own way loses what Cardigan has to know. */
export function createMakeRequest(deps: Deps): MakeRequest {
  const acknowledge = createAcknowledge();
  const check = createTokenCheck(deps);
  const { health } = deps;

  async function request(url: string, init: Init): Promise<ResponseLike> {
    if (/\/interactions\/[^/]+\/[^/]+\/callback/.test(url)) return acknowledge(url, init);
    const answer = await send(url, init);
    if (url.endsWith('/gateway/bot') && answer.status === 200) return noteSignIns(answer, health);
    return answer.status === 401 ? check(answer, init) : answer;
  }
  return async (url, init) => {
    const answer = await request(url, init);
    const told = waitToldBy(url, answer);
    if (told) health.toldToWait(told);
    return answer;
  };
}

/** Undefined, if it is no 429. `scope`: `user` for one bucket alone; Cloudflare, which shuts out a whole address, names none. */
export function waitToldBy(url: string, { status, headers }: ResponseLike) {
  if (status !== 429) return undefined;
  const isForAll = headers.has('x-ratelimit-global');
  const scope = isForAll ? 'global' : (headers.get('x-ratelimit-scope') ?? 'address');
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return { route: routeOf(url), scope, forMs: Number.isFinite(seconds) ? seconds * 1000 : undefined };
}

/** discord.js asks for it before it signs in, and says nothing of what comes of it. */
async function noteSignIns(answer: ResponseLike, health: Health): Promise<ResponseLike> {
  const text = await answer.text();
  const limit = parsed(text)?.session_start_limit as { remaining?: number; reset_after?: number } | undefined;
  const { remaining: left, reset_after: resetAfterMs } = limit ?? {};
  if (left !== undefined && resetAfterMs !== undefined) health.maySignIn({ left, resetAfterMs });
  return new Response(text, { status: answer.status, headers: { 'content-type': 'application/json' } });
}

/**
 * A 429 that says when is waited for inside. One that does not, such as for too many edits of an old message (30046),
 * would be repeated at once and for ever: it fails, and whoever asked comes back later.
 */
export const rejectOnRateLimit: RESTOptions['rejectOnRateLimit'] = ({ retryAfter }) => !(retryAfter > 0);

const MOST_TRIES = 4;
/**
 * Discord wants it within three seconds. What is merely slow, as in a crowd, is not asked for a second time before that: it
 * would make all others slower. Of what has arrived a later try still learns that.
 */
const ANSWERS_WITHIN_MS = 2_500;
const GAP_MS = 100;
/**
 * A crowd would otherwise open as many connections as there are presses, and most of the time would go into that. They are
 * for acknowledgements alone: nothing else is before them in the queue.
 */
const CONNECTIONS = 64;
const ALREADY_ACKNOWLEDGED = 40060;
const neverConnected = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** No try of an acknowledgement had an answer. discord.js tries such an error no further. */
class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

/**
 * Acknowledges an interaction. An answer that was lost is asked for again; "already acknowledged" means then that ours
 * has arrived. Without an earlier try of our own it means that another process has it, and stays an error.
 */
function createAcknowledge(): MakeRequest {
  /** Addresses to which a try has gone that may have arrived; discord.js comes back by itself after a 429. */
  const mayHaveArrived = new Set<string>();
  const dispatcher = new Agent({ connections: CONNECTIONS });

  async function tryOnce(url: string, init: Init): Promise<ResponseLike | undefined> {
    try {
      const signal = AbortSignal.any([AbortSignal.timeout(ANSWERS_WITHIN_MS), ...(init.signal ? [init.signal] : [])]);
      const answer = await send(url, { ...init, dispatcher, signal });
      if (answer.status < 500) return answer;
      mayHaveArrived.add(url);
    } catch (error) {
      if (!neverConnected.has((error as NodeJS.ErrnoException).code ?? '')) mayHaveArrived.add(url);
    }
    return undefined;
  }

  return async (url, init) => {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      if (tries > 0) await sleep(GAP_MS * tries);
      const answer = await tryOnce(url, init);
      if (!answer) continue;
      if (answer.status === 429) return answer;
      const isOwn = mayHaveArrived.delete(url);
      return isOwn ? takenAsAccepted(answer) : answer;
    }
    mayHaveArrived.delete(url);
    throw new Unanswered('Discord gave no answer to an acknowledgement');
  };
}

async function takenAsAccepted(answer: ResponseLike): Promise<ResponseLike> {
  if (answer.status !== 400) return answer;
  const text = await answer.text();
  if (parsed(text)?.code === ALREADY_ACKNOWLEDGED) return new Response(null, { status: 204 });
  return new Response(text, { status: 400, headers: { 'content-type': 'application/json' } });
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * After one 401 discord.js forgets the token, and sends nothing more for ever. So the token itself is asked about first:
 * if Discord takes it, or does not tell, the request only failed, and is tried again. (What was answered with 401 was not
 * done.) Requests that carry a token of their own, such as edits of an answer, are not about the bot's.
 */
function createTokenCheck({ apiUrl, onTokenRefused, log }: Deps) {
  let checking: Promise<boolean> | undefined;

  async function isRefused({ dispatcher }: Init, headers: Record<string, string>): Promise<boolean> {
    const url = `${apiUrl}/v${DefaultRestOptions.version}/users/@me`;
    const signal = AbortSignal.timeout(DefaultRestOptions.timeout);
    const status = await send(url, { method: 'GET', headers, signal, ...(dispatcher && { dispatcher }) }).then(
      (own) => own.status,
      () => undefined,
    );
    if (status === 401) onTokenRefused();
    else log.warn({ status }, 'Discord answered 401 to one request, but takes the bot token or does not tell');
    return status === 401;
  }

  return async (answer: ResponseLike, init: Init): Promise<ResponseLike> => {
    const headers = { ...(init.headers as Record<string, string>) };
    if (!headers.Authorization) return answer;
    // A request to read has no body, whatever the one that failed had.
    delete headers['Content-Type'];
    checking ??= isRefused(init, headers).finally(() => {
      checking = undefined;
    });
    return (await checking) ? answer : new Response(null, { status: 503 });
  };
}
