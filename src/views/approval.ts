import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import type { Words } from '../i18n/words.ts';
import { amountText, moneyText } from '../money.ts';
import { approvalEndsAt, decisionOf } from '../orders/approval.ts';
import type { Order, Step } from '../orders/order.ts';
import type { BudgetEffect } from '../verdict.ts';
import { faceFact, reasonFact, whatOf } from './order-facts.ts';
import { reasonModal } from './reason-modal.ts';
import { moment, plain, who } from './text.ts';
import { doneBy } from './timeline.ts';
import type { View } from './view.ts';
import { buttonFor, buttonRow, message } from './view.ts';

/** The card of an order that waits for approval, or what was decided. Everybody in its channel reads it. */
export function approvalView(order: Order, words: Words): View {
  const { approval: w, buttons } = words;
  const { id, reference, quote, requester } = order;
  const { charged, quantity, each } = quote;
  const decided = decidedOf(order, words);
  const isLeft = decided !== undefined && decided.status !== 'approved';
  return message({
    tone: decided ? decided.tone : 'waiting',
    title: decided ? decided.title : w.title(whatOf(order, words)),
    reference,
    facts: [
      isLeft ? words.facts.wasOffered(charged) : w.toPay(charged, quantity, each),
      faceFact(quote.faceValue, quantity, charged, words),
      w.asks(who(requester)),
      reasonFact(order, words),
      ...(decided ? decided.facts : waitingFacts(order, words)),
    ],
    next: decided ? undefined : w.next,
    rows: [
      decided
        ? undefined
        : buttonRow(
            buttonFor('approval.approve', id, buttons.approve(charged), { main: true }),
            buttonFor('approval.reject', id, buttons.reject),
            buttonFor('approval.cancel', id, buttons.cancel),
          ),
    ],
  });
}

/** Which rule sent it here, what it does to budgets, and how many approvals it still takes. */
function waitingFacts(order: Order, words: Words): string[] {
  const { approval: w } = words;
  const { approval } = order;
  return [
    whyFact(order, words),
    ...(approval?.budgets ?? []).map((budget) => budgetFact(order, budget, words)),
    wantedFact(order, words),
    w.ends(moment(approvalEndsAt(order), 'R')),
  ];
}

/** Which rules sent it here. */
export function whyFact({ approval, quote }: Order, { approval: w, policy }: Words): string {
  const { currency } = quote.charged;
  const because = approval?.because ?? [];
  return w.why(because.map((each) => policy.because(each, currency)).join('; '));
}

/** How many approvals it still takes, and who has approved it. */
export function wantedFact(order: Order, words: Words): string {
  const { approval: w } = words;
  const { wanted = 1, votes = [] } = order.approval ?? {};
  const more = wanted - votes.length;
  return votes.length === 0
    ? w.wanted(more)
    : w.stillWanted(Math.max(1, more), votersOf(order, words));
}

/** "Budget of @alice this month: 50.00 → 40.20 USD left". */
function budgetFact({ requester, quote }: Order, effect: BudgetEffect, words: Words): string {
  const { scope, period, before, after } = effect;
  const { currency } = quote.charged;
  const whose = scope.kind === 'everyone' ? who(requester) : words.policy.budgetOf(scope);
  const left = moneyText({ amount: after, currency });
  return words.policy.budget(whose, period, amountText({ amount: before, currency }), left);
}

/** Everybody who approved, and in whose name. */
function votersOf({ approval }: Order, { approval: w }: Words): string {
  const votes = approval?.votes ?? [];
  return votes
    .map(({ by, voice }) => (voice === by ? who(by) : w.inTheNameOf(who(by), who(voice))))
    .join(', ');
}

/** Who decided what, and when; nothing while it waits. */
export function decidedOf(order: Order, words: Words) {
  const { approval: w } = words;
  const step = decisionOf(order);
  if (!step || !isEnd(step.status)) return undefined;
  const { status, at, why, detail } = step;
  const when = moment(at);
  return {
    status,
    tone: status === 'approved' ? ('good' as const) : ('plain' as const),
    title: w.decidedTitles[status](whatOf(order, words)),
    facts: [
      endedBy[why as keyof typeof endedBy]?.(words, when) ??
        w.decided[status](decider(order, step, words), when),
      why !== 'policy_refuses' && detail ? w.because(plain(detail, 300)) : undefined,
    ],
  };
}

/** What has changed since it was asked for, in place of a person who decided. */
const endedBy = {
  requester_left: ({ approval }: Words, when: string) => approval.requesterLeft(when),
  policy_refuses: ({ approval }: Words, when: string) => approval.policyRefuses(when),
};

function decider(order: Order, step: Step, words: Words): string {
  if (step.status === 'approved') return votersOf(order, words);
  return doneBy(step, words);
}

const isEnd = (status: string): status is keyof Words['approval']['decided'] =>
  ['approved', 'rejected', 'cancelled', 'expired'].includes(status);

/** What somebody has rejected, told to them. */
export function rejectedView(order: Order, words: Words): View {
  const decided = decidedOf(order, words);
  return message({
    title: decided?.title ?? whatOf(order, words),
    reference: order.reference,
    facts: decided?.facts ?? [],
    next: words.approval.rejectedNext,
  });
}

/** Asks why an order is rejected. Its submit rejects it. */
export function rejectModal(id: string, words: Words): APIModalInteractionResponseCallbackData {
  const { modalTitle, modalReason } = words.approval;
  return reasonModal('approval.reject', id, { title: modalTitle, label: modalReason });
}
