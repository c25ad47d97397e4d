import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { Problem, type ProblemParams } from '../../src/lib/problem.ts';
import { incidentView, problemView } from '../../src/views/problem.ts';
import { problemParams as params } from './gallery/problem-params.ts';
import { seen } from './seen.ts';

const codes = Object.keys(params) as (keyof ProblemParams)[];

describe('a problem says what happened, what it means for the money, and what to do', () => {
  it.each(codes)('%s', (code) => {
    expect(seen(problemView(new Problem(code, params[code]), en))).toMatchSnapshot();
  });

  it('names whom to ask, where somebody may not do it themselves', () => {
    const ask = { what: 'approvers', roles: ['77'], users: [] } as const;
    const view = problemView(new Problem('approvers_only', {}), en, { ask });
    expect(seen(view).split('\n').at(-1)).toContain('<@&77>');
    expect(view.mentions).toBeUndefined();
    const nobody = { ...ask, roles: [] };
    expect(problemView(new Problem('approvers_only', {}), en, { ask: nobody })).toEqual(
      problemView(new Problem('approvers_only', {}), en),
    );
  });

  it('keeps what people typed on its line, without markup', () => {
    const problem = new Problem('unknown_item', { item: 'Inc. "5"\n@everyone **x**' });
    expect(seen(problemView(problem, en)).split('\n')[0]).toBe(
      '**CardPlusPay has no card with the code "Inc. "5" \\@everyone \\*\\*x\\*\\*".**',
    );
  });

  it('says a state in words, whatever its name is inside', () => {
    const problem = new Problem('already_decided', { reference: 'K7Q2M9', status: 'not_found' });
    expect(seen(problemView(problem, en))).toContain('"not found yet"');
  });

  it('is short where CardPlusPay gave no detail', () => {
    const problem = new Problem('vendor_invalid', { detail: '' });
    expect(seen(problemView(problem, en))).toContain("**CardPlusPay didn't accept this.**");
  });
});

it('an incident has a name to pass on, and says where to look for the money', () => {
  expect(seen(incidentView('7F3K2A', en))).toMatchInlineSnapshot(`
    "**Something went wrong (incident 7F3K2A).**
    Nothing is bought twice; check /orders to see where your order stands. Give this ID to your admin."
  `);
});
