import type { Audit } from '../src/approvals/audit.ts';
import type { Budgets } from '../src/approvals/budgets.ts';
import type { Delegating } from '../src/approvals/delegating.ts';
import type { Explaining } from '../src/approvals/explaining.ts';
import type { Places } from '../src/approvals/places.ts';
import type { SettingUp } from '../src/approvals/setting-up.ts';
import type { Account } from '../src/catalog/account.ts';
import type { Catalog } from '../src/catalog/catalog.ts';
import type { Shop } from '../src/catalog/shop.ts';
import type { Purchasing } from '../src/orders/purchasing.ts';
import type { Rules } from '../src/orders/rules.ts';
import type { Queries } from '../src/queries.ts';
import type { Campaigns } from '../src/rewards/campaigns.ts';
import type { Offering } from '../src/rewards/offering.ts';
import type { Directory } from '../src/rewards/ports.ts';
import type { Rewards } from '../src/rewards/sending.ts';

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
