import { z } from 'zod';
import type { Breakage, Breakages, Trouble } from '../orders/breakage.ts';
import { breakageSchema } from '../orders/breakage.ts';
import type { Records } from '../store/records.ts';
import { walk } from '../store/records.ts';

/** Lists the guilds in which something is broken. */
const BROKEN = 'broken';

const nothing = { version: 0, broken: [] as Breakage[] };

/** What is broken in a guild. */
export const brokenSchema = z.object({
  version: z.int().min(1),
  guild: z.string(),
  broken: z.array(breakageSchema),
});
export type Broken = z.infer<typeof brokenSchema>;

export interface BreakageBook extends Breakages {
  /** Writes down what does not work in a guild now: what was not known yet begins now, what is not named is mended. */
  note(guild: string, troubles: readonly Trouble[], now: number): Promise<void>;
}

export function createBreakages(records: Records<Broken>): BreakageBook {
  const note: BreakageBook['note'] = async (guild, troubles, now) => {
    const { version, broken: known } = (await records.get(guild)) ?? nothing;
    const broken = troubles.map(
      (trouble) => known.find(isSame(trouble)) ?? { ...trouble, guild, since: now },
    );
    const isNews = broken.length !== known.length || broken.some((each) => !known.includes(each));
    if (!isNews) return;
    const tags = broken.length > 0 ? [BROKEN] : [];
    const written = await records.write(
      guild,
      { guild, broken },
      { seen: version, tags, holds: [] },
    );
    if (!written.ok) await note(guild, troubles, now);
  };

  return {
    note,
    async *all() {
      for await (const { broken } of walk(records, BROKEN)) yield* broken;
    },
    async isBroken(breakage) {
      const known = (await records.get(breakage.guild))?.broken.find(isSame(breakage));
      return known?.since === breakage.since;
    },
  };
}

const isSame =
  ({ setting, what, id }: Trouble) =>
  (other: Breakage) =>
    other.setting === setting && other.what === what && other.id === id;
