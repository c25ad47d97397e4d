export {
  type Appointed,
  createDelegating,
  createNamedMember,
  type DelegateWord,
  type Delegating,
  type Delegations,
  requireManager,
} from './appoint-delegate.ts';
export {
  type Approvable,
  type ApprovalEnd,
  approvalEndsAt,
  approvalSchema,
  askedAt,
  type Decider,
  endedBy,
  type Hindrance,
  isInvolved,
  newApproval,
  policyRefusal,
  refusalOf,
  rejectingVoice,
  reservedSchema,
  type Standing,
  signatureOf,
  voiceFor,
  withVote,
} from './approval.ts';
export {
  type Budgets,
  createBudgets,
  isSame,
  type LimitChange,
  type ListedLimit,
  type Spending,
} from './budgets/budgets.ts';
export { budgetSchema, createLedger, dayKey, type Hold, type Ledger } from './budgets/ledger.ts';
export { createApprovals, createGuildSettings } from './create-policy.ts';
export {
  type Delegation,
  delegationGuard,
  delegationKey,
  delegationSchema,
  type Named,
} from './delegates.ts';
export { type BudgetState, createJudging, effectOf, requesterOf, seesBalance } from './evaluate.ts';
export {
  type BudgetLimit,
  defaultPolicy,
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
  type Changed,
  deliveries,
  type Panel,
  pickedNow,
  requireOpenChannel,
  requireRoles,
  type SettingUp,
} from './settings/edit-settings.ts';
export {
  type Policies,
  type Settings,
  settingsGuard,
  settingsSchema,
} from './settings/settings.ts';
export { forms } from './settings/settings-fields.ts';
export {
  type Breakage,
  type Breakages,
  breakageSchema,
  type ChannelState,
  type Places,
  type Trouble,
} from './settings/settings-health.ts';
export { type Rules, sentTo } from './spending.ts';
export {
  type Because,
  type BudgetEffect,
  type Refusal,
  type Scope,
  scopeSchema,
  type Verdict,
} from './types.ts';
