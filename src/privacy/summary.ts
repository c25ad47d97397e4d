import type { PrivacyContext } from './context.ts';
import { erasureOf } from './job.ts';
import { ownAudit } from './own-audit.ts';
import { type Kind, type Person, type Remnant, remnantKinds, remnantsOf, type Wait } from './remnants/index.ts';

/** So many records are counted, and put into a file, at most: there is more at the command line. */
const MOST = 2_000;

/** What is kept of somebody in a server. */
export interface PrivacySummary {
  /** How many records of each kind, of those there are. */
  readonly counts: Readonly<Partial<Record<Kind, number>>>;
  /** How many of them can be erased now, and how many not, by why. */
  readonly waits: Readonly<Record<Wait | 'now', number>>;
  /** When the last of those that are too young may be erased. */
  readonly youngUntil?: number;
  /** There are more. */
  readonly isCut: boolean;
  /** When they asked to be erased, as long as something of them is left. */
  readonly askedAt?: number;
}

export async function summaryOf(ctx: PrivacyContext, person: Person): Promise<PrivacySummary> {
  const { found, isCut } = await collect(ctx, person, MOST);
  const counts: Partial<Record<Kind, number>> = {};
  const waits = { now: 0, open: 0, codes: 0, young: 0, stays: 0 };
  for (const { kind, wait = 'now' } of found) {
    counts[kind] = (counts[kind] ?? 0) + 1;
    waits[wait] += 1;
  }
  const late = found.flatMap(({ readyAt }) => readyAt ?? []);
  const erasure = await erasureOf(ctx, person);
  return {
    counts,
    waits,
    isCut,
    ...(late.length > 0 && { youngUntil: Math.max(...late) }),
    ...(erasure && { askedAt: erasure.at }),
  };
}

async function collect(ctx: PrivacyContext, person: Person, most: number) {
  const found: Remnant[] = [];
  for await (const remnant of remnantsOf(ctx, person)) {
    if (!remnant) continue;
    if (found.length === most) return { found, isCut: true };
    found.push(remnant);
  }
  return { found, isCut: false };
}

/** What stands in the file beside the records. */
export interface FileWords {
  readonly explained: readonly string[];
  readonly kinds: Readonly<Record<Kind, string>>;
  readonly audit: string;
  readonly cut: string;
}

/**
 * All that is kept of somebody in a server, as JSON that begins with what it is. Never a code, and of others nothing but what
 * they have seen themselves.
 */
export async function fileOf(ctx: PrivacyContext, person: Person, words: FileWords, most = MOST): Promise<string> {
  const { found, isCut } = await collect(ctx, person, most);
  const byKind = remnantKinds.flatMap((kind) => {
    const records = found.filter((each) => each.kind === kind).map(({ record, says }) => ({ record, ...says }));
    return records.length > 0 ? [[words.kinds[kind], records] as const] : [];
  });
  const audit = await ownAudit(ctx, person, most);
  const parts = {
    'About this file': [...words.explained, ...(isCut || audit.isCut ? [words.cut] : [])],
    server: person.guild,
    you: person.user,
    made: new Date(ctx.clock.now()).toISOString(),
    ...Object.fromEntries(byKind),
    ...(audit.entries.length > 0 && { [words.audit]: audit.entries }),
  };
  return `${JSON.stringify(parts, undefined, 2)}\n`;
}
