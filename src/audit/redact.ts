import { z } from 'zod';
import { auditTags, ERASED_WORDS, isPseudonym, type Names, type Pseudonym, renamed } from '../lib/index.ts';
import { type Records, unlessUnreadable } from '../store/index.ts';
import { type AuditEntry, auditEntryKey, type Deed, deedHold, listsOf } from './chain.ts';

export const REDACTIONS = 'redactions';

const stepSchema = z.object({
  at: z.number(),
  /** The name under which whoever asked stays on record; "operator"; "cardigan", where its time was over. */
  by: z.string(),
  why: z.enum(['asked', 'time_over']),
});

/** That somebody is in entries under this name from then on. Whose it is stands nowhere. */
export const redactionSchema = z.object({
  version: z.int().min(1),
  name: z.string(),
  guild: z.string(),
  steps: z.array(stepSchema).min(1),
  /** How many of these steps are in the chain. */
  audited: z.int().min(0).default(0),
});
export type Redaction = z.infer<typeof redactionSchema>;
export type RedactionStep = z.infer<typeof stepSchema>;

export const redactionGuard = (redaction: Omit<Redaction, 'version'>) => ({
  tags: auditTags(redaction, redaction.steps.length),
  holds: [],
});

export function redactionDeeds({ name, guild, steps }: Redaction): Omit<Deed, 'id'>[] {
  return steps.map(({ at, by, why }) => ({ at, guild, by, what: 'privacy.erased', why, about: { member: name } }));
}

/** Puts it on record, once for each time that somebody asks; the time that is over, once for all. */
export async function noteRedaction(
  records: Records<Redaction>,
  { name, guild }: Pick<Redaction, 'name' | 'guild'>,
  step: RedactionStep,
): Promise<void> {
  const known = await records.get(name);
  if (known && step.why === 'time_over') return;
  const steps = [...(known?.steps ?? []), step];
  const next = { name, guild, steps, audited: known?.audited ?? 0 };
  const written = await records.write(name, next, { seen: known?.version ?? 0, ...redactionGuard(next) });
  if (!written.ok) await noteRedaction(records, { name, guild }, step);
}

/** What a deed says once these people are in it under their new names, without their own words. */
export function redactDeed(deed: Deed, names: Names): Deed {
  const { by, for: behalf, about, id, detail } = deed;
  const isFirst = id.endsWith('/0');
  const said = [by, behalf, isFirst ? about?.member : undefined];
  const isTheirs = said.some((each) => each !== undefined && names.has(each));
  const next = renamed(deed, names);
  return isTheirs && detail !== undefined ? { ...next, detail: ERASED_WORDS } : next;
}

const peopleIn = ({ by, for: behalf, about }: Deed): string[] =>
  [by, behalf, about?.member, about?.recipient].filter((each) => each !== undefined);

/** Under which names people are in it whose own were erased. */
export const pseudonymsIn = (deed: Deed): string[] => peopleIn(deed).filter(isPseudonym);

/** What a deed says with those people redacted who are `erased` under these names. */
export function redactedAs(deed: Deed, erased: readonly string[], pseudonym: Pseudonym): Deed {
  if (erased.length === 0) return deed;
  const names = peopleIn(deed).map((user) => [user, pseudonym(deed.guild ?? '', user)] as const);
  return redactDeed(deed, new Map(names.filter(([, name]) => erased.includes(name))));
}

interface Chain {
  readonly records: Records<AuditEntry>;
  readonly ownerGuild: string;
}

/**
 * Redacts the entries of a record's first deeds. Each is one guarded write and may be repeated: what was redacted already
 * stays. Number, time, hash and the hash before stay as they are. `unlisted`: those alone that stand in no list of these
 * people, for whom nobody else would come back.
 */
export async function redactEntries(
  chain: Chain,
  { record, deeds, names, which }: { record: string; deeds: number; names: Names; which: 'unlisted' | 'all' },
): Promise<void> {
  const isMeant = ({ by, for: behalf, about }: Deed) =>
    which === 'all' || ![by, behalf, about?.member].some((each) => each !== undefined && names.has(each));
  for (let index = 0; index < deeds; index++) await redactEntry(chain, `${record}/${index}`, names, isMeant);
}

async function redactEntry(chain: Chain, id: string, names: Names, isMeant: (deed: Deed) => boolean): Promise<void> {
  const { records, ownerGuild } = chain;
  const key = await records.holder(deedHold(id));
  const known = key === undefined ? undefined : await records.get(key);
  if (!known || !isMeant(known.deed)) return;
  const { version: seen, redacted = [], ...entry } = known;
  const deed = redactDeed(entry.deed, names);
  if (JSON.stringify(deed) === JSON.stringify(entry.deed)) return;
  const now = [...names.values()].filter((name) => JSON.stringify(deed).includes(name));
  const next = { ...entry, deed, redacted: [...new Set([...redacted, ...now])] };
  const guard = { seen, tags: listsOf(deed, ownerGuild), holds: [deedHold(deed.id)] };
  const written = await records.write(auditEntryKey(entry.number), next, guard);
  if (!written.ok) await redactEntry(chain, id, names, isMeant);
}

/** Whether it is on record for each name in an entry that somebody is under it: nothing else may be redacted. */
export function createRedactionCheck(records: Pick<Records<Redaction>, 'get'>) {
  const known = new Set<string>();
  return async ({ redacted = [] }: Pick<AuditEntry, 'redacted'>): Promise<boolean> => {
    for (const name of redacted) {
      if (known.has(name)) continue;
      const found = await unlessUnreadable(() => records.get(name), undefined);
      if (!found) return false;
      known.add(name);
    }
    return true;
  };
}
