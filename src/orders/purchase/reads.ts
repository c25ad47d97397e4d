/**
 * Reads what several ask for at the same moment once. One that is under way is not joined: whoever comes waits for the
 * next, so nothing that they are given is older than their asking.
 */
export type Reads = <T>(what: string, read: () => Promise<T>) => Promise<T>;

export function createReads(): Reads {
  const underWay = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<unknown>>();

  function begin<T>(what: string, read: () => Promise<T>): Promise<T> {
    next.delete(what);
    const reading = read().finally(() => {
      if (underWay.get(what) === reading) underWay.delete(what);
    });
    underWay.set(what, reading);
    return reading;
  }

  return <T>(what: string, read: () => Promise<T>) => {
    // Whoever asks for the same thing gets the same thing: that is what its name says.
    const coming = next.get(what) as Promise<T> | undefined;
    if (coming) return coming;
    const before = underWay.get(what);
    if (!before) return begin(what, read);
    const following = before.catch(() => undefined).then(() => begin(what, read));
    next.set(what, following);
    return following;
  };
}
