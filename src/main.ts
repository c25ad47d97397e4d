import { randomBytes } from 'node:crypto';
import { createCommands } from '../commands/index.ts';
import { createAudit, everySource } from './audit/index.ts';
import { createCampaigns } from './campaigns/index.ts';
import { createCardPlusPay } from './cardpluspay/index.ts';
import { asking, createAccount, createCatalog, createShop } from './catalog/index.ts';
import { readConfig } from './config.ts';
import { createDiscord, endInOrder } from './discord/index.ts';
import { createLog, systemClock } from './lib/index.ts';
import { createOrders } from './orders/index.ts';
import { createPolicy } from './policy/index.ts';
import { connectAll, runProcess } from './startup.ts';

/** A large catalog takes hundreds of requests: often enough to browse by, for every price is asked again. */
const REFRESH_CATALOG_EVERY_MS = 30 * 60_000;
/** What is under way when the process is told to end may take as long. */
const STOP_WITHIN_MS = 15_000;

/** Makes everything in the order in which it is needed, and sets it going. */
async function start(): Promise<void> {
  const config = readConfig(process.env);
  const { caps, purchaseTimeoutMs, reconcileForMs, keepCodesMs } = config;
  const { apiUrl, guilds, membersIntent } = config.discord;
  const log = createLog(config.logLevel);
  const clock = systemClock;
  const giftCards = createCardPlusPay({ ...config.cardPlusPay, clock });
  const { store, client } = await connectAll({ config, giftCards, log });

  const discord = createDiscord({
    ...{ client, store, apiUrl, guilds, membersIntent, clock, log, random: randomBytes },
    dmsPerMinute: config.rewardDmsPerMinute,
    adminsChannelOf: async (guild) => (await policies.of(guild)).adminsChannel,
  });
  const { mailbox, board, campaignBoard, directory, places, queries } = discord;
  const account = createAccount({ giftCards, clock });
  const catalog = createCatalog({
    giftCards,
    clock,
    log,
    refreshEveryMs: REFRESH_CATALOG_EVERY_MS,
  });
  const shop = createShop({ catalog, account, giftCards });

  const policies = createPolicy({
    store,
    members: directory,
    places,
    catalog,
    guilds,
    clock,
    currency: () => asking(account.currency()),
    delegateWord: discord.delegateWord,
  });
  const { ledger, breakages, settings, budgets, delegates: delegating } = policies;
  const rules = policies;
  const orders = createOrders({
    ...{ store, giftCards, shop, mailbox, board, rules, breakages, ledger, clock, log },
    ...{ caps, purchaseTimeoutMs, reconcileForMs, keepCodesMs, random: randomBytes },
    ...{ policies, members: directory },
    // A SQLite store is locked by the process that has it.
    ownsStore: config.store.url.startsWith('sqlite:'),
  });
  const campaigns = createCampaigns({
    ...{
      store,
      account,
      shop,
      orders,
      rules,
      policies,
      places,
      ledger,
      board,
      campaignBoard,
      directory,
    },
    ...{ caps, random: randomBytes, clock, log },
  });
  const audit = createAudit({
    ...{ store, sources: everySource(store), ownerGuild: discord.ownerGuild, clock, log },
    isApprover: async (member) => (await rules.voicesOf(member)).length > 0,
  });
  const commands = createCommands({
    ...{ account, audit, catalog, shop, orders, delegating, queries, rules, settings },
    ...{ budgets, campaigns, places, directory, now: clock.now },
  });

  catalog.start();
  const service = discord.serve({
    commands,
    lock: store.lock,
    recover: orders.recover,
    tick: async () => {
      await Promise.all([policies.tick(), orders.tick(), campaigns.tick(), audit.tick()]);
    },
  });
  endInOrder(client, async () => {
    const handedOver = service.stop();
    catalog.stop();
    const stopped = [orders, campaigns, audit].map((each) => each.stop(STOP_WITHIN_MS));
    await Promise.all([handedOver, ...stopped]);
    await service.leave();
    await store.close();
    log.info('Cardigan has stopped');
  });
}

await runProcess(start);
