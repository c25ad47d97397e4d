import type { Audit } from '../src/audit/audit.ts';
import type { Campaigns } from '../src/campaigns/campaigns.ts';
import type { Offering } from '../src/campaigns/plan/drop-or-giveaway.ts';
import type { Rewards } from '../src/campaigns/send-one.ts';
import type { Account } from '../src/catalog/account.ts';
import type { Catalog } from '../src/catalog/catalog.ts';
import type { Shop } from '../src/catalog/shop.ts';
import type { Queries } from '../src/discord/interactions/saved-query.ts';
import type { Directory } from '../src/lib/member.ts';
import type { Explaining } from '../src/orders/dry-run.ts';
import type { Purchasing } from '../src/orders/purchasing.ts';
import type { Delegating } from '../src/policy/appoint-delegate.ts';
import type { Budgets } from '../src/policy/budgets/budgets.ts';
import type { SettingUp } from '../src/policy/settings/edit-settings.ts';
import type { Places } from '../src/policy/settings/settings-health.ts';
import type { Rules } from '../src/policy/spending.ts';

/** What commands can do: the use cases, made in `src/main.ts`. */
export interface App {
  readonly account: Account;
  readonly audit: Audit;
  readonly catalog: Catalog;
  readonly shop: Shop;
  readonly delegating: Delegating;
  readonly purchasing: Purchasing;
  readonly queries: Queries;
  readonly rewards: Rewards;
  readonly campaigns: Campaigns;
  readonly offering: Offering;
  readonly directory: Directory;
  readonly places: Places;
  readonly budgets: Budgets;
  readonly why: Explaining;
  readonly rules: Pick<Rules, 'seesBalance'>;
  readonly settings: SettingUp;
  now(): number;
}
