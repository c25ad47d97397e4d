import fc from 'fast-check';
import type { AuditProblem } from '../../src/audit/verify.ts';
import type { Facts } from './facts.ts';
import type { Memory, Row } from './memory-tables.ts';

/** Somebody who can write to the database and has no key changes a record, before that step of a run. */
export interface Spoil {
  readonly at: number;
  readonly which: number;
  readonly how: (typeof ways)[number];
}

const ways = ['approved', 'theirs', 'torn', 'unsealed'] as const;
const namespaces = ['orders', 'orders', 'orders', 'budgets', 'stops', 'settings', 'delegations', 'notices', 'cases'];
export const MALLORY = 'mallory';

/** Rare: what is asked of a run in which a record was spoilt is less than else. */
export const spoils: fc.Arbitrary<Spoil[]> = fc.oneof(
  { weight: 9, arbitrary: fc.constant<Spoil[]>([]) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.record({ at: fc.nat({ max: 50 }), which: fc.nat({ max: 40 }), how: fc.constantFrom(...ways) }),
      { minLength: 1, maxLength: 2 },
    ),
  },
);

/** What each of them writes: what would pay, were it believed, or what nobody can read. */
function spoilt({ value }: Row, how: Spoil['how'], now: number): string {
  if (how === 'torn') return value.slice(0, value.length / 2);
  if (how === 'unsealed') return value.replace(/,"shape".*$/, '}');
  const stored = JSON.parse(value);
  const { history = [], cards = [] } = stored.value;
  const step = { at: now, by: 'olga', status: 'approved', why: 'approved' };
  const theirs = { requester: MALLORY, recipients: [{ user: MALLORY, quantity: 1 }], delegate: MALLORY };
  const changes =
    how === 'approved'
      ? { status: 'approved', approvedAt: now, history: [...history, step], settled: '0', held: {} }
      : { ...theirs, cards: cards.map((card: object) => ({ ...card, recipient: MALLORY })) };
  return JSON.stringify({ ...stored, value: { ...stored.value, ...changes } });
}

export type Spoiler = ReturnType<typeof createSpoiler>;

/** Keeps what was spoilt, until a process that had read it before writes it anew. */
export function createSpoiler({ rows }: Memory) {
  const places = new Set<string>();
  const all = new Set<string>();
  return {
    /** Those that are spoilt now. */
    places: places as ReadonlySet<string>,
    /** Whether anything ever was. */
    wasAny: () => all.size > 0,
    spoil({ which, how }: Spoil, now: number): string | undefined {
      const found = [...rows.values()].filter(
        ({ namespace, key, version }) =>
          version > 0 && namespaces.includes(namespace) && !places.has(`${namespace}/${key}`),
      );
      const row = found[which % Math.max(1, found.length)];
      if (!row) return undefined;
      row.value = spoilt(row, how, now);
      const place = `${row.namespace}/${row.key}`;
      places.add(place);
      all.add(place);
      return place;
    },
    /** A record was written anew. */
    healed: (namespace: string, key: string) => places.delete(`${namespace}/${key}`),
  };
}

/** What still holds once a record was spoilt: everything else comes to rest, and people hear of it once. */
export function wrongBeside(
  { places }: Spoiler,
  { orders, notices, seen }: Facts,
  problems: readonly AuditProblem[],
  met: readonly string[],
  rests: (order: string) => boolean,
): string[] {
  const stuck = [...orders.keys()].filter((id) => !places.has(`orders/${id}`) && !rests(id));
  const told = [...notices]
    .filter((key) => key.startsWith('unreadable/'))
    .map((key) => key.split('/').slice(1, -1).join('/'));
  const twice = told.filter((place, index) => told.indexOf(place) !== index);
  const untold = met.filter((place) => places.has(place) && !place.startsWith('notices/') && !told.includes(place));
  // An offer may have been seen before it was spoilt, and taken off the record after.
  const isGone = (place: string) => place.startsWith('orders/') && !orders.has(place.slice('orders/'.length));
  const unproven = [...places].filter(
    (place) =>
      !isGone(place) && !problems.some((problem) => problem.code === 'record_unreadable' && problem.at === place),
  );
  return [
    ...stuck.map((id) => `${id} does not rest beside a record that cannot be read`),
    ...twice.map((place) => `admins are told twice that ${place} cannot be read`),
    ...untold.map((place) => `admins are not told that ${place} cannot be read`),
    ...unproven.map((place) => `audit-verify does not find ${place}`),
    ...seen.filter(({ by }) => by === MALLORY).map(({ secret }) => `mallory sees ${secret}`),
  ];
}
