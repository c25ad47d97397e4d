import type { FinalInvariant, Invariant } from '../facts.ts';
import * as approvals from './approvals.ts';
import * as audit from './audit.ts';
import * as budgets from './budgets.ts';
import * as campaigns from './campaigns.ts';
import * as codes from './codes.ts';
import * as draws from './draws.ts';
import * as money from './money.ts';
import * as oversight from './oversight.ts';
import * as records from './records.ts';

/*
 * Orders of campaigns are judged as others are, but for what they are: the whole campaign is what was decided about
 * (`matterOf`); each card has an owner of its own (`ownerIn`); a pool has more recipients as they claim
 * (`changedWrongly`), and waits in stock while its campaign waits for a person (`isInStock`); what they draw needs no room
 * (`budgetsKept`), nor have they set it aside from the start (`reservedIsTrue`). Nothing is told of them to whoever asked,
 * nor announced: that is not judged here. A campaign that is called off, or whose offer of the rest runs out, gives
 * nothing to whoever was still to get a card, and while purchases are stopped none need end (`promisesAreKept`).
 */

/** Hold after every call. */
export const always: readonly Invariant[] = [
  ...[money.oneForAnOrder, money.sentByRight, money.sentInTime, money.quoteKept, money.nothingChargedIsTrue],
  ...[money.attachedRightly, money.attachedOnce, money.capsKept, money.outIsCounted],
  ...[codes.seenByRecipientOnly, codes.givenOnce, codes.deliveredWasSeen, codes.deliveredIsWhole],
  ...[oversight.nothingSentWhileStopped, approvals.approvedRightly, approvals.rejectedRightly],
  ...[approvals.checkedRightly, budgets.budgetsKept, budgets.sentIsCounted, budgets.freeTotalKept],
  ...[codes.neverRepeated, records.holdsAgree, records.tagsAgree, records.nothingNoticed],
  ...[campaigns.oneCardEach, campaigns.boughtWithinPlaces, campaigns.onePersonAPlace],
  ...[campaigns.decidersGetNone, campaigns.drawnFromItsOwn, draws.drawnFairly],
  audit.chainIsLinked,
];

/** Hold when faults are over and everything has come to rest. */
export const atRest: readonly FinalInvariant[] = [
  ...[money.chargedIsKnown, money.budgetsAddUp, budgets.ledgerAddsUp, budgets.reservedIsTrue, records.nothingIsStuck],
  ...[oversight.strangersAreTold, oversight.reviewsAreTold, approvals.cardsAreClosed],
  ...[codes.codesAreKept, codes.answersAreKept, codes.pinsComeAlong],
  ...[campaigns.campaignsRest, campaigns.promisesAreKept, campaigns.overHoldsNothing],
  ...[audit.stepsAreTakenIn, audit.campaignsAreTakenIn, audit.stopsAreTakenIn, audit.verifies],
];
