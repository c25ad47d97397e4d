import { z } from 'zod';

/** How far codes were purged: the UTC day up to which nothing is left to do. */
export const purgingSchema = z.object({ version: z.int().min(1), day: z.string() });
export type Purging = z.infer<typeof purgingSchema>;
