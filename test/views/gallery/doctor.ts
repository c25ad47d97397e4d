import { en } from '../../../src/i18n/en.ts';
import { doctorView } from '../../../src/views/admin/doctor.ts';
import { everyFinding, examined } from '../../doctor/every-finding.ts';
import type { Sample } from './sample.ts';

/** As many as one message shows. */
const A_MESSAGE = 7;

/** What is of the machine, nobody reads in Discord. */
const told = everyFinding.filter(({ code }) => !/^(environment|node|file|folder|key_missing|disk|store)/.test(code));
const parts = Array.from({ length: Math.ceil(told.length / A_MESSAGE) }, (_, at) =>
  told.slice(at * A_MESSAGE, (at + 1) * A_MESSAGE),
);

export const doctorSamples: readonly Sample[] = [
  { name: 'all well', reader: 'admin', view: doctorView(examined([]), true, en) },
  { name: "another server's admin", reader: 'admin', view: doctorView(examined([], 'orders', 'server'), false, en) },
  { name: 'more than fits', reader: 'admin', view: doctorView(examined(told), true, en) },
  ...parts.map(
    (findings, at): Sample => ({
      ...{ name: `findings ${at + 1}`, reader: 'admin', view: doctorView(examined(findings), true, en) },
    }),
  ),
];
