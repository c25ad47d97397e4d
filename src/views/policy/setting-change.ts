import type { Words } from '../../i18n/index.ts';
import {
  type BudgetLimit,
  defaultPolicy,
  policySchema,
  type Setting,
  settings,
} from '../../policy/index.ts';
import { settingText } from './settings-values.ts';

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
  return policy.success ? settingText(setting, policy.data, { troubles: [] }, words) : undefined;
}

/** Only the limits that came or went. */
function budgetsChange({ from, to }: SettingChange, words: Words): SettingChange | undefined {
  const [before, after] = [from, to].map((text) =>
    policySchema.shape.budgets.safeParse(parsed(text) ?? undefined),
  );
  if (!before?.success || !after?.success) return undefined;
  const texts = (limits: BudgetLimit[]) => limits.map((each) => limitText(each, words));
  const [left, right] = [texts(before.data), texts(after.data)];
  const only = (some: string[], others: string[]) =>
    some.filter((each) => !others.includes(each)).join(', ') || words.settings.values.noLimit;
  return { field: words.settings.names.budgets, from: only(left, right), to: only(right, left) };
}

export function limitText({ scope, period, limit }: BudgetLimit, { policy }: Words): string {
  return `${policy.scope(scope)} ${limit} ${policy.everyPeriod[period]}`;
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
