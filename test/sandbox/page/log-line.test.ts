import { expect, it } from 'vitest';
import { readLogLine } from '../../../sandbox/page/truth/log-line.ts';

const read = (line: object) => readLogLine(JSON.stringify(line), false);

it('reads a line of the log as people do: level, words, facts', () => {
  const line = { level: 30, time: 1_700_000_000_000, msg: 'catalog fetched', products: 69 };
  expect(read(line)).toEqual({
    ...{ at: 1_700_000_000_000, level: 'info', text: 'catalog fetched products=69' },
  });
  expect(read({ level: 50, msg: 'no', guilds: ['1'] })).toMatchObject({
    ...{ level: 'error', text: 'no guilds=["1"]' },
  });
});

it('shows of an error its kind and its words', () => {
  const err = { type: 'DiscordFailure', message: 'closed', stack: 'at x' };
  expect(read({ level: 40, msg: 'not taken', err })).toMatchObject({
    ...{ level: 'warn', text: 'not taken DiscordFailure: closed' },
  });
});

it('takes any other line as it is', () => {
  expect(readLogLine('Segmentation fault', true)).toMatchObject({
    ...{ level: 'error', text: 'Segmentation fault' },
  });
  expect(readLogLine('42', false)).toMatchObject({ level: 'info', text: '42' });
});
