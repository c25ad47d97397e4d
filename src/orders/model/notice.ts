import { z } from 'zod';
import { cuts } from '../../cardpluspay/index.ts';
import { moneySchema } from '../../lib/index.ts';
import { messageRecordSchema, placeSchema } from '../../outbox/index.ts';
import { breakageSchema } from '../../policy/index.ts';
import { recordFaults } from '../../store/index.ts';
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
  z.object({ kind: z.literal('dms_stopped'), stop: z.string() }),
  /** Told to the admins of the guild it is about. */
  z.object({ kind: z.literal('settings_broken'), breakage: breakageSchema }),
  /** Told to the admins of its order's guild. */
  z.object({ kind: z.literal('case'), case: z.string() }),
  z.object({ kind: z.literal('alert'), alert: z.string() }),
  z.object({
    kind: z.literal('waiting'),
    order: z.string(),
    /** When it came to wait so. */
    since: z.number(),
    for: z.enum(['approval', 'review']),
  }),
  z.object({ kind: z.literal('charged_more'), order: z.string() }),
  z.object({ kind: z.literal('charged_unclear'), order: z.string() }),
  z.object({ kind: z.literal('answer_cut'), order: z.string(), cut: z.array(z.enum(cuts)) }),
  /** Rows that cannot be read, or with a text that was cut; `isCut`: there are more pages than are read. */
  z.object({ kind: z.literal('catalog_odd'), skipped: z.int().min(0), cut: z.int().min(0), isCut: z.boolean() }),
  /** `other`: the reference of the order that had the code before. */
  z.object({ kind: z.literal('code_twice'), order: z.string(), other: z.string() }),
  z.object({ kind: z.literal('amount_differs'), order: z.string(), listed: remoteSchema }),
  z.object({
    kind: z.literal('stranger'),
    stranger: strangerSchema,
    /** References of lost orders here that it may be. */
    perhaps: z.array(z.string()),
    /** The store had been restored from a backup: purchases are stopped until a person has settled it. */
    isAsked: z.literal(true).optional(),
    /** A person says that it is nobody's here. */
    ignored: z.object({ at: z.number(), by: z.string() }).optional(),
  }),
  /** Of a server that may not use the bot any more: what was halted, or waits and is not bought. */
  z.object({
    kind: z.literal('unserved'),
    of: z.enum(['order', 'campaign']),
    guild: z.string(),
    reference: z.string(),
    what: z.string(),
    requester: z.string(),
  }),
  /** A backup that was due could not be made: told once a day. `madeAt`: when the next one was. */
  z.object({ kind: z.literal('backup_failed'), at: z.number(), madeAt: z.number().optional() }),
  /** Told to the admins of a server that Cardigan has joined. */
  z.object({ kind: z.literal('welcome'), guild: z.string() }),
  /** A record that cannot be read, of whatever namespace. */
  z.object({
    kind: z.literal('unreadable'),
    namespace: z.string(),
    key: z.string(),
    fault: z.enum(recordFaults),
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
