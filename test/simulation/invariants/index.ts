import type { Facts, FinalInvariant, Invariant } from '../facts.ts';
import { isOfTime } from '../gone.ts';
import * as answers from './answers.ts';
import * as approvals from './approvals.ts';
import * as audit from './audit.ts';
import * as budgets from './budgets.ts';
import * as campaigns from './campaigns.ts';
import * as codes from './codes.ts';
import { nobodyDecidesForTheirDelegate } from './delegates.ts';
import * as draws from './draws.ts';
import * as lanes from './lanes.ts';
import { leaversAreBoughtNothing, nothingBoughtUnserved } from './leavers.ts';
import * as limits from './limits.ts';
import * as liveness from './liveness.ts';
import * as money from './money.ts';
import * as onHand from './on-hand.ts';
import * as oversight from './oversight.ts';
import * as records from './records.ts';
import { steerersGetNone } from './sides.ts';

/*
 * Orders of campaigns are judged as others are, but for what they are: the whole campaign is what was decided about
 * (`matterOf`); each card has an owner of its own (`ownerIn`); a pool has more recipients as they claim
 * (`changedWrongly`), and waits in stock while its campaign waits for a person, or is on hand once that is over
 * (`isInStock`); what they draw needs no room
 * (`budgetsKept`), nor have they set it aside from the start (`reservedIsTrue`). Nothing is told of them to whoever asked,
 * nor announced: that is not judged here. A campaign that is called off, or whose offer of the rest runs out, gives
 * nothing to whoever was still to get a card, and while purchases are stopped none need end (`promisesAreKept`).
 */

/** Hold after every call. */
export const always: readonly Invariant[] = [
  ...[money.oneForAnOrder, money.sentByRight, money.sentInTime, money.quoteKept, money.nothingChargedIsTrue],
  ...[money.attachedRightly, money.attachedOnce, money.takenOnceOver, money.capsKept, money.outIsCounted],
  answers.countedInFull,
  ...[lanes.closedLanesTakeNobody, lanes.nothingMatchedInFlight, lanes.fewAreOut],
  ...[codes.seenByRecipientOnly, codes.givenOnce, codes.deliveredWasSeen, codes.deliveredIsWhole],
  ...[oversight.nothingSentWhileStopped, approvals.approvedRightly, approvals.rejectedRightly],
  ...[approvals.checkedRightly, budgets.budgetsKept, budgets.sentIsCounted, budgets.freeTotalKept],
  ...[codes.neverRepeated, records.holdsAgree, records.tagsAgree, records.nothingNoticed],
  ...[campaigns.oneCardEach, campaigns.boughtWithinPlaces, campaigns.onePersonAPlace],
  ...[campaigns.decidersGetNone, campaigns.drawnFromItsOwn, draws.drawnFairly],
  nobodyDecidesForTheirDelegate,
  leaversAreBoughtNothing,
  ...[onHand.servedOnce, onHand.servedWhole, onHand.unclaimedIsNobodys],
  nothingBoughtUnserved,
  steerersGetNone,
  ...[audit.chainIsLinked, limits.dayCountsDecided, limits.requestsKeepTheirPart],
];

/** Hold when faults are over and everything has come to rest. */
export const atRest: readonly FinalInvariant[] = [
  ...[money.chargedIsKnown, money.budgetsAddUp, budgets.ledgerAddsUp, budgets.reservedIsTrue, records.nothingIsStuck],
  ...[oversight.strangersAreTold, oversight.reviewsAreTold, approvals.cardsAreClosed],
  ...[codes.codesAreKept, codes.answersAreKept, codes.pinsComeAlong],
  ...[answers.codesAreGiven, answers.oddAnswersAreTold, answers.twinsAreTold],
  ...[campaigns.campaignsRest, campaigns.promisesAreKept, campaigns.overHoldsNothing],
  ...[onHand.nothingIsLost, onHand.handedOnIsKnown],
  ...[limits.untakenLeaveNothing, lanes.answersStayTogether],
  ...[audit.stepsAreTakenIn, audit.campaignsAreTakenIn, audit.stopsAreTakenIn, audit.verifies],
];

/** Hold while a part of the world is gone for ever, however long. */
export const inTime: readonly Invariant[] = [liveness.chargedReachesSomebody, liveness.unchargedIsFreed];

/** Where clocks differ, what compares moments of two of them says nothing. */
const whateverTheTime: readonly Invariant[] = [
  ...[money.oneForAnOrder, money.sentByRight, money.nothingChargedIsTrue, money.attachedOnce],
  ...[codes.seenByRecipientOnly, codes.givenOnce, codes.deliveredWasSeen, codes.deliveredIsWhole],
  ...[records.holdsAgree, records.tagsAgree, records.nothingNoticed, onHand.servedOnce, steerersGetNone],
];

/** Of what holds at rest, what does not need the part that is gone. */
const atRestWithout: readonly FinalInvariant[] = [
  ...[codes.codesAreKept, codes.answersAreKept, liveness.heldIsRevealed],
  ...[liveness.reviewsReachPeople, liveness.freedAtRest],
  answers.codesAreGiven,
];

export const judgedAlways = ({ gone }: Facts): readonly Invariant[] =>
  gone && isOfTime(gone.part) ? whateverTheTime : always;
export const judgedAtRest = ({ gone }: Facts): readonly FinalInvariant[] => (gone ? atRestWithout : atRest);
