import { parseResponse, REST, RequestMethod } from 'discord.js';
import { Agent } from 'undici-v6';
import type { Told } from '../../doctor/index.ts';
import { attempt, calling, type DiscordFailure } from '../errors.ts';
import { rejectOnRateLimit, send } from '../gateway/requests.ts';

/** Asks Discord and changes nothing: it can do nothing else. */
export type AskDiscord = <T, Missing = never>(
  route: `/${string}`,
  how?: { readonly query?: URLSearchParams; missing?(failure: DiscordFailure): Missing | undefined },
) => Promise<Told<T | Missing>>;

/** Whoever asks waits for the answer: nothing is tried again, and what hangs is given up. */
const ANSWERS_WITHIN_MS = 10_000;

/** A way to Discord of its own, for who is not connected. No session is begun by it. */
export function createDoctorRest({ apiUrl, token }: { apiUrl: string; token: string }) {
  const agent = new Agent();
  const rest = new REST({
    api: apiUrl,
    agent,
    makeRequest: send,
    rejectOnRateLimit,
    retries: 0,
    timeout: ANSWERS_WITHIN_MS,
    hashSweepInterval: 0,
    handlerSweepInterval: 0,
  }).setToken(token);
  return { rest, close: () => agent.destroy() };
}

/** Of all that Discord can be asked only what is read: GET. */
export function createAsk(rest: Pick<REST, 'queueRequest'>): AskDiscord {
  return <T, Missing>(route: `/${string}`, { query, missing }: Parameters<AskDiscord>[1] = {}) =>
    attempt<Told<T | Missing>, Told<T | Missing>>(
      async () => {
        const method = RequestMethod.Get;
        const answer = await calling(rest.queueRequest({ fullRoute: route, method, ...(query && { query }) }));
        const value = await parseResponse(answer);
        if (value instanceof ArrayBuffer) return { is: 'elsewhere' };
        const at = Date.parse(answer.headers.get('date') ?? '');
        return { is: 'told', value: value as T, ...(!Number.isNaN(at) && { at }) };
      },
      (failure) => {
        if (failure.kind === 'unauthorized') return { is: 'refused' };
        const value = missing?.(failure) as Missing | undefined;
        if (value !== undefined) return { is: 'told', value };
        return isElsewhere(failure) ? { is: 'elsewhere' } : { is: 'silent', why: whyOf(failure) };
      },
    );
}

/** Discord gives a code with whatever it refuses. */
const isElsewhere = ({ kind, status, code }: DiscordFailure): boolean =>
  kind === 'refused' && status !== undefined && status < 500 && !code;

const whyOf = ({ kind, status, message }: DiscordFailure): string =>
  status === undefined ? (/\(([^)]+)\)/.exec(message)?.[1] ?? kind) : `${kind}, status ${status}`;
