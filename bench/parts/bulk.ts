import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCampaigns } from '../../src/campaigns/index.ts';
import type { CampaignBoard } from '../../src/campaigns/model/ports.ts';
import { createAccount } from '../../src/catalog/account.ts';
import { createCatalog } from '../../src/catalog/catalog.ts';
import { createShop } from '../../src/catalog/shop.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Directory, MemberFacts } from '../../src/lib/member.ts';
import { money } from '../../src/lib/money.ts';
import type { Mailbox, NoticeBoard } from '../../src/orders/model/ports.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { createCounting } from '../../test/campaigns/counting.ts';
import { type Outside, openProcess } from '../../test/orders/outside.ts';
import { createVendor, ITEM } from '../../test/orders/vendor.ts';
import { createScriptedPlaces } from '../../test/policy/places.ts';

/**
 * A bulk send to 1,000 and to 10,000 members named in a file, planned, bought and delivered, with a vendor, a mailbox and
 * members that answer at once: how long it takes, what each recipient costs the store in calls, and the most memory it
 * held on the way.
 *
 *   npm run bench -- --only bulk
 *   STORE_URL='postgres://…?schema=bench' npm run bench -- --only bulk    (a schema that is new, and yours to drop)
 */
const clock = systemClock;
const quiet = () => {};
const log = { info: quiet, warn: console.error, error: console.error };
const sender: MemberFacts = { user: 'anna', guild: 'guild', isManager: true, createdAt: 0 };

const mailbox: Mailbox = {
  ...{ deliver: async () => 'sent', tellOfCase: async () => 'sent' },
  ...{ progress: quiet, show: async () => false, tell: async () => {}, announce: async () => {} },
};
const board: NoticeBoard = {
  ...{ approvalChannel: async () => undefined, stands: async () => true, post: async () => undefined },
  ...{ edit: async () => true, remove: async () => {} },
};
const directory: Directory = {
  canListMembers: false,
  find: async (_, user) => ({ ...sender, user, isManager: user === sender.user }),
  findMany: async (_, users) =>
    new Map(users.map((user) => [user, { ...sender, user, isManager: user === sender.user }])),
  named: async () => [],
  async *withRole() {},
  async *reacted() {},
};

const campaignBoard: CampaignBoard = {
  post: async (_, { nonce }) => ({ channel: 'channel', message: nonce }),
  edit: async () => true,
  remove: async () => {},
};
const { places } = createScriptedPlaces();

function megabytes(): number {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / 2 ** 20);
}

function open(store: Store) {
  const vendor = createVendor();
  vendor.balance = money('1000000', 'USD');
  const { giftCards } = vendor;
  const account = createAccount({ giftCards, clock });
  const catalog = createCatalog({ giftCards, clock, log, refreshEveryMs: 1 });
  const counting = createCounting();
  const outside: Outside = counting.wrap({
    ...{ store, giftCards, clock, log, mailbox, board, members: directory },
    shop: createShop({ catalog, account, giftCards }),
    ...{ caps: { order: '1000000', day: '1000000' }, random: randomBytes, ownsStore: true },
    ...{ purchaseTimeoutMs: 60_000, reconcileForMs: 300_000, keepCodesMs: 30 * 86_400_000 },
  });
  const { approvals, orders } = openProcess(outside);
  const campaigns = createCampaigns({
    ...{ ...outside, ...approvals, orders, account, places, directory, campaignBoard },
  });
  return { vendor, counting, campaigns };
}

async function measure({ vendor, counting, campaigns }: ReturnType<typeof open>, count: number) {
  const [calls, orders] = [counting.calls(), vendor.committed.length];
  const before = megabytes();
  let most = before;
  const watching = setInterval(() => {
    most = Math.max(most, megabytes());
  }, 500);
  const start = performance.now();
  const text = Array.from({ length: count }, (_, at) => String(10n ** 17n + BigInt(at))).join('\n');
  const plan = await campaigns.planBulk({
    ...{ member: sender, channel: 'channel', place: 'channel', locale: 'en', itemCode: ITEM },
    ...{ gift: { receipt: 'private' }, whom: { kind: 'file', text } },
  });
  if (plan.kind !== 'planned') throw new Error(`it is ${plan.kind}`);
  const planned = performance.now();
  await campaigns.confirm(plan.campaign.id, sender);
  await campaigns.settled();
  const ended = performance.now();
  clearInterval(watching);
  const bought = vendor.committed.slice(orders);
  const sold = bought.reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    ...{ orders: bought.length, cards: sold },
    ...{ 'planning s': seconds(planned - start), 'giving s': seconds(ended - planned) },
    'store calls a recipient': Math.round(((counting.calls() - calls) / count) * 100) / 100,
    'heap MB, before and at most': [before, most],
  };
}

const seconds = (ms: number) => Math.round(ms / 100) / 10;

const folder = await mkdtemp(join(tmpdir(), 'cardigan-bench-'));
try {
  const store = await openStore({
    url: process.env.STORE_URL ?? `sqlite://${join(folder, 'bench.db')}`,
    encryptionKey: randomBytes(32).toString('base64'),
  });
  const made = open(store);
  for (const count of [1_000, 10_000]) console.log(`${count} recipients:`, await measure(made, count));
  await store.close();
} finally {
  await rm(folder, { recursive: true });
}
