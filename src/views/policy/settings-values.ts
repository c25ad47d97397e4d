import type { Words } from '../../i18n/index.ts';
import {
  type AlertSetting,
  alertKinds,
  type BudgetLimit,
  defaultPolicy,
  EVERYONE,
  type Policy,
  policySchema,
  type Setting,
  settings,
  type Trouble,
} from '../../policy/index.ts';
import { plain } from '../kit/text.ts';

/** What the words of a setting need beside the policy. */
export interface Around {
  /** What of it does not work. */
  readonly troubles: readonly Trouble[];
  /** What there is to be told of; without it, everything. */
  readonly alerts?: readonly AlertSetting[];
  /** Of the account; amounts are shown without one while it is not known. */
  readonly currency?: string | undefined;
  /** Where the bot is given the right to ping roles that are not mentionable. */
  readonly invite?: string | undefined;
}

/** More names than this are counted in a line; so are more roles. */
const MOST_NAMES = 6;
const LONGEST_NAME = 30;

type Value = (policy: Policy, around: Around, words: Words) => string;
type RolesSetting = 'askers' | 'approvers' | 'balanceSeers';

/** What each setting says, within a sentence. */
export const settingText: Record<Setting, Value> = {
  free({ free: { perOrder, perDay } }, around, { settings: { values: w } }) {
    const [order, day] = [amountIn(around, perOrder, w), amountIn(around, perDay, w)];
    return Number(perOrder) === 0 ? w.nothingFree : w.free(order, day);
  },
  tiers({ tiers }, around, { settings: { values: w }, policy }) {
    if (tiers.length === 0) return w.noTier;
    const each = tiers.map(({ over, approvals }) => w.tier(amountIn(around, over, w), policy.approvals(approvals)));
    return w.tiers(each.join(', '));
  },
  ownPurchases: ({ ownPurchases }, _, { settings }) => settings.values.ownPurchases[ownPurchases],
  buyCodes: ({ buyCodes }, _, { settings }) => settings.values.buyCodes[buyCodes],
  mostCards: ({ mostCards }, _, { settings }) => settings.values.cards(mostCards),
  approvers: (policy, around, words) => rolesText('approvers', policy, around, words) ?? words.settings.values.managers,
  askers: (policy, around, words) => andApprovers('askers', policy, around, words),
  balanceSeers(policy, around, words) {
    const { approversOnly, everyone } = words.settings.values;
    if (policy.balanceSeers.includes(EVERYONE)) return everyone;
    return policy.balanceSeers.length === 0 ? approversOnly : andApprovers('balanceSeers', policy, around, words);
  },
  approvalsChannel: ({ approvalsChannel: id }, around, words) =>
    channelText('approvalsChannel', id, around, words) ?? words.settings.values.whereAsked,
  adminsChannel: ({ adminsChannel: id }, around, words) =>
    channelText('adminsChannel', id, around, words) ?? words.settings.values.adminsDefault,
  brands: ({ brands }, _, words) => listText(brands, words),
  items: ({ items }, _, words) => listText(items, words),
  currencies: ({ currencies }, _, words) => listText(currencies, words),
  deliveries({ deliveries }, _, words) {
    const names: Partial<Record<string, string>> = words.settings.values.deliveries;
    return listText(
      deliveries.map((each) => names[each] ?? each),
      words,
    );
  },
  quoteMinutes: ({ quoteMinutes }, _, { settings }) => settings.values.minutes(quoteMinutes),
  approvalHours: ({ approvalHours }, _, { settings }) => settings.values.hours(approvalHours),
  timeZone: ({ timeZone }) => plain(timeZone),
  alertsOff({ alertsOff }, { alerts = alertKinds }, { settings: { values: w } }) {
    const off = alerts.filter((each) => alertsOff.includes(each));
    if (off.length === 0) return w.allAlerts;
    return off.length === alerts.length ? w.noAlerts : w.alertsBut(off.map((each) => w.alerts[each]).join(', '));
  },
  lowBalance: ({ lowBalance }, around, { settings: { values: w } }) =>
    lowBalance === undefined ? w.forecastOnly : w.below(amountIn(around, lowBalance, w)),
};

/** Of the account, where its currency is known. */
export function amountIn(
  { currency }: Pick<Around, 'currency'>,
  amount: string,
  w: Words['settings']['values'],
): string {
  return currency === undefined ? amount : w.amount({ amount, currency });
}

/** Nothing where the default holds. A role that is gone would show as a number. */
function rolesText(setting: RolesSetting, policy: Policy, { troubles }: Around, words: Words) {
  const { values: w } = words.settings;
  const ids = policy[setting];
  if (ids.length === 0) return undefined;
  const isGone = (id: string) => troubles.some((each) => each.what === 'role_gone' && each.id === id);
  const shown = ids.slice(0, MOST_NAMES);
  const names = shown.map((id) => (isGone(id) ? w.deletedRole : roleMention(id)));
  return w.roles(names.join(', '), ids.length - shown.length);
}

function andApprovers(setting: RolesSetting, policy: Policy, around: Around, words: Words): string {
  const { everyone, andApprovers: w } = words.settings.values;
  const roles = rolesText(setting, policy, around, words);
  return roles === undefined ? everyone : w(roles);
}

export const roleMention = (id: string) => `<@&${id}>`;

function channelText(setting: Setting, id: string | undefined, { troubles }: Around, words: Words) {
  if (id === undefined) return undefined;
  const { values: w } = words.settings;
  const found = troubles.find((each) => each.setting === setting && each.id === id);
  switch (found?.what) {
    case 'channel_gone':
      return w.deletedChannel;
    case 'channel_closed':
      return w.closedChannel(`<#${id}>`);
    case 'channel_limited':
      return w.limitedChannel(`<#${id}>`);
    case 'channel_public':
      return w.publicChannel(`<#${id}>`);
    default:
      return `<#${id}>`;
  }
}

function listText(names: readonly string[], { settings: { values: w } }: Words): string {
  if (names.length === 0) return w.all;
  const shown = names.slice(0, MOST_NAMES).map((name) => plain(name, LONGEST_NAME));
  return w.listed(shown.join(', '), names.length - shown.length);
}

/** A setting that was changed, as it is on record: before and after as JSON text. */
export interface SettingChange {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** That change in the words of the panel; undefined for what this Cardigan does not know as a setting. */
export function settingChange(change: SettingChange, words: Words): SettingChange | undefined {
  if (change.field === 'budgets') return budgetsChange(change, words);
  const setting = settings.find((each) => each === change.field);
  if (!setting) return undefined;
  const [from, to] = [change.from, change.to].map((text) => valueText(setting, text, words));
  if (from === undefined || to === undefined) return undefined;
  return { field: words.settings.names[setting], from, to };
}

/** Amounts without their currency: the record does not hold it. */
function valueText(setting: Setting, text: string, words: Words): string | undefined {
  const policy = policySchema.safeParse({ ...defaultPolicy, [setting]: parsed(text) ?? undefined });
  return policy.success ? settingText[setting](policy.data, { troubles: [] }, words) : undefined;
}

/** Only the limits that came or went. */
function budgetsChange({ from, to }: SettingChange, words: Words): SettingChange | undefined {
  const [before, after] = [from, to].map((text) => policySchema.shape.budgets.safeParse(parsed(text) ?? undefined));
  if (!before?.success || !after?.success) return undefined;
  const texts = (limits: BudgetLimit[]) => limits.map((each) => limitText(each, words));
  const [left, right] = [texts(before.data), texts(after.data)];
  const only = (some: string[], others: string[]) =>
    some.filter((each) => !others.includes(each)).join(', ') || words.settings.values.noLimit;
  return { field: words.settings.names.budgets, from: only(left, right), to: only(right, left) };
}

/** Without a currency, the amount alone. */
export function limitText({ scope, period, limit }: BudgetLimit, words: Words, currency?: string): string {
  const { policy, settings } = words;
  return `${policy.scope(scope)} ${amountIn({ currency }, limit, settings.values)} ${policy.everyPeriod[period]}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
