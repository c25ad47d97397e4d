import type { Money } from '../../lib/index.ts';
import { counted, money, number } from './count.ts';

const entries = (count: number) => counted(count, 'entry', 'entries');
/** What was done, by its code, where it is no step of an order. */
const what: Partial<Record<string, string>> = {
  'stop.stopped': 'purchases paused',
  'stop.resumed': 'purchases resumed',
  'settings.changed': 'settings changed',
  'delegation.named': 'delegate named',
  'delegation.ended': 'delegate ended',
  'case.open': 'code reported as not working',
  'case.sent': 'case sent to CardPlusPay',
  'case.solved': 'case solved',
  'privacy.erased': 'personal data erased',
  'store.authenticated': 'records of an older store accepted once',
};

/** The record of who did what, for those who approve. */
export const audit = {
  title: 'Audit log, newest first',
  row: (count: number, when: string, by: string, done: string) => `\`${count}\` ${when} · ${by} · ${done}`,
  onBehalf: (by: string, behalf: string) => `${by} for ${behalf}`,
  what: (code: string) => what[code] ?? code,
  because: (done: string, why: string) => `${done} (${why})`,
  amount: (amount: Money) => money(amount),
  change: (field: string, from: string, to: string) => `${field}: ${from} → ${to}`,
  order: (reference: string) => `\`${reference}\``,
  recipient: (member: string) => `to ${member}`,
  asks: (member: string) => `requested by ${member}`,
  runs: (member: string) => `campaign by ${member}`,
  campaign: (state: string) => `campaign ${state}`,
  campaignReasons: {
    planned: 'planned',
    repeated: 'next repeat scheduled',
    edited: 'edited',
    started: 'started',
    paused: 'by hand',
    went_on: 'resumed',
    ended_early: 'ended early',
    time_over: 'time was up',
    all_given: 'no cards left',
    drawn: 'winners drawn',
    replaced: 'winner replaced',
    called_off: 'by hand',
    blocked: 'on hold',
    tried_again: 'retried',
    place_lost: 'its channel was deleted or closed to Cardigan',
    place_back: 'its channel is back',
    moved: 'moved to another channel',
  },
  next: "The log never contains codes. Entries are numbered and hashed, so no change or gap goes unnoticed: the newest hash is posted daily in the admins' channel.",
  /** A line of the list, and of its menu. */
  orderItem: (reference: string, item: string) => `\`${reference}\` ${item}`,
  optionItem: (reference: string, item: string) => `${reference} · ${item}`,
  by: (person: string) => `by ${person}`,
  pick: "See an order's entries",
  orderTitle: (item: string) => `Audit log of ${item || 'one order'}, newest first`,
  noneYet: 'Nothing found this far back.',
  noneYetNext: 'Press Next to look further back, or narrow it down with since or member in /audit.',
  none: 'No matching entries.',
  noneNext: 'Remove a filter and run /audit again.',
  fileTitle: (count: number) => `Audit export: ${entries(count)}`,
  fileNext:
    'It never contains codes. Spreadsheets round the long ids in the columns by, for, member and recipient unless you import them as text.',
  part: (part: number, newest: number, oldest: number, count: number) =>
    `Audit export, part ${part}: ${entries(count)} (${number(newest)} down to ${number(oldest)})`,
  partMore: 'There are older entries: press Next part.',
  partLast: 'This is the last part.',
  columns: {
    recipient: 'recipient',
    number: 'number',
    time: 'time',
    by: 'by',
    behalf: 'for',
    what: 'what',
    order: 'order',
    item: 'item',
    amount: 'amount',
    member: 'member',
    detail: 'detail',
    hash: 'hash',
  },

  /** The newest hash of a day, for the admins. */
  posted: {
    title: (date: string, count: number) => `Audit log of ${date} (UTC): ${entries(count)}`,
    hash: (hash: string) => `Newest hash ${hash}`,
    next: (count: number, hash: string) =>
      `Keep this message. It lets whoever runs Cardigan verify that nothing up to here was changed or removed:\n\`npm run audit-verify -- ${count} ${hash}\``,
  },
};

/** What whoever runs Cardigan reads at the command line. */
export const auditVerify = {
  usage: `Verifies the audit log, from the first entry to the newest:

  npm run audit-verify

Verifies it against a hash posted in the admins' channel, with the number of entries (a whole number from 1) and the hash
(64 characters, 0 to 9 and a to f):

  npm run audit-verify -- 1234 5e88…

Exit codes: 0 the log is complete, 1 it is not, 2 it could not be verified. With SQLite, stop Cardigan first: only one
process at a time can open the store.`,
  empty: 'The audit log is complete: it has no entries yet.',
  whole: (count: number, hash: string) =>
    `The audit log is complete: ${entries(count)}, each linked to the one before, and all match the orders, pauses, settings, delegates, cases and campaigns. Every record is as Cardigan wrote it. Newest hash: ${hash}.`,
  wholeUpTo: (count: number) => `Entry ${count} has the posted hash.`,
  waiting: (count: number) =>
    `${counted(count, 'step is', 'steps are')} not in the log yet: Cardigan adds them within seconds while it runs.`,
  notWhole: (count: number) => `The audit log is not complete: ${counted(count, 'problem')}.`,
  more: (count: number) => `… and ${number(count)} more.`,
  problems: {
    missing: (from: number, to: number) =>
      from === to ? `Entry ${from} is missing.` : `Entries ${from} to ${to} are missing.`,
    unreadable: (at: number) => `Entry ${at} can no longer be read.`,
    misnumbered: (at: number, says: number) => `Entry ${at} is numbered ${says}.`,
    changed: (at: number) => `Entry ${at} was changed: its hash doesn't match its content.`,
    unlinked: (at: number) =>
      at === 1
        ? 'Entry 1 is not the first: something before it was changed, replaced or removed.'
        : `Entry ${at} is not linked to entry ${at - 1}: something was changed, replaced or removed there.`,
    twice: (at: number, says: string) => `Entry ${at} repeats another entry. It says ${says}.`,
    differs: (at: number, says: string, record: string) =>
      `Entry ${at} doesn't match its record. The entry says ${says}. The record says ${record}.`,
    record_gone: (at: number, says: string) => `The record of entry ${at} is gone. The entry says ${says}.`,
    put_back: (at: number, says: string) =>
      `Entry ${at} is newer than its record: the record was reset to an earlier state. The entry says ${says}.`,
    record_unreadable: (at: string) =>
      `The record ${at} cannot be read: Cardigan did not write it, or somebody changed it in the database. Restore it from a backup.`,
    unexplained: (at: string) => `The record ${at} doesn't match its own history.`,
    misplaced: (at: string) =>
      `The record ${at} is indexed differently than Cardigan wrote it, so it may not be found where it should be.`,
    left_out: (says: string) => `An entry was removed: its record had been logged. It said ${says}.`,
    redacted: (at: number) =>
      `Somebody was taken out of entry ${at}, and no record says that their data was to be erased.`,
    posted_missing: (at: number, newest: number) =>
      newest === 0
        ? `Entry ${at}, whose hash was posted, is missing: the log is empty.`
        : `Entry ${at}, whose hash was posted, is missing: the newest is entry ${newest}.`,
    posted_differs: (at: number) =>
      `Entry ${at} doesn't have the posted hash: something up to it was changed or removed since.`,
  },
};
