import type { Money } from '../lib/index.ts';
import type { Right } from '../policy/index.ts';

/** Somewhere in Discord, as people call it and as Discord does. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** When something was, in milliseconds since 1970. */
export interface Moment {
  readonly at: number;
}

/** The parts of what is said that look different at a terminal and in Discord. */
export interface Server {
  readonly server: Named;
}
interface InChannel extends Server {
  readonly channel: Named;
}
interface OfRole extends Server {
  readonly role: Named;
}
interface OfFile {
  readonly file: string;
}
interface Lacking {
  readonly lacks: readonly Right[];
}
/** Why there was no answer, without an address. */
interface Because {
  readonly why: string;
}
type None = Readonly<Record<never, never>>;

/** Everything that can be wrong, by its code, with what has to be known to mend it. */
export interface FindingParams {
  environment_wrong: { readonly problem: string };
  node_old: { readonly version: string; readonly wanted: string };
  file_readable: OfFile;
  file_changeable: OfFile;
  file_foreign: OfFile;
  file_unreadable: OfFile;
  folder_open: OfFile;
  key_missing: OfFile;
  disk_full: { readonly megabytes: number };
  disk_low: { readonly megabytes: number };
  store_new: None;
  store_failed: Because;
  store_key: Because;
  store_shape: Because;
  store_unwritable: OfFile;
  store_read_only: None;
  discord_silent: Because;
  discord_elsewhere: None;
  token_refused: None;
  clock_off: { readonly of: 'Discord' | 'CardPlusPay'; readonly seconds: number };
  clock_far_off: { readonly of: 'Discord' | 'CardPlusPay'; readonly seconds: number };
  intent_lacking: None;
  intent_unreviewed: { readonly members: number };
  endpoint_set: None;
  app_public: None;
  app_code_grant: None;
  app_no_servers: None;
  link_lacks_scopes: { readonly scopes: readonly string[] };
  link_lacks_rights: Lacking;
  sign_ins_few: { readonly left: number } & Moment;
  sign_ins_none: Moment;
  server_not_in: { readonly id: string; readonly link: string };
  owner_not_in: { readonly id: string; readonly link: string };
  server_lacks_rights: Server & Lacking & { readonly link: string };
  channel_gone: Server & { readonly setting: ChannelSetting };
  channel_closed: InChannel & Lacking & { readonly setting: ChannelSetting };
  channel_limited: InChannel & Lacking & { readonly setting: ChannelSetting };
  channel_public: InChannel;
  no_admins_channel: Server;
  role_gone: Server & { readonly setting: RoleSetting };
  role_unheard: OfRole & { readonly link: string };
  role_empty: OfRole;
  nobody_approves: Server;
  settings_unreadable: Server;
  commands_unread: Server & { readonly link: string };
  commands_missing: Server & { readonly commands: readonly string[] };
  commands_differ: Server & { readonly commands: readonly string[] };
  commands_extra: Server & { readonly commands: readonly string[] };
  vendor_silent: Because;
  vendor_odd: Because;
  key_refused: None;
  signing_wanted: None;
  signature_refused: None;
  challenge_missing: None;
  balance_empty: { readonly balance: Money };
  catalog_empty: None;
  catalog_skipped: { readonly count: number; readonly fields: string };
  catalog_cut: { readonly count: number };
  catalog_endless: None;
  stock_failed: Because;
  purchases_paused: { readonly by: 'admin' | 'cardigan' } & Moment;
  stop_unreadable: None;
  compared_never: None;
  compared_long_ago: Moment;
  books_differ: { readonly orders: string };
  records_unreadable: { readonly count: number };
  order_stuck: { readonly order: string; readonly status: string } & Moment;
  order_waits: { readonly order: string; readonly count: number } & Moment;
  backup_none: None;
  backup_old: Moment;
  no_answer: { readonly from: 'Discord' | 'CardPlusPay' } & Because;
  check_broke: { readonly error: string };
}

/** The settings that name a channel, and a role. */
export type ChannelSetting = 'approvalsChannel' | 'adminsChannel';
export type RoleSetting = 'approvers' | 'askers' | 'balanceSeers' | 'budgets';

export type FindingCode = keyof FindingParams;
/** One thing that is wrong: a code, for programs and translations, with its parameters. */
export type Finding = {
  [Code in FindingCode]: { readonly code: Code; readonly params: FindingParams[Code] };
}[FindingCode];

export function finding<Code extends FindingCode>(code: Code, params: FindingParams[Code]): Finding {
  return { code, params } as Finding;
}

/** `failure`: something does not work, or is not safe. `warning`: it works, and somebody should look. */
export const severity: Readonly<Record<FindingCode, 'warning' | 'failure'>> = {
  environment_wrong: 'failure',
  node_old: 'failure',
  file_readable: 'warning',
  file_changeable: 'failure',
  file_foreign: 'warning',
  file_unreadable: 'failure',
  folder_open: 'warning',
  key_missing: 'failure',
  disk_full: 'failure',
  disk_low: 'warning',
  store_new: 'warning',
  store_failed: 'failure',
  store_key: 'failure',
  store_shape: 'failure',
  store_unwritable: 'failure',
  store_read_only: 'failure',
  discord_silent: 'failure',
  discord_elsewhere: 'failure',
  token_refused: 'failure',
  clock_off: 'warning',
  clock_far_off: 'failure',
  intent_lacking: 'failure',
  intent_unreviewed: 'warning',
  endpoint_set: 'failure',
  app_public: 'warning',
  app_code_grant: 'failure',
  app_no_servers: 'failure',
  link_lacks_scopes: 'warning',
  link_lacks_rights: 'warning',
  sign_ins_few: 'warning',
  sign_ins_none: 'failure',
  server_not_in: 'warning',
  owner_not_in: 'failure',
  server_lacks_rights: 'warning',
  channel_gone: 'failure',
  channel_closed: 'failure',
  channel_limited: 'warning',
  channel_public: 'failure',
  no_admins_channel: 'warning',
  role_gone: 'warning',
  role_unheard: 'warning',
  role_empty: 'warning',
  nobody_approves: 'failure',
  settings_unreadable: 'failure',
  commands_unread: 'failure',
  commands_missing: 'warning',
  commands_differ: 'warning',
  commands_extra: 'warning',
  vendor_silent: 'failure',
  vendor_odd: 'failure',
  key_refused: 'failure',
  signing_wanted: 'failure',
  signature_refused: 'failure',
  challenge_missing: 'failure',
  balance_empty: 'failure',
  catalog_empty: 'failure',
  catalog_skipped: 'warning',
  catalog_cut: 'warning',
  catalog_endless: 'warning',
  stock_failed: 'failure',
  purchases_paused: 'warning',
  stop_unreadable: 'failure',
  compared_never: 'warning',
  compared_long_ago: 'warning',
  books_differ: 'warning',
  records_unreadable: 'failure',
  order_stuck: 'failure',
  order_waits: 'warning',
  backup_none: 'warning',
  backup_old: 'warning',
  no_answer: 'failure',
  check_broke: 'failure',
};
