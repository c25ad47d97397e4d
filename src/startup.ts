import type { Client } from 'discord.js';
import { type CardPlusPay, CardPlusPayError } from './cardpluspay/index.ts';
import type { Config } from './config.ts';
import { connect, DiscordFailure, disconnect } from './discord/index.ts';
import { openStore, type Store, StoreError } from './store/index.ts';

/** What keeps Cardigan from starting: each problem says how to mend it. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options);
    this.problems = problems;
  }
}

interface Parts {
  config: Config;
  giftCards: CardPlusPay;
  client: Client;
  log: { warn(facts: object, message: string): void };
}

/** Opens the store, signs in to Discord and tries the API key, all at once, so that every problem is named at once. */
export async function gatherStart({
  config,
  giftCards,
  client,
  log,
}: Parts): Promise<{ store: Store; bot: Client<true> }> {
  const [store, bot, key] = await Promise.allSettled([
    openStore(config.store),
    connect(client, config.discord.token),
    tryKey(giftCards, log),
  ]);
  if (store.status === 'fulfilled' && bot.status === 'fulfilled' && key.status === 'fulfilled') {
    return { store: store.value, bot: bot.value };
  }
  await disconnect(client);
  if (store.status === 'fulfilled') await store.value.close();
  const failures = [store, bot, key].filter((each) => each.status === 'rejected');
  throw new StartError(failures.map(({ reason }) => sentence(reason)));
}

/** A key that is refused stops the start; CardPlusPay out of reach does not: codes can still be revealed. */
async function tryKey(giftCards: CardPlusPay, log: Parts['log']): Promise<void> {
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
