import type { Clock, Members } from '../lib/index.ts';
import type { Store } from '../store/index.ts';
import { createRules } from './authorize.ts';
import { budgetSchema, createLedger } from './budgets/ledger.ts';
import { createDelegates, delegationSchema } from './delegates.ts';
import { createSettingUp, type SettingUp } from './settings/edit-settings.ts';
import { createPolicies, type Policies, settingsSchema } from './settings/settings.ts';
import type { KnownCards } from './settings/settings-fields.ts';
import {
  type BreakageBook,
  brokenSchema,
  createBreakages,
  createWatch,
  type Places,
} from './settings/settings-health.ts';

interface Parts {
  store: Pick<Store, 'records'>;
  members: Members;
  clock: Clock;
}

export type Approvals = ReturnType<typeof createApprovals>;

/** Who may buy what, and who decides: everything in this folder, put together. */
export function createApprovals({ store, members, clock }: Parts) {
  const policies = createPolicies({ records: store.records('settings', settingsSchema), clock });
  const ledger = createLedger(store.records('budgets', budgetSchema));
  const delegates = createDelegates({
    records: store.records('delegations', delegationSchema),
    clock,
  });
  const rules = createRules({ policies, ledger, members, delegates, clock });
  const breakages = createBreakages(store.records('breakages', brokenSchema));
  return { policies, ledger, delegates, rules, breakages };
}

interface GuildSettingsParts {
  policies: Policies;
  breakages: BreakageBook;
  places: Places;
  catalog: KnownCards;
  /** Those that may use the bot. */
  guilds: readonly string[];
  clock: Clock;
}

export interface GuildSettings extends SettingUp {
  /** Sees what has stopped working. To be called every few seconds. */
  watch(): Promise<void>;
}

/** What guilds set, and whether it works. */
export function createGuildSettings(parts: GuildSettingsParts): GuildSettings {
  return {
    ...createSettingUp({ ...parts, cards: parts.catalog }),
    watch: createWatch(parts),
  };
}
