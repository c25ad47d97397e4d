import type { Clock, Log } from '../../lib/index.ts';
import { type Records, walk } from '../../store/index.ts';
import { type Case, type CaseAtHand, caseGuard, caseLists } from '../model/case.ts';
import type { Mailbox } from '../model/ports.ts';
import type { OrderBook } from '../repository.ts';

const FIRST_GAP_MS = 5_000;
const LONGEST_GAP_MS = 15 * 60_000;

/** Word to whoever reported a card of how far their case has come. */
export interface CaseTelling {
  /** Tells it in the background; what goes wrong is logged, and tried again by a round. */
  tellSoon(moved: CaseAtHand): void;
  /** Tells what an earlier process did not come to, and what Discord did not take. Rejects for nothing but the store. */
  round(): Promise<void>;
}

interface Parts {
  records: Records<Case>;
  book: Pick<OrderBook, 'get'>;
  mailbox: Pick<Mailbox, 'tellOfCase'>;
  clock: Clock;
  log: Log;
}

export function createCaseTelling({ records, book, mailbox, clock, log }: Parts): CaseTelling {
  const under = new Set<string>();
  /** When a case whose word was not taken is tried again. */
  const waiting = new Map<string, { tries: number; nextAt: number }>();

  /** A closed inbox is its owner's wish: they find it with /order. */
  async function bring({ record, order }: CaseAtHand, mayBeOut: boolean): Promise<void> {
    const { id, history } = record;
    const how = await mailbox.tellOfCase(record, order, mayBeOut);
    if (how === 'failed') {
      const tries = (waiting.get(id)?.tries ?? 0) + 1;
      const gap = Math.min(LONGEST_GAP_MS, FIRST_GAP_MS * 2 ** (tries - 1));
      waiting.set(id, { tries, nextAt: clock.now() + gap });
      return;
    }
    waiting.delete(id);
    await markTold(id, history.length);
  }

  /** Changes nothing else, and nothing that was written meanwhile. */
  async function markTold(id: string, told: number): Promise<void> {
    const known = await records.get(id);
    if (!known || known.told >= told) return;
    const { version: seen, ...rest } = known;
    const next = { ...rest, told };
    const written = await records.write(id, next, { seen, ...caseGuard(next) });
    if (!written.ok) await markTold(id, told);
  }

  /** One word of a case at a time in this process. */
  async function tell(moved: CaseAtHand, mayBeOut: boolean): Promise<void> {
    const { id } = moved.record;
    if (under.has(id)) return;
    under.add(id);
    try {
      await bring(moved, mayBeOut);
    } finally {
      under.delete(id);
    }
  }

  return {
    tellSoon(moved) {
      tell(moved, false).catch((err: unknown) =>
        log.warn({ case: moved.record.id, err }, 'word of a case is left for the next round'),
      );
    },
    async round() {
      for await (const record of walk(records, caseLists.untold)) {
        if (clock.now() < (waiting.get(record.id)?.nextAt ?? 0)) continue;
        const order = await book.get(record.order);
        if (order) await tell({ record, order }, true);
      }
    },
  };
}
