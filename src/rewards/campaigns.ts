import type { Account } from '../catalog/account.ts';
import type { Shop } from '../catalog/shop.ts';
import type { Clock } from '../clock.ts';
import type { Caps } from '../orders/affording.ts';
import { createAffording } from '../orders/affording.ts';
import type { RandomBytes } from '../orders/ids.ts';
import type { Ledger } from '../orders/ledger.ts';
import type { NoticeBoard, OrderLog } from '../orders/ports.ts';
import type { Purchasing } from '../orders/purchasing.ts';
import type { Rules } from '../orders/rules.ts';
import type { Store } from '../store/open.ts';
import { createAdmitting } from './admitting.ts';
import { createApprovingCampaigns } from './approving-campaigns.ts';
import { createAwaitingCampaigns } from './awaiting-campaigns.ts';
import { createBulkPlanning } from './bulk-planning.ts';
import { campaignSchema } from './campaign.ts';
import { createCampaignBook } from './campaign-book.ts';
import { campaignMessageSchema } from './campaign-message.ts';
import { createCampaignMessages } from './campaign-messages.ts';
import { createClaiming } from './claiming.ts';
import { createConcludingCampaigns } from './concluding-campaigns.ts';
import { createConfirming } from './confirming.ts';
import { createDrawing, entrantsSchema } from './drawing.ts';
import { entrySchema } from './entry.ts';
import { createEntryBook } from './entry-book.ts';
import { createExporting } from './exporting.ts';
import { createFulfilling } from './fulfilling.ts';
import { createPlanning } from './planning.ts';
import type { CampaignBoard, Directory } from './ports.ts';
import { createPricing } from './pricing.ts';
import { createReserving } from './reserving.ts';
import { createRetrying } from './retrying.ts';
import { createRunning } from './running.ts';
import { createStarting } from './starting.ts';
import { createSteering } from './steering.ts';
import { createTally } from './tally.ts';
import { createViewingCampaigns } from './viewing-campaigns.ts';
import { createWhereabouts } from './whereabouts.ts';

interface Parts {
  store: Pick<Store, 'records' | 'fingerprint'>;
  account: Account;
  shop: Shop;
  purchasing: Purchasing;
  rules: Rules;
  ledger: Ledger;
  board: Pick<NoticeBoard, 'approvalChannel'>;
  campaignBoard: CampaignBoard;
  directory: Directory;
  caps: Caps;
  clock: Clock;
  random: RandomBytes;
  log: OrderLog;
}

/** Campaigns: everything in this folder, put together. */
export function createCampaigns(parts: Parts) {
  const { store, purchasing, rules, clock } = parts;
  const book = createCampaignBook(store.records('campaigns', campaignSchema));
  const entries = createEntryBook(store.records('entries', entrySchema));
  // Keyed by a secret of the store: nobody can know it before it is published, and no crash can lose it.
  const seedOf = (campaign: string) => store.fingerprint(`draw/${campaign}`);
  const { gate } = purchasing;
  const stopping = new AbortController();
  const price = createPricing({ ...parts, requireRoom: createAffording(parts) });
  const planning = createPlanning({ ...parts, book, price, gate, seedOf });
  const bulk = createBulkPlanning({ ...parts, entries, planning });
  const viewing = createViewingCampaigns({ book, entries, planning, rules, clock });
  const reserving = createReserving({ ...parts, book });
  const admitting = createAdmitting({ purchasing, clock });
  const confirming = createConfirming({ ...parts, book, planning, viewing, reserving, gate });
  const approving = createApprovingCampaigns({ book, viewing, reserving, rules, gate, clock });
  const awaiting = createAwaitingCampaigns({ book, viewing, rules, clock });
  const retrying = createRetrying({ ...parts, entries });
  const steering = createSteering({
    ...{ book, entries, planning, price, viewing, reserving, retrying, clock },
  });
  const claiming = createClaiming({ book, entries, admitting, clock });
  const records = store.records('draws', entrantsSchema);
  const drawing = createDrawing({ ...parts, book, entries, records, admitting, seedOf });
  const fulfilling = createFulfilling({
    ...{ ...parts, book, entries, stopping: stopping.signal },
  });
  const starting = createStarting({
    ...{ ...parts, book, planning, price, reserving, approving, seedOf },
  });
  const concluding = createConcludingCampaigns({ book, entries, reserving, clock });
  const tally = createTally({ entries, purchasing });
  const messages = createCampaignMessages({
    ...{ book, entries, tally, drawing, rules, board: parts.campaignBoard, clock, log: parts.log },
    ...{ records: store.records('campaignMessages', campaignMessageSchema) },
    stopping: stopping.signal,
  });
  const exporting = createExporting({ entries, purchasing });
  const running = createRunning({
    ...{ ...parts, book, starting, drawing, fulfilling, concluding, reserving, stopping },
    messages,
  });
  const whereabouts = createWhereabouts({
    ...{ book, entries, purchasing, stopping: stopping.signal, clock },
  });
  return {
    ...{ book, entries, planning, bulk, viewing, confirming, approving, awaiting, steering },
    ...{ claiming, drawing, whereabouts, tally, messages, exporting },
    ...running,
  };
}

export type Campaigns = ReturnType<typeof createCampaigns>;
