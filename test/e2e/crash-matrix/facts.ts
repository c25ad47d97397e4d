import Big from 'big.js';
import type { Order, Status } from '../../../src/orders/model/order.ts';
import { purchases, type Town } from '../town.ts';

/** What a death left behind. */
export interface Left {
  readonly status: Status;
  /** Whether something lies in the vault. */
  readonly sealed: boolean;
  /** How many POST /orders have reached CardPlusPay. */
  readonly posts: number;
  /** How many orders CardPlusPay has, and has charged. */
  readonly booked: number;
  /** How many direct messages carry codes. */
  readonly dms: number;
}

/** How it ended, when nothing was under way any more. */
export interface End {
  readonly status: Status;
  readonly posts: number;
  readonly booked: number;
  /** Where the requester has seen each of the codes. */
  readonly codes: 'none' | 'one DM each' | 'on request, no DM';
  /** Whether they came with their PINs, which only the answer to POST carries. */
  readonly pins: 'all' | 'some' | 'none';
  /** `settled`: the day's total holds nothing, and is what CardPlusPay charged. `set aside`: it holds what was quoted. */
  readonly day: 'settled' | 'set aside';
  /** Lanes that are still taken. */
  readonly lanes: number;
  /** Codes and PINs that are in the store or in the output of a process as plain text. */
  readonly leaks: number;
}

type Entry = Record<string, unknown>;
const recordsIn = (entries: Entry[], namespace: string) =>
  entries.filter((entry) => entry.namespace === namespace).map(({ value }) => JSON.parse(String(value)).value);

/** The one order that the store has. */
async function orderIn(town: Town): Promise<{ entries: Entry[]; order: Order }> {
  const entries = await town.store.rows('entries');
  const [order, ...others] = recordsIn(entries, 'orders');
  if (!order || others.length > 0) throw new Error('one order was expected in the store');
  return { entries, order };
}

export async function leftIn(town: Town): Promise<Left> {
  const { entries, order } = await orderIn(town);
  const codes = codesOf(town);
  const carriesCodes = ({ text }: { text: string }) => codes.some((code) => text.includes(code));
  return {
    status: order.status,
    sealed: entries.some(({ namespace }) => namespace === 'vault'),
    posts: purchases(town),
    booked: town.vendor.orders().length,
    dms: town.alice.dms().filter(carriesCodes).length,
  };
}

/** What tells whether anything is still to come. */
export async function standing(town: Town): Promise<Pick<End, 'status' | 'day'>> {
  const { entries, order } = await orderIn(town);
  return { status: order.status, day: dayIn(town, entries, order) as End['day'] };
}

/** `revealed`: what the requester saw when they asked for the codes, empty if they did not. */
export async function endOf(town: Town, revealed: string): Promise<End> {
  const dms = town.alice.dms().map(({ text }) => text);
  const holds = await town.store.rows('holds');
  const traces = await town.traces();
  return {
    ...(await standing(town)),
    posts: purchases(town),
    booked: town.vendor.orders().length,
    codes: codesSeen(codesOf(town), dms, revealed) as End['codes'],
    pins: pinsSeen(town, [...dms, revealed].join('\n')),
    lanes: holds.filter(({ name }) => String(name).startsWith('flight/')).length,
    leaks: town.vendor.issuedCodes().filter((secret) => traces.includes(secret)).length,
  };
}

const codesOf = ({ vendor }: Town) => vendor.orders().flatMap(({ codes }) => codes.map(({ code }) => code));

/** In words; counts where they are what should never be. */
function codesSeen(codes: readonly string[], dms: readonly string[], revealed: string): string {
  const counts = codes.map((code) => dms.filter((text) => text.includes(code)).length);
  const isEach = (count: number) => counts.length > 0 && counts.every((each) => each === count);
  if (isEach(1)) return 'one DM each';
  if (isEach(0) && codes.every((code) => revealed.includes(code))) return 'on request, no DM';
  return counts.some((count) => count > 0) ? `in ${counts} DMs` : 'none';
}

function pinsSeen({ vendor }: Town, text: string): End['pins'] {
  const pins = vendor.orders().flatMap(({ codes }) => codes.map(pinOf));
  const seen = pins.filter((pin) => text.includes(pin)).length;
  if (seen === 0) return 'none';
  return seen === pins.length ? 'all' : 'some';
}

function pinOf({ metadata }: { metadata: Record<string, string>[] }): string {
  const pin = metadata.flatMap((entry) => Object.values(entry))[0];
  if (!pin) throw new Error('these rows need a card with a PIN');
  return pin;
}

function dayIn({ vendor }: Town, entries: Entry[], order: Order): string {
  const days = recordsIn(entries, 'budgets');
  const held = days.flatMap((day) => Object.values<string>(day.held));
  const settled = days.reduce((sum: Big, day) => sum.plus(day.settled), new Big(0));
  const charged = vendor.orders().reduce((sum, { amount }) => sum.plus(amount), new Big(0));
  if (held.length === 0 && settled.eq(charged)) return 'settled';
  const isQuoteHeld = held.length === 1 && new Big(held[0] ?? 0).eq(order.quote.charged.amount);
  if (isQuoteHeld && settled.eq(0)) return 'set aside';
  return `held ${held}, settled ${settled}, charged ${charged}`;
}
