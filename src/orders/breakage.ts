import { z } from 'zod';

/** The settings that name a channel or a role, which can go away. */
const breakable = [
  ...(['approvers', 'askers', 'balanceSeers', 'budgets'] as const),
  ...(['approvalsChannel', 'adminsChannel'] as const),
] as const;

/** How: Cardigan may not write in that channel; the channel or the role was deleted. */
const ways = ['channel_closed', 'channel_gone', 'role_gone'] as const;

export const troubleSchema = z.object({
  setting: z.enum(breakable),
  what: z.enum(ways),
  /** Of the channel or role. */
  id: z.string(),
});
/** What is set in a guild and does not work. */
export type Trouble = z.infer<typeof troubleSchema>;

export const breakageSchema = troubleSchema.extend({ guild: z.string(), since: z.number() });
/** A setting that has stopped working. If it is mended and stops again, that is another one. */
export type Breakage = z.infer<typeof breakageSchema>;

/** Settings that have stopped working, in all guilds, as they were seen last. */
export interface Breakages {
  all(): AsyncIterable<Breakage>;
  /** Whether it is not mended yet. */
  isBroken(breakage: Breakage): Promise<boolean>;
}
