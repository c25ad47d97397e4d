import { bind } from '../lib/index.ts';
import { appointDelegate, delegationsOf, endDelegation } from './appoint-delegate.ts';
import { abilitiesOf, judge, recheck, reserve, seesBalance, standing, termsOf } from './authorize.ts';
import { allowanceOf, limitsOf, removeLimit, setLimit } from './budgets/budgets.ts';
import { createPolicyContext, type PolicyDeps } from './context.ts';
import { deciderOf, isServed, voicesOf } from './members.ts';
import { changeSetting, panel, policyFor } from './settings/edit-settings.ts';
import { checkSettings } from './settings/settings-health.ts';

export type Policies = ReturnType<typeof createPolicy>;

/** Who may buy what in each guild, and who decides: by its settings, its budgets and its members as they are now. */
export function createPolicy(deps: PolicyDeps) {
  const ctx = createPolicyContext(deps);
  const { settings, ledger, breakages } = ctx;
  return {
    /** The policy of a guild; until somebody sets one, the default. */
    of: settings.of,
    ledger,
    breakages,
    ...bind(ctx, {
      termsOf,
      abilitiesOf,
      seesBalance,
      judge,
      reserve,
      standing,
      recheck,
      voicesOf,
      deciderOf,
      isServed,
    }),
    settings: bind(ctx, { panel, policy: policyFor, change: changeSetting }),
    budgets: bind(ctx, { spendingOf: allowanceOf, all: limitsOf, set: setLimit, remove: removeLimit }),
    delegates: bind(ctx, { name: appointDelegate, end: endDelegation, of: delegationsOf }),
    /** Sees what of the settings has stopped working. To be called every few seconds. */
    tick: () => checkSettings(ctx),
  };
}

/** What orders and campaigns ask of it. */
export type Rules = Pick<
  Policies,
  'termsOf' | 'seesBalance' | 'judge' | 'reserve' | 'standing' | 'recheck' | 'voicesOf' | 'deciderOf' | 'isServed'
>;

export type { Appointed, Delegations } from './appoint-delegate.ts';
export {
  type Approvable,
  type ApprovalEnd,
  approvalEndsAt,
  askedAt,
  type Decider,
  endedBy,
  type Hindrance,
  isInvolved,
  newApproval,
  policyRefusal,
  refusalOf,
  rejectingVoice,
  type Standing,
  signatureOf,
  voiceFor,
  withVote,
} from './approval.ts';
export { type Abilities, evaluateNow } from './authorize.ts';
export {
  type Allowance,
  isSameLimit,
  type LimitChange,
  type ListedLimit,
} from './budgets/budgets.ts';
export { createLedger, dayKey, isDayKey, type Ledger } from './budgets/ledger.ts';
export { type Budget, budgetSchema, type Held, type Hold } from './budgets/record.ts';
export { createHoldRounds, type HoldRounds } from './budgets/rounds.ts';
export { type BudgetState, effectOf, isFreeKey, keysOfMember } from './budgets/spent.ts';
export type { ChannelState, DelegateWord, Places } from './context.ts';
export {
  type Delegation,
  delegationGuard,
  delegationKey,
  delegationSchema,
  type NamedDelegate,
} from './delegates.ts';
export { maySeeBalance } from './evaluate.ts';
export { MOST_OPEN, requireFewOffers, requireFewRequests } from './limits.ts';
export { namedMember, requireHere, requireManager } from './members.ts';
export {
  type AlertSetting,
  alertKinds,
  type BudgetLimit,
  defaultPolicy,
  EVERYONE,
  type Given,
  isSetting,
  isTyped,
  type PickedSetting,
  type Policy,
  policySchema,
  type Setting,
  settingKinds,
  settings,
  type TypedSetting,
} from './policy.ts';
export {
  type Breakage,
  type Breakages,
  breakageSchema,
  type Trouble,
} from './settings/breakages.ts';
export {
  type Changed,
  deliveries,
  type Panel,
  pickedNow,
  requireOpenChannel,
  requireRoles,
} from './settings/edit-settings.ts';
export { type Right, rights } from './settings/rights.ts';
export { type Settings, settingsGuard, settingsSchema } from './settings/settings.ts';
export { forms } from './settings/settings-fields.ts';
export {
  approvalSchema,
  type Because,
  type BudgetEffect,
  type Refusal,
  reservedSchema,
  type Scope,
  scopeSchema,
  sentTo,
  type Verdict,
} from './types.ts';
