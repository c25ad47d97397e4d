import { bind, type Member } from '../lib/index.ts';
import type { Order } from '../orders/index.ts';
import { approve, awaiting, reject, requireCampaignVoice } from './approve.ts';
import { claimDrop, claimWon, enterGiveaway, leaveGiveaway, orderOfCard, requireAnyLeft } from './claim/claim.ts';
import { claimStatus, followClaim } from './claim/status.ts';
import { ask, confirm } from './confirm.ts';
import { type CampaignsContext, type CampaignsDeps, createContext } from './context.ts';
import {
  campaignActionsOf,
  firstRecipients,
  guildOfCampaign,
  listCampaigns,
  listEverywhere,
  ownCampaign,
  requireCampaign,
} from './lookup.ts';
import { cancel, edit, endEarly, goOn, pause, replace, replaceable, reprice, tryAgain } from './manage.ts';
import { syncMessagesSoon } from './messages/messages.ts';
import { movePlace } from './messages/place.ts';
import type { Campaign } from './model/campaign.ts';
import type { Entry } from './model/entry.ts';
import { planBulk } from './plan/bulk.ts';
import { offer, readEnd, sendOne } from './plan/offer.ts';
import {
  deleteTemplate,
  listTemplates,
  mayDeleteTemplate,
  planAgain,
  requireTemplate,
  saveTemplate,
} from './plan/templates.ts';
import { campaignDetails } from './report/details.ts';
import { exportCampaign } from './report/export.ts';
import { upcomingNeeds } from './report/needs.ts';
import { statsOf } from './report/stats.ts';
import { settleFound } from './run/orders.ts';
import { advanceSoon, recover, settled, stop, tick } from './run/worker.ts';

/**
 * Everything that can be done with campaigns. Each call checks again who asks and where the campaign stands now. `ctx`: for
 * tests, which look inside.
 */
export function createCampaigns(deps: CampaignsDeps, ctx = createContext(deps)) {
  return bind(ctx, {
    // What may be sent or given away, before it is confirmed.
    sendOne,
    offer,
    planBulk,
    // What is kept to be run again.
    saveTemplate,
    templates: listTemplates,
    template: requireTemplate,
    mayDeleteTemplate: (_: CampaignsContext, ...[template, member]: Parameters<typeof mayDeleteTemplate>) =>
      mayDeleteTemplate(template, member),
    deleteTemplate,
    planAgain,
    // A campaign's life: it is confirmed, or decided about, and its cards go to people.
    confirm: movedOn(confirm),
    ask: movedOn(ask),
    awaiting,
    requireVoice: requireCampaignVoice,
    details: campaignDetails,
    approve: movedOn(approve),
    reject: movedOn(reject),
    claimDrop: claimed(claimDrop),
    requireAnyLeft,
    enterGiveaway,
    leaveGiveaway,
    claimWon: claimed(claimWon),
    claimStatus,
    followClaim,
    orderOfCard,
    fetchCard,
    // By whoever runs it.
    pause: movedOn(pause),
    goOn: movedOn(goOn),
    readEnd,
    edit: movedOn(edit),
    movePlace: movedOn(movePlace),
    endEarly: movedOn(endEarly),
    cancel: movedOn(cancel),
    reprice: movedOn(reprice),
    tryAgain: movedOn(tryAgain),
    orderFound,
    replaceable,
    replace: movedOn(replace),
    // How campaigns stand, and what may be done with them.
    get: requireCampaign,
    own: ownCampaign,
    guildOf: guildOfCampaign,
    list: listCampaigns,
    listEverywhere,
    upcomingNeeds,
    actionsOf: campaignActionsOf,
    statsOf,
    firstRecipients,
    exportCampaign,
    // What runs by itself.
    recover,
    tick,
    stop,
    settled,
  });
}

export type Campaigns = ReturnType<typeof createCampaigns>;

/** What people said of an order of a campaign is taken in at once; see `settleFound`. */
async function orderFound(ctx: CampaignsContext, order: Order): Promise<void> {
  await settleFound(ctx, order);
  if (order.campaign) advanceSoon(ctx, order.campaign.id);
}

/** Done, and then moved on without anybody waiting for it; what is said of it follows at once. */
function movedOn<Args extends unknown[]>(
  verb: (ctx: CampaignsContext, id: string, ...args: Args) => Promise<Campaign>,
) {
  return async (ctx: CampaignsContext, id: string, ...args: Args): Promise<Campaign> => {
    const campaign = await verb(ctx, id, ...args);
    advanceSoon(ctx, id);
    return campaign;
  };
}

/** Claimed, and bought without anybody waiting for it, where that is for now. */
function claimed(verb: typeof claimDrop) {
  return async (...[ctx, id, member]: Parameters<typeof claimDrop>): Promise<Entry> => {
    const entry = await verb(ctx, id, member);
    if (entry.state === 'due') advanceSoon(ctx, id);
    return entry;
  };
}

/** `show`: shows a member their own card, by its order. The message that called them is true no longer then. */
async function fetchCard(
  ctx: CampaignsContext,
  id: string,
  member: Member,
  show: (order: string) => Promise<unknown>,
): Promise<void> {
  await show(await orderOfCard(ctx, id, member));
  syncMessagesSoon(ctx, id);
}

export type { WaitingCampaign } from './approve.ts';
export type { CardState, ClaimStatus } from './claim/status.ts';
export { checkDraw, type DrawFile, type DrawProblem, readDrawFile } from './draw/proof.ts';
export { decidedSince } from './messages/approval-card.ts';
export type { News } from './messages/news.ts';
export { type CampaignMessage, campaignMessageSchema } from './messages/record.ts';
export {
  type Campaign,
  type CampaignStep,
  campaignReasons,
  campaignSchema,
  type Eligibility,
  isHeldByStop,
  type State,
  states,
} from './model/campaign.ts';
export {
  type Entrants,
  type Entry,
  entrantsSchema,
  entryGuard,
  entryKey,
  entrySchema,
  type Stats,
} from './model/entry.ts';
export { type CampaignAction, mayEnd, openCampaignActions } from './model/permissions.ts';
export type { CampaignBoard, CampaignContent, DrawShown, WinnerNow } from './model/ports.ts';
export { drawsAt, isCalledOff, isOver, isSettled } from './model/state-machine.ts';
export { type Template, templateGuard, templateSchema, templatesOf } from './model/template.ts';
export type { Offered } from './plan/offer.ts';
export type {
  LineError,
  LineProblem,
  LineProblemParams,
  RecipientsFile,
} from './plan/recipients-csv.ts';
export type { BulkRecipient, LeftOut } from './plan/resolve-recipients.ts';
export { mayBeTemplate } from './plan/templates.ts';
export type { Whom } from './plan/whom.ts';
export type { CampaignDetails } from './report/details.ts';
export type { ExportRow } from './report/export.ts';
export { campaignGuard, campaignsOf } from './repository.ts';
export { haltRestored } from './run/restored.ts';
