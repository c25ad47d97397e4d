import { admin } from './en/admin.ts';
import { approval } from './en/approval.ts';
import { audit, auditVerify } from './en/audit.ts';
import { budget, why } from './en/budget.ts';
import { bulk, recipientsFile } from './en/bulk.ts';
import { buttons } from './en/buttons.ts';
import { campaignFile, campaignList } from './en/campaign-list.ts';
import { campaignPanel } from './en/campaign-panel.ts';
import { campaigns } from './en/campaigns.ts';
import { cases } from './en/cases.ts';
import { commands } from './en/commands.ts';
import { approvals, delegates } from './en/delegates.ts';
import { verifyDraw } from './en/draw.ts';
import { claim, replacing, rewardTimes } from './en/drop.ts';
import { orders } from './en/order-list.ts';
import { order } from './en/orders.ts';
import { policy } from './en/policy.ts';
import { problems } from './en/problems.ts';
import { parcel, record, resend } from './en/record.ts';
import { resolve } from './en/resolve.ts';
import { rewarding } from './en/rewards.ts';
import { settings } from './en/settings.ts';
import { shop } from './en/shop.ts';

/** English, the shape that every other language fills. */
export const en = {
  admin,
  approval,
  approvals,
  audit,
  auditVerify,
  budget,
  bulk,
  buttons,
  campaignFile,
  campaignList,
  campaignPanel,
  campaigns,
  cases,
  claim,
  commands,
  delegates,
  order,
  orders,
  parcel,
  policy,
  problems,
  recipientsFile,
  record,
  replacing,
  resend,
  resolve,
  rewardTimes,
  settings,
  verifyDraw,
  why,
  ...rewarding,
  ...shop,
  incident: (id: string) =>
    `Something broke inside Cardigan, and it was written down as incident ${id}.\nIf you were buying: nothing is bought twice, and /orders shows how your order stands. Please tell whoever runs Cardigan the name of the incident.`,
};

export type Words = typeof en;
