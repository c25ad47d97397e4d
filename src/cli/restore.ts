import { parseArgs } from 'node:util';
import { lostSince, type Restored, readManifest, restore } from '../backup/index.ts';
import { CardPlusPayError, createCardPlusPay } from '../cardpluspay/index.ts';
import { type Config, readConfig } from '../config/index.ts';
import { en } from '../i18n/index.ts';
import { systemClock } from '../lib/index.ts';
import type { StoreOptions } from '../store/index.ts';
import { explainBackups, lostText, sumOf } from './backup-words.ts';
import { runCommandLine, typedPath } from './run.ts';

const words = en.backups.restore;

function parse(args: string[]) {
  const options = { to: { type: 'string' }, key: { type: 'string' } } as const;
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options });
  const [path, ...others] = positionals;
  return path === undefined || others.length > 0 ? undefined : { path, ...values };
}

function report(restored: Restored): string[] {
  const { records, before, ended, asked, withheld, halted, notAuthentic } = restored;
  return [
    words.contents(records.orders ?? 0, sumOf(records)),
    before === undefined ? words.nothingBefore : words.before(before),
    ...(notAuthentic > 0 ? [words.notAuthentic(notAuthentic)] : []),
    ...(ended > 0 ? [words.ended(ended)] : []),
    ...(asked > 0 ? [words.asked(asked)] : []),
    ...(withheld > 0 ? [words.withheld(withheld)] : []),
    ...(halted > 0 ? [words.halted(halted)] : []),
  ];
}

/** That CardPlusPay does not answer takes nothing back: the bot compares before it buys. */
async function compared(store: StoreOptions, { cardPlusPay }: Config): Promise<string[]> {
  const vendor = createCardPlusPay({ ...cardPlusPay, clock: systemClock });
  try {
    return lostText(await lostSince(store, vendor, systemClock.now()));
  } catch (error) {
    if (error instanceof CardPlusPayError) return lostText(undefined);
    throw error;
  } finally {
    await vendor.close();
  }
}

/** Gives the exit code. */
async function run(args: string[]): Promise<number> {
  const wanted = parse(args);
  if (!wanted) {
    console.log(words.usage);
    return 1;
  }
  const config = readConfig(process);
  const store = { ...config.store, ...(wanted.to !== undefined && { url: wanted.to }) };
  const backup = readManifest(typedPath(wanted.path));
  const restored = await restore({
    store,
    backup,
    keyFile: wanted.key === undefined ? undefined : typedPath(wanted.key),
    clock: systemClock,
  });
  console.log([words.done(backup.file, backup.at, restored.tookMs), ...report(restored)].join('\n'));
  console.log([...(await compared({ ...store, encryptionKey: restored.key }, config)), words.next].join('\n'));
  return 0;
}

await runCommandLine(run, { usage: words.usage, failed: 1, explain: explainBackups });
