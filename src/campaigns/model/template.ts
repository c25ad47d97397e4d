import { z } from 'zod';
import { campaignSchema, kinds } from './campaign.ts';

export const LONGEST_TEMPLATE_NAME = 40;
/** So many fit one menu. */
export const MOST_TEMPLATES = 25;

const { channel: place, gift, eligibility, drawSeconds, buysAtStart, claimWithinMs } = campaignSchema.shape;

/**
 * How a campaign was made, to be made again. Never for whom, at what price or with whose approval: all of that is found out
 * anew each time.
 */
export const templateSchema = z.object({
  version: z.int().min(1),
  id: z.string().max(16),
  guild: z.string(),
  name: z.string(),
  /** Who saved it, and when. */
  by: z.string(),
  at: z.number(),
  kind: z.enum(kinds),
  itemCode: z.string(),
  /** As it was called then, for people to read. */
  itemName: z.string(),
  /** Of a bulk send nobody knows beforehand. */
  cards: z.int().min(1).optional(),
  place,
  gift,
  eligibility,
  drawSeconds,
  buysAtStart,
  claimWithinMs,
  /** From its start to its end. */
  lastsMs: z.number().optional(),
});
export type Template = z.infer<typeof templateSchema>;

export const templatesOf = (guild: string): string => `templates/${guild}`;

/** Two names are the same where people would take them for it. */
const plainName = (name: string) => name.normalize('NFKC').toLowerCase();

/** Taken by the one template of a guild that has this name. */
export function templateGuard({ guild, name }: Pick<Template, 'guild' | 'name'>) {
  return { tags: [templatesOf(guild)], holds: [`template/${guild}/${plainName(name)}`] };
}
