import { systemClock } from '../../src/lib/clock.ts';
import { type Order, orderSchema } from '../../src/orders/model/order.ts';
import { holdsOf, tagsOf } from '../../src/orders/repository.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { createSettingsRepository, settingsSchema } from '../../src/policy/settings/settings.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import type { Town } from './town.ts';

/** What a test needs to be on record, written while no bot runs, for one has a SQLite store to itself. */
async function pastTheBot(town: Town, write: (store: Store) => Promise<unknown>): Promise<void> {
  await town.bot.stop();
  const { STORE_URL: url = '', ENCRYPTION_KEY: encryptionKey } = town.environment;
  const store = await openStore({ url, encryptionKey });
  await write(store);
  await store.close();
  await town.restart();
}

/** Sets what a guild may, past /settings. */
export function setPolicy(town: Town, change: Partial<Policy>): Promise<void> {
  return pastTheBot(town, (store) => {
    const records = store.records('settings', settingsSchema);
    const policies = createSettingsRepository(records, systemClock);
    return policies.change(town.guildId, town.alice.id, (policy) => ({ ...policy, ...change }));
  });
}

/** Makes an order one that gives all its cards to somebody else. */
export function setRecipient(town: Town, reference: string, user: string): Promise<void> {
  return pastTheBot(town, async (store) => {
    const records = store.records('orders', orderSchema);
    const id = (await records.holder(`reference/${reference}`)) ?? '';
    const { version: seen, ...order } = (await records.get(id)) as Order;
    const recipients = [{ user, quantity: order.quote.quantity }];
    const next = { ...order, recipients };
    const guard = { seen, tags: tagsOf(next as Order), holds: holdsOf(next as Order) };
    await records.write(id, next, guard);
  });
}
