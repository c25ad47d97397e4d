import { readFileSync } from 'node:fs';
import { type Guides, readGuides } from '../brands/index.ts';
import { readSigningKey } from '../cardpluspay/index.ts';
import { storeProblems } from '../store/index.ts';
import { type FileFault, fileFaults } from './environment-file.ts';
import { type Misspelt, misspeltNames } from './environment-names.ts';
import { fileNameOf, readSecretFiles, type SecretFiles, twinOf } from './secret-files.ts';
import { type Environment, environment, known, needed, shardIn } from './variables.ts';

/** Everything Cardigan is told from outside, parsed once at start. */
export type Config = ReturnType<typeof toConfig>;

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** Every problem with the environment, each a line that names the variable and says how to mend it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** A blank around a value was copied with it, and an empty line in `.env` means the same as no line. */
function trimmed(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const values = Object.entries(variables).map(([name, value]) => [name, value?.trim()] as const);
  return Object.fromEntries(values.filter(([, value]) => value));
}

/** discord.js's ShardingManager sets both for the processes that it starts. */
function shardingProblems({ SHARDS: shard, SHARD_COUNT: count }: NodeJS.ProcessEnv, url: string): string[] {
  if (!shard && !count) return [];
  if (!shard || !count) return ['SHARDS and SHARD_COUNT go together: set both, or neither'];
  if (shardIn(shard) >= Number(count)) return ['SHARDS must be less than SHARD_COUNT: the first shard is 0'];
  // Also where there are several: they share a store.
  return Number(count) > 1 && url.startsWith('sqlite:') ? ['SHARD_COUNT above 1 needs PostgreSQL: set STORE_URL'] : [];
}

interface Signing {
  readonly keyPem: string;
  readonly challengePath: string;
}

/** Nothing without either of the pair. What can be wrong: half of it, or a file that holds no key. */
function readSigning(given: NodeJS.ProcessEnv): { signing?: Signing; problems: string[] } {
  const { CARDPLUSPAY_SIGNING_KEY_FILE: file, CARDPLUSPAY_CHALLENGE_PATH: challengePath } = given;
  if (!file && !challengePath) return { problems: [] };
  if (!file || !challengePath) {
    const both = 'CARDPLUSPAY_SIGNING_KEY_FILE and CARDPLUSPAY_CHALLENGE_PATH go together: set both, or neither';
    return { problems: [both] };
  }
  try {
    const keyPem = readFileSync(file, 'utf8');
    readSigningKey(keyPem);
    return { signing: { keyPem, challengePath }, problems: [] };
  } catch {
    const what = 'must name a file that can be read and holds an RSA private key in PEM form';
    return { problems: [`CARDPLUSPAY_SIGNING_KEY_FILE ${what}`] };
  }
}

/** An operator's own guides, none where none are named. What can be wrong: the file, or one thing in it. */
function guidesIn(path: string | undefined): { guides?: Guides; problems: string[] } {
  if (!path) return { problems: [] };
  try {
    return { guides: readGuides(path), problems: [] };
  } catch (error) {
    return { problems: [`BRAND_GUIDES ${error instanceof Error ? error.message : 'cannot be read'}`] };
  }
}

/** What a problem is about, and what it says of that. */
type Wrong = readonly [name: string, problem: string];

/** Throws a ConfigError that names every problem at once. Values are never in it: some are secret. */
export function readConfig({ env, execArgv }: Pick<NodeJS.Process, 'env' | 'execArgv'>): Config {
  const typed = trimmed(env);
  const files = readSecretFiles(typed);
  const given = { ...typed, ...files.secrets };
  const parsed = environment.safeParse(given);
  const wrong = (parsed.error?.issues ?? []).map(({ path, message }): Wrong => [String(path[0]), message]);
  const { signing, problems: wrongSigning } = readSigning(given);
  const { guides, problems: wrongGuides } = guidesIn(given.BRAND_GUIDES);
  const problems = [
    ...namedProblems({ typed, given, files, wrong, faults: fileFaults(execArgv, known) }),
    ...wrongSigning,
    ...wrongGuides,
    ...shardingProblems(given, storeUrlIn(given)),
  ].map((problem) => sayWhence(problem, files));
  if (!parsed.success || problems.length > 0) throw new ConfigError([...new Set(problems)]);
  return toConfig(parsed.data, { signing, guides });
}

const storeUrlIn = (given: NodeJS.ProcessEnv) => environment.shape.STORE_URL.parse(given.STORE_URL);

interface Given {
  /** What was said outside. */
  readonly typed: NodeJS.ProcessEnv;
  /** And with what is in files. */
  readonly given: NodeJS.ProcessEnv;
  readonly files: SecretFiles;
  readonly faults: readonly FileFault[];
  readonly wrong: readonly Wrong[];
}

/** Of names, files and values. Whoever has misspelt a name, or named a file that nobody can read, has not left it out. */
function namedProblems({ typed, given, files, faults, wrong }: Given): string[] {
  const misspelt = misspeltNames(Object.keys(typed), { known, needed, twinOf });
  const isUnread = faults.some((fault) => fault.isUnread);
  const isMeant = (name: string) => misspelt.some(({ meant }) => meant === name || meant === fileNameOf(name));
  const isExplained = ([name]: Wrong) =>
    given[name] === undefined && (isUnread || files.unread.includes(name) || isMeant(name));
  const isStoreKnown = !isUnread && !files.unread.some((name) => name === 'STORE_URL' || name === 'ENCRYPTION_KEY');
  return [
    ...faults.map(({ problem }) => problem),
    ...misspelt.map(misspeltSentence),
    ...files.problems,
    ...wrong.filter((each) => !isExplained(each)).map(([name, problem]) => `${name} ${problem}`),
    ...(isStoreKnown ? storeProblems({ url: storeUrlIn(given), encryptionKey: given.ENCRYPTION_KEY }) : []),
  ];
}

/** Whoever gave a secret in a file mends it there. */
function sayWhence(problem: string, { secrets }: SecretFiles): string {
  const name = Object.keys(secrets).find((each) => problem.startsWith(`${each} `));
  return name === undefined ? problem : problem.replace(name, `${name} (from ${fileNameOf(name)})`);
}

function misspeltSentence({ given, meant }: Misspelt): string {
  if (given.startsWith('\uFEFF')) {
    return `${meant} comes after a byte order mark (BOM) and cannot be read: save .env as UTF-8 without BOM`;
  }
  const seen = given.replaceAll(/[^\x21-\x7e]/gu, (sign) => `<U+${hex(sign)}>`);
  return `${seen} is not a variable that Cardigan knows: did you mean ${meant}?`;
}

const hex = (sign: string) => (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

interface ReadFromFiles {
  readonly signing: Signing | undefined;
  readonly guides: Guides | undefined;
}

function toConfig(env: Environment, { signing, guides }: ReadFromFiles) {
  const { SHARDS: shard, SHARD_COUNT: count } = env;
  return {
    discord: {
      token: env.DISCORD_TOKEN,
      apiUrl: env.DISCORD_API_URL,
      guilds: env.DISCORD_GUILD_IDS,
      /** Asks Discord for the Server Members intent. */
      membersIntent: env.DISCORD_MEMBERS_INTENT,
      /** This process is connected for a part of the guilds. */
      ...(shard !== undefined && count !== undefined && { sharding: { shard, count } }),
    },
    cardPlusPay: { baseUrl: env.CARDPLUSPAY_BASE_URL, apiKey: env.CARDPLUSPAY_API_KEY, ...(signing && { signing }) },
    store: { url: env.STORE_URL, encryptionKey: env.ENCRYPTION_KEY },
    /** Decimal text, in the account's currency. */
    caps: { order: env.MAX_ORDER_TOTAL, day: env.MAX_DAY_TOTAL },
    purchaseTimeoutMs: env.PURCHASE_TIMEOUT_S * 1000,
    reconcileForMs: env.RECONCILE_FOR_S * 1000,
    keepCodesMs: env.KEEP_CODES_DAYS * DAY_MS,
    /** None are made by themselves where no folder is set. */
    backups: { folder: env.BACKUP_FOLDER, everyMs: env.BACKUP_EVERY_HOURS * HOUR_MS, keep: env.BACKUP_KEEP },
    /** How long people stay in what is over: after they asked to be erased, and in any case; for good, without it. */
    eraseAfterMs: env.ERASE_AFTER_DAYS * DAY_MS,
    keepPeopleMs: env.KEEP_PEOPLE_DAYS === undefined ? undefined : env.KEEP_PEOPLE_DAYS * DAY_MS,
    lowDiskBytes: env.LOW_DISK_MB * 1024 * 1024,
    rewardDmsPerMinute: env.REWARD_DMS_PER_MINUTE,
    /** Also people whom the bot has never sent a code. */
    rewardDmsToStrangers: env.REWARD_DMS_TO_STRANGERS,
    /** What an operator gives of brands beside what Cardigan has itself. */
    brands: { images: env.BRAND_IMAGES, guides },
    /** Where health and metrics are asked for. */
    healthAddress: env.HEALTH_ADDRESS,
    logLevel: env.LOG_LEVEL,
  };
}
