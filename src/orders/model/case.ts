import { z } from 'zod';
import { auditTags } from '../../lib/index.ts';
import type { Order } from './order.ts';

/** `open`: reported, and nobody has done anything yet. `sent`: CardPlusPay was told of it. */
export const caseStates = ['open', 'sent', 'solved'] as const;
export type CaseState = (typeof caseStates)[number];

const caseStepSchema = z.object({
  at: z.number(),
  /** A Discord user id. */
  by: z.string(),
  /** The state entered. */
  state: z.enum(caseStates),
  /** How it was solved, in an admin's words. Never a code. */
  detail: z.string().optional(),
});
export type CaseStep = z.infer<typeof caseStepSchema>;

/** A card of which its recipient says that its code does not work. It names the card by its place, never by its code. */
export const caseSchema = z.object({
  version: z.int().min(1),
  /** The order's id and, from 1, which of its cases this is: `<order>.<number>`. */
  id: z.string(),
  order: z.string(),
  reference: z.string(),
  guild: z.string(),
  /** The card's recipient. */
  reporter: z.string(),
  /** Discord locale of the reporter, for what they are told later. */
  locale: z.string(),
  /** Place of the card in the order, from 0. It never changes. */
  card: z.int().min(0),
  /** What happens when the code is redeemed, in the reporter's words. Codes that were in them are not. */
  said: z.string(),
  state: z.enum(caseStates),
  history: z.array(caseStepSchema).min(1),
  /** How many of these steps the reporter knows. */
  told: z.int().min(1),
  /** How many of these steps are in the chain of the audit. */
  audited: z.int().min(0).optional(),
});
export type Case = z.infer<typeof caseSchema>;

/** A case and its order, as they are now. */
export interface CaseAtHand {
  readonly record: Case;
  readonly order: Order;
}

export const caseLists = {
  /** Those that are not solved. */
  open: 'open',
  openIn: (guild: string) => `open/${guild}`,
  ofOrder: (order: string) => `order/${order}`,
  /** Those of which the reporter does not know the newest step. */
  untold: 'untold',
};

/** While a case has it, there is no other about this card. */
export const cardHold = (order: string, card: number): string => `case/${order}/${card}`;

/** The lists a case stands in, and the name that it has; they follow from the case alone. */
export function caseGuard(record: Omit<Case, 'version'>) {
  const { order, guild, card, state, history, told, audited } = record;
  const isOpen = state !== 'solved';
  return {
    tags: [
      caseLists.ofOrder(order),
      ...(isOpen ? [caseLists.open, caseLists.openIn(guild)] : []),
      ...(told < history.length ? [caseLists.untold] : []),
      ...auditTags({ audited }, history.length),
    ],
    holds: isOpen ? [cardHold(order, card)] : [],
  };
}

export const caseId = (order: string, number: number): string => `${order}.${number}`;

const numberOf = ({ id }: Pick<Case, 'id'>): number => Number(id.slice(id.lastIndexOf('.') + 1));

/** The number that comes after a case's in its order; without one, the first. */
export const numberAfter = (newest?: Pick<Case, 'id'>): number => (newest ? numberOf(newest) + 1 : 1);

/** What people call it, such as "K7Q2M9-1". */
export const caseName = (record: Pick<Case, 'id' | 'reference'>): string => `${record.reference}-${numberOf(record)}`;

/** The order that a case's id belongs to. */
export const orderOfCase = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf('.')));

/** Places in the order of the cards that somebody gets: the first one is their card number 1, and so on. */
export function placesOf({ cards }: Pick<Order, 'cards'>, user: string): number[] {
  return cards.flatMap(({ recipient }, place) => (recipient === user ? [place] : []));
}

/** The number by which the reporter knows the card: it stands beside its code. */
export const cardNumber = (record: Pick<Case, 'card' | 'reporter'>, order: Order): number =>
  placesOf(order, record.reporter).indexOf(record.card) + 1;

/** The step in which it came into its state. */
export const newestStep = ({ history }: Pick<Case, 'history'>): CaseStep => history.at(-1) as CaseStep;

/** As it was when it was reported. */
export const asReported = (record: Case): Case => ({ ...record, state: 'open', history: record.history.slice(0, 1) });
