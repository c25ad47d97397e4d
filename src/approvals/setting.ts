import type { Policy } from './policy.ts';

/** What the panel sets; budgets have a command of their own. */
export type Setting = Exclude<keyof Policy, 'budgets'>;

/** In the order in which they are shown, the money first. How each is set: by typing, or by picking. */
export const settingKinds = {
  free: 'typed',
  tiers: 'typed',
  ownPurchases: 'choice',
  mostCards: 'typed',
  approvers: 'roles',
  askers: 'roles',
  balanceSeers: 'roles',
  approvalsChannel: 'channel',
  adminsChannel: 'channel',
  brands: 'typed',
  items: 'typed',
  currencies: 'typed',
  deliveries: 'choice',
  quoteMinutes: 'typed',
  approvalHours: 'typed',
  timeZone: 'typed',
} as const satisfies Record<Setting, 'typed' | 'choice' | 'roles' | 'channel'>;

export const settings = Object.keys(settingKinds) as readonly Setting[];

export function isSetting(name: string): name is Setting {
  return Object.hasOwn(settingKinds, name);
}

type OfKind<Kind> = {
  [S in Setting]: (typeof settingKinds)[S] extends Kind ? S : never;
}[Setting];
export type TypedSetting = OfKind<'typed'>;
export type PickedSetting = Exclude<Setting, TypedSetting>;

export function isTyped(setting: Setting): setting is TypedSetting {
  return settingKinds[setting] === 'typed';
}

/** What somebody typed, by the name of the field, or what they picked. */
export interface Given {
  readonly typed?: Readonly<Record<string, string>>;
  readonly picked?: readonly string[];
}
