/** What somebody asked of one budget, in cents. */
export type Asked =
  | { readonly do: 'set'; readonly limit: number }
  | { readonly do: 'reserve'; readonly id: string; readonly amount: number }
  | { readonly do: 'free'; readonly id: string }
  | { readonly do: 'read'; readonly left: number };

/**
 * An operation from when it was asked for until it was answered. `fail`: it was refused, for want of room. `unknown`: nobody
 * was told; it may have had its effect at any time since, or never.
 */
export interface Operation {
  readonly asked: Asked;
  readonly from: number;
  readonly to: number;
  readonly end: 'ok' | 'fail' | 'unknown';
}

interface Budget {
  readonly limit: number;
  readonly held: ReadonlyMap<string, number>;
}

const sum = ({ held }: Budget): number => [...held.values()].reduce((total, each) => total + each, 0);

/** The budget after it, or undefined where one that is right would have answered otherwise. */
function after(budget: Budget, { asked, end }: Operation): Budget | undefined {
  const { limit, held } = budget;
  if (asked.do === 'set') return { limit: asked.limit, held };
  if (asked.do === 'read') return Math.max(0, limit - sum(budget)) === asked.left ? budget : undefined;
  if (asked.do === 'free') {
    if (!held.has(asked.id)) return undefined;
    return { limit, held: new Map([...held].filter(([id]) => id !== asked.id)) };
  }
  const hasRoom = sum(budget) + asked.amount <= limit;
  if (end === 'fail') return hasRoom ? undefined : budget;
  return hasRoom ? { limit, held: new Map([...held, [asked.id, asked.amount]]) } : undefined;
}

const keyOf = (open: readonly Operation[], all: readonly Operation[], { limit, held }: Budget): string =>
  `${open.map((each) => all.indexOf(each)).join()} ${limit} ${[...held.keys()].sort().join()}`;

/**
 * Whether there is an order of the operations, each at one moment between its question and its answer, in which a single
 * budget gives all of these answers. Tries them all, and none of the places twice.
 */
export function isLinearizable(all: readonly Operation[], limit: number): boolean {
  const tried = new Set<string>();
  function from(open: readonly Operation[], budget: Budget): boolean {
    if (open.every(({ end }) => end === 'unknown')) return true;
    const key = keyOf(open, all, budget);
    if (tried.has(key)) return false;
    tried.add(key);
    // What was answered before another was asked for comes before it.
    const firstAnswer = Math.min(...open.map(({ to, end }) => (end === 'unknown' ? Number.POSITIVE_INFINITY : to)));
    return open.some((operation) => {
      if (operation.from > firstAnswer) return false;
      const next = after(budget, operation);
      return (
        next !== undefined &&
        from(
          open.filter((each) => each !== operation),
          next,
        )
      );
    });
  }
  return from(all, { limit, held: new Map() });
}
