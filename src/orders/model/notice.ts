import { z } from 'zod';
import { moneySchema } from '../../lib/index.ts';
import { messageRecordSchema, placeSchema } from '../../outbox/index.ts';
import { breakageSchema } from '../../policy/index.ts';
import { remoteSchema } from './order.ts';

/** An order at CardPlusPay that no record here knows. */
const strangerSchema = z.object({
  orderId: z.int().positive(),
  orderNo: z.string().optional(),
  charged: moneySchema.optional(),
  createdAt: z.string().optional(),
});
export type Stranger = z.infer<typeof strangerSchema>;

/** What admins are told about, and what they are asked. Where it names an order or a stop, the notice says how that stands now. */
const aboutSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('review'), order: z.string() }),
  z.object({ kind: z.literal('approval'), order: z.string() }),
  z.object({
    kind: z.literal('reminder'),
    order: z.string(),
    /** From 1. */
    number: z.int().min(1),
    /** The card that it reminds of. */
    card: placeSchema,
  }),
  z.object({ kind: z.literal('stop'), stop: z.string() }),
  /** Told to the admins of the guild it is about. */
  z.object({ kind: z.literal('settings_broken'), breakage: breakageSchema }),
  /** Told to the admins of its order's guild. */
  z.object({ kind: z.literal('case'), case: z.string() }),
  z.object({ kind: z.literal('charged_more'), order: z.string() }),
  z.object({ kind: z.literal('amount_differs'), order: z.string(), listed: remoteSchema }),
  z.object({
    kind: z.literal('stranger'),
    stranger: strangerSchema,
    /** References of lost orders here that it may be, although what it cost differs. */
    perhaps: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('audit_hash'),
    /** The UTC day at whose end the record had so many entries, of which this was the newest one's hash. */
    day: z.iso.date(),
    number: z.int().positive(),
    hash: z.string(),
  }),
]);
export type About = z.infer<typeof aboutSchema>;

/** A message to the admins of the owner guild or, of approvals, settings and cases, to those of the guild it is about: told once, and kept true until nothing can change about it. */
export const noticeSchema = messageRecordSchema.extend({ about: aboutSchema, at: z.number() });
export type Notice = z.infer<typeof noticeSchema>;
