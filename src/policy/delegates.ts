import { z } from 'zod';
import { auditTags, type Clock } from '../lib/index.ts';
import { type Records, walk } from '../store/index.ts';
import type { Delegates } from './authorize.ts';

const changeSchema = z.object({
  at: z.number(),
  /** The Discord user id of whoever changed it. */
  by: z.string(),
  what: z.enum(['named', 'ended']),
  delegate: z.string(),
  /** Of a naming, until when it was to last; of an end, the moment of it. */
  until: z.number(),
});
type DelegationChange = z.infer<typeof changeSchema>;

/** Whom an approver has named last, and every change of that, in the same write. */
export const delegationSchema = z.object({
  version: z.int().min(1),
  guild: z.string(),
  approver: z.string(),
  delegate: z.string(),
  /** The delegate decides in the approver's name before that moment, in milliseconds since 1970. */
  until: z.number(),
  changes: z.array(changeSchema),
  /** How many of the changes are in the audit chain. */
  audited: z.int().min(0).default(0),
});
export type Delegation = z.infer<typeof delegationSchema>;

export type Named = Pick<Delegation, 'guild' | 'approver' | 'delegate' | 'until'>;

/** Who decides in whose name. An approver has one delegate at a time; a delegate may have several approvers. */
export interface DelegateBook extends Delegates {
  /** Whom this approver has named, if that lasts. */
  of(guild: string, approver: string): Promise<Named | undefined>;
  /** By whom this member is named, of what lasts. */
  to(guild: string, delegate: string): Promise<Named[]>;
  /** Names a delegate in place of whoever was before, which is given back if it lasted. */
  name(named: Named): Promise<Named | undefined>;
  /** Ends it at once, and gives what has ended; nothing when nothing lasted. */
  end(guild: string, approver: string): Promise<Named | undefined>;
}

export const delegationKey = ({ guild, approver }: Pick<Named, 'guild' | 'approver'>): string =>
  `${guild}/${approver}`;

/** The lists a delegation stands in. One that is over by itself stays where its delegate finds it, until the next change. */
export function delegationGuard(delegation: Omit<Delegation, 'version'>) {
  const { guild, delegate, changes, audited } = delegation;
  const tags = [
    ...(changes.at(-1)?.what === 'named' ? [delegateTag(guild, delegate)] : []),
    ...auditTags({ audited }, changes.length),
  ];
  return { tags, holds: [] };
}

interface Parts {
  records: Records<Delegation>;
  clock: Clock;
}

export function createDelegates({ records, clock }: Parts): DelegateBook {
  const lasting = (known: Delegation | undefined) =>
    known && clock.now() < known.until ? known : undefined;

  /** Decides again on what the same approver has changed elsewhere. Gives what lasted before. */
  async function change(
    place: Pick<Named, 'guild' | 'approver'>,
    decide: (before: Delegation | undefined) => DelegationChange[],
  ): Promise<Delegation | undefined> {
    const key = delegationKey(place);
    const known = await records.get(key);
    const before = lasting(known);
    const made = decide(before);
    const last = made.at(-1);
    if (!last) return before;
    const { guild, approver } = place;
    const { delegate, until } = last;
    const changes = [...(known?.changes ?? []), ...made];
    const next = { guild, approver, delegate, until, changes, audited: known?.audited ?? 0 };
    const guard = { seen: known?.version ?? 0, ...delegationGuard(next) };
    const written = await records.write(key, next, guard);
    return written.ok ? before : change(place, decide);
  }

  function ending({ approver, delegate }: Named): DelegationChange {
    const at = clock.now();
    return { at, by: approver, what: 'ended', delegate, until: at };
  }

  async function to(guild: string, delegate: string): Promise<Named[]> {
    const found: Delegation[] = [];
    for await (const each of walk(records, delegateTag(guild, delegate))) found.push(each);
    return found.filter((each) => lasting(each));
  }

  return {
    of: async (guild, approver) => lasting(await records.get(delegationKey({ guild, approver }))),
    to,
    namersOf: async (guild, delegate) =>
      (await to(guild, delegate)).map(({ approver }) => approver),
    name(named) {
      const { approver: by, delegate, until } = named;
      return change(named, (before) => [
        ...(before && before.delegate !== delegate ? [ending(before)] : []),
        { at: clock.now(), by, what: 'named', delegate, until },
      ]);
    },
    end: (guild, approver) =>
      change({ guild, approver }, (before) => (before ? [ending(before)] : [])),
  };
}

const delegateTag = (guild: string, delegate: string) => `to/${guild}/${delegate}`;
