import { randomBytes } from 'node:crypto';
import { Events } from 'discord.js';
import { createCommands } from '../commands/index.ts';
import { createAudit, everySource } from './audit/index.ts';
import { createCampaigns } from './campaigns/index.ts';
import { createCardPlusPay } from './cardpluspay/index.ts';
import { asking, createAccount, createCatalog, createShop } from './catalog/index.ts';
import { ConfigError, readConfig } from './config.ts';
import {
  askerByRest,
  createCampaignBoard,
  createClient,
  createDelegateWord,
  createDirectMessages,
  createDirectory,
  createMail,
  createNoticeBoard,
  createPlaces,
  createPoster,
  createQueries,
  createReadFile,
  createRegistration,
  createRouter,
  createServing,
  disconnect,
  endInOrder,
  placeSchema,
  querySchema,
  RECEIPTS_LAST_MS,
} from './discord/index.ts';
import { wordsFor } from './i18n/index.ts';
import { createLog, systemClock } from './lib/index.ts';
import { createOrders } from './orders/index.ts';
import {
  createApprovals,
  createBudgets,
  createDelegating,
  createGuildSettings,
} from './policy/index.ts';
import { gatherStart, StartError } from './startup.ts';

/** The bot has one connection to the gateway, for all guilds. */
const SHARD = 0;
/** A large catalog takes hundreds of requests: often enough to browse by, for every price is asked again. */
const REFRESH_CATALOG_EVERY_MS = 30 * 60_000;
const QUERIES_LAST_MS = 24 * 60 * 60_000;
const STOP_WITHIN_MS = 15_000;
const ANSWERS_WITHIN_MS = 5_000;

/** Makes everything in the order in which it is needed, and sets it going. */
async function start(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const clock = systemClock;
  const giftCards = createCardPlusPay({ ...config.cardPlusPay, clock });
  const { apiUrl, membersIntent } = config.discord;
  const client = createClient({ apiUrl, membersIntent, log });
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
  const [ownerGuild = ''] = config.discord.guilds; // never empty: the configuration is read so
  const directMessages = createDirectMessages(bot);
  const poster = createPoster({ client: bot });
  const mail = createMail({
    ...{ client: bot, poster, directMessages, wordsFor, clock, log },
    records: store.sealedExpiring('receipts', placeSchema, RECEIPTS_LAST_MS),
    dmsPerMinute: config.rewardDmsPerMinute,
  });
  const { mailbox, receipts } = mail;
  const members = createDirectory({ client: bot, canListMembers: membersIntent, log });
  const approvals = createApprovals({ store, clock, members });
  const delegating = createDelegating({
    ...{ ...approvals, members, clock },
    word: createDelegateWord({ client: bot, directMessages, wordsFor, log }),
  });
  const { policies, rules, breakages } = approvals;
  const board = createNoticeBoard({ client: bot, poster, guild: ownerGuild, policies, wordsFor });
  const places = createPlaces(bot, log);
  const { guilds } = config.discord;
  const settings = createGuildSettings({ policies, breakages, places, catalog, guilds, clock });
  const orders = createOrders({
    ...{ store, giftCards, shop, mailbox, board, clock, log },
    ...{ rules, policies, breakages, members, ledger: approvals.ledger },
    caps: config.caps,
    purchaseTimeoutMs: config.purchaseTimeoutMs,
    reconcileForMs: config.reconcileForMs,
    keepCodesMs: config.keepCodesMs,
    // A SQLite store is locked by the process that has it.
    ownsStore: config.store.url.startsWith('sqlite:'),
    random: randomBytes,
  });
  const audit = createAudit({
    ...{ store, ownerGuild, clock, log },
    sources: everySource(store),
    isApprover: async (member) => (await rules.voicesOf(member)).length > 0,
  });
  const queries = createQueries({
    records: store.expiring('queries', querySchema, QUERIES_LAST_MS),
    newId: () => randomBytes(8).toString('hex'),
  });
  const currency = () => asking(account.currency());
  const budgets = createBudgets({ ...approvals, members, currency, clock });
  const { caps } = config;
  const campaignBoard = createCampaignBoard({
    ...{ client: bot, poster, directMessages, wordsFor, now: clock.now, log },
    approvalChannel: board.approvalChannel,
  });
  const campaigns = createCampaigns({
    ...{ store, account, shop, orders, rules, policies, places, board, caps, clock, log },
    ...{ ledger: approvals.ledger, directory: members, random: randomBytes, campaignBoard },
  });
  const commands = createCommands({
    ...{ account, audit, catalog, shop, orders, delegating, queries, rules, settings },
    ...{ budgets, campaigns, places, directory: members },
    now: clock.now,
  });
  const allowed = new Set(guilds);
  const router = createRouter({
    commands,
    isAllowed: (guild) => allowed.has(guild),
    ownerGuild,
    askerByRest: (guild, user) => askerByRest(bot, guild, user),
    wordsFor,
    follow: receipts.follow,
    readFile: createReadFile({ apiUrl, log }),
    newIncidentId: () => randomBytes(4).toString('hex'),
    log,
  });

  const register = createRegistration({
    ...{ client: bot, guilds, commands, log },
    isServing: () => serving.isServing(),
  });
  const serving = createServing({
    shard: SHARD,
    lock: store.lock,
    register,
    recover: orders.recover,
    lookAfter: async () => {
      const rounds = [orders.tick(), campaigns.tick(), audit.round()];
      await Promise.all([settings.watch(), ...rounds]);
    },
    facts: { bot: bot.user.tag, guilds },
    ...{ clock, log },
  });

  /**
   * Takes no more presses, lets another process have the shard at once, lets what is under way finish, and closes the
   * store.
   */
  async function stop(): Promise<void> {
    const givenUp = serving.stop();
    mail.stop();
    catalog.stop();
    const stopped = [orders, campaigns, audit].map((each) => each.stop(STOP_WITHIN_MS));
    await Promise.all([givenUp, ...stopped]);
    await Promise.race([router.settled(), clock.sleep(ANSWERS_WITHIN_MS)]);
    await disconnect(bot);
    await store.close();
    log.info('Cardigan has stopped');
  }

  endInOrder(bot, stop);
  bot.on(Events.InteractionCreate, (interaction) => {
    if (serving.isServing()) router.route(interaction);
  });
  catalog.start();
  serving.start();
}

/** What nobody caught. Node would print the whole error, with all that it carries. */
function crash(error: unknown): void {
  createLog('fatal').fatal({ err: error }, 'Cardigan ends because of an error that nobody caught');
  process.exit(1);
}

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
