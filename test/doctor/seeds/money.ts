import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOrderRepository } from '../../../src/orders/index.ts';
import { createKillSwitch, stopSchema } from '../../../src/orders/model/kill-switch.ts';
import { orderSchema } from '../../../src/orders/model/order.ts';
import { orderIn } from '../../views/samples.ts';
import { type Clinic, stillClock, writeComparison } from '../clinic.ts';
import { inDatabase, ofApiKey, ofSignature, ofVendor, type Seed } from './seed.ts';

const HOUR_MS = 60 * 60_000;

const keyPair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const [own, others] = [keyPair(), keyPair()];
const signed = () => ({ signing: { publicKeyPem: own.publicKey } });

function sign({ folder, environment }: Clinic, key: string, path = '/auth/challenge'): void {
  const file = join(folder, 'signing.pem');
  writeFileSync(file, key, { mode: 0o600 });
  Object.assign(environment, { CARDPLUSPAY_SIGNING_KEY_FILE: file, CARDPLUSPAY_CHALLENGE_PATH: path });
}

const access: readonly Seed[] = [
  {
    name: 'CardPlusPay out of reach',
    sow: ({ environment }) => Object.assign(environment, { CARDPLUSPAY_BASE_URL: 'http://127.0.0.1:1/v1' }),
    finds: ['cardpluspay: vendor_silent'],
    skips: ofVendor,
  },
  {
    name: 'an outage of CardPlusPay',
    sow: ({ vendor }) => vendor.faultGet('/balance', '500', { times: 9 }),
    finds: ['cardpluspay: vendor_silent'],
    skips: ofVendor,
  },
  {
    name: 'a base address that is another one',
    sow: ({ environment, vendor }) => Object.assign(environment, { CARDPLUSPAY_BASE_URL: `${vendor.url}/shop` }),
    finds: ['cardpluspay: vendor_odd'],
    skips: ofVendor,
  },
  {
    name: 'answers that nobody can read',
    sow: ({ vendor }) => vendor.faultGet('/balance', 'unreadable', { times: 9 }),
    finds: ['cardpluspay: vendor_odd'],
    skips: ofVendor,
  },
  {
    name: 'an API key that is not theirs',
    sow: ({ environment }) => Object.assign(environment, { CARDPLUSPAY_API_KEY: 'sandbox-cardpluspay-old' }),
    finds: ['api_key: key_refused'],
    skips: ofApiKey,
  },
  {
    name: 'requests that are not signed',
    sow: () => undefined,
    vendor: signed,
    finds: ['signature: signing_wanted'],
    skips: ofSignature,
  },
  {
    name: 'a signing key that is not theirs',
    sow: (clinic) => sign(clinic, others.privateKey),
    vendor: signed,
    finds: ['signature: signature_refused'],
    skips: ofSignature,
  },
  {
    name: 'no challenge at that path',
    sow: (clinic) => sign(clinic, own.privateKey, '/challenges'),
    vendor: signed,
    finds: ['signature: challenge_missing'],
    skips: ofSignature,
  },
  {
    name: "a clock that is not CardPlusPay's",
    sow: ({ vendor }) => vendor.setDateSkew(HOUR_MS),
    finds: ['cardpluspay_clock: clock_far_off'],
  },
];

const account: readonly Seed[] = [
  { name: 'an empty account', sow: ({ vendor }) => vendor.setBalance('0'), finds: ['balance: balance_empty'] },
  { name: 'an account in debt', sow: ({ vendor }) => vendor.setBalance('-3.50'), finds: ['balance: balance_empty'] },
  {
    name: 'a catalog with odd rows',
    sow: () => undefined,
    vendor: () => ({ oddCatalog: true }),
    finds: ['catalog: catalog_skipped', 'catalog: catalog_cut'],
  },
  {
    name: 'a catalog without a card',
    sow: () => undefined,
    vendor: () => ({ products: 0 }),
    finds: ['catalog: catalog_empty'],
    skips: ['stock'],
  },
  {
    name: 'a catalog that is not given',
    sow: ({ vendor }) => vendor.faultGet('/catalog', '500', { times: 9 }),
    finds: ['catalog: no_answer'],
    skips: ['stock'],
  },
  {
    name: 'a stock check that fails',
    sow: ({ vendor }) => vendor.faultGet('/orders/check', '500', { times: 9 }),
    finds: ['stock: stock_failed'],
  },
];

/** An order that has stood so since then. */
const stands = (status: Parameters<typeof orderIn>[0], reference: string) => (clinic: Clinic) =>
  clinic.record((store) => {
    const { version: _, ...order } = orderIn(status, undefined, { reference, guild: clinic.guildId });
    return createOrderRepository(store.records('orders', orderSchema)).create(order, () => reference);
  });

const books: readonly Seed[] = [
  {
    name: 'purchases that an admin paused',
    sow: ({ record, alice }) =>
      record((store) => createKillSwitch(store.records('stops', stopSchema), stillClock).stop(alice, 'asked')),
    finds: ['purchases: purchases_paused'],
  },
  {
    name: 'a pause that somebody took out in the database',
    async sow(clinic) {
      const { record, alice } = clinic;
      await record((store) => createKillSwitch(store.records('stops', stopSchema), stillClock).stop(alice, 'asked'));
      inDatabase(clinic, `UPDATE entries SET value = replace(value, 'asked', 'eaten') WHERE namespace = 'stops'`);
    },
    finds: ['purchases: stop_unreadable'],
  },
  {
    name: 'books that were never compared',
    sow: (clinic) => inDatabase(clinic, "DELETE FROM entries WHERE namespace = 'books'"),
    finds: ['comparison: compared_never'],
  },
  {
    name: 'books that were compared three hours ago',
    sow: ({ record }) => record((store) => writeComparison(store, Date.now() - 3 * HOUR_MS)),
    finds: ['comparison: compared_long_ago'],
  },
  {
    name: 'an order that nobody here knows',
    sow: ({ vendor }) => vendor.placeForeignOrder('google-play-usd-5', 1),
    finds: ['books: books_differ'],
  },
  {
    name: 'no backup',
    sow: ({ folder }) => rmSync(join(folder, 'backups'), { recursive: true }),
    finds: ['backup: backup_none'],
  },
  {
    name: 'a backup of last week',
    sow({ folder }) {
      const backups = join(folder, 'backups');
      const [manifest = ''] = readdirSync(backups).filter((name) => name.endsWith('.json'));
      const file = join(backups, manifest);
      const at = new Date(Date.now() - 7 * 24 * HOUR_MS).toISOString();
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), at }));
    },
    finds: ['backup: backup_old'],
  },
  {
    name: 'an order list that is not given',
    sow: ({ vendor }) => vendor.faultGet('/orders', '500', { times: 9 }),
    finds: ['books: no_answer'],
  },
  { name: 'an order that does not move', sow: stands('approved', 'K7Q2M8'), finds: ['orders: order_stuck'] },
  { name: 'an order that waits for people', sow: stands('needs_review', 'K7Q2M7'), finds: ['orders: order_waits'] },
  {
    name: 'an order that somebody changed in the database',
    async sow(clinic) {
      await stands('held', 'K7Q2M6')(clinic);
      inDatabase(clinic, `UPDATE entries SET value = replace(value, 'Friday', 'Sunday') WHERE namespace = 'orders'`);
    },
    finds: ['orders: records_unreadable'],
  },
];

export const moneySeeds: readonly Seed[] = [...access, ...account, ...books];
