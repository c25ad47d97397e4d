import type { Client } from 'discord.js';
import { type CardPlusPay, CardPlusPayError } from './cardpluspay/index.ts';
import { type Config, ConfigError } from './config.ts';
import { connect, createClient, DiscordFailure, disconnect } from './discord/index.ts';
import { createLog, type Log } from './lib/index.ts';
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

interface Deps {
  config: Config;
  giftCards: CardPlusPay;
  log: Log;
}

/** Opens the store, signs in to Discord and tries the API key, all at once, so that every problem is named at once. */
export async function connectAll({ config, giftCards, log }: Deps): Promise<{ store: Store; client: Client<true> }> {
  const signedOut = createClient({ ...config.discord, log });
  const [store, client, key] = await Promise.allSettled([
    openStore(config.store),
    connect(signedOut, config.discord.token),
    tryKey(giftCards, log),
  ]);
  if (store.status === 'fulfilled' && client.status === 'fulfilled' && key.status === 'fulfilled') {
    for (const notice of store.value.notices) log.warn({}, notice);
    return { store: store.value, client: client.value };
  }
  await disconnect(signedOut);
  if (store.status === 'fulfilled') await store.value.close();
  const failures = [store, client, key].filter((each) => each.status === 'rejected');
  throw new StartError(failures.map(({ reason }) => sentence(reason)));
}

/** A key that is refused stops the start; CardPlusPay out of reach does not: codes can still be revealed. */
async function tryKey(giftCards: CardPlusPay, log: Log): Promise<void> {
  try {
    await giftCards.balance();
  } catch (error) {
    if (!(error instanceof CardPlusPayError)) throw error;
    const isAboutTheKey = error.code === 'unauthorized' || error.code === 'signing_wanted';
    if (isAboutTheKey && error.outcome === 'refused') throw error;
    log.warn({ err: error }, 'CardPlusPay cannot be reached; starting without it');
  }
}

function sentence(error: unknown): string {
  if (error instanceof StoreError) return error.message;
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
  if (kind === 'intent') {
    return 'DISCORD_MEMBERS_INTENT is true, but the application has no such intent: switch on Server Members Intent in the Discord developer portal, page Bot, or set DISCORD_MEMBERS_INTENT=false';
  }
  return `Discord cannot be reached (${message}): check the network and DISCORD_API_URL, then start again`;
}

/** Runs the process. What keeps it from starting is said where whoever starts it looks, without a stack. */
export async function runProcess(start: () => Promise<void>): Promise<void> {
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
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
