import type { Clock } from '../clock.ts';
import type { BreakageBook } from './breakages.ts';
import type { Places } from './places.ts';
import type { Policies } from './policies.ts';
import { troublesOf } from './troubles.ts';

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
