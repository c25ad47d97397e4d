import { adminSamples } from './admin.ts';
import { approvalSamples } from './approvals.ts';
import { bulkSamples } from './bulk.ts';
import { campaignSamples } from './campaigns.ts';
import { caseSamples } from './cases.ts';
import { doctorSamples } from './doctor.ts';
import { orderSamples } from './orders.ts';
import { policySamples } from './policy.ts';
import { privacySamples } from './privacy.ts';
import { problemSamples } from './problems.ts';
import type { Sample } from './sample.ts';
import { shopSamples } from './shop.ts';

export const areas: Readonly<Record<string, readonly Sample[]>> = {
  shop: shopSamples,
  orders: orderSamples,
  approvals: approvalSamples,
  policy: policySamples,
  campaigns: campaignSamples,
  bulk: bulkSamples,
  admin: adminSamples,
  cases: caseSamples,
  doctor: doctorSamples,
  privacy: privacySamples,
  problems: problemSamples,
};
