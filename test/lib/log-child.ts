import { createLog } from '../../src/lib/log/log.ts';
import { secretErrors } from '../discord/secret-errors.ts';

// A process that logs: pino writes past everything a test could listen to in its own.

const [asked] = process.argv.slice(2);
const log = createLog('info', asked === 'terminal' ? { isTerminal: true, hasColours: false } : undefined);
for (const [what, err] of secretErrors()) log.error({ err, what }, 'it failed');
log.info({ order: '01K7' }, 'said');
log.debug('not said at this level');
