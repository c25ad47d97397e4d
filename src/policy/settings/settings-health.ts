import { z } from 'zod';
import type { Clock } from '../../lib/index.ts';
import { type Records, walk } from '../../store/index.ts';
import type { Policy } from '../policy.ts';
import type { Policies } from './settings.ts';

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

const LOOK_EVERY_MS = 60_000;

interface Parts {
  policies: Pick<Policies, 'of'>;
  places: Pick<Places, 'channel' | 'goneRoles'>;
  breakages: Pick<BreakageBook, 'note'>;
  /** Those that may use the bot. */
  guilds: readonly string[];
  clock: Clock;
}

/**
 * Sees, once a minute however often it is called, whether the channels and roles that guilds have set still work. The
 * first round is a start's. Rejects for nothing but the store.
 */
export function createWatch({ policies, places, breakages, guilds, clock }: Parts) {
  let seenAt = Number.NEGATIVE_INFINITY;

  async function look(guild: string): Promise<void> {
    const troubles = await troublesOf(await policies.of(guild), guild, places);
    if (troubles !== 'unknown') await breakages.note(guild, troubles, clock.now());
  }

  return async (): Promise<void> => {
    if (clock.now() < seenAt + LOOK_EVERY_MS) return;
    seenAt = clock.now();
    await Promise.all(guilds.map(look));
  };
}

type Named = Pick<Trouble, 'setting' | 'id'>;

/** What the policy names and does not work in that guild now; 'unknown' when Discord does not tell all of it. */
export async function troublesOf(
  policy: Policy,
  guild: string,
  places: Pick<Places, 'channel' | 'goneRoles'>,
): Promise<readonly Trouble[] | 'unknown'> {
  const roles = rolesIn(policy);
  const channels = channelsIn(policy);
  const ids = roles.map(({ id }) => id);
  const [gone, states] = await Promise.all([
    ids.length > 0 ? places.goneRoles(guild, ids) : ([] as const),
    Promise.all(channels.map(({ id }) => places.channel(guild, id))),
  ]);
  if (gone === 'unknown' || states.some(({ is }) => is === 'unknown')) return 'unknown';
  const broken = channels.flatMap((named, index): Trouble[] => {
    const is = states[index]?.is;
    if (is === 'closed') return [{ ...named, what: 'channel_closed' }];
    return is === 'gone' ? [{ ...named, what: 'channel_gone' }] : [];
  });
  const lost = new Set<string>(gone);
  const deleted = roles
    .filter(({ id }) => lost.has(id))
    .map((named) => ({ ...named, what: 'role_gone' as const }));
  return [...deleted, ...broken];
}

function rolesIn(policy: Policy): Named[] {
  const ofSettings = (['approvers', 'askers', 'balanceSeers'] as const).flatMap((setting) =>
    policy[setting].map((id) => ({ setting, id })),
  );
  const ofBudgets = policy.budgets.flatMap(({ scope }) => (scope.kind === 'role' ? scope.id : []));
  const budgets = [...new Set(ofBudgets)].map((id) => ({ setting: 'budgets' as const, id }));
  return [...ofSettings, ...budgets];
}

function channelsIn(policy: Policy): Named[] {
  return (['approvalsChannel', 'adminsChannel'] as const).flatMap((setting) => {
    const id = policy[setting];
    return id === undefined ? [] : [{ setting, id }];
  });
}

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

/** What a bot needs to write in a channel. */
export type Lacking = 'view' | 'send' | 'both';

export type ChannelState =
  | { readonly is: 'open' }
  /** The bot may not write there. */
  | { readonly is: 'closed'; readonly name: string; readonly lacks: Lacking }
  /** Deleted, or none of this guild. */
  | { readonly is: 'gone' }
  /** Discord does not tell. */
  | { readonly is: 'unknown' };

/** The channels and roles of guilds, as they are now. Rejects for nothing: what Discord does not tell is unknown. */
export interface Places {
  channel(guild: string, id: string): Promise<ChannelState>;
  /** Which of these roles the guild does not have; 'unknown' when Discord does not tell. */
  goneRoles(guild: string, ids: readonly string[]): Promise<readonly string[] | 'unknown'>;
  /** How many members have each of these roles, in their order; 'unknown' when Discord does not tell. */
  roleCounts(guild: string, ids: readonly string[]): Promise<readonly number[] | 'unknown'>;
}
