/** How many may be inside, and how many of them of one kind. */
interface Room {
  readonly most: number;
  readonly ofOne: number;
}

/**
 * So many purchases of a process are out at once, and so many of one lane over all processes. With answers in a quarter of a
 * second that is thirty a second, as many as can be checked and written down. More would only be more that one cut of
 * the line leaves unknown; and PINs come in the answer alone, so the most that one lane can lose at once is kept lower.
 */
export const FLIGHTS_OF_A_LANE = 6;
export const FLIGHTS: Room = { most: 8, ofOne: FLIGHTS_OF_A_LANE };
/**
 * Beside those that are out twice as many are being checked, which takes up to two answers: a read that is under way is not
 * joined. So a slow CardPlusPay leaves no flight empty.
 */
export const TURNS: Room = { most: 3 * FLIGHTS.most, ofOne: 3 * FLIGHTS_OF_A_LANE };

/** `number`: no other of the same kind has it meanwhile; below `ofOne`. */
interface Place {
  readonly number: number;
  leave(): void;
}

export interface Gate {
  /** Lets in by turn, as soon as there is room; who comes behind somebody whose kind is full overtakes them. */
  enter(kind: string): Promise<Place>;
}

/** A line in this process: whoever leaves wakes the next. */
export function createGate({ most, ofOne }: Room): Gate {
  const inside = new Map<string, Set<number>>();
  const line: { kind: string; come: (place: Place) => void }[] = [];
  let count = 0;

  function place(kind: string): Place | undefined {
    const numbers = inside.get(kind) ?? new Set();
    if (count >= most || numbers.size >= ofOne) return undefined;
    const number = Array.from({ length: ofOne }, (_, at) => at).find((at) => !numbers.has(at)) ?? 0;
    inside.set(kind, numbers.add(number));
    count++;
    return { number, leave: () => leave(kind, number) };
  }

  function leave(kind: string, number: number): void {
    const numbers = inside.get(kind);
    if (!numbers?.delete(number)) return;
    if (numbers.size === 0) inside.delete(kind);
    count--;
    letIn();
  }

  function letIn(): void {
    const full = new Set<string>();
    for (let at = 0; at < line.length && count < most; ) {
      const next = line[at];
      const found = next && !full.has(next.kind) ? place(next.kind) : undefined;
      if (!next || !found) {
        if (next) full.add(next.kind);
        at++;
        continue;
      }
      line.splice(at, 1);
      next.come(found);
    }
  }

  return {
    enter(kind) {
      const isFirst = !line.some((other) => other.kind === kind);
      const found = isFirst ? place(kind) : undefined;
      return found ? Promise.resolve(found) : new Promise((come) => line.push({ kind, come }));
    },
  };
}
