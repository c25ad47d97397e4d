import type { CheckId, NoteCode, NoteParams } from '../../doctor/index.ts';
import { counted, money, number } from './count.ts';
import { discordFindings } from './doctor-discord.ts';
import { hostFindings } from './doctor-host.ts';
import { moneyFindings } from './doctor-money.ts';
import type { FindingWords, Said } from './doctor-words.ts';

type NoteWords = { [C in NoteCode]: (params: Said<NoteParams[C]>) => string };

const findings: FindingWords = { ...hostFindings, ...discordFindings, ...moneyFindings };

const notes: NoteWords = {
  runs_on: ({ version }) => version,
  no_file: () => 'no such file here',
  free: ({ megabytes }) => `${number(megabytes)} MB free`,
  clock: ({ seconds }) => (seconds === 0 ? 'the same' : `${counted(seconds, 'second')} apart`),
  sign_ins: ({ left }) => `${number(left)} left`,
  servers: ({ count }) => counted(count, 'server'),
  signed: () => 'requests are signed',
  balance: ({ balance }) => balance,
  catalog: ({ products, total }) =>
    products < total ? `${number(products)} of ${number(total)} cards read` : counted(products, 'card'),
  stock: ({ item, isThere }) => (isThere === 'yes' ? `${item} is in stock` : `${item} is out of stock`),
  compared: ({ at }) => at,
  oldest_order: ({ order, status, at }) => `the oldest open order is ${order}, ${status}, since ${at}`,
  no_order: () => 'no open order',
  backup: ({ at }) => at,
};

const titles: Readonly<Record<CheckId, string>> = {
  environment: 'Environment variables',
  node: 'Node.js',
  env_file: 'Who can read .env',
  secret_files: 'Who can read the secret files',
  store_folder: "Who can read the store's folder",
  database_file: 'Who can read the database',
  key_file: 'Who can read the key file',
  disk_space: 'Disk space',
  store_opens: 'The store opens',
  store_shape: "The store's version",
  encryption_key: 'The encryption key fits',
  store_writable: 'The store can be written',
  discord: 'Discord answers',
  token: 'The bot token',
  discord_clock: "The clock, beside Discord's",
  intents: 'Intents',
  endpoint: 'Interactions Endpoint URL',
  install_link: 'Who can add the bot, and how',
  sign_ins: 'Sign-ins left today',
  servers: 'Cardigan is in its servers',
  rights: 'Permissions in its servers',
  channels: 'Channels of the settings',
  roles: 'Roles of the settings',
  commands: 'Commands are registered',
  cardpluspay: 'CardPlusPay answers',
  api_key: 'The API key',
  signature: 'Signed requests',
  cardpluspay_clock: "The clock, beside CardPlusPay's",
  balance: 'Balance',
  catalog: 'Catalog',
  stock: 'A stock check',
  purchases: 'Purchases are not paused',
  comparison: 'The last comparison of the books',
  books: 'The books agree',
  orders: 'Open orders',
  backup: 'The last backup',
};

/** What `npm run doctor` and /doctor say. */
export const doctor = {
  titles,
  findings,
  notes,
  amount: money,
  states: { ok: 'OK', warning: 'Warning', failure: 'Failure', skipped: 'Not checked' },
  skipped: (check: string) => `because of "${check}"`,
  mend: (how: string) => `Fix: ${how}`,
  summary: (all: number, warnings: number, failures: number, skipped: number) =>
    [
      counted(all, 'check'),
      failures > 0 && counted(failures, 'failure'),
      warnings > 0 && counted(warnings, 'warning'),
      skipped > 0 && `${number(skipped)} not checked`,
      failures + warnings === 0 && 'all well',
    ]
      .filter(Boolean)
      .join(', '),
  wellTitle: 'Cardigan is well',
  warnTitle: 'Cardigan works, with something to look at',
  failTitle: 'Cardigan needs fixing',
  /** Checks that are well, in one line. */
  well: (checks: string) => `OK: ${checks}`,
  more: (count: number) => `And ${number(count)} more. "npm run doctor" has all of it.`,
  nextOperator: 'Whoever runs Cardigan sees more with "npm run doctor": files, disk and variables too.',
  nextServer: 'This is about your server. The account and the machine are checked in the first server.',
  usage: `npm run doctor                 checks everything, and changes nothing
npm run doctor -- --json       the same for programs
npm run doctor -- --help       this text

It can run beside the bot. It exits with 0 when all is well, 1 when there are only warnings, 2 when something failed,
and 3 when it was called in another way. docs/doctor.md has every check.`,
};
