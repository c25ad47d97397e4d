import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CardPlusPay } from '../../src/cardpluspay/client.ts';
import { createAccount } from '../../src/catalog/account.ts';
import { createCatalog } from '../../src/catalog/catalog.ts';
import { createShop } from '../../src/catalog/shop.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { dayOf } from '../../src/lib/dates/calendar.ts';
import type { Member, Members } from '../../src/lib/member.ts';
import type { OrdersDeps } from '../../src/orders/context.ts';
import type { Case } from '../../src/orders/model/case.ts';
import { type Order, orderSchema } from '../../src/orders/model/order.ts';
import type {
  Announcement,
  Mailbox,
  NoticeBoard,
  NoticeContent,
  Notification,
  Parcel,
  Sequel,
  Stage,
} from '../../src/orders/model/ports.ts';
import { sealedAnswerSchema } from '../../src/orders/model/raw-answer.ts';
import type { Wish } from '../../src/orders/quote/create-quote.ts';
import type { DeliveryResult, MessageResult } from '../../src/outbox/delivery-result.ts';
import type { Place, Posting } from '../../src/outbox/outbox.ts';
import { budgetSchema } from '../../src/policy/budgets/record.ts';
import { defaultPolicy } from '../../src/policy/policy.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { createApprovals } from '../policy/approvals.ts';
import { type Outside, openProcess } from './outside.ts';
import { createScriptedClock } from './scripted-clock.ts';
import { createVendor, ITEM } from './vendor.ts';

export const anna: Member = { user: 'anna', guild: 'guild', isManager: true, roles: [] };
export const ben: Member = { user: 'ben', guild: 'guild', isManager: true };
/** Needs an approval for what she buys. */
export const cleo: Member = { user: 'cleo', guild: 'guild', isManager: false };
/** One of many who buy as Anna does: nobody has many offers open at once. */
export const buyer = (at: number): Member => ({ ...anna, user: `anna-${at}` });
/** Has a say in what concerns the whole account. */
export const olga: Member = { user: 'olga', guild: 'guild', isManager: true, isAdmin: true };

/** The same bytes in every run, and never the same twice. */
export function createRandom(seed = 1) {
  let state = seed;
  return (size: number) =>
    Uint8Array.from({ length: size }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    });
}

function createScriptedMailbox({ now }: Clock) {
  const state = {
    parcels: [] as Parcel[],
    /** What is under way, as it was shown. */
    stages: [] as { id: string; stage: Stage }[],
    /** How orders stand, as it was shown in the message whose button was pressed. */
    shown: [] as Order[],
    /** How long such a message can be edited. So short that what comes later comes by a message of its own. */
    receiptsLastMs: 1_000,
    /** When each order's message was pressed last. */
    pressed: new Map<string, number>(),
    /** What came by a message of its own. */
    told: [] as Order[],
    sequels: [] as (Sequel | undefined)[],
    messages: [] as Notification[],
    /** Where each of them stands. */
    places: [] as Place[],
    /** Words of cases, as they were sent. */
    cases: [] as { record: Case; mayBeOut: boolean }[],
    /** How a word of a case goes. */
    postCase: async (): Promise<MessageResult> => 'sent',
    /** What was said of gifts where they were sent. */
    announced: [] as { id: string; what: Announcement; mayBeOut: boolean }[],
    /** How a parcel goes. */
    post: async (_parcel: Parcel): Promise<DeliveryResult> => 'sent',
  };
  const mailbox: Mailbox = {
    async deliver(parcel) {
      state.parcels.push(parcel);
      return state.post(parcel);
    },
    progress: ({ id }, stage) => void state.stages.push({ id, stage }),
    async show(order, sequel) {
      const pressedAt = state.pressed.get(order.id);
      if (pressedAt === undefined || now() >= pressedAt + state.receiptsLastMs) return false;
      state.shown.push(order);
      state.sequels.push(sequel);
      return true;
    },
    async tell(order, message = { mayBeOut: false }) {
      state.told.push(order);
      state.sequels.push(message.sequel);
      state.messages.push(message);
      const place = message.place ?? { channel: 'dm', message: String(state.told.length) };
      state.places.push(place);
      return place;
    },
    async tellOfCase(record, _order, mayBeOut) {
      const how = await state.postCase();
      if (how === 'sent') state.cases.push({ record, mayBeOut });
      return how;
    },
    async announce({ id }, what, mayBeOut) {
      state.announced.push({ id, what, mayBeOut });
    },
  };
  return Object.assign(state, { mailbox });
}

/** A board that keeps what is put up, and takes no two with the same nonce. */
function createScriptedBoard() {
  const state = {
    notices: [] as (Posting & { said: NoticeContent[] })[],
    /** Called before a notice is put up, changed or taken away; may throw. */
    before: async (_what: 'post' | 'edit' | 'remove'): Promise<unknown> => undefined,
    /** Called after it was, before anybody learns of it. */
    after: async (_what: 'post' | 'edit' | 'remove'): Promise<unknown> => undefined,
    hasChannel: true,
    /** Channels that the bot may not write in. */
    closed: new Set<string>(),
    deleted: new Set<string>(),
  };
  const board: NoticeBoard = {
    stands: async () => true,
    async approvalChannel({ channel }) {
      if (!state.hasChannel) return undefined;
      return channel === undefined || state.closed.has(channel) ? 'admins' : channel;
    },
    async post(content, how) {
      await state.before('post');
      if (!state.hasChannel) return undefined;
      const known = state.notices.findIndex(({ nonce }) => nonce === how.nonce);
      const at = known >= 0 ? known : state.notices.push({ ...how, said: [content] }) - 1;
      await state.after('post');
      return { channel: 'admins', message: String(at) };
    },
    async edit({ message }, content) {
      await state.before('edit');
      if (state.deleted.has(message)) return false;
      state.notices[Number(message)]?.said.push(content);
      await state.after('edit');
      return true;
    },
    async remove(content, place) {
      await state.before('remove');
      const at = place ? Number(place.message) : state.notices.findIndex(isThat(content));
      if (state.notices[at]) state.deleted.add(String(at));
      await state.after('remove');
    },
  };
  const isThat =
    (content: NoticeContent) =>
    ({ said: [first] }: { said: NoticeContent[] }) =>
      first?.kind === 'reminder' &&
      content.kind === 'reminder' &&
      first.order.id === content.order.id &&
      first.number === content.number;
  const kinds = () => state.notices.map(({ said }) => said.at(-1)?.kind);
  return Object.assign(state, { board, kinds });
}

/** By the default policy. */
export const QUOTE_LASTS_MS = defaultPolicy.quoteMinutes * 60_000;
export const APPROVAL_LASTS_MS = defaultPolicy.approvalHours * 60 * 60_000;

export interface DeskOptions {
  caps?: { order: string; day: string };
  /** Instead of the scripted one. */
  giftCards?(clock: Clock): CardPlusPay;
  /** Instead of a new one on SQLite; whoever brings it closes it. */
  store?: Store;
  /** False: as on a database that several processes share. */
  ownsStore?: boolean;
  hasPeers?: boolean;
  random?: OrdersDeps['random'];
  /** What this process sees of the outside, when a test stands in between. */
  wrap?(outside: Outside): Outside;
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** The real orders on a real store, with everything outside in the test's hands. */
export async function openDesk(options: DeskOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'cardigan-orders-'));
  const file = join(folder, 'cardigan.db');
  const store = options.store ?? (await openStore({ url: `sqlite://${file}` }));
  onTestFinished(async () => {
    if (store !== options.store) await store.close();
    await rm(folder, { recursive: true });
  });
  const clock = createScriptedClock();
  const vendor = createVendor();
  const post = createScriptedMailbox(clock);
  const board = createScriptedBoard();
  const logged: unknown[] = [];
  const write = (facts: object, message: string) => void logged.push({ message, ...facts });
  const giftCards = options.giftCards?.(clock) ?? vendor.giftCards;
  const log = { info: write, warn: write, error: write };
  const catalog = createCatalog({ giftCards, clock, log, refreshEveryMs: 1 });
  const account = createAccount({ giftCards, clock });
  const { random = createRandom() } = options;
  const guild = {
    /** Who has left it. */
    left: new Set<string>(),
    /** Whether Discord tells who belongs to it. */
    isKnown: true,
    /** Its members as they are now. */
    members: new Map([anna, ben, cleo, olga].map((each) => [each.user, each])),
  };
  const members: Members = {
    async find(_, user) {
      if (!guild.isKnown) return 'unknown';
      return guild.left.has(user) ? 'none' : (guild.members.get(user) ?? { ...anna, user });
    },
  };
  const outside: Outside = {
    ...{ store, giftCards, clock, random, log, members },
    shop: createShop({ catalog, account, giftCards }),
    mailbox: post.mailbox,
    board: board.board,
    caps: options.caps ?? { order: '1000', day: '5000' },
    purchaseTimeoutMs: 60_000,
    reconcileForMs: 300_000,
    keepCodesMs: 30 * 24 * 60 * 60_000,
    ownsStore: options.ownsStore ?? true,
    hasPeers: options.hasPeers ?? false,
  };
  const wrap = options.wrap ?? ((same: Outside) => same);
  /** As another process of the same bot would have it. */
  const newProcess = (change = wrap) => openProcess(change(outside)).orders;
  return {
    ...reading(store),
    clock,
    vendor,
    post,
    board,
    guild,
    ...createApprovals(outside),
    logged,
    file,
    store,
    outside,
    newProcess,
    ...newProcess(),
  };
}

/** What is on record, past everything that is under test. */
function reading(store: Store) {
  const orderRecords = store.records('orders', orderSchema);
  const budgets = store.records('budgets', budgetSchema);
  const vault = store.vault(sealedAnswerSchema);
  return {
    orderRecords,
    vault,
    async stored(id: string): Promise<Order> {
      const order = await orderRecords.get(id);
      if (!order) throw new Error('no such order');
      return order;
    },
    /** What the day's cap counts of the order's day: settled, and held by order. */
    async day({ history }: Order) {
      const budget = await budgets.get(`day/${dayOf(history[0]?.at ?? 0)}`);
      return { settled: budget?.settled ?? '0', held: budget?.held ?? {} };
    },
    /** What was sealed of the answer to POST /orders, as text. */
    async sealedText(id: string): Promise<string | undefined> {
      const answer = (await vault.open(id))?.answer;
      return answer && Buffer.from(answer.bodyBase64, 'base64').toString();
    },
  };
}

interface Wanted {
  member?: Member;
  itemCode?: string;
  quantity?: number;
  gift?: Wish['gift'];
}

export function quote(desk: Desk, { member = anna, itemCode = ITEM, quantity = 1, gift }: Wanted = {}) {
  const wish = { member, itemCode, quantity, channel: 'channel', locale: 'en' };
  return desk.quote({ ...wish, ...(gift && { gift }) });
}

export function confirm(desk: Desk, { id }: Order, member = anna) {
  desk.post.pressed.set(id, desk.clock.now());
  return desk.confirm(id, member);
}

export function ask(desk: Desk, { id }: Order, member = cleo) {
  desk.post.pressed.set(id, desk.clock.now());
  return desk.ask(id, member);
}

export const stagesOf = (desk: Desk, { id }: Order) =>
  desk.post.stages.filter((each) => each.id === id).map(({ stage }) => stage);

export async function buy(desk: Desk, wanted?: Wanted): Promise<Order> {
  return confirm(desk, await quote(desk, wanted), wanted?.member);
}

export const statusesOf = ({ history }: Order) => history.map(({ status }) => status);
export const lastOf = <Step>({ history }: { history: readonly Step[] }) => history.at(-1);
/** The problem with which this fails, as a code with its facts. */
export const problemOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no problem',
    (error: { code?: string; params?: object }) => ({ code: error.code, ...error.params }),
  );
