import { type Directory, type Member, type MemberFacts, Problem } from '../../lib/index.ts';
import type { Who } from './recipients-csv.ts';

/** Somebody who is to get a card, as they were named. */
export interface NamedPerson {
  readonly who: Who;
  readonly item: string;
  readonly message?: string | undefined;
  /** Where they stand in the file that names them. */
  readonly line?: number | undefined;
}

/** A member who is to get a card. */
export interface BulkRecipient extends Pick<NamedPerson, 'item' | 'message'> {
  readonly user: string;
}

type LeftOutWhy =
  | ('not_here' | 'no_such_name' | 'several_of_name')
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

/** Discord is asked about so many at once. */
const LOOK_UPS = 5;

/** Looks up everybody who was named, in their order. Throws a Problem when Discord does not tell about somebody. */
export async function findRecipients(
  named: readonly NamedPerson[],
  sender: Member,
  directory: Pick<Directory, 'find' | 'named'>,
  progress: LookUpProgress,
): Promise<Sorted> {
  const sorting = createSorting(sender);
  for (let from = 0; from < named.length; from += LOOK_UPS) {
    const some = named.slice(from, from + LOOK_UPS);
    const found = await Promise.all(some.map(({ who }) => lookUp(who, sender.guild, directory)));
    for (const [index, each] of some.entries()) sorting.add(each, found[index] ?? 'not_here');
    await progress(Math.min(named.length, from + LOOK_UPS), named.length);
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
      recipients.push({ user: found.user, item, ...(message !== undefined && { message }) });
    },
  };
}

async function lookUp(
  { kind, value }: Who,
  guild: string,
  directory: Pick<Directory, 'find' | 'named'>,
): Promise<MemberFacts | LeftOutWhy> {
  const found = kind === 'id' ? await directory.find(guild, value) : await byName();
  if (found === 'unknown') throw new Problem('members_not_told', {});
  return found === 'none' ? 'not_here' : found;

  async function byName() {
    const all = await directory.named(guild, value);
    if (all === 'unknown') return all;
    const [first, ...more] = all;
    if (!first) return 'no_such_name';
    return more.length > 0 ? 'several_of_name' : first;
  }
}
