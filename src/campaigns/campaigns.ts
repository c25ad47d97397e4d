import type { Account, Shop } from '../catalog/index.ts';
import type { Clock, Directory, Log } from '../lib/index.ts';
import type { Caps, NoticeBoard, Orders, RandomBytes } from '../orders/index.ts';
import type { Ledger, Rules } from '../policy/index.ts';
import type { Store } from '../store/index.ts';
import { createApprovingCampaigns, createAwaitingCampaigns } from './approve.ts';
import { createClaiming } from './claim/claim.ts';
import { createAdmitting } from './claim/eligibility.ts';
import { createWhereabouts } from './claim/status.ts';
import { createConfirming } from './confirm.ts';
import { createDrawing, entrantsSchema } from './draw/draw.ts';
import { createEntryBook } from './entries.ts';
import { createViewingCampaigns } from './lookup.ts';
import { createSteering } from './manage.ts';
import { createCampaignMessages } from './messages/messages.ts';
import { campaignMessageSchema } from './messages/record.ts';
import { campaignSchema } from './model/campaign.ts';
import { entrySchema } from './model/entry.ts';
import type { CampaignBoard } from './model/ports.ts';
import { createBulkPlanning } from './plan/bulk.ts';
import { createPlanning, createPricing } from './plan/plan.ts';
import { createExporting } from './report/export.ts';
import { createTally } from './report/stats.ts';
import { createCampaignBook } from './repository.ts';
import { createReserving } from './reserve.ts';
import { createConcludingCampaigns } from './run/finish.ts';
import { createFulfilling } from './run/fulfil.ts';
import { createRetrying } from './run/retry.ts';
import { createStarting } from './run/start.ts';
import { createRunning } from './run/worker.ts';

interface Parts {
  store: Pick<Store, 'records' | 'fingerprint'>;
  account: Account;
  shop: Shop;
  orders: Orders;
  rules: Rules;
  ledger: Ledger;
  board: Pick<NoticeBoard, 'approvalChannel'>;
  campaignBoard: CampaignBoard;
  directory: Directory;
  caps: Caps;
  clock: Clock;
  random: RandomBytes;
  log: Log;
}

/** Campaigns: everything in this folder, put together. */
export function createCampaigns(parts: Parts) {
  const { store, orders, rules, clock } = parts;
  const book = createCampaignBook(store.records('campaigns', campaignSchema));
  const entries = createEntryBook(store.records('entries', entrySchema));
  // Keyed by a secret of the store: nobody can know it before it is published, and no crash can lose it.
  const seedOf = (campaign: string) => store.fingerprint(`draw/${campaign}`);
  const stopping = new AbortController();
  const price = createPricing(parts);
  const planning = createPlanning({ ...parts, book, price, seedOf });
  const bulk = createBulkPlanning({ ...parts, entries, planning });
  const viewing = createViewingCampaigns({ book, entries, planning, rules, clock });
  const reserving = createReserving({ ...parts, book });
  const admitting = createAdmitting({ orders, clock });
  const confirming = createConfirming({ ...parts, book, planning, viewing, reserving });
  const approving = createApprovingCampaigns({ book, viewing, reserving, rules, orders, clock });
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
  const tally = createTally({ entries, orders });
  const messages = createCampaignMessages({
    ...{ book, entries, tally, drawing, rules, board: parts.campaignBoard, clock, log: parts.log },
    ...{ records: store.records('campaignMessages', campaignMessageSchema) },
    stopping: stopping.signal,
  });
  const exporting = createExporting({ entries, orders });
  const running = createRunning({
    ...{ ...parts, book, starting, drawing, fulfilling, concluding, reserving, stopping },
    messages,
  });
  const whereabouts = createWhereabouts({
    ...{ book, entries, orders, stopping: stopping.signal, clock },
  });
  return {
    ...{ book, entries, planning, bulk, viewing, confirming, approving, awaiting, steering },
    ...{ claiming, drawing, whereabouts, tally, messages, exporting },
    ...running,
  };
}

export type Campaigns = ReturnType<typeof createCampaigns>;
