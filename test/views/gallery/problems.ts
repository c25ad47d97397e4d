import { en } from '../../../src/i18n/en.ts';
import { Problem } from '../../../src/lib/problem.ts';
import { incidentView, problemView } from '../../../src/views/problem.ts';
import { problemParams } from './problem-params.ts';
import type { Sample } from './sample.ts';

const ask = { what: 'approvers', roles: ['500000000000000001'], users: [] } as const;
/** Those that only people come to who have their commands. */
const ofAdmins: readonly string[] = ['second_admin', 'decision_not_open', 'case_unknown', 'case_moved', 'not_stopped'];
const ofApprovers: readonly string[] = ['delegate_incomplete', 'no_delegate'];
const readerOf = (code: string) =>
  ofAdmins.includes(code) ? 'admin' : ofApprovers.includes(code) ? 'approver' : 'member';

export const problemSamples: readonly Sample[] = [
  ...(Object.keys(problemParams) as (keyof typeof problemParams)[]).map(
    (code): Sample => ({
      name: code,
      reader: readerOf(code),
      view: problemView(new Problem(code, problemParams[code]), en),
    }),
  ),
  {
    name: 'with whom to ask, and what they wrote',
    reader: 'member',
    view: problemView(new Problem('approvers_only', {}), en, { kept: 'Well played', ask }),
  },
  { name: 'incident', reader: 'member', view: incidentView('7F3K2A', en, 'Well played') },
];
