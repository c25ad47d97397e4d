import { StoreError } from '../../src/store/store-error.ts';
import type { GuardedChange, Tables } from '../../src/store/tables.ts';
import type { Alive, Kind, Scheduler } from './scheduler.ts';

/** A store call fails before it had any effect, or after. */
export const storeVariants = 2;

const reads: readonly (keyof Tables)[] = ['find', 'records', 'rows', 'page', 'listed', 'count', 'holder'];

/** One process's way to the store: each call waits for the schedule, from `close` on. */
export function gated(tables: Tables, by: Alive, scheduler: Scheduler) {
  let isGated = false;

  function wait<Args extends readonly unknown[], T>(
    name: keyof Tables & string,
    run: (...args: Args) => Promise<T>,
  ): (...args: Args) => Promise<T> {
    return async (...args) => {
      if (!isGated || isSaid(args)) return run(...args);
      const kind = kindOf(name, args);
      return scheduler.call(by, kind, `${kind} ${labelOf(args)}`, async (variant) => {
        if (variant === 1) throw new StoreError('broken', 'The store failed.');
        const outcome = await run(...args);
        if (variant === 2) throw new StoreError('broken', 'The store failed afterwards.');
        return outcome;
      });
    };
  }

  const gatedTables: Tables = {
    find: wait('find', tables.find),
    put: wait('put', tables.put),
    exchange: wait('exchange', tables.exchange),
    remove: wait('remove', tables.remove),
    clear: wait('clear', tables.clear),
    purge: wait('purge', tables.purge),
    page: wait('page', tables.page),
    records: wait('records', tables.records),
    rows: wait('rows', tables.rows),
    exchangeAll: wait('exchangeAll', tables.exchangeAll),
    write: wait('write', tables.write),
    removeSeen: wait('removeSeen', tables.removeSeen),
    listed: wait('listed', tables.listed),
    count: wait('count', tables.count),
    holder: wait('holder', tables.holder),
    lock: tables.lock,
    close: async () => {},
  };
  return {
    tables: gatedTables,
    close: () => {
      isGated = true;
    },
  };
}

/** What is said of campaigns decides nothing: its own records are not what is tried here. */
const isSaid = ([first]: readonly unknown[]): boolean => namespaceOf(first) === 'campaignMessages';

const namespaceOf = (first: unknown): unknown =>
  typeof first === 'object' && first !== null && 'namespace' in first ? first.namespace : first;

function kindOf(name: keyof Tables, args: readonly unknown[]): Kind {
  const [first] = args;
  if (name === 'write') return kindOfWrite(first as GuardedChange);
  const about = reads.includes(name) ? 'read' : 'write';
  return first === 'vault' ? `vault.${about}` : `store.${about}`;
}

function kindOfWrite({ holds }: GuardedChange): Kind {
  if (holds.some((hold) => hold.startsWith('remote/'))) return 'store.bought';
  return holds.some((hold) => hold.startsWith('flight/')) ? 'store.out' : 'store.write';
}

/** What the call is about, for the trace. Texts may be sealed or long: only names are told. */
function labelOf(args: readonly unknown[]): string {
  const [first, second] = args;
  if (typeof first === 'object' && first !== null && 'key' in first) return String(first.key);
  if (Array.isArray(second)) {
    return [first, ...second.map((each) => (typeof each === 'object' ? each.key : each))].join(' ');
  }
  return [first, withoutFingerprint(second)].filter((each) => each !== undefined).join(' ');
}

/** Each store has a key of its own for them, and the same schedule is to be told in the same words. */
const withoutFingerprint = (tag: unknown) => (typeof tag === 'string' && tag.startsWith('card/') ? 'card' : tag);
