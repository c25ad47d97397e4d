import { describe, expect, it } from 'vitest';
import { loggedError, readableLine, readerOf } from '../../src/lib/log/index.ts';

const line = (event: object) => JSON.stringify({ time: new Date(2026, 10, 27, 9, 5, 3).getTime(), ...event });
const read = (event: object) => readableLine(`${line(event)}\n`, false);

describe('a line of the log at a terminal', () => {
  it('has the time, the level as a word, what happened, and the facts', () => {
    expect(read({ level: 30, msg: 'Cardigan is ready', guilds: 2 })).toBe(
      '2026-11-27 09:05:03 INFO  Cardigan is ready guilds=2\n',
    );
    expect(read({ level: 40, msg: 'purchases are paused', why: 'a restored backup', ids: ['1', '2'] })).toBe(
      '2026-11-27 09:05:03 WARN  purchases are paused why="a restored backup" ids=["1","2"]\n',
    );
  });

  it('has an error with where it happened in our code and what was behind it, on the same line', () => {
    const cause = new RangeError('too far');
    cause.stack = 'RangeError: too far\n    at inner (/app/src/inner.ts:3:1)';
    const error = new Error('no answer', { cause });
    error.stack = 'Error: no answer\n    at node:internal/x:1:1\n    at outer (/app/src/outer.ts:7:9)';
    expect(read({ level: 50, msg: 'it failed', err: loggedError(error) })).toBe(
      '2026-11-27 09:05:03 ERROR it failed Error: no answer at outer (/app/src/outer.ts:7:9), ' +
        'because of RangeError: too far at inner (/app/src/inner.ts:3:1)\n',
    );
  });

  it('stays one line and moves no cursor, whatever a name holds', () => {
    const name = 'Bob\n2026-11-27 00:00:00 INFO  all is well\u001b[2J\u009b1A\u202e';
    const seen = read({ level: 30, msg: name, name, 'a\u001bb': 1 });
    expect(seen.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(seen.split('\n')).toHaveLength(2);
  });

  it('has colour only where it is wanted, on the level alone', () => {
    const seen = readableLine(line({ level: 50, msg: 'it failed' }), true);
    expect(seen).toContain('\u001b[31mERROR\u001b[39m it failed');
  });

  it('is as it was where it is no JSON', () => {
    expect(readableLine('plain words\n', false)).toBe('plain words\n');
  });
});

describe('who reads the log', () => {
  const reader = (env: NodeJS.ProcessEnv, isTTY?: boolean) =>
    readerOf({ env, stdout: { isTTY } as NodeJS.Process['stdout'] });

  it('is a person at a terminal, and a program elsewhere', () => {
    expect(reader({}, true)).toEqual({ isTerminal: true, hasColours: true });
    expect(reader({}).isTerminal).toBe(false);
  });

  it('has no colours with NO_COLOR or in a terminal without any', () => {
    expect(reader({ NO_COLOR: '1' }, true).hasColours).toBe(false);
    expect(reader({ NO_COLOR: '' }, true).hasColours).toBe(true);
    expect(reader({ TERM: 'dumb' }, true).hasColours).toBe(false);
  });
});
