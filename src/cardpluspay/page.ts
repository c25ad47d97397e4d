import { z } from 'zod';
import { countField } from './fields.ts';
import type { Page } from './types.ts';

const paginationSchema = z.object({
  current_page: countField,
  last_page: countField,
  total: countField,
});

/** `data` of a list whose rows are under `name`. One unreadable row doesn't lose the others. */
export function pageSchema<T>(name: string, row: z.ZodType<T>): z.ZodType<Page<T>> {
  return z
    .object({ [name]: z.array(z.unknown()) })
    .and(z.object({ pagination: paginationSchema }))
    .transform((data) => {
      const rows = (data[name] as unknown[]).map((each) => row.safeParse(each));
      const items = rows.flatMap((each) => (each.success ? [each.data] : []));
      const { current_page: page, last_page: lastPage, total } = data.pagination;
      return { items, page, lastPage, total, skipped: rows.length - items.length };
    });
}
