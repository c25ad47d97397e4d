import { z } from 'zod';

/** That somebody's data is to be erased, as long as some of it is left. It is the one record that knows who that is. */
export const erasureSchema = z.object({
  version: z.int().min(1),
  guild: z.string(),
  user: z.string(),
  /** When they asked last: what has begun until then is meant. */
  at: z.number(),
  /** When what is left is looked at again. */
  nextAt: z.number(),
});
export type Erasure = z.infer<typeof erasureSchema>;

export const erasureKey = ({ guild, user }: Pick<Erasure, 'guild' | 'user'>) => `${guild}/${user}`;

/** Lists what is not done yet. */
export const OPEN = 'open';
export const erasureGuard = (seen: number) => ({ seen, tags: [OPEN], holds: [] });

/** How far the retention has come: nobody is in what was over up to this entry of the audit. */
export const sweptSchema = z.object({ version: z.int().min(1), upTo: z.int().min(0) });
export type Swept = z.infer<typeof sweptSchema>;
