import { type Directory, type Member, type MemberFacts, Problem } from '../../lib/index.ts';
import type { Who } from './who.ts';

/** Somebody who is to get a card, as they were named. */
export interface NamedPerson {
  readonly who: Who;
  readonly item: string;
  readonly message?: string | undefined;
  /** Where they stand in the file that names them. */
  readonly line?: number | undefined;
}

/** A member who is to get a card. */
export interface BulkRecipient extends Pick<NamedPerson, 'item' | 'message' | 'line'> {
  readonly user: string;
  /** As the server shows them. */
  readonly name?: string;
}

type LeftOutWhy =
  /** What was written names nobody. */
  | 'unclear'
  | ('not_here' | 'maybe_rounded' | 'no_such_name' | 'several_of_name')
  /** They stand there twice, are a bot, or are whoever sends the cards. */
  | ('twice' | 'bot' | 'self');

/** Somebody who was named and gets none. */
export interface LeftOut extends Pick<NamedPerson, 'who' | 'line'> {
  readonly why: LeftOutWhy;
}

export interface Sorted {
  readonly recipients: readonly BulkRecipient[];
  readonly leftOut: readonly LeftOut[];
}

/** So many were looked up, of so many. Waited for, so that it can be shown. */
export type LookUpProgress = (checked: number, all: number) => Promise<unknown>;

/** Discord tells about so many ids at once, and is asked about so many names at once. */
const IDS_AT_ONCE = 100;
const NAMES_AT_ONCE = 5;

type Lookups = Pick<Directory, 'findMany' | 'named'>;
type Found = MemberFacts | LeftOutWhy;

/** Looks up everybody who was named, in their order. Throws a Problem when Discord does not tell about somebody. */
export async function findRecipients(
  named: readonly NamedPerson[],
  sender: Member,
  directory: Lookups,
  progress: LookUpProgress,
): Promise<Sorted> {
  const sorting = createSorting(sender);
  for (let from = 0; from < named.length; from += IDS_AT_ONCE) {
    const some = named.slice(from, from + IDS_AT_ONCE);
    const byId = await lookUpIds(some, sender.guild, directory);
    // Names come one by one: where there are many, it is shown how far they are.
    for (let at = 0; at < some.length; at += NAMES_AT_ONCE) {
      const few = some.slice(at, at + NAMES_AT_ONCE);
      const found = await Promise.all(few.map(({ who }) => lookUp(who, sender.guild, directory, byId)));
      for (const [index, each] of few.entries()) sorting.add(each, found[index] ?? 'not_here');
      await progress(Math.min(named.length, from + at + NAMES_AT_ONCE), named.length);
    }
  }
  return sorting.sorted;
}

/** Puts one after the other where they belong: each member gets one card, the first that was named for them. */
export function createSorting(sender: Pick<Member, 'user'>) {
  const recipients: BulkRecipient[] = [];
  const leftOut: LeftOut[] = [];
  const users = new Set<string>();

  function whyNot(found: MemberFacts): LeftOutWhy | undefined {
    if (found.user === sender.user) return 'self';
    if (found.isBot) return 'bot';
    return users.has(found.user) ? 'twice' : undefined;
  }

  return {
    sorted: { recipients, leftOut },
    add({ who, line, item, message }: NamedPerson, found: MemberFacts | LeftOutWhy): void {
      const why = typeof found === 'string' ? found : whyNot(found);
      if (typeof found === 'string' || why !== undefined) {
        leftOut.push({ who, why: why ?? 'not_here', ...(line !== undefined && { line }) });
        return;
      }
      users.add(found.user);
      recipients.push({
        user: found.user,
        item,
        ...(found.name !== undefined && { name: found.name }),
        ...(line !== undefined && { line }),
        ...(message !== undefined && { message }),
      });
    },
  };
}

type ById = Awaited<ReturnType<Directory['findMany']>>;

async function lookUpIds(some: readonly NamedPerson[], guild: string, { findMany }: Lookups): Promise<ById> {
  const ids = some.flatMap(({ who }) => (who.kind === 'id' ? who.value : []));
  return ids.length > 0 ? findMany(guild, ids) : new Map();
}

async function lookUp(who: Who, guild: string, directory: Lookups, byId: ById): Promise<Found> {
  return who.kind === 'id' ? foundById(who, byId.get(who.value)) : byName(who, guild, directory);
}

function foundById({ mayBeRounded }: Who, found: MemberFacts | 'none' | 'unknown' = 'unknown'): Found {
  if (found === 'unknown') throw new Problem('members_not_told', {});
  if (found === 'none') return mayBeRounded ? 'maybe_rounded' : 'not_here';
  return found;
}

async function byName({ value }: Who, guild: string, directory: Lookups): Promise<Found> {
  const all = await directory.named(guild, value);
  if (all === 'unknown') throw new Problem('members_not_told', {});
  const [first, ...more] = all;
  if (!first) return 'no_such_name';
  return more.length > 0 ? 'several_of_name' : first;
}
