import { randomBytes } from 'node:crypto';
import { createCommands } from '../commands/index.ts';
import { createAudit, everySource } from './audit/index.ts';
import { createBackupSchedule, ownProgram } from './backup/index.ts';
import { createBrands } from './brands/index.ts';
import { createCampaigns } from './campaigns/index.ts';
import { createCardPlusPay } from './cardpluspay/index.ts';
import { asking, createAccount, createCatalog, createShop, watchVendor } from './catalog/index.ts';
import { readConfig } from './config/index.ts';
import { createDiscord, createDiscordProbe, createHealth, definitionsOf, endInOrder } from './discord/index.ts';
import { createBackupProbe, createClockWatch, createDoctor } from './doctor/index.ts';
import { createLog, systemClock, VERSION } from './lib/index.ts';
import { createMonitoring } from './monitoring/index.ts';
import { createOrders, statuses } from './orders/index.ts';
import { createPolicy } from './policy/index.ts';
import { createPrivacy } from './privacy/index.ts';
import { connectAll, runProcess } from './startup.ts';
import { unlessUnreadable } from './store/index.ts';

/** A large catalog takes hundreds of requests: often enough to browse by, for every price is asked again. */
const REFRESH_CATALOG_EVERY_MS = 30 * 60_000;
/** What is under way when the process is told to end may take as long. */
const STOP_WITHIN_MS = 15_000;

/** Makes everything in the order in which it is needed, and sets it going. */
async function start(): Promise<void> {
  const config = readConfig(process);
  const { apiUrl, guilds, membersIntent } = config.discord;
  const { caps, purchaseTimeoutMs, reconcileForMs, keepCodesMs } = config;
  const limits = { caps, purchaseTimeoutMs, reconcileForMs, keepCodesMs };
  const clock = systemClock;
  const log = createLog(config.logLevel);
  log.info({}, `Cardigan ${VERSION} starts`);
  const address = config.healthAddress;
  const monitoring = await createMonitoring({ address, version: VERSION, caps, statuses, clock, log });
  const { metrics } = monitoring;
  const { onClock, clockAhead } = createClockWatch();
  const { giftCards, seen } = watchVendor(createCardPlusPay({ ...config.cardPlusPay, clock, onClock }), clock, metrics);
  const account = createAccount({ giftCards, clock });
  const health = createHealth({ clock, log, metrics });
  const { store, client } = await connectAll({ config, account, health, monitoring, log });
  const base = { store, random: randomBytes, metrics, clock, log };

  const brands = createBrands({ ...config.brands, log });
  const discord = createDiscord({
    ...base,
    client,
    brands,
    health,
    apiUrl,
    guilds,
    membersIntent,
    dmsPerMinute: config.rewardDmsPerMinute,
    // That settings cannot be read is told where they would say nothing else.
    adminsChannelOf: async (guild) => (await unlessUnreadable(() => policy.of(guild), undefined))?.adminsChannel,
    approversOf: async (guild) => (await unlessUnreadable(() => policy.of(guild), undefined))?.approvers ?? [],
  });
  const { mailbox, board, campaignBoard, directory, members, places, queries } = discord;
  const refreshEveryMs = REFRESH_CATALOG_EVERY_MS;
  const catalog = createCatalog({ giftCards, clock, log, refreshEveryMs });
  const shop = createShop({ catalog, account, giftCards });

  const policy = createPolicy({
    ...base,
    members,
    places,
    catalog,
    guilds,
    currency: () => asking(account.currency()),
    delegateWord: discord.delegateWord,
  });
  const { ledger, breakages, settings, budgets, delegates: delegating } = policy;
  const rules = policy;
  // A SQLite store is locked by the process that has it.
  const ownsStore = config.store.url.startsWith('sqlite:');
  const hasPeers = (config.discord.sharding?.count ?? 1) > 1;
  const neighbours = { giftCards, account, shop, rules, ledger, breakages, policies: policy, members };
  const dmsTo = config.rewardDmsToStrangers ? ('strangers' as const) : ('known' as const);
  const campaignDms = config.rewardDmsPerMinute > 0 ? { to: dmsTo } : undefined;
  // Campaigns are made after what asks for their needs.
  const upcomingNeeds = () => campaigns.upcomingNeeds();
  const watching = { seen, ownerGuild: discord.ownerGuild, lowDiskBytes: config.lowDiskBytes, upcomingNeeds };
  const around = { ...base, ...neighbours, ...limits, ...watching };
  const orders = createOrders({ ...around, mailbox, board, ownsStore, hasPeers, campaignDms });
  const boards = { board, campaignBoard, directory, places };
  const campaigns = createCampaigns({ ...base, ...neighbours, ...boards, orders, caps });
  const audit = createAudit({
    ...base,
    sources: everySource(store),
    ownerGuild: discord.ownerGuild,
    isApprover: async (member) => (await rules.voicesOf(member)).length > 0,
  });
  const { eraseAfterMs, keepPeopleMs } = config;
  const privacy = createPrivacy({ ...base, ownerGuild: discord.ownerGuild, eraseAfterMs, keepPeopleMs });
  const doctor = createDoctor({
    discord: createDiscordProbe({ rest: client.rest, membersIntent, definitions: () => definitionsOf(commands) }),
    giftCards,
    catalog,
    store,
    guilds,
    membersIntent,
    clock,
    clockAhead,
    isSigning: config.cardPlusPay.signing !== undefined,
    backup: createBackupProbe(config.backups),
  });
  const buying = { account, catalog, shop, orders, queries };
  const deciding = { rules, settings, delegating, budgets, audit, privacy, doctor };
  const giving = { campaigns, places, directory };
  const { inviteThatPings } = discord;
  const looking = { inviteThatPings, discordHealth: discord.health, now: clock.now };
  const commands = createCommands({ ...buying, ...deciding, ...giving, ...looking });

  const backups = createBackupSchedule({ ...base, ...config.backups, command: ownProgram('backup') });
  const service = discord.serve({
    commands,
    greet: orders.welcome,
    lock: store.lock,
    recover: async () => {
      await campaigns.recover();
      await orders.recover();
    },
    tick: async () => {
      const figures = monitoring.collect(orders.storeFigures);
      const jobs = [policy, orders, campaigns, audit, privacy, backups];
      await Promise.all([...jobs.map((each) => each.tick()), figures]);
    },
  });
  monitoring.watch({ ...service.checks, store: store.probe });
  // Last: hundreds of requests, which nobody waits for.
  catalog.start();
  // Nothing new is taken, another process may have the shard at once, and what is under way may finish.
  endInOrder(client, async () => {
    monitoring.stopping();
    const handedOver = service.stop();
    catalog.stop();
    const stopped = [orders, campaigns, audit, privacy].map((each) => each.stop(STOP_WITHIN_MS));
    await Promise.all([handedOver, backups.stop(), ...stopped]);
    await service.leave();
    await store.close();
    await monitoring.close();
    log.info('Cardigan has stopped');
  });
}

await runProcess(start);
