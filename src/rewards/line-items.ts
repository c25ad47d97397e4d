import type { Shop } from '../catalog/shop.ts';
import { Problem } from '../problem.ts';
import type { LineError, RecipientLine } from './recipient-line.ts';

/** Each is priced and bought by itself. */
export const MOST_ITEMS = 20;

export interface LineItems {
  /** The item code as the catalog has it, by the text of a line. */
  readonly codes: ReadonlyMap<string, string>;
  /** Of each line that names no card that can be bought. */
  readonly errors: readonly LineError[];
}

/** Which card each line of a file means. `usual`: where a line names none. */
export async function lineItems(
  lines: readonly RecipientLine[],
  usual: string | undefined,
  shop: Pick<Shop, 'offer'>,
): Promise<LineItems> {
  const named = new Map<string, number>();
  for (const { item = usual, line } of lines)
    if (item !== undefined && !named.has(item)) named.set(item, line);
  const [, tooMany] = [...named][MOST_ITEMS] ?? [];
  if (tooMany !== undefined) {
    const params = { count: named.size, most: MOST_ITEMS };
    return { codes: new Map(), errors: [{ line: tooMany, problem: 'too_many_items', params }] };
  }
  const codes = await codesOf([...named.keys()], shop);
  return { codes, errors: lines.flatMap((line) => wrongItem(line, usual, codes) ?? []) };
}

function wrongItem(
  { line, item }: RecipientLine,
  usual: string | undefined,
  codes: ReadonlyMap<string, string>,
): LineError | undefined {
  const code = item ?? usual;
  if (code === undefined) return { line, problem: 'item_missing', params: {} };
  return codes.has(code)
    ? undefined
    : { line, problem: 'item_unknown', params: { item: code.slice(0, 100) } };
}

async function codesOf(named: readonly string[], shop: Pick<Shop, 'offer'>) {
  const codes = new Map<string, string>();
  for (const item of named) {
    const code = await codeOf(item, shop);
    if (code !== undefined) codes.set(item, code);
  }
  return codes;
}

async function codeOf(item: string, shop: Pick<Shop, 'offer'>): Promise<string | undefined> {
  try {
    return (await shop.offer(item)).itemCode;
  } catch (error) {
    if (error instanceof Problem && error.code === 'unknown_item') return undefined;
    throw error;
  }
}
