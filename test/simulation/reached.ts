import { transitions } from '../../src/orders/model/state-machine.ts';
import type { Facts } from './facts.ts';
import { type Fate, type Kind, kinds } from './scheduler.ts';

/**
 * What became of a call. A letter each, for the table: it fails (`x`), its process dies before it has an effect (`d`) or
 * after, unheard (`u`), or freezes before (`F`) or after (`f`).
 */
const letters = { fails: 'x', dies: 'd', 'dies unheard': 'u', freezes: 'f', 'freezes first': 'F' } as const;
export const LEGEND = Object.entries(letters)
  .map(([how, letter]) => `${letter} ${how}`)
  .join(', ');
type How = keyof typeof letters;
const hows = Object.keys(letters) as How[];
const statuses = Object.keys(transitions);

/** How often an order was in this status as this became of such a call: `approved × store.out × dies`. */
export type Reached = Map<string, number>;
const nameOf = (status: string, kind: string, how: How): string => `${status} × ${kind} × ${how}`;

/** The order that a call names, or else each that is not over: a look at the list is made for all of them. */
function concerned({ orders }: Pick<Facts, 'orders'>, label: string): string[] {
  const all = [...orders.values()].map(({ order }) => order);
  const named = all.filter(({ id }) => label.includes(id));
  const open = all.filter(({ status }) => transitions[status].length > 0);
  return (named.length > 0 ? named : open).map(({ status }) => status);
}

export function note(reached: Reached, facts: Pick<Facts, 'orders'>, kind: Kind, label: string, fate: Fate): void {
  const how = fate.end === 'returns' ? 'fails' : fate.end;
  if (fate.end === 'returns' && fate.variant === 0) return;
  for (const status of new Set(concerned(facts, label))) {
    const name = nameOf(status, kind, how);
    reached.set(name, (reached.get(name) ?? 0) + 1);
  }
}

export function addUp(all: Reached, more: Reached): void {
  for (const [name, times] of more) all.set(name, (all.get(name) ?? 0) + times);
}

const width = Math.max(...statuses.map(({ length }) => length)) + 1;
const cellWidth = Math.max(...kinds.map(({ length }) => length)) + 1;

/** Each status a row, each kind of call a column, and in it what was reached so many times at the least. */
export function tableOf(reached: Reached, atLeast = 1): string {
  const cell = (status: string, kind: string) =>
    hows.map((how) => ((reached.get(nameOf(status, kind, how)) ?? 0) >= atLeast ? letters[how] : '')).join('') || '.';
  const row = (first: string, cells: readonly string[]) =>
    (first.padEnd(width) + cells.map((each) => each.padEnd(cellWidth)).join('')).trimEnd();
  const body = statuses.map((status) =>
    row(
      status,
      kinds.map((kind) => cell(status, kind)),
    ),
  );
  return [row('', kinds), ...body].join('\n');
}

/** What a table names. */
function namesIn(table: string): string[] {
  const [head = '', ...rows] = table.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const columns = head.trim().split(/\s+/);
  return rows.flatMap((line) => {
    const [status = '', ...cells] = line.trim().split(/\s+/);
    return cells.flatMap((cell, at) =>
      hows.filter((how) => cell.includes(letters[how])).map((how) => nameOf(status, columns[at] ?? '', how)),
    );
  });
}

/** What of a table was not reached, by name. */
export const notReached = (reached: Reached, table: string): string[] =>
  namesIn(table).filter((name) => !reached.has(name));
