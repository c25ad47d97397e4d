import { randomBytes } from 'node:crypto';
import { Events } from 'discord.js';
import { createCommands } from '../commands/index.ts';
import { createCardPlusPay } from './cardpluspay/client.ts';
import { createAccount } from './catalog/account.ts';
import { createCatalog } from './catalog/catalog.ts';
import { createShop } from './catalog/shop.ts';
import { systemClock } from './clock.ts';
import { ConfigError, readConfig } from './config.ts';
import { createClient } from './discord/connection.ts';
import { createDirectMessages } from './discord/direct-messages.ts';
import { createMailbox } from './discord/mailbox.ts';
import { askerByRest } from './discord/permissions.ts';
import { keepRegistered } from './discord/registration.ts';
import { createRouter } from './discord/router.ts';
import { wordsFor } from './i18n/words.ts';
import { createLog } from './log.ts';
import { newReference } from './orders/ids.ts';
import { createPurchasing } from './orders/purchasing.ts';
import { createQueries, querySchema } from './queries.ts';
import { gatherStart, StartError } from './start.ts';

const LOOK_AFTER_EVERY_MS = 15_000;
const REFRESH_CATALOG_EVERY_MS = 10 * 60_000;
const QUERIES_LAST_MS = 24 * 60 * 60_000;
const STOP_WITHIN_MS = 15_000;

/** Makes everything, in the order in which it is needed, and gives the way to end it. */
async function start(): Promise<() => Promise<void>> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const clock = systemClock;
  const giftCards = createCardPlusPay({ ...config.cardPlusPay, clock });
  const client = createClient(config.discord.apiUrl, log);
  const { store, bot } = await gatherStart({ config, giftCards, client, log });
  for (const notice of store.notices) log.warn(notice);

  const account = createAccount({ giftCards, clock });
  const catalog = createCatalog({
    giftCards,
    clock,
    log,
    refreshEveryMs: REFRESH_CATALOG_EVERY_MS,
  });
  const shop = createShop({ catalog, account, giftCards });
  const directMessages = createDirectMessages(bot);
  const mailbox = createMailbox({ directMessages, wordsFor, now: clock.now, log });
  const purchasing = createPurchasing({
    ...{ store, giftCards, shop, mailbox, clock, log },
    caps: config.caps,
    purchaseTimeoutMs: config.purchaseTimeoutMs,
    random: randomBytes,
  });
  const queries = createQueries({
    records: store.expiring('queries', querySchema, QUERIES_LAST_MS),
    newId: () => randomBytes(8).toString('hex'),
  });
  const commands = createCommands({ account, catalog, shop, purchasing, queries, now: clock.now });
  const allowed = new Set(config.discord.guilds);
  const route = createRouter({
    commands,
    isAllowed: (guild) => allowed.has(guild),
    askerByRest: (guild, user) => askerByRest(bot, guild, user),
    wordsFor,
    tell: directMessages.send,
    newIncidentId: () => newReference(randomBytes),
    log,
  });

  bot.on(Events.InteractionCreate, route);
  catalog.start();
  await keepRegistered({ client: bot, guilds: config.discord.guilds, commands, log });
  await purchasing.recover();
  const lookAfter = () =>
    purchasing
      .lookAfter()
      .catch((err: unknown) => log.error({ err }, 'open orders could not be looked after'));
  const timer = setInterval(lookAfter, LOOK_AFTER_EVERY_MS);
  log.info({ bot: bot.user.tag, guilds: config.discord.guilds }, 'Cardigan is ready');

  return async () => {
    bot.off(Events.InteractionCreate, route);
    clearInterval(timer);
    catalog.stop();
    await purchasing.stop(STOP_WITHIN_MS);
    await bot.destroy();
    await store.close();
    log.info('Cardigan has stopped');
  };
}

/** The first signal ends it in order, the second at once. */
function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(1);
    stopping = true;
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/** What nobody caught. Node would print the whole error, with all that it carries. */
function crash(error: unknown): void {
  createLog('fatal').fatal({ err: error }, 'Cardigan ends because of an error that nobody caught');
  process.exit(1);
}

process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
try {
  stopOnSignals(await start());
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof StartError)) throw error;
  const problems = error.problems.map((problem) => `- ${problem}\n`).join('');
  process.stderr.write(`Cardigan cannot start:\n${problems}`);
  process.exit(1);
}
