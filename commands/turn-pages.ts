import type { Asker } from '../src/discord/handler.ts';
import type { OrderPage } from '../src/orders/order-book.ts';
import { Problem } from '../src/problem.ts';
import type { Queries } from '../src/queries.ts';
import { packPage, parsePage } from '../src/views/button-id.ts';

/** A page of somebody's list, and what the buttons to those before and after it carry, where there are any. */
export interface TurnedPage extends Pick<OrderPage, 'orders'> {
  readonly here: string;
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/** Turns the pages of a list that was remembered. Where the next one begins is remembered with it. */
export function turnPages(
  queries: Queries,
  kind: 'orders' | 'rewards',
  read: (asker: Asker, before: string | undefined) => Promise<OrderPage>,
) {
  return async (argument: string, asker: Asker): Promise<TurnedPage> => {
    const { query: list, page: text } = parsePage(argument);
    const number = Number(text);
    const query = await queries.recall(kind, list, asker.user);
    const before = query.cursors[number - 1];
    if (number > 0 && before === undefined) throw new Problem('query_gone', {});
    const { orders, next } = await read(asker, before);
    if (next !== undefined && next !== query.cursors[number]) {
      const cursors = query.cursors.slice(0, number).concat(next);
      await queries.update(list, { ...query, cursors });
    }
    const to = (other: number) => packPage(list, other);
    return {
      ...{ orders, here: argument },
      previous: number > 0 ? to(number - 1) : undefined,
      next: next === undefined ? undefined : to(number + 1),
    };
  };
}
