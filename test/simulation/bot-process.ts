import { createHash } from 'node:crypto';
import type { Dispatcher } from 'undici';
import { type Audit, createAudit } from '../../src/audit/index.ts';
import { everySource } from '../../src/audit/sources.ts';
import { createBrands } from '../../src/brands/index.ts';
import { type CampaignsContext, createContext } from '../../src/campaigns/context.ts';
import { type Campaigns, createCampaigns } from '../../src/campaigns/index.ts';
import type { CampaignBoard } from '../../src/campaigns/model/ports.ts';
import { createCardPlusPay } from '../../src/cardpluspay/client.ts';
import { createAccount } from '../../src/catalog/account.ts';
import type { Offer, Shop } from '../../src/catalog/shop.ts';
import { DiscordFailure } from '../../src/discord/errors.ts';
import type { ChannelMessages } from '../../src/discord/messages/channel-messages.ts';
import type { DirectMessages } from '../../src/discord/messages/direct-messages.ts';
import type { LiveReplies } from '../../src/discord/messages/live-replies.ts';
import { createRateLimit } from '../../src/discord/messages/rate-limit.ts';
import { sendCodes } from '../../src/discord/notify/codes.ts';
import { notifyReporter } from '../../src/discord/notify/direct.ts';
import { notifyRequester, showOrder, showProgress } from '../../src/discord/notify/requester.ts';
import { wordsFor } from '../../src/i18n/index.ts';
import { bind } from '../../src/lib/bind.ts';
import type { Log } from '../../src/lib/log/log.ts';
import type { Directory, Members } from '../../src/lib/member.ts';
import { money } from '../../src/lib/money.ts';
import type { OrdersDeps } from '../../src/orders/context.ts';
import type { Orders } from '../../src/orders/index.ts';
import type { Mailbox, NoticeBoard, NoticeContent } from '../../src/orders/model/ports.ts';
import { databaseOn } from '../../src/store/database.ts';
import { openStoreOn, type Store } from '../../src/store/open.ts';
import type { Tables } from '../../src/store/tables.ts';
import { noticeView } from '../../src/views/admin/notice.ts';
import { announcementView } from '../../src/views/orders/gift.ts';
import { type Outside, openProcess } from '../orders/outside.ts';
import type { Approvals } from '../policy/approvals.ts';
import { createScriptedPlaces } from '../policy/places.ts';
import { ADMINS, CHANNEL, type Discord, textOf } from './discord.ts';
import { gated } from './gated-tables.ts';
import type { Guild } from './guild.ts';
import type { Alive, Scheduler } from './scheduler.ts';
import { createExchange, type Links } from './vendor/exchange.ts';
import { text, type Vendor } from './vendor/vendor.ts';

/** One process of the bot: the real domain code, whose every call to the outside waits for the schedule. */
export interface BotProcess extends Alive {
  isStopping: boolean;
  /** Was started with a list of servers that has this one no more. */
  isUnserving: boolean;
  orders: Orders;
  audit: Audit;
  approvals: Approvals;
  campaigns: Campaigns;
  campaignsContext: CampaignsContext;
  unreadable: Store['unreadable'];
}

/** What a process finds outside. */
interface Surroundings extends Links {
  scheduler: Scheduler;
  vendor: Vendor;
  discord: Discord;
  guild: Guild;
  tables: Tables;
  caps: OrdersDeps['caps'];
  random: OrdersDeps['random'];
  isShared: boolean;
  isServed(): boolean;
  breaking(parts: Outside): Outside;
  breakingApprovals: ((approvals: Approvals) => Approvals) | undefined;
  breakingCampaigns: ((campaigns: Campaigns, ctx: CampaignsContext) => Campaigns) | undefined;
  show(to: string, text: string): void;
  logged(said: object, message: string): void;
}

export const PURCHASE_TIMEOUT_MS = 60_000;
const RECONCILE_FOR_MS = 300_000;
/** Longer than a run lasts. */
const KEEP_CODES_MS = 30 * 24 * 3600_000;
/** 32 bytes; which ones does not matter here. */
const ENCRYPTION_KEY = Buffer.alloc(32, 7).toString('base64');

export const openWorldStore = (tables: Tables) =>
  openStoreOn(databaseOn({ tables, keyFile: undefined }), ENCRYPTION_KEY);

/** Makes everything as `main.ts` does. The one place that knows what orders needs. */
export async function startProcess(world: Surroundings, name: string): Promise<BotProcess> {
  const endedAt = Number.POSITIVE_INFINITY;
  const alive: Alive = { name, isDead: false, endedAt, isFrozen: false, arrived: [] };
  const gate = gated(world.tables, alive, world.scheduler);
  const store = await openWorldStore(gate.tables);
  gate.close();
  const clock = world.scheduler.clockOf(alive);
  const log: Log = { info: () => {}, warn: world.logged, error: world.logged };
  const giftCards = createCardPlusPay({
    ...{ baseUrl: 'https://vendor', apiKey: 'the-key', clock, random: () => 0.5 },
    ...{ dispatcher: {} as Dispatcher, purchaseDispatcher: {} as Dispatcher },
    exchange: createExchange({ ...world, by: alive, purchaseTimeoutMs: PURCHASE_TIMEOUT_MS }),
  });
  const directMessages = world.discord.directMessagesOf(alive, ({ to, text: sent }) => world.show(to, sent));
  const messaging = {
    ...{ directMessages, channelMessages: noChannels, liveReplies: noReplies, wordsFor, clock },
    rateLimit: createRateLimit({ perMinute: 3000, clock }),
    brands: createBrands({ log }),
    log: { ...log, debug: () => {} },
  };
  const parts: Outside = {
    ...{ store, giftCards, clock, log, caps: world.caps, random: world.random },
    shop: createSimpleShop(world),
    mailbox: {
      ...bind(messaging, { deliver: sendCodes, tellOfCase: notifyReporter }),
      ...bind(messaging, { progress: showProgress, show: showOrder, tell: notifyRequester }),
      announce: createSimpleAnnouncing(directMessages),
    },
    board: createSimpleBoard(directMessages, world),
    members: world.guild.membersOf(alive),
    keepCodesMs: KEEP_CODES_MS,
    ...{ purchaseTimeoutMs: PURCHASE_TIMEOUT_MS, reconcileForMs: RECONCILE_FOR_MS },
    ownsStore: !world.isShared,
    hasPeers: world.isShared,
  };
  const made = world.breaking(parts);
  const audit = createAudit({
    ...{ store: made.store, sources: everySource(made.store), ownerGuild: 'guild', clock, log },
    isApprover: async ({ isManager }) => isManager,
  });
  const isUnserving = !world.isServed();
  const serving = { ...made, guilds: isUnserving ? [] : ['guild'] };
  const opened = openProcess(serving, world.breakingApprovals);
  const { breakingCampaigns = (campaigns) => campaigns } = world;
  const deps = {
    ...{ ...made, ...opened.approvals, orders: opened.orders },
    places: createScriptedPlaces().places,
    // The key of a store is made at random: draws would go another way each time.
    store: { ...made.store, fingerprint: hashed },
    ...{ account: createAccount(made), directory: createSimpleDirectory(made.members) },
    campaignBoard: simpleCampaignBoard,
  };
  const campaignsContext = createContext(deps);
  const campaigns = breakingCampaigns(createCampaigns(deps, campaignsContext), campaignsContext);
  return Object.assign(alive, {
    ...{ isStopping: false, isUnserving, audit },
    ...opened,
    ...{ campaigns, campaignsContext },
    unreadable: store.unreadable,
  });
}

/** What is said of campaigns is taken at once: the posting of messages is played by the other boards. */
const simpleCampaignBoard: CampaignBoard = {
  post: async (_, { nonce }) => ({ channel: CHANNEL, message: nonce }),
  edit: async () => true,
  remove: async () => {},
};
const hashed = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Everybody has been there for long; nobody is looked for by name or role. */
function createSimpleDirectory(members: Members): Directory {
  const find: Directory['find'] = async (guild, user) => {
    const found = await members.find(guild, user);
    return typeof found === 'string' ? found : { ...found, createdAt: 0, joinedAt: 0 };
  };
  return {
    find,
    findMany: async (guild, users) =>
      new Map(await Promise.all(users.map(async (user) => [user, await find(guild, user)] as const))),
    named: async () => 'unknown',
    async *withRole() {},
    async *reacted() {},
    canListMembers: false,
  };
}

/** The channel where people ask is one place, which Discord keeps as it keeps direct messages. */
function createSimpleAnnouncing(directMessages: DirectMessages): Mailbox['announce'] {
  return async (order, what, mayBeOut) => {
    const view = announcementView(order, what, wordsFor('en-US'));
    try {
      if (mayBeOut && (await directMessages.find(CHANNEL, view))) return;
      await directMessages.send(CHANNEL, view, `${order.id}.${what}`);
    } catch (error) {
      if (!(error instanceof DiscordFailure)) throw error;
    }
  };
}

/** The bot may write in no channel where people ask. */
const noChannels: ChannelMessages = {
  post: async () => undefined,
  find: async () => undefined,
  edit: async () => false,
  remove: async () => {},
};

/** Every message is too old to be edited: all news goes by direct message. */
const noReplies: LiveReplies = {
  follow: async () => {},
  handOn: async () => {},
  edit: async () => false,
  add: async () => false,
};

/** Admins read in one place, which Discord keeps as it keeps direct messages. */
function createSimpleBoard(directMessages: DirectMessages, world: Pick<Surroundings, 'show' | 'discord'>): NoticeBoard {
  const { gone } = world.discord;
  const viewOf = (content: NoticeContent) => noticeView(content, 'somebody', wordsFor('en-US'));
  return {
    stands: async () => true,
    approvalChannel: async () => ADMINS,
    async post(content, { nonce, mayBeOut }) {
      const view = viewOf(content);
      const isOut = mayBeOut && (await directMessages.find(ADMINS, view));
      if (!isOut) await directMessages.send(ADMINS, view, nonce);
      return { channel: ADMINS, message: nonce };
    },
    async edit(_, content) {
      if (gone.has('admins')) throw new DiscordFailure('unavailable', 'answer', 500);
      world.show(ADMINS, textOf(viewOf(content)));
      return true;
    },
    remove: async () => {},
  };
}

/** The catalog is in memory, and its prices may be old: orders has to ask again. */
function createSimpleShop({ vendor }: Surroundings): Shop {
  const offer = async (itemCode: string): Promise<Offer> => {
    const charged = money(text(vendor.prices[itemCode] ?? 0), 'USD');
    return { itemCode, name: `${itemCode} card`, charged, countryCodes: [] };
  };
  return {
    offer,
    offers: async () => [],
    oddities: () => ({ skipped: 0, cut: 0, isCut: false }),
    async stock(itemCode, quantity) {
      const found = await offer(itemCode);
      return { offer: found, quantity, each: found.charged };
    },
  };
}
