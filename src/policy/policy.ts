import { z } from 'zod';
import { amountSchema, periods } from '../lib/index.ts';
import { scopeSchema } from './types.ts';

/** Nothing is limited to less than nothing. */
const limitSchema = amountSchema.refine((amount) => !amount.startsWith('-'));
/** Roles by their ids. An empty list leaves it to the default. */
const roles = z.array(z.string()).max(25).default([]);
/** In place of a role: everyone in the server. What the setting means without it stays the stricter default. */
export const EVERYONE = 'everyone';
/** What may be bought, by name. An empty list allows everything. */
const names = z.array(z.string()).max(25).default([]);

export const MOST_TIERS = 5;
export const MOST_APPROVALS = 5;
export const MOST_BUDGETS = 100;

/** What admins are told of in a channel, beside what asks them something. */
export const alertKinds = [
  'low_balance',
  'key_refused',
  'books',
  'stop',
  'dms_stopped',
  'store_full',
  'waiting',
] as const;
export type AlertSetting = (typeof alertKinds)[number];

/** Those that each server has of its own; the others are of the whole account, and told in the first server. */
export const ownAlerts: readonly AlertSetting[] = ['waiting'];

const budgetLimitSchema = z.object({ scope: scopeSchema, period: z.enum(periods), limit: limitSchema });
/** So much may be charged within a day, a week (from Monday) or a month, in the guild's time zone. */
export type BudgetLimit = z.infer<typeof budgetLimitSchema>;

/** Who may buy what in a guild, and who decides. All amounts are charged amounts in the account's currency. */
export const policySchema = z.object({
  /** Who may ask, beside the approvers. Default: everyone. */
  askers: roles,
  /** Who approves. Default: whoever has Manage Server. */
  approvers: roles,
  /** Who sees the account's balance, beside the approvers; `EVERYONE` among them: all members. Default: approvers alone. */
  balanceSeers: roles,
  /** Where approvals are asked for. Default: where the requester asked. */
  approvalsChannel: z.string().optional(),
  /** Where admins are told things. Default: see `adminChannels` in `src/discord/`. */
  adminsChannel: z.string().optional(),
  /** Up to so much needs no approval: for one order, and for all that a member buys without one in a day. */
  free: z.object({ perOrder: limitSchema, perDay: limitSchema }).default({ perOrder: '0', perDay: '0' }),
  /** An order over so much needs so many approvers, whoever asks. */
  tiers: z
    .array(z.object({ over: limitSchema, approvals: z.int().min(1).max(MOST_APPROVALS) }))
    .max(MOST_TIERS)
    .default([]),
  /** What approvers buy themselves: they confirm it alone (up to the lowest tier), or another approver decides. */
  ownPurchases: z.enum(['confirm', 'another']).default('confirm'),
  /** Where `/buy` shows codes: beside the direct message in a private answer to whoever confirmed it, or by direct message alone. */
  buyCodes: z.enum(['message', 'both']).default('both'),
  brands: names,
  items: names,
  /** Of the face value. */
  currencies: names,
  /** CardPlusPay's delivery types. */
  deliveries: names,
  mostCards: z.int().min(1).max(100).default(100),
  quoteMinutes: z.int().min(1).max(60).default(15),
  approvalHours: z.int().min(1).max(336).default(72),
  /** An IANA name: days, weeks and months of budgets begin there. */
  timeZone: z.string().default('UTC'),
  /** What is not told. What a later version can tell of is told until somebody turns it off. */
  alertsOff: z.array(z.enum(alertKinds)).default([]),
  /** Admins of the first server are told when the balance is below this. Without it: by the forecast alone. */
  lowBalance: limitSchema.optional(),
  budgets: z.array(budgetLimitSchema).max(MOST_BUDGETS).default([]),
});
export type Policy = z.infer<typeof policySchema>;

export const defaultPolicy: Policy = policySchema.parse({});

/** What the panel sets; budgets have a command of their own. */
export type Setting = Exclude<keyof Policy, 'budgets'>;

/** In the order in which they are shown, the money first. How each is set: by typing, or by picking. */
export const settingKinds = {
  free: 'typed',
  tiers: 'typed',
  ownPurchases: 'choice',
  mostCards: 'typed',
  buyCodes: 'choice',
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
  alertsOff: 'choice',
  lowBalance: 'typed',
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
