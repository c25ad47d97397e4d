import { adminSamples } from './admin.ts';
import { campaignSamples } from './campaigns.ts';
import { orderSamples } from './orders.ts';
import type { Sample } from './sample.ts';

export const areas: Readonly<Record<string, readonly Sample[]>> = {
  orders: orderSamples,
  campaigns: campaignSamples,
  admin: adminSamples,
};
