import type { Asker, InteractionContext, PressHandler, Queries, SavedQuery } from '../../src/discord/index.ts';
import type { Words } from '../../src/i18n/index.ts';
import { Problem } from '../../src/lib/index.ts';
import { packPage, parsePage, type View } from '../../src/views/index.ts';

/** A list that remembers where its pages begin. */
type PagedQuery = Extract<SavedQuery, { cursors: string[] }>;
type QueryOf<Kind> = Extract<PagedQuery, { kind: Kind }>;
/** What is remembered of one kind only. */
type More<Kind> = Omit<QueryOf<Kind>, 'kind' | 'user' | 'cursors'>;

/** A page of a list; `next`: where the one after it begins, missing on the last. */
interface Page {
  readonly next?: string;
}

/** How many, and before which. */
export interface PageWanted {
  readonly limit: number;
  readonly before?: string;
}

/** A page of somebody's list, and what the buttons to those before and after it carry, where there are any. */
type Turned<List extends Page> = Omit<List, 'next'> & {
  readonly user: string;
  /** What it is remembered by. */
  readonly list: string;
  readonly here: string;
  readonly previous: string | undefined;
  readonly next: string | undefined;
};

const ROWS_A_PAGE = 10;

/**
 * A list that is remembered, and whose pages are turned. Where the next one begins is remembered with it. Who looks is
 * checked at every press, by `read`.
 */
export function pagedList<Kind extends PagedQuery['kind'], List extends Page>(
  queries: Queries,
  kind: Kind,
  read: (asker: Asker, page: PageWanted, query: QueryOf<Kind>, words: Words) => Promise<List>,
  view: (list: Turned<List>, words: Words) => View,
) {
  async function page({ asker, words }: InteractionContext, argument: string): Promise<View> {
    const { query: list, page: text } = parsePage(argument);
    const number = Number(text);
    const query: PagedQuery = await queries.recall<PagedQuery['kind']>(kind, list, asker.user);
    const before = query.cursors[number - 1];
    if (number > 0 && before === undefined) throw new Problem('query_gone', {});
    const from = { limit: ROWS_A_PAGE, ...(before !== undefined && { before }) };
    const { next, ...rest } = await read(asker, from, query as QueryOf<Kind>, words);
    if (next !== undefined && next !== query.cursors[number]) {
      const cursors = query.cursors.slice(0, number).concat(next);
      await queries.update(list, { ...query, cursors });
    }
    const turned = {
      user: asker.user,
      list,
      here: argument,
      previous: number > 0 ? packPage(list, number - 1) : undefined,
      next: next === undefined ? undefined : packPage(list, number + 1),
    };
    return view({ ...rest, ...turned }, words);
  }

  const turn: PressHandler = { acknowledge: 'update', reads: true, press: page };
  return {
    turn,
    /** Remembers it, and shows its first page. */
    async begin(moment: InteractionContext, more: More<Kind>): Promise<View> {
      const { user } = moment.asker;
      const list = await queries.remember({ kind, user, ...more, cursors: [] } as PagedQuery);
      return page(moment, packPage(list, 0));
    },
  };
}
