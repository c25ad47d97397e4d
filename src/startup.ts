import type { Client } from 'discord.js';
import { CardPlusPayError } from './cardpluspay/index.ts';
import type { Account } from './catalog/index.ts';
import { type Config, ConfigError } from './config/index.ts';
import {
  type Access,
  accessOf,
  connect,
  createClient,
  DiscordFailure,
  disconnect,
  type Health,
  inviteLink,
} from './discord/index.ts';
import { createLog, type Log } from './lib/index.ts';
import { HealthAddressError, type Monitoring } from './monitoring/index.ts';
import { openStore, type Store, StoreError } from './store/index.ts';

/** What keeps Cardigan from starting: each problem says how to mend it. */
class StartError extends Error {
  override readonly name = 'StartError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options);
    this.problems = problems;
  }
}

const NO_INTENT =
  'DISCORD_MEMBERS_INTENT is true, but the application has no such intent: switch on Server Members Intent in the Discord developer portal, page Bot, or set DISCORD_MEMBERS_INTENT=false';

const NO_SESSIONS =
  'Discord does not let Cardigan sign in again for up to a day: it has signed in about a thousand times since yesterday, most likely because something restarts it each time it ends. Nothing is lost. Stop what restarts it, look in its log why it ends, and start it again tomorrow';

const DEAF =
  'The application has an Interactions Endpoint URL, so Discord sends commands and presses there, and Cardigan hears none of them: clear that field in the Discord developer portal, page General Information';

/** https://discord.com/developers/docs/events/gateway#privileged-intents */
const REVIEWED_FROM = 10_000;

interface Deps {
  config: Config;
  account: Pick<Account, 'balance'>;
  health: Health;
  monitoring: Pick<Monitoring, 'metrics' | 'open' | 'close'>;
  log: Log;
}

/**
 * Opens the store and tries token, servers and API key, all at once, so that every problem is named at once. Only where
 * there is none does anything go online.
 */
export async function connectAll({
  config,
  account,
  health,
  monitoring,
  log,
}: Deps): Promise<{ store: Store; client: Client<true> }> {
  const { token, guilds } = config.discord;
  const signedOut = createClient({ ...config.discord, health, log });
  const [store, access, key, listens] = await Promise.allSettled([
    openStore({ ...config.store, metrics: monitoring.metrics, say: (line) => log.warn({}, line) }),
    accessOf(signedOut, token, guilds),
    tryKey(account, log),
    monitoring.open(),
  ]);
  // Also where something else keeps it from starting: they are not said again.
  if (store.status === 'fulfilled') for (const notice of store.value.notices) log.warn({}, notice);
  const failures = [store, access, key, listens].filter((each) => each.status === 'rejected');
  const { lacking, wrong } = access.status === 'fulfilled' ? judge(access.value, guilds) : nothingKnown;
  if (access.status === 'fulfilled') tellOfReview(access.value, config.discord.membersIntent, log);
  try {
    if (store.status === 'rejected' || failures.length > 0 || lacking.length > 0) {
      throw new StartError([...failures.map(({ reason }) => sentence(reason)), ...lacking, ...wrong]);
    }
    const client = await signIn(signedOut, token);
    return { store: store.value, client };
  } catch (error) {
    await disconnect(signedOut);
    if (store.status === 'fulfilled') await store.value.close();
    await monitoring.close();
    throw error;
  }
}

async function signIn(client: Client, token: string): Promise<Client<true>> {
  try {
    return await connect(client, token);
  } catch (error) {
    throw new StartError([sentence(error)]);
  }
}

const nothingKnown = { lacking: [], wrong: [] };

/**
 * Without the first server nobody can be told or asked about the account. Any other may be joined later: the others are
 * served meanwhile, and the log says which one is not.
 */
function judge({ application, lacksIntent, isDeaf, notIn }: Access, [owner = '']: readonly string[]) {
  const sentenceOf = (guild: string) =>
    `DISCORD_GUILD_IDS names ${guild}, but Cardigan is not in that server: correct the id (right-click the server, Copy Server ID), or invite it with this link and start again: ${inviteLink(application)}`;
  return {
    /** Why it cannot start. */
    lacking: [
      ...(lacksIntent ? [NO_INTENT] : []),
      ...(isDeaf ? [DEAF] : []),
      ...(notIn.includes(owner) ? [sentenceOf(owner)] : []),
    ],
    /** What is to be mended too. */
    wrong: notIn.filter((guild) => guild !== owner).map(sentenceOf),
  };
}

/** From so many users on Discord lets nobody have the members intent without a review, and takes it away from who has it. */
function tellOfReview({ users, guilds, isReviewed, lacksIntent }: Access, isWanted: boolean, log: Log): void {
  if (users < REVIEWED_FROM || isReviewed) return;
  const facts = { users, guilds };
  const [now, from] = [users, REVIEWED_FROM].map((count) => count.toLocaleString('en-GB'));
  const rule = `Cardigan's servers have about ${now} members, and from ${from} on Discord grants Server Members Intent only after a review`;
  if (isWanted && !lacksIntent)
    log.warn(
      facts,
      `${rule}: apply for it in the developer portal, page Bot, within 90 days of Discord's notice. Without it Cardigan does not start until DISCORD_MEMBERS_INTENT=false`,
    );
  else log.info(facts, `${rule}. Only rewards to everybody with a role need it`);
}

/** A key that is refused stops the start; CardPlusPay out of reach does not: codes can still be revealed. */
async function tryKey(account: Pick<Account, 'balance'>, log: Log): Promise<void> {
  try {
    await account.balance();
  } catch (error) {
    if (!(error instanceof CardPlusPayError)) throw error;
    const isAboutTheKey = error.code === 'unauthorized' || error.code === 'signing_wanted';
    if (isAboutTheKey && error.outcome === 'refused') throw error;
    log.warn({ err: error }, 'CardPlusPay cannot be reached; starting without it');
  }
}

function sentence(error: unknown): string {
  if (error instanceof StoreError || error instanceof HealthAddressError) return error.message;
  if (error instanceof DiscordFailure) {
    return discordSentence(error);
  }
  if (error instanceof CardPlusPayError) {
    return error.code === 'signing_wanted'
      ? 'CardPlusPay wants signed requests for this account: set CARDPLUSPAY_SIGNING_KEY_FILE and CARDPLUSPAY_CHALLENGE_PATH'
      : 'CARDPLUSPAY_API_KEY was refused by CardPlusPay: copy the key again from your account';
  }
  throw error;
}

function discordSentence({ kind, message }: DiscordFailure): string {
  if (kind === 'unauthorized') {
    return 'DISCORD_TOKEN was refused by Discord: copy the bot token again from the developer portal, page Bot';
  }
  if (kind === 'intent') return NO_INTENT;
  if (kind === 'sessions') return NO_SESSIONS;
  return `Discord cannot be reached (${message}): check the network and DISCORD_API_URL, then start again`;
}

/** Runs the process. What keeps it from starting is said where whoever starts it looks, without a stack. */
export async function runProcess(start: () => Promise<void>): Promise<void> {
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  // Whoever adds a word means something by it, and nothing would come of that.
  if (process.argv.length > 2) {
    process.stderr.write('Cardigan starts without anything after its name: what it is told is in .env.\n');
    process.exit(2);
  }
  try {
    await start();
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof StartError)) throw error;
    const problems = error.problems.map((problem) => `- ${problem}\n`).join('');
    process.stderr.write(`Cardigan cannot start:\n${problems}`);
    process.exit(1);
  }
}

/** What nobody caught. Node would print the whole error, with all that it carries. */
function crash(error: unknown): void {
  createLog('fatal').fatal({ err: error }, 'Cardigan ends because of an error that nobody caught');
  process.exit(1);
}
