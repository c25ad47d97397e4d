export type { WaitingCampaign } from './approve.ts';
export { type Campaigns, createCampaigns } from './campaigns.ts';
export { drawsAt } from './claim/claim.ts';
export type { CardState, Whereabouts } from './claim/status.ts';
export { checkDraw, type DrawFile, type DrawProblem, readDrawFile } from './draw/proof.ts';
export { decidedSince } from './messages/content.ts';
export type { News } from './messages/news.ts';
export {
  type Campaign,
  type CampaignStep,
  campaignGuard,
  campaignReasons,
  campaignSchema,
  type Eligibility,
  type State,
  states,
} from './model/campaign.ts';
export type { Entry } from './model/entry.ts';
export { type CampaignAction, mayEnd, openCampaignActions } from './model/permissions.ts';
export type { CampaignBoard, CampaignContent, DrawShown } from './model/ports.ts';
export { isCalledOff, isOver, isSettled } from './model/state-machine.ts';
export type { Whom } from './plan/bulk.ts';
export { createOffering, type Offered, type Offering } from './plan/drop-or-giveaway.ts';
export type {
  LineError,
  LineProblem,
  LineProblemParams,
  RecipientsFile,
} from './plan/recipients-csv.ts';
export type { LeftOut } from './plan/resolve-recipients.ts';
export type { ExportRow } from './report/export.ts';
export type { Tally } from './report/stats.ts';
export { createRewards, type Rewards } from './send-one.ts';
