import { createHash } from 'node:crypto';

/**
 * What Discord lets a bot ask in a time. It publishes no numbers but two, and says that they change (page "Rate Limits"):
 * the others are what has been measured, each with who has written it down.
 */

/** `off`: for what measures the bot alone. Requests that are not valid are counted in either case. */
export type LimitsMode = 'real' | 'off';

/** So many within so long, from the first of them on. */
export interface Limit {
  most: number;
  perMs: number;
}

interface Rule extends Limit {
  method: string;
  /** The part in brackets is the top-level resource, for each of which it is counted apart. */
  path: RegExp;
}

const MESSAGES = /^\/channels\/(\d+)\/messages$/;
const MESSAGE = /^\/channels\/(\d+)\/messages\/\d+$/;
const FOLLOW_UPS = /^\/webhooks\/\d+\/([^/]+)$/;
const ANSWER = /^\/webhooks\/\d+\/([^/]+)\/messages\/[^/]+$/;

/**
 * Routes that have a bucket. Which do, and that each method has one of its own: discord/discord-api-docs, issue 1135.
 * (Reading messages has none, and neither has the callback of an interaction.)
 */
const rules: readonly Rule[] = [
  // javacord.org, wiki, "Ratelimits": 5 in 5 s, and for deletion 5 in 1 s, for each channel.
  { method: 'POST', path: MESSAGES, most: 5, perMs: 5_000 },
  { method: 'DELETE', path: MESSAGE, most: 5, perMs: 1_000 },
  // Its headers are in discord/discord-api-docs, issue 6109: a limit of 5, with up to 5 s to its reset.
  { method: 'PATCH', path: MESSAGE, most: 5, perMs: 5_000 },
  // That it has a bucket is known (issue 1135), how large that is has nobody written down: a guess.
  { method: 'GET', path: /^\/guilds\/(\d+)\/members\/\d+$/, most: 5, perMs: 1_000 },
  // Those of normal webhooks (page "Receiving and Responding", Followup Messages), counted for each interaction:
  // 5 in 2 s (discord/discord-api-docs, issues 2701 and 6753).
  { method: 'POST', path: FOLLOW_UPS, most: 5, perMs: 2_000 },
  { method: 'GET', path: ANSWER, most: 5, perMs: 2_000 },
  { method: 'PATCH', path: ANSWER, most: 5, perMs: 2_000 },
  { method: 'DELETE', path: ANSWER, most: 5, perMs: 2_000 },
];

/** Page "Rate Limits", Global Rate Limit: for each token, however many processes have it. */
const GLOBAL: Limit = { most: 50, perMs: 1_000 };
/** The endpoints of interactions "are not bound to the bot's Global Rate Limit" (there). */
const OF_INTERACTIONS = /^\/(interactions|webhooks)\//;

/**
 * Behind the bucket of an interaction's token: 30 follow-ups in 60 s for a channel, of all interactions in it and of all
 * webhooks, which no header tells beforehand (discord/discord-api-docs, issues 2701 and 7243). That those for one person
 * alone are exempt has been asked for (issue 3763), and nobody has said that they are.
 */
const FOLLOW_UPS_OF_A_CHANNEL: Limit = { most: 30, perMs: 60_000 };

/**
 * Page "Rate Limits", Invalid Request Limit: 401, 403 and 429, but those of a shared limit, 10,000 in ten minutes for an
 * address. What is answered then: discordjs/discord.js, pull request 5203.
 */
export const MOST_INVALID = 10_000;
const INVALID_FOR_MS = 10 * 60_000;
const BLOCKED =
  'You are being blocked from accessing our API temporarily due to exceeding our rate limits frequently. Please read our docs at https://discord.com/developers/docs/topics/rate-limits to prevent this moving forward.';

export interface Refused {
  status: 429;
  body: unknown;
  headers: Record<string, string>;
}

/** What the limits say to a request: headers for its answer, or the answer. */
export interface Taken {
  headers: Record<string, string>;
  refused?: Refused;
}

interface Spent {
  isOver: boolean;
  left: number;
  /** Until all of it is there again. */
  resetMs: number;
}

interface Asked {
  method: string;
  /** After `/v10`, without the query. */
  path: string;
  authorization: string | undefined;
}

interface Parts {
  now(): number;
  /** The channel of the interaction that has this token. */
  channelOf(token: string): string | undefined;
}

/** `d` digits at most, as Discord writes seconds. */
const inSeconds = (ms: number): number => Math.round(ms) / 1000;

const refused = (message: string, waitMs: number, scope: string, headers: Record<string, string> = {}): Refused => ({
  status: 429,
  body: { message, retry_after: inSeconds(waitMs), global: scope === 'global' },
  headers: {
    ...headers,
    // Whole seconds, which are not less.
    'retry-after': String(Math.ceil(waitMs / 1000)),
    'x-ratelimit-scope': scope,
    ...(scope === 'global' ? { 'x-ratelimit-global': 'true' } : {}),
  },
});

/** "A unique string denoting the rate limit (non-inclusive of top-level resources in the path)" */
const bucketOf = ({ method, path }: Rule): string => createHash('md5').update(`${method} ${path.source}`).digest('hex');

/** Windows are forgotten when so many are there, as far as they are over. */
const MOST_WINDOWS = 10_000;

export type Limits = ReturnType<typeof createLimits>;

export const createLimits = ({ now, channelOf }: Parts) => {
  const windows = new Map<string, { from: number; perMs: number; count: number }>();
  let mode: LimitsMode = 'off';
  let invalid: number[] = [];

  const spend = (key: string, { most, perMs }: Limit): Spent => {
    const at = now();
    if (windows.size >= MOST_WINDOWS)
      for (const [one, { from, perMs: long }] of windows) if (at - from >= long) windows.delete(one);
    const known = windows.get(key);
    const window = known && at - known.from < perMs ? known : { from: at, perMs, count: 0 };
    windows.set(key, window);
    const isOver = window.count >= most;
    if (!isOver) window.count += 1;
    return { isOver, left: most - window.count, resetMs: window.from + perMs - at };
  };

  const headersOf = (rule: Rule, { left, resetMs }: Spent): Record<string, string> => ({
    'x-ratelimit-limit': String(rule.most),
    'x-ratelimit-remaining': String(left),
    'x-ratelimit-reset': String(inSeconds(now() + resetMs)),
    'x-ratelimit-reset-after': String(inSeconds(resetMs)),
    'x-ratelimit-bucket': bucketOf(rule),
  });

  const takeGlobal = ({ path, authorization }: Asked): Refused | undefined => {
    if (authorization === undefined || OF_INTERACTIONS.test(path)) return undefined;
    const { isOver, resetMs } = spend(`global ${authorization}`, GLOBAL);
    return isOver ? refused('You are being rate limited.', resetMs, 'global') : undefined;
  };

  const takeShared = ({ method, path }: Asked, headers: Record<string, string>): Refused | undefined => {
    const token = method === 'POST' ? FOLLOW_UPS.exec(path)?.[1] : undefined;
    const channel = token === undefined ? undefined : channelOf(token);
    if (channel === undefined) return undefined;
    const { isOver, resetMs } = spend(`follow-ups ${channel}`, FOLLOW_UPS_OF_A_CHANNEL);
    return isOver ? refused('The resource is being rate limited.', resetMs, 'shared', headers) : undefined;
  };

  const takeBucket = (asked: Asked): Taken => {
    const rule = rules.find(({ method, path }) => method === asked.method && path.test(asked.path));
    if (!rule) return { headers: {} };
    const spent = spend(`${bucketOf(rule)} ${rule.path.exec(asked.path)?.[1]}`, rule);
    const headers = headersOf(rule, spent);
    if (spent.isOver)
      return { headers, refused: refused('You are being rate limited.', spent.resetMs, 'user', headers) };
    const shared = takeShared(asked, headers);
    return shared ? { headers, refused: shared } : { headers };
  };

  const invalidNow = (): number => {
    const since = now() - INVALID_FOR_MS;
    if ((invalid[0] ?? since + 1) <= since) invalid = invalid.filter((at) => at > since);
    return invalid.length;
  };

  const blocked = (): Refused | undefined => {
    if (invalidNow() < MOST_INVALID) return undefined;
    const waitMs = (invalid[0] ?? now()) + INVALID_FOR_MS - now();
    return { ...refused(BLOCKED, waitMs, 'user'), body: { message: BLOCKED, code: 0 } };
  };

  return {
    get mode(): LimitsMode {
      return mode;
    },
    set mode(next: LimitsMode) {
      mode = next;
      windows.clear();
    },
    /** Counts one more of what a rule of its own limits; in `off` nothing is ever too much. */
    spend: (key: string, limit: Limit): Spent =>
      mode === 'off' ? { isOver: false, left: limit.most, resetMs: 0 } : spend(key, limit),
    take: (asked: Asked): Taken => {
      if (mode === 'off') return { headers: {} };
      const all = blocked() ?? takeGlobal(asked);
      return all ? { headers: {}, refused: all } : takeBucket(asked);
    },
    /** An answer has gone out. */
    note: (status: number, scope: string | undefined): void => {
      const isInvalid = status === 401 || status === 403 || (status === 429 && scope !== 'shared');
      if (isInvalid) invalid.push(now());
    },
    /** Answers of the last ten minutes that count towards a ban. */
    invalid: invalidNow,
  };
};
