import { createPolicies, settingsSchema } from '../../src/approvals/policies.ts';
import type { Policy } from '../../src/approvals/policy.ts';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/store/open.ts';
import type { Town } from './town.ts';

/** Sets what a test needs set beforehand, past the bot: stops it, writes the policy of its guild, and starts it again. */
export async function setPolicy(town: Town, policy: Partial<Policy>): Promise<void> {
  const { bot, environment, guildId, ada } = town;
  const { STORE_URL: url = '', ENCRYPTION_KEY: encryptionKey } = environment;
  await bot.stop();
  const store = await openStore({ url, encryptionKey });
  const records = store.records('settings', settingsSchema);
  const policies = createPolicies({ records, clock: systemClock });
  await policies.change(guildId, ada.id, (before) => ({ ...before, ...policy }));
  await store.close();
  await town.restart();
}
