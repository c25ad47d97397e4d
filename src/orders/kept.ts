import { z } from 'zod';

export const placeSchema = z.object({ channel: z.string(), message: z.string() });
/** Where a message stands. */
export type Place = z.infer<typeof placeSchema>;

/** What is on record of a message that is posted once and kept true. */
export const keptSchema = z.object({
  version: z.int().min(1),
  key: z.string(),
  place: placeSchema.optional(),
  /** Which state of its subject the message shows. */
  says: z.string().optional(),
  /** Tries to post or edit, since the last that went well. */
  tries: z.int().min(0),
  nextAt: z.number(),
});
export type Kept = z.infer<typeof keptSchema>;
