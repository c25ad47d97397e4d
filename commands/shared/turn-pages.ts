import type { Asker, Queries, SavedQuery } from '../../src/discord/index.ts';
import { Problem } from '../../src/lib/index.ts';
import { packPage, parsePage } from '../../src/views/index.ts';

/** A list that remembers where its pages begin. */
type PagedQuery = Extract<SavedQuery, { cursors: string[] }>;
type QueryOf<Kind> = Extract<PagedQuery, { kind: Kind }>;

/** A page of a list; `next`: where the one after it begins, missing on the last. */
interface Page {
  readonly next?: string;
}

/** A page of somebody's list, and what the buttons to those before and after it carry, where there are any. */
export type Turned<List extends Page> = Omit<List, 'next'> & {
  /** What it is remembered by. */
  readonly list: string;
  readonly here: string;
  readonly previous: string | undefined;
  readonly next: string | undefined;
};

/** Turns the pages of a list that was remembered. Where the next one begins is remembered with it. */
export function turnPages<Kind extends PagedQuery['kind'], List extends Page>(
  queries: Queries,
  kind: Kind,
  read: (asker: Asker, before: string | undefined, query: QueryOf<Kind>) => Promise<List>,
) {
  return async (argument: string, asker: Asker): Promise<Turned<List>> => {
    const { query: list, page: text } = parsePage(argument);
    const number = Number(text);
    const query: PagedQuery = await queries.recall<PagedQuery['kind']>(kind, list, asker.user);
    const before = query.cursors[number - 1];
    if (number > 0 && before === undefined) throw new Problem('query_gone', {});
    const { next, ...rest } = await read(asker, before, query as QueryOf<Kind>);
    if (next !== undefined && next !== query.cursors[number]) {
      const cursors = query.cursors.slice(0, number).concat(next);
      await queries.update(list, { ...query, cursors });
    }
    const to = (other: number) => packPage(list, other);
    return {
      ...rest,
      list,
      here: argument,
      previous: number > 0 ? to(number - 1) : undefined,
      next: next === undefined ? undefined : to(number + 1),
    };
  };
}
