import { DatabaseSync } from 'node:sqlite';
import type { Member } from '../../src/lib/member.ts';
import { createPrivacy } from '../../src/privacy/index.ts';
import type { Store } from '../../src/store/open.ts';
import type { Desk } from '../orders/desk.ts';
import { auditOf } from '../policy/recording.ts';

export const DAY_MS = 24 * 60 * 60_000;
export const ERASE_AFTER_DAYS = 90;

interface Options {
  readonly keepPeopleDays?: number;
  readonly store?: Store;
}

/** One process of the bot, as far as people's data is concerned. */
export function privacyOf(desk: Desk, { keepPeopleDays, store = desk.store }: Options = {}) {
  const log = (facts: object, message: string) => void desk.logged.push({ message, ...facts });
  return createPrivacy({
    store,
    ownerGuild: 'guild',
    eraseAfterMs: ERASE_AFTER_DAYS * DAY_MS,
    keepPeopleMs: keepPeopleDays === undefined ? undefined : keepPeopleDays * DAY_MS,
    clock: desk.clock,
    log: { info: log, warn: log, error: log },
  });
}

/** Where somebody is mentioned in the database: namespaces and keys, and names in lists. */
export function mentionsOf({ file }: Pick<Desk, 'file'>, user: string): string[] {
  using db = new DatabaseSync(file, { readOnly: true });
  const isMention = (text: unknown) => new RegExp(`(?<![\\w-])${user}(?![\\w-])`).test(String(text));
  const entries = db.prepare('SELECT namespace, key, value FROM entries').all();
  const names = ['tags', 'holds'].flatMap((table) => db.prepare(`SELECT name FROM ${table}`).all());
  return [
    ...entries
      .filter(({ key, value }) => isMention(key) || isMention(value))
      .map((row) => `${row.namespace}/${row.key}`),
    ...names.filter(({ name }) => isMention(name)).map(({ name }) => String(name)),
  ].sort();
}

/** The codes of what was delivered are purged, and all of it is in the audit. */
export async function purged(desk: Desk, days = 31): Promise<void> {
  await desk.tick();
  desk.clock.advance((days + 1) * DAY_MS);
  await desk.tick();
  await auditOf(desk).tick();
}

/** Rounds of the job until it has nothing to do for now. */
export async function erased(privacy: ReturnType<typeof privacyOf>, rounds = 20): Promise<void> {
  for (let round = 0; round < rounds; round++) await privacy.tick();
}

export const erase = async (desk: Desk, member: Pick<Member, 'guild' | 'user'>) => {
  const privacy = privacyOf(desk);
  const told = await privacy.eraseOwn(member as Member);
  await erased(privacy);
  await auditOf(desk).tick();
  return told;
};
