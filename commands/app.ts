import type { Audit } from '../src/audit/index.ts';
import type { Campaigns } from '../src/campaigns/index.ts';
import type { Account, Catalog, Shop } from '../src/catalog/index.ts';
import type { DiscordHealth, Queries } from '../src/discord/index.ts';
import type { Doctor } from '../src/doctor/index.ts';
import type { Directory } from '../src/lib/index.ts';
import type { Orders } from '../src/orders/index.ts';
import type { Places, Policies } from '../src/policy/index.ts';
import type { Privacy } from '../src/privacy/index.ts';

/** What commands can do: the use cases, made in `src/main.ts`. */
export interface App {
  readonly account: Account;
  readonly audit: Audit;
  readonly catalog: Catalog;
  readonly shop: Shop;
  readonly delegating: Policies['delegates'];
  readonly orders: Orders;
  readonly privacy: Pick<Privacy, 'own' | 'ownFile' | 'eraseOwn'>;
  readonly queries: Queries;
  readonly campaigns: Campaigns;
  readonly directory: Directory;
  readonly doctor: Doctor;
  readonly places: Places;
  readonly budgets: Policies['budgets'];
  readonly rules: Pick<Policies, 'abilitiesOf' | 'seesBalance' | 'termsOf'>;
  readonly settings: Policies['settings'];
  /** The invite by which the bot may ping roles that are not mentionable. */
  readonly inviteThatPings: string;
  /** What Discord has held against this process since it began. */
  discordHealth(): DiscordHealth;
  now(): number;
}
