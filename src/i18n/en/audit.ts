import type { Money } from '../../lib/index.ts';
import { counted, money, number } from './count.ts';

const entries = (count: number) => counted(count, 'entry', 'entries');
/** What was done, by its code, where it is no step of an order. */
const what: Partial<Record<string, string>> = {
  'stop.stopped': 'purchases stopped',
  'stop.resumed': 'purchases resumed',
  'settings.changed': 'settings changed',
  'delegation.named': 'delegate named',
  'delegation.ended': 'delegate ended',
  'case.open': 'code reported as not working',
  'case.sent': 'case sent to CardPlusPay',
  'case.solved': 'case solved',
  'store.authenticated': 'records of an older store accepted as they were, once',
};

/** The record of who did what, for those who approve. */
export const audit = {
  title: 'What was done, newest first',
  row: (count: number, when: string, by: string, done: string) => `\`${count}\` ${when} · ${by} · ${done}`,
  onBehalf: (by: string, behalf: string) => `${by} for ${behalf}`,
  what: (code: string) => what[code] ?? code,
  because: (done: string, why: string) => `${done} (${why})`,
  amount: (amount: Money) => money(amount),
  change: (field: string, from: string, to: string) => `${field}: ${from} → ${to}`,
  order: (reference: string) => `\`${reference}\``,
  recipient: (member: string) => `to ${member}`,
  asks: (member: string) => `order of ${member}`,
  runs: (member: string) => `campaign of ${member}`,
  campaign: (state: string) => `campaign ${state}`,
  campaignReasons: {
    planned: 'planned',
    repeated: 'its repetition was made',
    edited: 'changed',
    started: 'its time came',
    paused: 'by hand',
    went_on: 'went on',
    ended_early: 'ended before its time',
    time_over: 'its time was over',
    all_given: 'all given',
    drawn: 'drawn',
    replaced: 'a winner was replaced',
    called_off: 'by hand',
    blocked: 'something was in the way',
    tried_again: 'offered again',
    place_lost: 'its channel is gone, or closed to Cardigan',
    place_back: 'its channel is back',
    moved: 'moved to another channel',
  },
  next: 'Codes are never in it. Entries are numbered and cannot be changed or left out unseen: compare them with the newest hash, which is posted daily in the channel of the admins.',
  none: 'Nothing on record fits that.',
  noneNext: 'Leave out a filter, and run /audit again.',
  fileTitle: (count: number) => `The record as a file: ${entries(count)}`,
  fileNext:
    'Codes are never in it. A spreadsheet rounds the long numbers of people in the columns by, for, member and recipient, unless you import them as text.',
  fileCut: (count: number) =>
    `There are more: these are the newest ${number(count)}. Narrow it down with /audit and since, member or order.`,
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
    title: (date: string, count: number) => `Record of ${date} (UTC): ${entries(count)}`,
    hash: (hash: string) => `Newest hash ${hash}`,
    next: (count: number, hash: string) =>
      `Keep this message. With it, whoever runs Cardigan can see that nothing up to here was changed or left out:\n\`npm run audit-verify -- ${count} ${hash}\``,
  },
};

/** What whoever runs Cardigan reads at the command line. */
export const auditVerify = {
  usage: `Checks the record of who did what, from the first entry to the newest:

  npm run audit-verify

And against a hash that was posted in the admins' channel, with the number of entries there (a whole number from 1) and
the hash (64 characters, 0 to 9 and a to f):

  npm run audit-verify -- 1234 5e88…

It ends with 0 when the record is whole, with 1 when it is not, and with 2 when it could not be checked. With SQLite, stop
Cardigan first: one process at a time has the store.`,
  empty: 'The record is whole: nothing is in it yet.',
  whole: (count: number, hash: string) =>
    `The record is whole: ${entries(count)}, each follows the one before, and all match the orders, stops, settings, delegates, cases and campaigns. Every record is as Cardigan wrote it. The newest hash is ${hash}.`,
  wholeUpTo: (count: number) => `It has the posted hash at entry ${count}.`,
  waiting: (count: number) =>
    `${counted(count, 'step is', 'steps are')} on record and not in the chain yet: Cardigan takes them in within seconds when it runs.`,
  notWhole: (count: number) => `The record is not whole: ${counted(count, 'problem')}.`,
  more: (count: number) => `… and ${number(count)} more.`,
  problems: {
    missing: (from: number, to: number) =>
      from === to ? `Entry ${from} is missing.` : `Entries ${from} to ${to} are missing.`,
    unreadable: (at: number) => `Entry ${at} cannot be read any more.`,
    misnumbered: (at: number, says: number) => `Entry ${at} says that it is number ${says}.`,
    changed: (at: number) => `Entry ${at} was changed: its hash is not that of what it says.`,
    unlinked: (at: number) =>
      `Entry ${at} does not follow ${at === 1 ? 'from nothing, as the first one does' : `entry ${at - 1}`}: something was changed, replaced or left out there.`,
    twice: (at: number, says: string) => `Entry ${at} says what belongs to another entry. It says ${says}.`,
    differs: (at: number, says: string, record: string) =>
      `Entry ${at} and its record differ. The entry says ${says}. The record says ${record}.`,
    record_gone: (at: number, says: string) => `Entry ${at} is on no record any more. It says ${says}.`,
    put_back: (at: number, says: string) =>
      `Entry ${at} is newer than its record, so the record was put back to an earlier state. The entry says ${says}.`,
    record_unreadable: (at: string) =>
      `The record ${at} cannot be read: Cardigan did not write it, or somebody changed it in the database. Restore it from a backup.`,
    unexplained: (at: string) => `The record ${at} does not match its own history of steps and changes.`,
    misplaced: (at: string) =>
      `The record ${at} is in other lists, or under other names, than Cardigan wrote: it may not be found where it should be.`,
    left_out: (says: string) => `An entry was left out, for its record was taken in. It says ${says}.`,
    posted_missing: (at: number, newest: number) =>
      newest === 0
        ? `Entry ${at}, whose hash was posted, is missing: there is no entry at all.`
        : `Entry ${at}, whose hash was posted, is missing: the newest is entry ${newest}.`,
    posted_differs: (at: number) =>
      `Entry ${at} does not have the posted hash: something up to it was changed or left out since.`,
  },
};
