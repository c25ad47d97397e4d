import type { FinalInvariant, Invariant } from '../facts.ts';
import * as approvals from './approvals.ts';
import * as audit from './audit.ts';
import * as codes from './codes.ts';
import * as money from './money.ts';
import * as oversight from './oversight.ts';
import * as records from './records.ts';

/** Hold after every call. */
export const always: readonly Invariant[] = [
  ...[
    money.oneForAnOrder,
    money.sentByRight,
    money.sentInTime,
    money.quoteKept,
    money.nothingChargedIsTrue,
  ],
  ...[money.attachedRightly, money.attachedOnce, money.capsKept, money.outIsCounted],
  ...[codes.seenByRecipientOnly, codes.givenOnce, codes.deliveredWasSeen, codes.deliveredIsWhole],
  ...[oversight.nothingSentWhileStopped, approvals.approvedRightly, approvals.rejectedRightly],
  ...[codes.neverRepeated, records.holdsAgree, records.tagsAgree, records.nothingNoticed],
  audit.chainIsLinked,
];

/** Hold when faults are over and everything has come to rest. */
export const atRest: readonly FinalInvariant[] = [
  ...[money.chargedIsKnown, money.budgetsAddUp, records.nothingIsStuck],
  ...[oversight.strangersAreTold, oversight.reviewsAreTold, approvals.cardsAreClosed],
  ...[codes.codesAreKept, codes.answersAreKept, codes.pinsComeAlong],
  ...[audit.stepsAreTakenIn, audit.stopsAreTakenIn, audit.verifies],
];
