/**
 * Has work begin in order, so much in one turn of the event loop and the rest in later ones: what is done by then goes out in
 * between, and timers fire. Of a crowd the first has its answer when the last has not begun.
 */
export function createTurns(perTurn: number) {
  let waiting: (() => void)[] = [];

  function go(): void {
    const now = waiting.slice(0, perTurn);
    waiting = waiting.slice(perTurn);
    for (const begin of now) begin();
    if (waiting.length > 0) setImmediate(go);
  }

  /** Resolves when it is this one's turn. */
  return (): Promise<void> =>
    new Promise((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(go);
    });
}
