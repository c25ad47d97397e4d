import { z } from 'zod';
import { auditTags, bind, type Clock } from '../lib/index.ts';
import { type Records, walk } from '../store/index.ts';

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

export type NamedDelegate = Pick<Delegation, 'guild' | 'approver' | 'delegate' | 'until'>;

type Approver = Pick<NamedDelegate, 'guild' | 'approver'>;

export const delegationKey = ({ guild, approver }: Approver) => `${guild}/${approver}`;

/** The lists a delegation stands in. One that is over by itself stays where its delegate finds it, until the next change. */
export function delegationGuard(delegation: Omit<Delegation, 'version'>) {
  const { guild, delegate, changes, audited } = delegation;
  const tags = [
    ...(changes.at(-1)?.what === 'named' ? [delegateTag(guild, delegate)] : []),
    ...auditTags({ audited }, changes.length),
  ];
  return { tags, holds: [] };
}

/** Delegations by their approver, of whatever guild. */
interface AllDelegations {
  readonly records: Records<Delegation>;
  readonly clock: Pick<Clock, 'now'>;
}

export type DelegateRepository = ReturnType<typeof createDelegates>;

/** Who decides in whose name. An approver has one delegate at a time; a delegate may have several approvers. */
export function createDelegates(records: Records<Delegation>, clock: Pick<Clock, 'now'>) {
  return bind({ records, clock }, { of: delegateOf, to: delegatedTo, delegatorsOf, name, end });
}

const lasting = ({ clock }: AllDelegations, known: Delegation | undefined) =>
  known && clock.now() < known.until ? known : undefined;

/** Whom this approver has named, if that lasts. */
async function delegateOf(all: AllDelegations, guild: string, approver: string) {
  return lasting(all, await all.records.get(delegationKey({ guild, approver })));
}

/** By whom this member is named, of what lasts. */
async function delegatedTo(all: AllDelegations, guild: string, delegate: string) {
  const found: Delegation[] = [];
  for await (const each of walk(all.records, delegateTag(guild, delegate))) found.push(each);
  return found.filter((each) => lasting(all, each));
}

/** Approvers who have named this member their delegate, for now. */
async function delegatorsOf(all: AllDelegations, guild: string, delegate: string) {
  return (await delegatedTo(all, guild, delegate)).map(({ approver }) => approver);
}

/** Names a delegate in place of whoever was before, which is given back if it lasted. */
function name(all: AllDelegations, named: NamedDelegate): Promise<NamedDelegate | undefined> {
  const { approver: by, delegate, until } = named;
  return change(all, named, (before, at) => [
    ...(before && before.delegate !== delegate ? [endOf(before, at)] : []),
    { at, by, what: 'named', delegate, until },
  ]);
}

/** Ends it at once, and gives what has ended; nothing when nothing lasted. */
function end(all: AllDelegations, guild: string, approver: string) {
  return change(all, { guild, approver }, (before, at) => (before ? [endOf(before, at)] : []));
}

const endOf = ({ approver, delegate }: NamedDelegate, at: number): DelegationChange => ({
  at,
  by: approver,
  what: 'ended',
  delegate,
  until: at,
});

/** Decides again on what the same approver has changed elsewhere. Gives what lasted before. */
async function change(
  all: AllDelegations,
  place: Approver,
  decide: (before: Delegation | undefined, now: number) => DelegationChange[],
): Promise<Delegation | undefined> {
  const key = delegationKey(place);
  const known = await all.records.get(key);
  const before = lasting(all, known);
  const made = decide(before, all.clock.now());
  const last = made.at(-1);
  if (!last) return before;
  const { guild, approver } = place;
  const { delegate, until } = last;
  const changes = [...(known?.changes ?? []), ...made];
  const next = { guild, approver, delegate, until, changes, audited: known?.audited ?? 0 };
  const guard = { seen: known?.version ?? 0, ...delegationGuard(next) };
  const written = await all.records.write(key, next, guard);
  return written.ok ? before : change(all, place, decide);
}

const delegateTag = (guild: string, delegate: string) => `to/${guild}/${delegate}`;
