import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readSigningKey } from './cardpluspay/index.ts';
import { isSafeUrl } from './lib/index.ts';

/** Everything Cardigan is told from outside, parsed once at start. */
export type Config = ReturnType<typeof toConfig>;

const DAY_MS = 24 * 60 * 60_000;

/** Every problem with the environment, each a line that names the variable and says how to mend it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const required = (how: string) =>
  z
    .string({ error: `is missing: ${how}` })
    .trim()
    .min(1, `is empty: ${how}`);

/** What travels in a header: one line of plain characters. */
const secret = (how: string) =>
  required(how).pipe(z.string().regex(/^[\x21-\x7e]+$/, 'has characters that do not belong there: copy it again'));

const safeUrl = z
  .string()
  .refine(isSafeUrl, 'must be an https: address (http: only on this machine itself)')
  .transform((url) => url.replace(/\/+$/, ''));

const amount = z
  .string()
  .trim()
  .regex(/^\d{1,12}(\.\d{1,4})?$/, 'must be an amount such as 1000 or 250.50');

const yesOrNo = z.enum(['true', 'false'], { error: 'must be true or false' });

const whole = (unit: string) => (lowest: number, highest: number) =>
  z.coerce
    .number({ error: `must be a number of ${unit}s` })
    .int(`must be a whole number of ${unit}s`)
    .min(lowest, `must be at least ${lowest} ${unit}${lowest === 1 ? '' : 's'}`)
    .max(highest, `must be at most ${highest} ${unit}s`);
const seconds = whole('second');
const days = whole('day');

const guilds = required('give the ids of the servers that may use the bot, separated by commas').transform((text) => [
  ...new Set(
    text
      .split(',')
      .map((id) => id.trim())
      .filter(Boolean),
  ),
]);

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const environment = z.object({
  DISCORD_TOKEN: secret('copy the bot token from the Discord developer portal, page Bot'),
  DISCORD_GUILD_IDS: guilds.pipe(
    z
      .array(z.string().regex(/^\d{15,22}$/, 'has an entry that is no server id (a number of 17 to 20 digits)'))
      .min(1, 'names no server'),
  ),
  DISCORD_API_URL: safeUrl.default('https://discord.com/api'),
  DISCORD_MEMBERS_INTENT: yesOrNo.default('false').transform((text) => text === 'true'),
  CARDPLUSPAY_API_KEY: secret('copy the key from your CardPlusPay account'),
  CARDPLUSPAY_BASE_URL: safeUrl.default('https://api.cardpluspay.com/v1'),
  CARDPLUSPAY_SIGNING_KEY_FILE: z.string().optional(),
  CARDPLUSPAY_CHALLENGE_PATH: z
    .string()
    .regex(/^\/\S*$/, 'must be a path such as /auth/challenge')
    .optional(),
  STORE_URL: z.string().default('sqlite://data/cardigan.db'),
  ENCRYPTION_KEY: z.string().optional(),
  MAX_ORDER_TOTAL: amount.default('1000'),
  MAX_DAY_TOTAL: amount.default('5000'),
  PURCHASE_TIMEOUT_S: seconds(10, 600).default(60),
  RECONCILE_FOR_S: seconds(10, 86_400).default(300),
  KEEP_CODES_DAYS: days(1, 3650).default(30),
  REWARD_DMS_PER_MINUTE: whole('message')(1, 3000).default(50),
  LOG_LEVEL: z.enum(levels, { error: `must be one of ${levels.join(', ')}` }).default('info'),
});
type Environment = z.infer<typeof environment>;

/** An empty line in `.env` means the same as no line. */
function withoutEmpty(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim() !== ''));
}

interface Signing {
  readonly keyPem: string;
  readonly challengePath: string;
}

/** Throws a ConfigError for half of the pair, or a file that holds no key. */
function readSigning(variables: NodeJS.ProcessEnv): Signing | undefined {
  const { CARDPLUSPAY_SIGNING_KEY_FILE: file, CARDPLUSPAY_CHALLENGE_PATH: challengePath } = variables;
  if (!file && !challengePath) return undefined;
  if (!file || !challengePath) {
    throw new ConfigError([
      'CARDPLUSPAY_SIGNING_KEY_FILE and CARDPLUSPAY_CHALLENGE_PATH go together: set both, or neither',
    ]);
  }
  try {
    const keyPem = readFileSync(file, 'utf8');
    readSigningKey(keyPem);
    return { keyPem, challengePath };
  } catch {
    throw new ConfigError([
      'CARDPLUSPAY_SIGNING_KEY_FILE must name a file that can be read and holds an RSA private key in PEM form',
    ]);
  }
}

/** Throws a ConfigError that names every problem at once. Values are never in it: some are secret. */
export function readConfig(variables: NodeJS.ProcessEnv): Config {
  const given = withoutEmpty(variables);
  const parsed = environment.safeParse(given);
  const issues = parsed.error?.issues ?? [];
  const problems = [...new Set(issues.map(({ path, message }) => `${String(path[0])} ${message}`))];
  let signing: Signing | undefined;
  try {
    signing = readSigning(given);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
  }
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return toConfig(parsed.data, signing);
}

function toConfig(env: Environment, signing: Signing | undefined) {
  return {
    discord: {
      token: env.DISCORD_TOKEN,
      apiUrl: env.DISCORD_API_URL,
      guilds: env.DISCORD_GUILD_IDS,
      /** Asks Discord for the Server Members intent. */
      membersIntent: env.DISCORD_MEMBERS_INTENT,
    },
    cardPlusPay: { baseUrl: env.CARDPLUSPAY_BASE_URL, apiKey: env.CARDPLUSPAY_API_KEY, ...(signing && { signing }) },
    store: { url: env.STORE_URL, encryptionKey: env.ENCRYPTION_KEY },
    /** Decimal text, in the account's currency. */
    caps: { order: env.MAX_ORDER_TOTAL, day: env.MAX_DAY_TOTAL },
    purchaseTimeoutMs: env.PURCHASE_TIMEOUT_S * 1000,
    reconcileForMs: env.RECONCILE_FOR_S * 1000,
    keepCodesMs: env.KEEP_CODES_DAYS * DAY_MS,
    rewardDmsPerMinute: env.REWARD_DMS_PER_MINUTE,
    logLevel: env.LOG_LEVEL,
  };
}
