import type { Clock, Members } from '../lib/index.ts';
import type { MessageResult } from '../outbox/index.ts';
import type { Store } from '../store/index.ts';
import { createLedger, type Ledger } from './budgets/ledger.ts';
import { createDelegates, type DelegateRepository, delegationSchema, type NamedDelegate } from './delegates.ts';
import { type BreakageRepository, brokenSchema, createBreakages } from './settings/breakages.ts';
import type { Right } from './settings/rights.ts';
import { createSettingsRepository, type SettingsRepository, settingsSchema } from './settings/settings.ts';
import type { KnownCards } from './settings/settings-fields.ts';

export interface PolicyDeps {
  readonly store: Pick<Store, 'records'>;
  readonly members: Members;
  readonly places: Places;
  /** The catalog in memory: names in settings are spelled as it spells them. */
  readonly catalog: KnownCards;
  /** Those that may use the bot. */
  readonly guilds: readonly string[];
  /** Of charged amounts. Throws a Problem while CardPlusPay does not tell. */
  currency(): Promise<string>;
  readonly delegateWord: DelegateWord;
  readonly clock: Clock;
}

/** What the functions of this folder work on. */
export interface PolicyContext extends Omit<PolicyDeps, 'store'> {
  readonly settings: SettingsRepository;
  readonly ledger: Ledger;
  readonly delegates: DelegateRepository;
  readonly breakages: BreakageRepository;
  readonly memory: {
    /** When it was seen last whether what is set still works, in milliseconds since 1970. */
    settingsSeenAt: number;
  };
}

export function createPolicyContext({ store, ...deps }: PolicyDeps): PolicyContext {
  const { clock } = deps;
  return {
    ...deps,
    settings: createSettingsRepository(store.records('settings', settingsSchema), clock),
    ledger: createLedger(store),
    delegates: createDelegates(store.records('delegations', delegationSchema), clock),
    breakages: createBreakages(store.records('breakages', brokenSchema)),
    memory: { settingsSeenAt: Number.NEGATIVE_INFINITY },
  };
}

/** Takes word to somebody who was named. One that cannot be taken changes nothing about it. */
export interface DelegateWord {
  tell(named: NamedDelegate): Promise<MessageResult>;
}

interface Lacking extends ReadByAll {
  readonly name: string;
  readonly lacks: readonly Right[];
}

interface ReadByAll {
  /** Every member of the guild can read it. */
  readonly isPublic?: true;
}

export type ChannelState =
  | ({ readonly is: 'open' } & ReadByAll)
  /** The bot may write there, but lacks something else that it uses. */
  | ({ readonly is: 'limited' } & Lacking)
  /** The bot may not write there: what it lacks. */
  | ({ readonly is: 'closed' } & Lacking)
  /** Deleted, or none of this guild. */
  | { readonly is: 'gone' }
  /** Discord does not tell. */
  | { readonly is: 'unknown' };

/** The channels and roles of guilds, as they are now. Rejects for nothing: what Discord does not tell is unknown. */
export interface Places {
  channel(guild: string, id: string): Promise<ChannelState>;
  /** Which of these roles the guild does not have; 'unknown' when Discord does not tell. */
  goneRoles(guild: string, ids: readonly string[]): Promise<readonly string[] | 'unknown'>;
  /**
   * Which of the roles that are asked to approve would not be pinged: those named or, where none is, those with Manage Server.
   * `channel`: where they are asked, if that is always the same; 'unknown' when Discord does not tell.
   */
  unheardRoles(
    guild: string,
    approvers: readonly string[],
    channel: string | undefined,
  ): Promise<readonly string[] | 'unknown'>;
  /** How many members have each of these roles, in their order; 'unknown' when Discord does not tell. */
  roleCounts(guild: string, ids: readonly string[]): Promise<readonly number[] | 'unknown'>;
}
