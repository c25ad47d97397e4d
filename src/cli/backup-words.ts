import { BackupError, type BackupFaults, type LostOrders } from '../backup/index.ts';
import { ConfigError } from '../config/index.ts';
import { en } from '../i18n/index.ts';
import { StoreError } from '../store/index.ts';

const MOST_NAMED = 50;
const { faults, lost: words } = en.backups;

/** What can be mended about a backup, in words. */
export function explainBackups(error: unknown): readonly string[] | undefined {
  if (error instanceof ConfigError) return error.problems;
  if (error instanceof StoreError) return [error.message];
  if (error instanceof Error && error.name === 'AbortError') return [en.backups.drill.stopped];
  if (!(error instanceof BackupError)) return undefined;
  const sentence = faults[error.code as keyof BackupFaults];
  return [sentence(error.params)];
}

export const sumOf = (records: Readonly<Record<string, number>>): number =>
  Object.values(records).reduce((sum, count) => sum + count, 0);

/** What CardPlusPay has and a backup has not. */
export function lostText(lost: LostOrders | null | undefined): string[] {
  if (!lost) return [words.unknown];
  const { orders, total, unpriced } = lost;
  return orders.length === 0
    ? [words.none]
    : [
        words.some(orders.length, total, unpriced),
        words.which(orders.slice(0, MOST_NAMED).join(', '), orders.length > MOST_NAMED),
      ];
}

/** Runs it until this process is told to end: then what was begun is taken away again, and nothing is left of it. */
export async function untilTold<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const told = new AbortController();
  const end = () => told.abort();
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, end);
  try {
    return await work(told.signal);
  } finally {
    for (const signal of signals) process.off(signal, end);
  }
}
