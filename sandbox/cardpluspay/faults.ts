/** What can go wrong with the answer, whether the order was booked or not. */
const spoiled = ['hang', 'reset', '500', 'unreadable', 'broken-off', 'success-false'] as const;
const spoiledOrders = spoiled.flatMap((kind) => [`${kind}-before-commit`, `${kind}-after-commit`] as const);

/** What can go wrong with one POST /orders. */
export const orderFaults = [
  ...spoiledOrders,
  /** Nothing or a reset comes back, and the order is booked later: after `delayMs`, or by `commitLate()`. */
  'hang-late-commit',
  'reset-late-commit',
  /** 429 in an envelope, with a Retry-After of `retryAfter` seconds if given. Nothing is booked. */
  'rate-limited',
  /** 429 from something in front of CardPlusPay, in plain text. Nothing is booked. */
  'rate-limited-without-envelope',
  'out-of-stock',
  'insufficient-balance',
  'unauthorized',
  /** Charges `price` for each card, whatever the stock check said. */
  'charged-more',
  /** `processing` without codes, until `looks` GETs of the order have gone by or by `releaseCodes()`. */
  'codes-late',
  /** `missing` codes fewer than ordered; they come later, as with `codes-late`. */
  'codes-partly-late',
  /** `missing` codes fewer than ordered and charged; they never come, and the order counts as completed. */
  'codes-missing',
  /** Booked at once, answered after `delayMs`. */
  'slow',
  /** The answer says `amount`, or has none at all. What is charged is as always. */
  'odd-amount',
  /** One card comes without a list around it, several as an object. */
  'codes-unlisted',
  /** The first code is that of the newest order before. */
  'code-twice',
  /** An order number of 2 MB, and 20,000 entries of codes. */
  'endless',
] as const;
export type OrderFault = (typeof orderFaults)[number];

export interface OrderFaultOptions {
  /** How many orders it happens to; 1 when left out. */
  times?: number;
  delayMs?: number;
  /** Seconds. */
  retryAfter?: number;
  price?: string;
  amount?: string | number;
  looks?: number;
  /** Codes; 1 when left out. */
  missing?: number;
}

/** What can go wrong with any other request. `thin-rows`: GET /orders shows the documented fields only. */
export type OtherFault =
  | 'hang'
  | 'reset'
  | '500'
  | 'unreadable'
  | 'broken-off'
  | 'success-false'
  | 'rate-limited'
  | 'rate-limited-without-envelope'
  | 'unauthorized'
  | 'thin-rows'
  | 'slow';

export type OtherFaultOptions = Pick<OrderFaultOptions, 'times' | 'delayMs' | 'retryAfter'>;

export type Planned<Kind> = { kind: Kind } & Omit<OrderFaultOptions, 'times'>;
interface Queued {
  planned: Planned<OrderFault>;
  left: number;
}
interface QueuedElsewhere {
  planned: Planned<OtherFault>;
  left: number;
  path: string | RegExp;
}

function takeFirst<T extends { left: number }>(queue: T[], fits: (entry: T) => boolean): T | undefined {
  const index = queue.findIndex(fits);
  const entry = queue[index];
  if (entry && --entry.left <= 0) queue.splice(index, 1);
  return entry;
}

/** Faults wait in a queue, each for the next request that it fits. */
export function createFaults() {
  const forOrders: Queued[] = [];
  const forOthers: QueuedElsewhere[] = [];
  return {
    addForOrder(kind: OrderFault, { times = 1, ...rest }: OrderFaultOptions): void {
      forOrders.push({ planned: { kind, ...rest }, left: times });
    },
    addForOther(path: string | RegExp, kind: OtherFault, { times = 1, ...rest }: OtherFaultOptions): void {
      forOthers.push({ planned: { kind, ...rest }, left: times, path });
    },
    /** Kinds that wait for a POST /orders, next first. */
    waitingForOrder: (): OrderFault[] => forOrders.map(({ planned }) => planned.kind),
    dropForOrder(kind: OrderFault): void {
      const kept = forOrders.filter(({ planned }) => planned.kind !== kind);
      forOrders.splice(0, forOrders.length, ...kept);
    },
    takeForOrder: (): Planned<OrderFault> | undefined => takeFirst(forOrders, () => true)?.planned,
    takeForOther(path: string): Planned<OtherFault> | undefined {
      const fits = (entry: QueuedElsewhere) =>
        typeof entry.path === 'string' ? entry.path === path : entry.path.test(path);
      return takeFirst(forOthers, fits)?.planned;
    },
    clear(): void {
      forOrders.length = 0;
      forOthers.length = 0;
    },
  };
}
