import { z } from 'zod';
import { bind } from '../../lib/index.ts';
import { type Records, walk } from '../../store/index.ts';
import { rights } from './rights.ts';

const troubleSchema = z.object({
  /** The settings that name a channel or a role, which can go away. */
  setting: z.enum(['approvers', 'askers', 'balanceSeers', 'budgets', 'approvalsChannel', 'adminsChannel']),
  /**
   * How: Cardigan may not write in that channel, or not do all that it does there; everybody can read it; the channel or the
   * role was deleted; the roles that approve are not pinged.
   */
  what: z.enum(['channel_closed', 'channel_limited', 'channel_public', 'channel_gone', 'role_gone', 'roles_unheard']),
  /** Of the channel or role. Of roles that are not pinged: of the channel where they are asked, or of the guild. */
  id: z.string(),
  /** What Cardigan lacks in that channel, as it was seen first. */
  lacks: z.array(z.enum(rights)).optional(),
  /** The roles that are not pinged, as they were seen first. */
  roles: z.array(z.string()).optional(),
});
/** What is set in a guild and does not work. */
export type Trouble = z.infer<typeof troubleSchema>;

export const breakageSchema = troubleSchema.extend({ guild: z.string(), since: z.number() });
/** A setting that has stopped working. If it is mended and stops again, that is another one. */
export type Breakage = z.infer<typeof breakageSchema>;

/** What is broken in a guild. */
export const brokenSchema = z.object({ version: z.int().min(1), guild: z.string(), broken: z.array(breakageSchema) });
export type Broken = z.infer<typeof brokenSchema>;

/** Lists the guilds in which something is broken. */
const BROKEN = 'broken';

const nothing = { version: 0, broken: [] as Breakage[] };

export type BreakageRepository = ReturnType<typeof createBreakages>;

/** Settings that have stopped working, in all guilds, as they were seen last. */
export type Breakages = Pick<BreakageRepository, 'all' | 'isBroken'>;

export function createBreakages(records: Records<Broken>) {
  return bind(records, { note, all, isBroken });
}

/** Writes down what does not work in a guild now: what was not known yet begins now, what is not named is mended. */
async function note(records: Records<Broken>, guild: string, troubles: readonly Trouble[], now: number): Promise<void> {
  const { version: seen, broken: known } = (await records.get(guild)) ?? nothing;
  const broken = troubles.map((trouble) => known.find(isSame(trouble)) ?? { ...trouble, guild, since: now });
  const isNews = broken.length !== known.length || broken.some((each) => !known.includes(each));
  if (!isNews) return;
  const tags = broken.length > 0 ? [BROKEN] : [];
  const written = await records.write(guild, { guild, broken }, { seen, tags, holds: [] });
  if (!written.ok) await note(records, guild, troubles, now);
}

async function* all(records: Records<Broken>): AsyncGenerator<Breakage, void> {
  for await (const { broken } of walk(records, BROKEN)) yield* broken;
}

/** Whether it is not mended yet. */
async function isBroken(records: Records<Broken>, breakage: Breakage): Promise<boolean> {
  const known = (await records.get(breakage.guild))?.broken.find(isSame(breakage));
  return known?.since === breakage.since;
}

const isSame =
  ({ setting, what, id }: Trouble) =>
  (other: Breakage) =>
    other.setting === setting && other.what === what && other.id === id;
