import type { Needed } from './needed.ts';

/**
 * From one layout of a database to the next, in its own words. What is in `statements` runs in one transaction with that of
 * all others, so it may be large, and must not end it. It never changes the text of a record, which is sealed: that is what
 * shapes are for.
 */
export interface Migration extends Needed {
  /** What the layout is afterwards: one more than before. */
  readonly layout: number;
  readonly statements: readonly string[];
}

/** How a database is when it is opened: 0 where nothing is there. */
export interface FoundLayout {
  readonly layout: number;
  /** The version that it needs, where it says so. */
  readonly needs?: string | undefined;
}

/** What is to be done when a database is opened. */
export interface Upgrade {
  readonly migrations: readonly Migration[];
  /** Is told what begins before it does, for whoever waits for it. */
  say(line: string): void;
}

/** What whoever runs Cardigan reads before a store is taken over. `copy`: where it is beside, as it was. */
export function takingOver(migrations: readonly Migration[], { layout }: FoundLayout, copy?: string): string {
  const last = migrations.at(-1);
  const done = migrations.map(({ does }) => does).join('; ');
  const back = copy
    ? `A copy of it as it was is at ${copy}: delete it once all is well`
    : 'To go back to an earlier version, restore a backup from before';
  return `The store goes from layout ${layout} to ${last?.layout} now (${done}). Versions before ${last?.since} cannot open it afterwards. ${back}.`;
}
