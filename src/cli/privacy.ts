import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../config/index.ts';
import { en } from '../i18n/index.ts';
import { createLog, systemClock } from '../lib/index.ts';
import { createPrivacy } from '../privacy/index.ts';
import { openStore, StoreError } from '../store/index.ts';
import { runCommandLine } from './run.ts';

const words = en.privacyCommand;

const isId = (text: string | undefined): text is string => /^\d{15,20}$/.test(text ?? '');

/** What the command line says: whose data, and whether it is shown or erased. */
function parse(args: string[]) {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { show: { type: 'boolean' }, erase: { type: 'boolean' }, server: { type: 'string' } },
  });
  const [user, ...others] = positionals;
  const isOne = (values.show === true) !== (values.erase === true);
  if (!isId(user) || others.length > 0 || !isOne) return undefined;
  if (values.server !== undefined && !isId(values.server)) return undefined;
  return { user, server: values.server, isErasing: values.erase === true };
}

/** Gives the exit code. */
async function run(args: string[]): Promise<number> {
  const wanted = parse(args);
  if (!wanted) return say(words.usage, 2);
  const config = readConfig(process);
  const { guilds } = config.discord;
  const store = await openStore(config.store);
  try {
    const { eraseAfterMs, keepPeopleMs } = config;
    const base = { store, clock: systemClock, log: createLog('warn'), eraseAfterMs, keepPeopleMs };
    const privacy = createPrivacy({ ...base, ownerGuild: guilds[0] ?? '' });
    for (const guild of wanted.server === undefined ? guilds : [wanted.server]) {
      const person = { guild, user: wanted.user };
      say(await (wanted.isErasing ? erase(privacy, person) : show(privacy, person)), 0);
    }
    return 0;
  } finally {
    await store.close();
  }
}

type Person = Parameters<ReturnType<typeof createPrivacy>['summaryOf']>[0];

const show = (privacy: ReturnType<typeof createPrivacy>, person: Person): Promise<string> =>
  privacy.fileOf(person, en.privacy.file, Number.POSITIVE_INFINITY);

/** What can go now is gone when this ends; the bot does the rest once it is over. */
async function erase(privacy: ReturnType<typeof createPrivacy>, person: Person): Promise<string> {
  const { waits, counts } = await privacy.summaryOf(person);
  if (Object.keys(counts).length === 0) return words.nothing(person.guild);
  await privacy.requestErasure(person, 'operator');
  let left = waits.now;
  for (let before = Number.POSITIVE_INFINITY; left > 0 && left < before; ) {
    before = left;
    await privacy.eraseNow(person);
    left = (await privacy.summaryOf(person)).waits.now;
  }
  return words.erased(person.guild, waits.now - left, waits.young + waits.open + waits.codes + left, waits.stays);
}

function say(text: string, code: number): number {
  console.log(text);
  return code;
}

await runCommandLine(run, {
  usage: words.usage,
  failed: 1,
  explain(error) {
    if (error instanceof ConfigError) return error.problems;
    return error instanceof StoreError ? [error.message] : undefined;
  },
});
