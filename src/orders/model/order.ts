import { z } from 'zod';
import { cuts } from '../../cardpluspay/index.ts';
import { moneySchema } from '../../lib/index.ts';
import { deliveryResults, placeSchema } from '../../outbox/index.ts';
import { approvalSchema, reservedSchema } from '../../policy/index.ts';
import { reasons } from './reasons.ts';

/** What somebody was shown, for ever. */
const quoteSchema = z.object({
  itemCode: z.string(),
  name: z.string(),
  brand: z.string().optional(),
  /** CardPlusPay's delivery type, where the catalog tells it. */
  delivery: z.string().optional(),
  quantity: z.int().min(1).max(100),
  /** Per card, where the catalog tells the currency. */
  faceValue: moneySchema.optional(),
  /** Charged for one card. */
  each: moneySchema,
  /** Charged for the whole order. */
  charged: moneySchema,
  /** The account's balance when the quote was made, where its requester may see it. */
  balance: moneySchema.optional(),
  expiresAt: z.number(),
});
export type Quote = z.infer<typeof quoteSchema>;

/** A code's place in the order: by fingerprint, for a code itself rests in the vault only. */
const cardSchema = z.object({
  fingerprint: z.string(),
  /** None yet: it is in the pool of a campaign, for whoever claims it. Once there, it stays. */
  recipient: z.string().optional(),
  /**
   * Cards that came together for one recipient travel together: a parcel is fixed before its direct message. To send
   * them again is a new parcel.
   */
  parcel: z.int().min(0),
  deliveredAt: z.number().optional(),
  /** A card on hand that another order of the server was served with: it is that order's from then on. */
  handedOn: z.object({ order: z.string(), at: z.number() }).optional(),
  /** How the last direct message with it went. `tries`: how many in a row went so. */
  posted: z.object({ how: z.enum(deliveryResults), at: z.number(), tries: z.int().min(1) }).optional(),
  /** To be sent again, as an admin asked at that time; gone once that was tried. */
  resendAt: z.number().optional(),
  /** Noted at the purge: something such as a PIN came with its code, or the code came in an answer that never shows any. */
  more: z.enum(['came', 'not_shown']).optional(),
  /** The reference of another order that CardPlusPay gave the same code to. */
  alsoIn: z.string().optional(),
});
export type Card = z.infer<typeof cardSchema>;

export const receipts = ['private', 'public'] as const;

/** What goes with a card that somebody sends to somebody else. */
export const giftSchema = z.object({
  /** The sender's words to the recipient; nobody else reads them. */
  message: z.string().optional(),
  /** `public`: once it has arrived, everybody reads that where it was sent. */
  receipt: z.enum(receipts),
});
export type Gift = z.infer<typeof giftSchema>;

/** Where an order is in its life; what may follow what is in `state-machine.ts`. */
export const statuses = [
  'quoted',
  'awaiting_approval',
  'approved',
  'buying',
  'unconfirmed',
  'not_found',
  'needs_review',
  'bought',
  'held',
  'delivered',
  'cancelled',
  'expired',
  'rejected',
  'repriced',
  'failed',
  'closed',
] as const;
export type Status = (typeof statuses)[number];

const stepSchema = z.object({
  at: z.number(),
  /** A Discord user id, "cardigan", or "operator" for whoever runs it, at the command line. */
  by: z.string(),
  /** The approver in whose name a delegate did it. */
  for: z.string().optional(),
  /** The status entered, or the one it stayed in. */
  status: z.enum(statuses),
  why: z.enum(reasons).optional(),
  /** What CardPlusPay said, or a person's words. Never a code. */
  detail: z.string().optional(),
});
export type Step = z.infer<typeof stepSchema>;

const attemptSchema = z.object({
  id: z.string(),
  startedAt: z.number(),
  /** The newest order id CardPlusPay had before the attempt; 0 for none. */
  watermark: z.int().min(0),
  lane: z.string(),
  /** Which of its lane's flights it is; without one, an older version sent it, and it has its lane alone. */
  slot: z.int().min(0).optional(),
  /** What CardPlusPay said right before that it would charge: it may have fallen since the quote. */
  checked: moneySchema.optional(),
});

/** An order as CardPlusPay names it. */
export const remoteSchema = z.object({
  orderId: z.int().positive(),
  orderNo: z.string().optional(),
  /** What counts. */
  charged: moneySchema,
  /** What CardPlusPay said instead, where that is less than the order was to cost; null: nothing that can be read. */
  stated: moneySchema.nullable().optional(),
  createdAt: z.string().optional(),
  /** Of what there was more in its answers than is kept. */
  cut: z.array(z.enum(cuts)).optional(),
});
export type Remote = z.infer<typeof remoteSchema>;

/** What CardPlusPay says that it charged, which is less than what counts where that is unclear; null: nothing that can be read. */
export const statedOf = ({ charged, stated = charged }: Pick<Remote, 'charged' | 'stated'>) => stated;

/** One that may be an order here, with what CardPlusPay says it is of. */
const candidateSchema = remoteSchema.extend({
  itemCode: z.string().optional(),
  quantity: z.int().positive().optional(),
});
export type Candidate = z.infer<typeof candidateSchema>;

/** Cards that an order was served with: bought earlier, in that order of the server, under its number at CardPlusPay. */
const fromHandSchema = z.object({ order: z.string(), remote: remoteSchema, cards: z.array(z.string()).min(1) });
export type FromHand = z.infer<typeof fromHandSchema>;

/** How far the looks have come that an order's present status asks for. A restart goes on from here. */
const lookingSchema = z.object({
  /** Looks begun, failed ones too: the gap to the next grows with them. */
  tries: z.int().min(0),
  nextAt: z.number(),
  /** When the first look began that told something. */
  seenSince: z.number().optional(),
});

const recipientSchema = z.object({
  user: z.string(),
  quantity: z.int().min(1),
  /** The sender's words to this one; without any, those of the gift are theirs too. */
  message: z.string().optional(),
  /** In records of older versions: has what nobody claimed, which is no card given by the campaign. */
  rest: z.literal(true).optional(),
});
export type Recipient = z.infer<typeof recipientSchema>;

/** The campaign that an order is a part of: decided as a whole, with so much charged for all of it. */
const campaignSchema = z.object({
  id: z.string(),
  charged: moneySchema,
  /** Its cards are bought before anybody has claimed them: as which of its campaign's pools, from 0. */
  pool: z.int().min(0).optional(),
});
export type OfCampaign = z.infer<typeof campaignSchema>;

export const orderSchema = z.object({
  version: z.int().min(1),
  id: z.string().max(16),
  reference: z.string().length(6),
  guild: z.string(),
  channel: z.string(),
  requester: z.string(),
  /** Discord locale of the requester, for what is sent later. */
  locale: z.string(),
  reason: z.string().optional(),
  quote: quoteSchema,
  status: z.enum(statuses),
  /** Who gets how many of the cards. */
  recipients: z.array(recipientSchema),
  /** So many of its cards are for nobody: whom they were for have got one otherwise, before this order turned up. */
  spare: z.int().min(1).optional(),
  /** Goes with cards that are for somebody else than the requester. */
  gift: giftSchema.optional(),
  campaign: campaignSchema.optional(),
  cards: z.array(cardSchema),
  /** What was asked of the people who decide about it. */
  approval: approvalSchema.optional(),
  /** Since when it counts against its guild's budgets, and which, by their keys. */
  reserved: reservedSchema.optional(),
  approvedAt: z.number().optional(),
  attempt: attemptSchema.optional(),
  remote: remoteSchema.optional(),
  /** It was not bought: its cards were on hand, and nothing was charged for it. */
  fromHand: z.array(fromHandSchema).optional(),
  /** Since when what is nobody's of it is on hand for the server: of a pool, what nobody claimed in time; else what is spare. */
  onHandSince: z.number().optional(),
  /** Since a backup was restored: what was nobody's of it then may have been given since the backup, and is given to nobody. */
  withheldSince: z.number().optional(),
  /** Belongs to the present status: a step to another one ends it. */
  looking: lookingSchema.optional(),
  /** What the requester was told last: the status, and how many cards were there; `toldIn`: by that direct message. */
  told: z.object({ status: z.enum(statuses), cards: z.int().min(0) }).optional(),
  toldIn: placeSchema.optional(),
  /** The order whose price rose, in whose place this one was offered. */
  insteadOf: z.string().optional(),
  /** Orders at CardPlusPay, one of which may be this one: for the people who decide. */
  candidates: z.array(candidateSchema).optional(),
  /** One of CardPlusPay that does not fit it, and that somebody says is it: that takes a second one to say so. */
  named: candidateSchema.extend({ by: z.string(), at: z.number() }).optional(),
  /** Since then its codes are no longer kept here. */
  purgedAt: z.number().optional(),
  history: z.array(stepSchema),
  /** How many of these steps are in the chain of the audit; see `leavesNothing`. */
  audited: z.int().min(0).optional(),
});
export type Order = z.infer<typeof orderSchema>;

/** Its cards wait for whoever claims them. */
export const isPool = ({ campaign }: Pick<Order, 'campaign'>): boolean => campaign?.pool !== undefined;

/** The orders at CardPlusPay that its cards are from: its own or, where it was served from cards on hand, those of these. */
export function remotesOf({ remote, fromHand = [] }: Pick<Order, 'remote' | 'fromHand'>): Remote[] {
  const all = remote ? [remote] : fromHand.map((served) => served.remote);
  return [...new Map(all.map((each) => [each.orderId, each])).values()];
}

/** The one that this card is from. */
export function remoteOfCard(order: Pick<Order, 'remote' | 'fromHand'>, fingerprint: string): Remote | undefined {
  return order.remote ?? order.fromHand?.find(({ cards }) => cards.includes(fingerprint))?.remote;
}

/**
 * An offer that nobody has taken: nothing was asked of anybody, so it is in no audit, and once it is over nothing is left
 * of it. One in the place of an order whose price rose is part of what became of that order. Of those that an older
 * version made (without `audited`) the offer itself is in the audit, or about to be: they stay.
 */
export function leavesNothing({ status, insteadOf, audited }: Pick<Order, 'status' | 'insteadOf' | 'audited'>) {
  return status === 'quoted' && audited === 0 && insteadOf === undefined;
}

/** Whoever runs Cardigan, at the command line. */
export const OPERATOR = 'operator';

/** Orders with the same lane could be mistaken for each other at CardPlusPay. */
export function laneOf({ quote }: Pick<Order, 'quote'>): string {
  return `${quote.itemCode}/${quote.quantity}`;
}

/** How many paid cards CardPlusPay has not handed over yet. */
export const missingCards = ({ quote, cards }: Order): number => Math.max(0, quote.quantity - cards.length);
