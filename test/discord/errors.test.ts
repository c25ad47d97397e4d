import { inspect } from 'node:util';
import { DiscordjsError, DiscordjsErrorCodes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { calling, DiscordFailure, discordFailure } from '../../src/discord/errors.ts';
import { apiError, httpError, rateLimitError, secretErrors } from './secret-errors.ts';

// The types know only how discord.js calls it itself.
const tokenInvalid = Reflect.construct(DiscordjsError, [DiscordjsErrorCodes.TokenInvalid]);

describe('a call to Discord that failed', () => {
  it.each([
    [50007, 403, 'closed'],
    [50278, 403, 'closed'],
    [10008, 404, 'gone'],
    [10015, 404, 'gone'],
    [10062, 404, 'gone'],
    [40060, 400, 'gone'],
    [50027, 401, 'gone'],
    [40003, 403, 'spam'],
    [20026, 403, 'spam'],
    [50001, 403, 'forbidden'],
    [50013, 403, 'forbidden'],
    [50083, 400, 'forbidden'],
    [160005, 400, 'forbidden'],
    [10004, 404, 'unknown'],
    [10007, 404, 'unknown'],
    [10013, 404, 'unknown'],
    [0, 401, 'unauthorized'],
    [50035, 400, 'refused'],
    [0, 500, 'unavailable'],
    [0, 503, 'unavailable'],
  ])('with code %i and status %i is "%s…"', (code, status, kind) => {
    const failure = discordFailure(apiError(code, status));
    expect(failure).toMatchObject({ kind, code, status });
  });

  it('is about the token, the rate, or the way to Discord, when Discord said nothing', () => {
    expect(discordFailure(tokenInvalid).kind).toBe('unauthorized');
    const usedUp = new Error('Not enough sessions remaining to spawn 1 shards; only 0 remaining; resets at 2026-11-28');
    expect(discordFailure(usedUp)).toMatchObject({ kind: 'sessions', message: 'Discord: sessions (login)' });
    expect(discordFailure(httpError(502))).toMatchObject({ kind: 'unavailable', status: 502 });
    expect(discordFailure(rateLimitError())).toMatchObject({ kind: 'unavailable', status: 429 });
    expect(discordFailure(new TypeError('x')).kind).toBe('unavailable');
    expect(discordFailure('text').kind).toBe('unavailable');
  });

  it('stays what it is when it is wrapped again', () => {
    const failure = new DiscordFailure('closed', 'answer');
    expect(discordFailure(failure)).toBe(failure);
  });

  it.each(secretErrors())('carries nothing that was sent: %s', async (_, error) => {
    const failure = await calling(Promise.reject(error)).catch((reason: unknown) => reason);
    expect(failure).toBeInstanceOf(DiscordFailure);
    const everything = { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true };
    expect(inspect(failure, everything)).not.toContain('SECRET');
  });

  it('lets what went well through', async () => {
    expect(await calling(Promise.resolve('done'))).toBe('done');
  });
});
