import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Clock, moneySchema } from '../lib/index.ts';
import type { Page, Records } from '../store/index.ts';

/** Where entries are. */
export const CHAIN = 'audit';

/** The lists that an entry stands in. */
export const auditLists = {
  all: 'all',
  ofGuild: (guild: string) => `guild/${guild}`,
  /** By this person, on their behalf, or about an order of theirs. */
  ofMember: (guild: string, user: string) => `member/${guild}/${user}`,
  ofOrder: (order: string) => `order/${order}`,
};

/** Something that somebody did. Whoever records it keeps to one rule: no field ever holds a code. */
const deedSchema = z.object({
  /** `<source>/<key of the record>/<which of its deeds>`: in the chain once, for ever. */
  id: z.string(),
  /** When it was done, in milliseconds since 1970. */
  at: z.number(),
  /** The guild whose approvers read it; what concerns the whole account has none. */
  guild: z.string().optional(),
  /** A Discord user id, "cardigan", or "operator". */
  by: z.string(),
  /** On whose behalf, for what a delegate did. */
  for: z.string().optional(),
  /** What it was, as a code with its kind in front: `order.approved`, `stop.resumed`, `settings.changed`. */
  what: z.string(),
  /** Why, as a code of that kind. */
  why: z.string().optional(),
  about: z
    .object({
      order: z.string().optional(),
      /** The id of a campaign, of a step of its own. */
      campaign: z.string().optional(),
      reference: z.string().optional(),
      /** The requester of the order or campaign, or whom an approver named. */
      member: z.string(),
      /** Whom its card is sent to, of an order for somebody else. */
      recipient: z.string().optional(),
      /** Quantity and name of the card, or cards. */
      item: z.string().optional(),
    })
    .optional(),
  /** A person's or CardPlusPay's own words. */
  detail: z.string().optional(),
  /** What was quoted, or charged. */
  amount: moneySchema.optional(),
  /** What was changed from what to what, in the words in which it was said back. */
  change: z.object({ field: z.string(), from: z.string(), to: z.string() }).optional(),
});
export type Deed = z.infer<typeof deedSchema>;

/** One link of the chain. */
export const auditEntrySchema = z.object({
  version: z.int().min(1),
  /** From 1, without gaps. */
  number: z.int().positive(),
  /** When it was written down here, in milliseconds since 1970. */
  at: z.number(),
  deed: deedSchema,
  /** The hash of the entry before; of nothing, for the first. */
  previous: z.string(),
  hash: z.string(),
  /**
   * Under these names people are in it whose own were erased since, with their words. The hash stays that of what it said
   * before, so that all that follows, and all that was posted, still fits.
   */
  redacted: z.array(z.string()).optional(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** What the first entry follows. */
export const HASH_OF_NOTHING = sha256('');

/** SHA-256, in hex, over everything that an entry says and the hash of the one before, and so over all before it. */
export function hashOf({
  number,
  at,
  deed,
  previous,
}: Pick<AuditEntry, 'number' | 'at' | 'deed' | 'previous'>): string {
  return sha256(JSON.stringify([number, previous, at, inOrder(deed)]));
}

/**
 * Fields by their name, those that are not there left out: the same text however it was read, and a field that only
 * later entries have changes no earlier hash.
 */
export function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => [name, inOrder(each)]);
}

export const isSameDeed = (a: Deed, b: Deed): boolean => JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));

/** The key of an entry in the store. */
export const auditEntryKey = (number: number): string => String(number).padStart(12, '0');

/** One chain for the whole store. An entry is written once, and never again but to take somebody out of it; see `redact.ts`. */
interface Chain {
  readonly records: Records<AuditEntry>;
  /** Its approvers read what concerns the whole account. */
  readonly ownerGuild: string;
  readonly clock: Pick<Clock, 'now'>;
}

/** Adds what is not in the chain yet, in this order. May be repeated, by any process, after any crash. */
export async function append(chain: Chain, deeds: readonly Deed[]): Promise<void> {
  if (deeds.length === 0) return;
  let last = await newestOf(chain.records);
  for (const deed of deeds) last = await link(chain, deed, last);
}

/** A page of a list, newest first. */
export async function listed({ records }: Pick<Chain, 'records'>, list: string, page: Page) {
  const { records: entries, unreadable: _, ...rest } = await records.tagged(list, page);
  return { entries, ...rest };
}

/** What the next entry follows. */
type Newest = Pick<AuditEntry, 'number' | 'hash'>;

/**
 * One that cannot be read is known by its place alone, right behind others: the next one begins anew behind it. What
 * somebody has put into the list with any other number, or none, is no entry, and stops nothing.
 */
export async function newestOf(records: Pick<Records<AuditEntry>, 'tagged'>): Promise<Newest | undefined> {
  const unreadable = new Set<string>();
  let entry: AuditEntry | undefined;
  let before: string | undefined;
  do {
    const page = await records.tagged(auditLists.all, { limit: 1, before });
    for (const key of page.unreadable) unreadable.add(key);
    entry = page.records[0];
    before = page.next;
  } while (!entry && before !== undefined);
  let number = entry?.number ?? 0;
  while (unreadable.has(auditEntryKey(number + 1))) number++;
  return number > (entry?.number ?? 0) ? { number, hash: HASH_OF_NOTHING } : entry;
}

/** Taken for ever by the entry of a deed. */
export const deedHold = (id: string): string => `audit/${id}`;

/** Whoever writes a number first has it; who is slower takes the next one. Gives the newest entry afterwards. */
async function link(chain: Chain, deed: Deed, last?: Newest): Promise<Newest | undefined> {
  const { records, ownerGuild, clock } = chain;
  const number = (last?.number ?? 0) + 1;
  const said = { number, at: clock.now(), deed, previous: last?.hash ?? HASH_OF_NOTHING };
  const entry = { ...said, hash: hashOf(said) };
  const guard = { seen: 0, tags: listsOf(deed, ownerGuild), holds: [deedHold(deed.id)] };
  const written = await records.write(auditEntryKey(number), entry, guard);
  if (written.ok) return entry;
  if (written.reason === 'held') return last; // it is in the chain already
  const now = await newestOf(records);
  // Somebody has been at the store: better no entry than one that hides it.
  if ((now?.number ?? 0) < number) throw new Error(`entry ${number} of the audit is not listed`);
  return link(chain, deed, now);
}

export function listsOf({ guild, by, for: behalf, about }: Deed, ownerGuild: string): string[] {
  const where = guild ?? ownerGuild;
  const people = [by, behalf, about?.member].filter((each) => each !== undefined);
  return [
    auditLists.all,
    auditLists.ofGuild(where),
    ...[...new Set(people)].map((user) => auditLists.ofMember(where, user)),
    ...(about?.order === undefined ? [] : [auditLists.ofOrder(about.order)]),
  ];
}
