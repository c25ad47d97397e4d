import { type REST, RESTEvents } from 'discord.js';
import type { Clock, Log } from '../../lib/index.ts';
import { type Metrics, noMetrics, type RateLimitScope } from '../../monitoring/index.ts';

/** What Discord has held against this process since it began. None of it names a person, a place or a token. */
export interface DiscordHealth {
  /** So often it was told to wait, or waited by itself for what Discord allows. */
  readonly waits: number;
  /** Requests that Discord counts as invalid (401, 403, 429), as last warned of; 10,000 in ten minutes end in a ban. */
  readonly invalid: number;
  /** Presses that came when Discord had already given up on them. */
  readonly late: number;
  readonly last: HealthEvent | undefined;
  /** How often the bot may still sign in, and when that begins anew; unknown before it has. */
  readonly signIns: SignIns | undefined;
}

type HealthEventKind = 'told_to_wait' | 'waits' | 'invalid' | 'late' | 'sign_ins';

interface HealthEvent {
  readonly what: HealthEventKind;
  readonly at: number;
  /** By its kind, without ids and tokens. */
  readonly route?: string;
  readonly forMs?: number;
}

interface SignIns {
  readonly left: number;
  readonly resetAt: number;
}

export type Health = ReturnType<typeof createHealth>;

/** A burst says the same a thousand times: it is logged so often. */
const SAY_EVERY_MS = 10_000;
/** A bot that falls over and starts again uses them up; without one it cannot sign in for hours. */
const FEW_SIGN_INS = 50;

type Facts = Partial<
  Record<'route' | 'scope' | 'resetsAt', string> & Record<'forMs' | 'ageMs' | 'count' | 'left', number>
>;

interface Deps {
  clock: Pick<Clock, 'now'>;
  log: Log;
  metrics?: Pick<Metrics, 'rateLimited'>;
}

const scopes: Readonly<Record<string, RateLimitScope>> = { user: 'user', shared: 'shared', global: 'global' };

/** Keeps, and says, what discord.js takes in silence: that it waits, why and for how long. */
export function createHealth({ clock, log, metrics = noMetrics }: Deps) {
  let shutOutUntil = Number.NEGATIVE_INFINITY;
  let [waits, invalid, late] = [0, 0, 0];
  let last: HealthEvent | undefined;
  let signIns: SignIns | undefined;
  const saidAt = new Map<string, number>();

  function note(what: HealthEventKind, text: string, facts: Facts): void {
    const at = clock.now();
    const { route, forMs } = facts;
    last = { what, at, ...(route !== undefined && { route }), ...(forMs !== undefined && { forMs }) };
    const about = `${what} ${route}`;
    // A clock that is set back must not silence it.
    if (Math.abs(at - (saidAt.get(about) ?? 0)) < SAY_EVERY_MS) return;
    saidAt.set(about, at);
    log.warn({ ...facts, waits, late }, text);
  }

  return {
    /** A 429. Without `forMs` Discord has not said for how long. */
    toldToWait(facts: { route: string; scope: string; forMs: number | undefined }): void {
      waits += 1;
      const { forMs, ...rest } = facts;
      const scope = scopes[facts.scope] ?? 'address';
      metrics.rateLimited(scope);
      if (scope === 'address' && forMs !== undefined) shutOutUntil = clock.now() + forMs;
      note('told_to_wait', 'Discord answered 429: too many requests', {
        ...rest,
        ...(forMs !== undefined && { forMs }),
      });
    },
    /** discord.js keeps a request back until Discord allows it. */
    waitsFor(facts: { route: string; forMs: number }): void {
      waits += 1;
      metrics.rateLimited('own');
      note('waits', 'a request waits for what Discord allows', facts);
    },
    warnedOfInvalid(count: number, forMs: number): void {
      invalid = count;
      note('invalid', 'many requests were invalid; 10,000 in ten minutes shut the bot out', { count, forMs });
    },
    cameLate(ageMs: number): void {
      late += 1;
      note('late', 'a press came when Discord had already given up on it; nothing was done', { ageMs });
    },
    maySignIn({ left, resetAfterMs }: { left: number; resetAfterMs: number }): void {
      signIns = { left, resetAt: clock.now() + resetAfterMs };
      if (left < FEW_SIGN_INS) {
        const resetsAt = new Date(signIns.resetAt).toISOString();
        note('sign_ins', 'Discord lets the bot sign in only so often until then', { left, resetsAt });
      }
    },
    /** Nothing of this machine gets through to Discord, which has said for how long. */
    isShutOut: (): boolean => clock.now() < shutOutUntil,
    read: (): DiscordHealth => ({ waits, invalid, late, last, signIns }),
  };
}

/** How many invalid requests it takes to be told of them, once more each time. discord.js counts those of all its clients together. */
export const invalidRequestWarningInterval = 500;

/** What a client of Discord's REST would wait for, and count, in silence. */
export function noteOf(rest: REST, health: Health): void {
  rest.on(RESTEvents.RateLimited, ({ route, timeToReset }) => health.waitsFor({ route, forMs: timeToReset }));
  rest.on(RESTEvents.InvalidRequestWarning, ({ count, remainingTime }) => health.warnedOfInvalid(count, remainingTime));
}

/** An address without what tells whom it is about or opens anything. */
export function routeOf(url: string): string {
  const path = new URL(url).pathname.replace(/^.*?\/v\d+(?=\/)/, '');
  return path
    .replace(/^\/(interactions|webhooks)\/\d+\/[^/]+/, '/$1/:id/:token')
    .replace('%40original', '@original')
    .replaceAll(/\d{15,}/g, ':id');
}
