import { parseArgs } from 'node:util';
import { type Drilled, drill } from '../backup/index.ts';
import { createCardPlusPay } from '../cardpluspay/index.ts';
import { readConfig } from '../config/index.ts';
import { en } from '../i18n/index.ts';
import { systemClock } from '../lib/index.ts';
import { explainBackups, lostText, sumOf, untilTold } from './backup-words.ts';
import { runCommandLine } from './run.ts';

const words = en.backups.drill;

const CAN_BE_RESTORED = 0;
const NOT_COMPARED = 2;

function parse(args: string[]) {
  const options = { fresh: { type: 'boolean' }, json: { type: 'boolean' } } as const;
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options });
  return positionals.length > 0 ? undefined : values;
}

function report({ backup, isFresh, records, notAuthentic, tookMs, lost }: Drilled): string[] {
  return [
    isFresh ? words.fresh(backup.bytes, tookMs.copy) : words.backup(backup.file, backup.at, backup.bytes),
    words.restored(sumOf(records), tookMs.restore),
    ...(notAuthentic > 0 ? [en.backups.restore.notAuthentic(notAuthentic)] : []),
    ...(lost ? [words.compared(tookMs.compare)] : []),
    ...lostText(lost),
    words.all(tookMs.all),
  ];
}

/** Gives the exit code. */
async function run(args: string[]): Promise<number> {
  const wanted = parse(args);
  if (!wanted) {
    console.log(words.usage);
    return 1;
  }
  const { store, backups, cardPlusPay } = readConfig(process);
  const vendor = createCardPlusPay({ ...cardPlusPay, clock: systemClock });
  try {
    const isFresh = wanted.fresh === true;
    const { folder } = backups;
    const drilled = await untilTold((signal) => drill({ store, folder, isFresh, vendor, clock: systemClock, signal }));
    console.log(wanted.json ? JSON.stringify(drilled) : report(drilled).join('\n'));
    return drilled.lost ? CAN_BE_RESTORED : NOT_COMPARED;
  } finally {
    await vendor.close();
  }
}

await runCommandLine(run, { usage: words.usage, failed: 1, explain: explainBackups });
