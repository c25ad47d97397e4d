import { z } from 'zod';
import { isFolder } from '../brands/index.ts';
import { isSafeUrl, typedAmount } from '../lib/index.ts';
import { type HealthAddress, parseHealthAddress } from '../monitoring/index.ts';

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
  .transform((text) => typedAmount(text) ?? text)
  .pipe(z.string().regex(/^\d{1,12}(\.\d{1,4})?$/, 'must be an amount such as 1000 or 250.50'));

const yesOrNo = z.enum(['true', 'false'], { error: 'must be true or false' });

const whole =
  (unit: string, whyNoMore = '') =>
  (lowest: number, highest: number) =>
    z.coerce
      .number({ error: `must be a number of ${unit}s` })
      .int(`must be a whole number of ${unit}s`)
      .min(lowest, `must be at least ${lowest} ${unit}${lowest === 1 ? '' : 's'}`)
      .max(highest, `must be at most ${highest} ${unit}s${whyNoMore}`);
const seconds = whole('second');
const days = whole('day');
const hours = whole('hour');
const megabytes = whole('megabyte');
/** It was up to 3,000, and 50 where it was not set: whoever has copied that reads why it is so few. */
const dms = whole(
  'message',
  ': Discord bars bots that write to many people. Everybody can reveal their card without one',
);

/** A number, alone or, as discord.js writes it, in a list. */
export const shardIn = (text: string) => Number(text.replaceAll(/[[\]\s]/g, ''));

const guilds = required('give the ids of the servers that may use the bot, separated by commas').transform((text) => [
  ...new Set(
    text
      .split(',')
      .map((id) => id.trim())
      .filter(Boolean),
  ),
]);

const healthAddress = z
  .string()
  .transform((text): HealthAddress | string => parseHealthAddress(text) ?? text)
  .refine((parsed) => typeof parsed !== 'string', 'must be a port such as 9464, or an address such as 127.0.0.1:9464')
  .transform((parsed) => parsed as HealthAddress);

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Discord bars bots that write to many people whom they have not written to before. */
const MOST_DMS_PER_MINUTE = 5;

/** Whatever counts against a month's spending limits is over by then, in every time zone. */
const LONGER_THAN_A_MONTH = 40;

/** Every variable that Cardigan reads, with what it may say; `docs/operating.md` has the same list. */
export const environment = z.object({
  DISCORD_TOKEN: secret('copy the bot token from the Discord developer portal, page Bot'),
  DISCORD_TOKEN_FILE: z.string().optional(),
  DISCORD_GUILD_IDS: guilds.pipe(
    z
      .array(z.string().regex(/^\d{17,20}$/, 'has an entry that is no server id (a number of 17 to 20 digits)'))
      .min(1, 'names no server'),
  ),
  DISCORD_API_URL: safeUrl.default('https://discord.com/api'),
  DISCORD_MEMBERS_INTENT: yesOrNo.default('false').transform((text) => text === 'true'),
  SHARDS: z
    .string()
    .regex(/^\[?\s*\d{1,4}\s*\]?$/, 'must be the number of the one shard that this process serves')
    .transform(shardIn)
    .optional(),
  SHARD_COUNT: whole('shard')(1, 1000).optional(),
  CARDPLUSPAY_API_KEY: secret('copy the key from your CardPlusPay account'),
  CARDPLUSPAY_API_KEY_FILE: z.string().optional(),
  CARDPLUSPAY_BASE_URL: safeUrl.default('https://api.cardpluspay.com/v1'),
  CARDPLUSPAY_SIGNING_KEY_FILE: z.string().optional(),
  CARDPLUSPAY_CHALLENGE_PATH: z
    .string()
    .regex(/^\/\S*$/, 'must be a path such as /auth/challenge')
    .optional(),
  STORE_URL: z.string().default('sqlite://data/cardigan.db'),
  STORE_URL_FILE: z.string().optional(),
  ENCRYPTION_KEY: z.string().optional(),
  ENCRYPTION_KEY_FILE: z.string().optional(),
  MAX_ORDER_TOTAL: amount.default('1000'),
  MAX_DAY_TOTAL: amount.default('5000'),
  PURCHASE_TIMEOUT_S: seconds(10, 600).default(60),
  RECONCILE_FOR_S: seconds(10, 86_400).default(300),
  KEEP_CODES_DAYS: days(1, 3650).default(30),
  BACKUP_FOLDER: z.string().optional(),
  BACKUP_EVERY_HOURS: hours(1, 720).default(24),
  BACKUP_KEEP: whole('backup')(1, 1000).default(14),
  ERASE_AFTER_DAYS: days(LONGER_THAN_A_MONTH, 3650).default(90),
  KEEP_PEOPLE_DAYS: days(LONGER_THAN_A_MONTH, 3650).optional(),
  REWARD_DMS_PER_MINUTE: dms(0, MOST_DMS_PER_MINUTE).default(0),
  REWARD_DMS_TO_STRANGERS: yesOrNo.default('false').transform((text) => text === 'true'),
  LOW_DISK_MB: megabytes(1, 10_000_000).default(500),
  BRAND_IMAGES: z.string().refine(isFolder, 'must name a folder that can be read').optional(),
  BRAND_GUIDES: z.string().optional(),
  HEALTH_ADDRESS: healthAddress.optional(),
  LOG_LEVEL: z.enum(levels, { error: `must be one of ${levels.join(', ')}` }).default('info'),
});
export type Environment = z.infer<typeof environment>;
export const known = Object.keys(environment.shape);
/** Those without which nothing starts. */
export const needed = Object.entries(environment.shape).flatMap(([name, type]) =>
  type.safeParse(undefined).success ? [] : name,
);
