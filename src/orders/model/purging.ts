import { z } from 'zod';

/** How far the purge has come: the codes of all orders that were delivered up to this UTC day are gone. */
export const purgingSchema = z.object({ version: z.int().min(1), day: z.string() });
export type Purging = z.infer<typeof purgingSchema>;
