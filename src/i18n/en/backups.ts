import type { Money } from '../../lib/index.ts';
import { counted, money, number } from './count.ts';

const seconds = (ms: number): string => (ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);
const size = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** What is wrong with a backup: what happened, and what to do. */
const faults = {
  no_backup: ({ path }: { path: string }) =>
    `There is no file ${path}. Nothing was changed. Give the path of a backup's copy.`,
  no_manifest: ({ path }: { path: string }) =>
    `${path} is missing or can't be read, so nobody knows whether this backup is whole. Nothing was changed. Copy both files of the backup: the copy and the .json beside it.`,
  changed: ({ path }: { path: string }) =>
    `${path} is not the file that was backed up: it is damaged or was changed. Nothing was changed here. Use another backup.`,
  not_whole: ({ path }: { path: string }) =>
    `The copy${path && ` ${path}`} is damaged. It doesn't count as a backup. Check the disk, and the store with npm run doctor.`,
  unwritable: ({ path }: { path: string }) =>
    `${path} can't be written. Choose another folder, or give this user the right to it.`,
  full: ({ path }: { path: string }) =>
    `There is no room left on the disk for ${path}. Earlier backups are untouched. Free some space.`,
  key_beside: ({ path }: { path: string }) =>
    `The key ${path} would lie with the backups, and whoever has both can read the codes. Keep the two in separate folders, best on separate machines.`,
  key_there: ({ path }: { path: string }) =>
    `${path} is there already, and was left as it is. Choose another folder, or compare the two.`,
  no_key: ({ path }: { path: string }) => `There is no key that can be read in ${path}. Nothing was changed.`,
};

/** What whoever runs Cardigan reads of its backups at the command line. */
export const backups = {
  faults,
  make: {
    usage: `Makes a backup while Cardigan runs, verifies it, and keeps the newest ones:

  npm run backup                        into BACKUP_FOLDER
  npm run backup -- --to FOLDER         into another folder
  npm run backup -- --key-to FOLDER     also writes the encryption key into a folder of its own, once
  npm run backup -- --json              says it for programs

Exit codes: 0 made and verified, 1 not made.`,
    noFolder: 'Nothing was backed up. Set BACKUP_FOLDER, or say where with --to FOLDER.',
    made: (path: string, bytes: number, tookMs: number) => `Backup ${path}: ${size(bytes)} in ${seconds(tookMs)}.`,
    opened: (orders: number, records: number) =>
      `Verified: opened with the key, ${counted(records, 'record')} checked, ${counted(orders, 'order')} among them.`,
    read: "Read to its end, but not opened: this database user can't create a schema. Run npm run drill with a user who can.",
    notAuthentic: (count: number) =>
      `${counted(count, 'record')} in the store can't be verified: somebody changed the database. The backup has them as they are; npm run audit-verify names them.`,
    keyKept: (path: string) =>
      `The encryption key is in ${path}. Move it to another machine: without it, nobody can read the codes in a backup.`,
    keyElsewhere:
      'The encryption key is not in it. Keep a copy of it in another place, such as a password manager: without it, nobody can read the codes. --key-to FOLDER writes it.',
  },
  restore: {
    usage: `Puts a backup in the place of the store. Stop Cardigan first:

  npm run restore -- PATH                     into STORE_URL
  npm run restore -- PATH --key FILE          with the key in that file
  npm run restore -- PATH --to ADDRESS        into another store, written as STORE_URL is

What was there before is moved aside, not deleted. Purchases stay paused until an admin has settled every order that
CardPlusPay has and the backup has not. Exit codes: 0 restored, 1 not restored.`,
    done: (file: string, at: string, tookMs: number) => `Restored ${file}, made ${at}, in ${seconds(tookMs)}.`,
    contents: (orders: number, records: number) =>
      `It has ${counted(orders, 'order')} in ${counted(records, 'record')}.`,
    before: (where: string) => `What was there before is now ${where}. Delete it once all is settled.`,
    nothingBefore: 'There was no store before.',
    ended: (count: number) =>
      `${counted(count, 'order was', 'orders were')} waiting when the backup was made. ${count === 1 ? 'It was ended, because it' : 'They were ended, because they'} may have been bought since.`,
    asked: (count: number) =>
      `${counted(count, 'order was', 'orders were')} being bought when the backup was made. Admins decide in /review what became of ${count === 1 ? 'it' : 'them'}.`,
    withheld: (count: number) =>
      `${counted(count, 'order')} had cards on hand or not claimed yet. They may be somebody's by now, so nobody gets them: find their codes on CardPlusPay's site.`,
    halted: (count: number) =>
      `${counted(count, 'campaign')} halted. Before an admin resumes one, check who already has a card.`,
    notAuthentic: (count: number) => `${counted(count, 'record')} can't be verified: npm run audit-verify names them.`,
    next: "Purchases are paused. Start Cardigan: it asks about each missing order in the admins' channel. Once all are settled, an admin runs /resume.",
  },
  lost: {
    none: 'Nothing is missing: the backup has every order CardPlusPay has.',
    some: (orders: number, total: Money, unpriced: number) =>
      `CardPlusPay has ${counted(orders, 'order')} that the backup lacks, ${money(total)} in all${unpriced > 0 ? `, ${number(unpriced)} of them without an amount` : ''}.`,
    which: (ids: string, hasMore: boolean) => `CardPlusPay's order ids: ${ids}${hasMore ? ', …' : ''}.`,
    unknown: "CardPlusPay's list could not be compared now. Cardigan compares it before it buys anything.",
  },
  drill: {
    usage: `Restores the newest backup into a temporary place, compares it with CardPlusPay's list, and removes it again:

  npm run drill                 the newest backup in BACKUP_FOLDER; without one, a copy made now
  npm run drill -- --fresh      a copy made now
  npm run drill -- --json       says it for programs

It can run beside Cardigan and changes nothing. Exit codes: 0 it can be restored, 1 it can't, 2 it can be, but the comparison failed.`,
    fresh: (bytes: number, tookMs: number) => `A copy made now: ${size(bytes)} in ${seconds(tookMs)}.`,
    backup: (file: string, at: string, bytes: number) => `The newest backup: ${file}, made ${at}, ${size(bytes)}.`,
    restored: (records: number, tookMs: number) =>
      `Restored and opened with the key in ${seconds(tookMs)}: ${counted(records, 'record')}.`,
    compared: (tookMs: number) => `Compared with CardPlusPay in ${seconds(tookMs)}.`,
    all: (tookMs: number) => `All of it took ${seconds(tookMs)}. Nothing was changed.`,
    stopped: 'Stopped. Nothing was changed, and nothing is left behind.',
  },
};
