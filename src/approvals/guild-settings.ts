import type { Clock } from '../clock.ts';
import type { BreakageBook } from './breakages.ts';
import type { KnownCards } from './listed-cards.ts';
import type { Places } from './places.ts';
import type { Policies } from './policies.ts';
import type { SettingUp } from './setting-up.ts';
import { createSettingUp } from './setting-up.ts';
import { createWatch } from './watch.ts';

interface Parts {
  policies: Policies;
  breakages: BreakageBook;
  places: Places;
  catalog: KnownCards;
  /** Those that may use the bot. */
  guilds: readonly string[];
  clock: Clock;
}

export interface GuildSettings extends SettingUp {
  /** Sees what has stopped working. To be called every few seconds. */
  watch(): Promise<void>;
}

/** What guilds set, and whether it works. */
export function createGuildSettings(parts: Parts): GuildSettings {
  return {
    ...createSettingUp({ ...parts, cards: parts.catalog }),
    watch: createWatch(parts),
  };
}
