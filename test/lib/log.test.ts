import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CardPlusPayError } from '../../src/cardpluspay/error.ts';
import { DiscordFailure } from '../../src/discord/errors.ts';
import { loggedError } from '../../src/lib/log/logged-error.ts';
import { Problem } from '../../src/lib/problem.ts';
import { apiError, SECRET, secretErrors } from '../discord/secret-errors.ts';

const shown = (value: unknown) => inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true });

describe('an error in the log', () => {
  it.each(secretErrors())('shows nothing that it carries: %s', (_, error) => {
    expect(shown(loggedError(error))).not.toContain('SECRET');
    expect(JSON.stringify(loggedError(error))).not.toContain('SECRET');
  });

  it('says of the errors of Cardigan what they mean, with their causes', () => {
    const cause = new CardPlusPayError('rate_limited', 'refused', 'asked too often', {
      status: 429,
    });
    const logged = loggedError(new Problem('vendor_rate_limited', { seconds: 3 }, { cause }));
    expect(logged).toMatchObject({
      type: 'Problem',
      message: 'vendor_rate_limited',
      code: 'vendor_rate_limited',
      cause: {
        type: 'CardPlusPayError',
        message: 'CardPlusPay: asked too often (rate_limited, refused)',
        code: 'rate_limited',
        status: 429,
        outcome: 'refused',
      },
    });
    expect(loggedError(new DiscordFailure('closed', 'answer', 403, 50007))).toMatchObject({
      type: 'DiscordFailure',
      message: 'Discord: closed (answer 403, code 50007)',
      code: 50007,
      status: 403,
    });
  });

  it('says of any other error its class, its number and where it happened', () => {
    const logged = loggedError(apiError(50035));
    expect(Object.keys(logged).sort()).toEqual(['code', 'stack', 'status', 'type']);
    expect(logged).toMatchObject({ type: 'DiscordAPIError', code: 50035, status: 400 });
    expect(logged.stack).toMatch(/^at .*secret-errors\.ts:\d+:\d+\)?/);
  });

  it('follows causes only so deep, also where they go round in a circle', () => {
    const circle = new Error('round');
    circle.cause = circle;
    expect(JSON.stringify(loggedError(circle)).split('"round"')).toHaveLength(7);
  });

  it('survives an error without a stack, or whose message was changed later', () => {
    const bare = new Error('bare');
    delete bare.stack;
    expect(loggedError(bare)).toEqual({ type: 'Error', message: 'bare', stack: '' });
    const changed = new Error('before');
    changed.message = 'after';
    expect(loggedError(changed)).toMatchObject({
      message: 'after',
      stack: expect.stringMatching(/^at /),
    });
  });
});

describe('the log', () => {
  const script = join(import.meta.dirname, 'log-child.ts');
  const lines = execFileSync(process.execPath, [script], { encoding: 'utf8' }).trim().split('\n');

  it('is one JSON line an event, from its level on', () => {
    const events = lines.map((line) => JSON.parse(line));
    expect(events).toHaveLength(secretErrors().length + 1);
    expect(events.at(-1)).toMatchObject({ level: 30, order: '01K7', msg: 'said' });
    expect(events[0]).toMatchObject({
      level: 50,
      err: { type: 'DiscordAPIError' },
      msg: 'it failed',
    });
  });

  it('is one line an event that a person can read, at a terminal', () => {
    const seen = execFileSync(process.execPath, [script, 'terminal'], { encoding: 'utf8' }).trim().split('\n');
    expect(seen).toHaveLength(secretErrors().length + 1);
    expect(seen.at(-1)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d INFO {2}said order=01K7$/);
    expect(seen[0]).toMatch(/ ERROR it failed what=".+" DiscordAPIError \(code 50035, status 400\) at .+:\d+\)?$/);
    expect(seen.join('\n')).not.toContain('SECRET');
  });

  it('that cannot be written, as on a full disk, stops nothing', () => {
    const full = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(full));
    const { status } = spawnSync(process.execPath, [script], { stdio: ['ignore', full, 'pipe'], timeout: 30_000 });
    expect(status).toBe(0);
  });

  it('shows nothing that an error carries', () => {
    expect(lines.join('\n')).not.toContain('SECRET');
    expect(SECRET).toContain('SECRET');
  });
});
