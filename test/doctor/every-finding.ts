import type { CheckId, CheckResult, Examination, Finding, FindingCode, FindingParams } from '../../src/doctor/index.ts';
import { checksFor, finding, note, severity } from '../../src/doctor/index.ts';
import { AT, usd } from '../views/samples.ts';

const server = { id: '300000000000000001', name: 'Quiz *club*' };
const channel = { id: '400000000000000001', name: 'approvals' };
const role = { id: '500000000000000001', name: 'Approvers' };
const file = '/srv/cardigan/.env';
const link =
  'https://discord.com/oauth2/authorize?client_id=1&scope=bot+applications.commands&permissions=274878008320';
const at = AT;
const why = 'status 500';
const commands = ['buy', 'orders'];

/** For each code something that it may say. */
const params: FindingParams = {
  environment_wrong: { problem: 'DISCORD_TOKEN is missing: copy the bot token' },
  node_old: { version: '20.1.0', wanted: '>=24' },
  file_readable: { file },
  file_changeable: { file },
  file_foreign: { file },
  file_unreadable: { file },
  folder_open: { file },
  key_missing: { file },
  disk_full: { megabytes: 1 },
  disk_low: { megabytes: 300 },
  store_new: {},
  store_failed: { why: 'The store is on fire.' },
  store_key: { why: 'The encryption key is another one.' },
  store_shape: { why: 'This store was written by a later version.' },
  store_unwritable: { file },
  store_read_only: {},
  discord_silent: { why },
  discord_elsewhere: {},
  token_refused: {},
  clock_off: { of: 'Discord', seconds: 1 },
  clock_far_off: { of: 'CardPlusPay', seconds: 600 },
  intent_lacking: {},
  intent_unreviewed: { members: 12_000 },
  endpoint_set: {},
  app_public: {},
  app_code_grant: {},
  app_no_servers: {},
  link_lacks_scopes: { scopes: ['applications.commands'] },
  link_lacks_rights: { lacks: ['attach', 'history'] },
  sign_ins_few: { left: 1, at },
  sign_ins_none: { at },
  server_not_in: { id: server.id, link },
  owner_not_in: { id: server.id, link },
  server_lacks_rights: { server, lacks: ['view', 'send', 'send_in_threads', 'attach', 'history'], link },
  channel_gone: { server, setting: 'approvalsChannel' },
  channel_closed: { server, channel, lacks: ['view'], setting: 'adminsChannel' },
  channel_limited: { server, channel, lacks: ['history'], setting: 'approvalsChannel' },
  channel_public: { server, channel },
  no_admins_channel: { server },
  role_gone: { server, setting: 'budgets' },
  role_unheard: { server, role, link },
  role_empty: { server, role },
  nobody_approves: { server },
  settings_unreadable: { server },
  commands_unread: { server, link },
  commands_missing: { server, commands },
  commands_differ: { server, commands },
  commands_extra: { server, commands },
  vendor_silent: { why },
  vendor_odd: { why },
  key_refused: {},
  signing_wanted: {},
  signature_refused: {},
  challenge_missing: {},
  balance_empty: { balance: usd('-3.5') },
  catalog_empty: {},
  catalog_skipped: { count: 1, fields: 'price: 1' },
  catalog_cut: { count: 2 },
  catalog_endless: {},
  stock_failed: { why },
  purchases_paused: { by: 'cardigan', at },
  stop_unreadable: {},
  compared_never: {},
  compared_long_ago: { at },
  books_differ: { orders: '41, 42' },
  records_unreadable: { count: 2 },
  order_stuck: { order: 'K7Q2M9', status: 'unconfirmed', at },
  order_waits: { order: 'K7Q2M9', count: 1, at },
  backup_none: {},
  backup_old: { at },
  no_answer: { from: 'CardPlusPay', why },
  check_broke: { error: 'TypeError' },
};

export const everyFinding = (Object.keys(params) as FindingCode[]).map((code): Finding => finding(code, params[code]));

/** What an examination for admins of the first server may have come to: with these findings, all of one check. */
export function examined(
  findings: readonly Finding[],
  id: CheckId = 'orders',
  audience: 'server' | 'account' = 'account',
) {
  const severities = findings.map(({ code }) => severity[code]);
  const state = severities.includes('failure') ? 'failure' : 'warning';
  const worst = findings.length === 0 ? 'ok' : state;
  const checks = checksFor(audience).map((each, number): CheckResult => {
    const isIt = each === id && findings.length > 0;
    return {
      number,
      id: each,
      state: isIt ? worst : 'ok',
      findings: isIt ? findings : [],
      notes: [note('no_order', {})],
    };
  });
  return { worst, checks } satisfies Examination;
}
