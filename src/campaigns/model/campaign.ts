import { z } from 'zod';
import { type Money, moneySchema } from '../../lib/index.ts';
import { giftSchema, reasons } from '../../orders/index.ts';
import { approvalSchema, reservedSchema } from '../../policy/index.ts';

/** Why a campaign took a step, beside the reasons that orders have. */
export const campaignReasons = [
  'planned',
  'repeated',
  'edited',
  'started',
  'paused',
  'went_on',
  'ended_early',
  'time_over',
  'all_given',
  'drawn',
  'replaced',
  'called_off',
  'blocked',
  'tried_again',
  'place_lost',
  'place_back',
  'moved',
] as const;

/** Why a card of a campaign is not bought for now, and when Cardigan tries again by itself, if it does. */
const blockedSchema = z.object({
  why: z.string(),
  detail: z.string().optional(),
  at: z.number(),
  /** Times in a row. */
  tries: z.int().min(1),
  retryAt: z.number().optional(),
});
export type Blocked = z.infer<typeof blockedSchema>;

/** Who may claim a card of a drop, or enter a giveaway. */
const eligibilitySchema = z.object({
  /** Has this role. */
  role: z.string().optional(),
  /** Their account at Discord is at least so old. */
  accountDays: z.int().min(1).optional(),
  /** They have been in the server for at least so long. */
  memberDays: z.int().min(1).optional(),
  /** Nobody has sent them a card for at least so long. */
  quietDays: z.int().min(1).optional(),
});
export type Eligibility = z.infer<typeof eligibilitySchema>;

const LONGEST_ITEM = 200;

/** What was offered for how much, as it stays on record whatever is offered later. */
const offeredSchema = z.object({ item: z.string(), charged: moneySchema });

export function offered(
  parts: readonly { readonly name: string; readonly quantity: number }[],
  charged: Money,
): z.infer<typeof offeredSchema> {
  const item = parts.map(({ quantity, name }) => `${quantity} × ${name}`).join(', ');
  return { item: item.slice(0, LONGEST_ITEM).toWellFormed(), charged };
}

/** To many people named beforehand; to the first who claim; to some who are drawn. */
export const kinds = ['bulk', 'drop', 'giveaway'] as const;

/** Where a campaign is in its life; what may follow what is in `state-machine.ts`. */
export const states = [
  'planned',
  'awaiting_approval',
  'scheduled',
  'running',
  'paused',
  'halted',
  'closing',
  'ended',
  'cancelled',
  'rejected',
  'expired',
] as const;
export type State = (typeof states)[number];

/** Cards of one kind that a campaign gives: what one of them costs is what was confirmed, for ever. */
const partSchema = z.object({
  itemCode: z.string(),
  name: z.string(),
  brand: z.string().optional(),
  faceValue: moneySchema.optional(),
  delivery: z.string().optional(),
  each: moneySchema,
  quantity: z.int().min(1),
  /** What keeps this card from being bought for now; until it is gone the others are given. */
  blocked: blockedSchema.optional(),
});
export type Part = z.infer<typeof partSchema>;

/** With one of its parts changed. */
export function withPart(campaign: Campaign, number: number, change: (part: Part) => Part) {
  const parts = campaign.parts.map((part, index) => (index === number ? change(part) : part));
  return { ...campaign, parts };
}

/** As if nothing were in its way. */
export function unblocked({ blocked: _, ...part }: Part): Part {
  return part;
}

/** A stop of all purchases is in the way of its cards, and nothing else need be done about it. */
export const isHeldByStop = ({ state, parts }: Pick<Campaign, 'state' | 'parts'>): boolean =>
  (state === 'running' || state === 'closing') && parts.some(({ blocked }) => blocked?.why === 'stopped');

const stepSchema = z.object({
  at: z.number(),
  /** A Discord user id, or "cardigan". */
  by: z.string(),
  /** The approver in whose name a delegate did it. */
  for: z.string().optional(),
  /** The state entered, or the one it stayed in. */
  state: z.enum(states),
  why: z.enum([...campaignReasons, ...reasons]).optional(),
  /** A person's words, or what CardPlusPay said. Never a code. */
  detail: z.string().optional(),
  /** Of a step that offers it, or begins it at the price of its time. */
  offered: offeredSchema.optional(),
});
export type CampaignStep = z.infer<typeof stepSchema>;

/** A draw: its seed is known to nobody but Cardigan until it is drawn; see docs/fair-draw.md. */
const drawSchema = z.object({
  seedHash: z.string(),
  drawn: z.object({ at: z.number(), seed: z.string(), entrantsHash: z.string(), entrants: z.int() }).optional(),
  /** How far down the ranking places have been given: whoever gives way is followed by the next. */
  reached: z.int().min(0),
});

export const campaignSchema = z.object({
  version: z.int().min(1),
  id: z.string().max(16),
  reference: z.string().length(6),
  kind: z.enum(kinds),
  guild: z.string(),
  /** Where it was asked for, and where its approval is asked for unless another channel is set. */
  channel: z.string(),
  /** Where its own message stands. */
  place: z.string(),
  /** Since when Cardigan cannot write there any more: the channel was deleted, or closed to it. */
  lostPlace: z.object({ at: z.number() }).optional(),
  requester: z.string(),
  /** Discord locale of the requester, for what is said of it. */
  locale: z.string(),
  state: z.enum(states),
  /** How many cards it gives in all. */
  places: z.int().min(1),
  /** What was confirmed last: after a price that rose, or to try again, that is the rest. */
  parts: z.array(partSchema).min(1),
  /** Of the parts as they were confirmed. */
  charged: moneySchema,
  /** Until when what was shown to its requester can be confirmed. */
  expiresAt: z.number(),
  gift: giftSchema,
  /** Who may claim or enter. */
  eligibility: eligibilitySchema.optional(),
  /** Of a drop: given to the first, or drawn among all who press within so many seconds of its start. */
  drawSeconds: z.int().min(1).optional(),
  /** Of a drop: its cards are bought at its start, and not when they are claimed. */
  buysAtStart: z.boolean().optional(),
  /** Of a giveaway: how long a winner has to claim. */
  claimWithinMs: z.number().optional(),
  startsAt: z.number().optional(),
  startedAt: z.number().optional(),
  endsAt: z.number().optional(),
  /** Made anew after so long, each time through the policy. */
  repeats: z.enum(['weekly', 'monthly']).optional(),
  /** When the first of its repetitions started: all start on that day and at that time of day. */
  firstAt: z.number().optional(),
  /** The campaign in whose place this one was made by its repetition. */
  follows: z.string().optional(),
  draw: drawSchema.optional(),
  /** The order of this campaign whose outcome is awaited, and which card it buys. One at a time. */
  flying: z.object({ order: z.string(), part: z.int().min(0) }).optional(),
  /** Orders of which nobody knows whether they were bought: when none was, their people are to get a card again. */
  unclear: z.array(z.string()).optional(),
  /** Orders whose cards were bought before anybody claimed them. */
  pools: z.array(z.string()).optional(),
  approval: approvalSchema.optional(),
  /** Since when it counts against its guild's budgets, and which, by their keys; and the operator's day. */
  reserved: reservedSchema.extend({ day: z.string().optional() }).optional(),
  /** What its requester was told last. */
  told: z.string().optional(),
  history: z.array(stepSchema).min(1),
  /** How many of these steps are in the chain of the audit; see `isUntaken`. */
  audited: z.int().min(0).optional(),
});
export type Campaign = z.infer<typeof campaignSchema>;
