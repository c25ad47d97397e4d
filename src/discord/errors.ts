import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, HTTPError, RateLimitError } from 'discord.js';

/**
 * `unauthorized`: the token is not good. `intent`: the application was not granted one that it asks for. `sessions`: it has begun as many as it may in a day. `closed`: the person takes no direct messages from the bot. `gone`: the message or the token is no more.
 * `spam`: Discord takes it for spam, or too much at once. `forbidden`, `unknown`: not allowed there, or no such thing. `refused`: Discord did not accept it.
 * `unavailable`: Discord could not be reached, or had a fault of its own.
 */
type FailureKind =
  | 'unauthorized'
  | 'intent'
  | 'sessions'
  | 'closed'
  | 'gone'
  | 'spam'
  | 'forbidden'
  | 'unknown'
  | 'refused'
  | 'unavailable';

/**
 * A call to Discord that failed, without what was sent. The errors of discord.js carry the request's body and
 * its address, so codes and tokens: they must not travel on, not even as a cause.
 */
export class DiscordFailure extends Error {
  override readonly name = 'DiscordFailure';
  readonly kind: FailureKind;
  readonly status: number | undefined;
  readonly code: number | undefined;

  /** `origin`: the kind of error underneath, by its class. */
  constructor(kind: FailureKind, origin: string, status?: number, code?: number) {
    super(`Discord: ${kind} (${origin}${status ? ` ${status}` : ''}${code ? `, code ${code}` : ''})`);
    this.kind = kind;
    this.status = status;
    this.code = code;
  }
}

// https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
const kinds: Readonly<Record<number, FailureKind>> = {
  50007: 'closed',
  50278: 'closed', // no mutual guild
  10008: 'gone', // unknown message
  10015: 'gone', // unknown webhook: the interaction's token has ended
  10062: 'gone', // unknown interaction: acknowledged too late
  40060: 'gone', // already acknowledged
  50027: 'gone', // invalid webhook token
  40003: 'spam', // opening direct messages too fast
  20026: 'spam', // flagged by the anti-spam system, and quarantined
  50083: 'forbidden', // the thread is archived
  160002: 'forbidden', // a reply, without the right to read the channel's history
  160005: 'forbidden', // the thread is locked
  50001: 'forbidden',
  50013: 'forbidden',
  10003: 'unknown',
  10004: 'unknown',
  10007: 'unknown',
  10013: 'unknown',
};

/** What discord.js says itself, in an error like any other, before it asks the gateway for one more. */
const NO_SESSIONS = /^Not enough sessions remaining /;

export function discordFailure(error: unknown): DiscordFailure {
  if (error instanceof DiscordFailure) return error;
  if (error instanceof DiscordAPIError) {
    const code = Number(error.code);
    const kind = kinds[code] ?? kindOfStatus(error.status);
    return new DiscordFailure(kind, 'answer', error.status, code);
  }
  if (error instanceof HTTPError) return new DiscordFailure('unavailable', 'answer', error.status);
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) {
    return new DiscordFailure('unauthorized', 'login');
  }
  if (error instanceof Error && NO_SESSIONS.test(error.message)) return new DiscordFailure('sessions', 'login');
  if (error instanceof RateLimitError) return new DiscordFailure('unavailable', 'rate limit', 429);
  // By its class: its name may hold an address.
  return new DiscordFailure('unavailable', error instanceof Error ? error.constructor.name : typeof error);
}

function kindOfStatus(status: number): FailureKind {
  if (status === 401) return 'unauthorized';
  return status >= 500 ? 'unavailable' : 'refused';
}

/** What `work` gives or, where Discord failed it, what is made of the failure. Any other error goes on. */
export async function attempt<T, E>(
  work: () => Promise<T>,
  otherwise: (failure: DiscordFailure) => E | Promise<E>,
): Promise<T | E> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DiscordFailure)) throw error;
    return otherwise(error);
  }
}

/** Calls Discord; a failure comes out as a DiscordFailure. */
export async function calling<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw discordFailure(error);
  }
}
