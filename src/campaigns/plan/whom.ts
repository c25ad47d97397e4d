import { Problem } from '../../lib/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { LeftOut } from './resolve-recipients.ts';
import { readWho, type Who } from './who.ts';

/** To whom: to these, to all who have a role, to those whom the text of a CSV file names, or to who reacted to a message. */
export type Whom =
  | { readonly kind: 'picked'; readonly users: readonly string[] }
  /** As somebody types them: mentions, ids and names. */
  | { readonly kind: 'named'; readonly text: string }
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'file'; readonly text: string }
  | ({ readonly kind: 'reacted' } & Reacted);

/** A message, and the emoji that counts; without one, any of them. */
export interface Reacted {
  readonly message: { readonly channel: string; readonly message: string };
  readonly emoji?: string | undefined;
}

/** What stands between people: a comma, a semicolon or a line; and a blank before whoever is mentioned next. */
const BETWEEN = /[,;\n]+|\s+(?=<?@|\d{15,20}\b)|(?<=>|\d{15})\s+/;

/** Whom somebody has typed in one line, and what of it names nobody. */
export function readMembers(text: string): { named: Who[]; unclear: LeftOut[] } {
  const named: Who[] = [];
  const unclear: LeftOut[] = [];
  for (const word of text.split(BETWEEN).map((each) => each.trim())) {
    if (word === '') continue;
    const read = readWho(word);
    if ('kind' in read) named.push(read);
    else unclear.push({ who: { kind: 'name', value: word.slice(0, 100) }, why: 'unclear' });
  }
  return { named, unclear };
}

/** More are no crowd that reacted to one message, and take a page of a hundred each. */
const MOST_REACTED = 1_000;

/** The people who reacted, each of them once; bots are none of them. Throws a Problem where that cannot be told. */
export async function reactedTo(
  { directory }: Pick<CampaignsContext, 'directory'>,
  guild: string,
  { message, emoji }: Reacted,
): Promise<readonly string[]> {
  const users = new Set<string>();
  for await (const user of directory.reacted(guild, message, emoji)) {
    users.add(user);
    if (users.size > MOST_REACTED) throw new Problem('too_many_reacted', { most: MOST_REACTED });
  }
  return [...users];
}
