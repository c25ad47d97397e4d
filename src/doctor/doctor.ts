import type { CardPlusPay } from '../cardpluspay/index.ts';
import type { Catalog } from '../catalog/index.ts';
import type { Clock, Member } from '../lib/index.ts';
import { requireManager } from '../policy/index.ts';
import type { Store } from '../store/index.ts';
import { type Examination, examine } from './examine.ts';
import type { DiscordProbe, StoreProbe } from './ports.ts';
import { createVendorProbe } from './vendor-probe.ts';

interface DoctorDeps {
  readonly discord: DiscordProbe;
  readonly giftCards: CardPlusPay;
  readonly isSigning: boolean;
  clockAhead(): number | undefined;
  readonly catalog: Pick<Catalog, 'size' | 'fetchedAt' | 'oddities' | 'completeItem'>;
  readonly store: Pick<Store, 'records'>;
  readonly backup: StoreProbe['backup'];
  /** Those that may use the bot; the first one owns what concerns the account. */
  readonly guilds: readonly string[];
  readonly membersIntent: boolean;
  readonly clock: Clock;
}

export type Doctor = ReturnType<typeof createDoctor>;

/** The doctor inside the bot, by its own connections. The machine is for the command line to look at. */
export function createDoctor({ guilds, store, backup, ...deps }: DoctorDeps) {
  const { discord, membersIntent, clock } = deps;
  const [owner = ''] = guilds;
  const vendor = createVendorProbe(deps);
  // It is open, and what a bot cannot write is told long before anybody asks.
  const opened: StoreProbe = { open: async () => store, takesWrites: async () => true, backup };
  const around = { discord, vendor, store: opened, owner, membersIntent, clock };
  return {
    /** For people with Manage Server: what concerns their own server; in the first server, all of it. Throws `managers_only`. */
    async examine(member: Member): Promise<Examination> {
      requireManager(member);
      const { isAdmin = false, guild } = member;
      const audience = isAdmin ? ('account' as const) : ('server' as const);
      return examine({ bot: { ...around, servers: isAdmin ? guilds : [guild] }, audience, clock });
    },
  };
}
