import Big from 'big.js';
import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import type { Words } from '../../i18n/index.ts';
import { amountText, type Money, moneyText } from '../../lib/index.ts';
import { decisionOf, type Order, type Step } from '../../orders/index.ts';
import { approvalEndsAt, type BudgetEffect } from '../../policy/index.ts';
import { buttonFor, buttonRow, type Mentions, message, type View } from '../kit/message.ts';
import { reasonModal } from '../kit/modal.ts';
import { moment, plain, who } from '../kit/text.ts';
import {
  asksFact,
  becauseText,
  faceFact,
  reasonFact,
  voter,
  wantedFact,
  whatOf,
} from '../orders/facts.ts';
import { doneBy } from '../orders/timeline.ts';

/** Who is asked to decide: they are mentioned on the card. */
export interface Asked extends Required<Mentions> {
  /** The policy names roles, and none of them exists any more. */
  readonly isNobodyLeft: boolean;
}

/** A card shows the budgets of which the least is left; a message has 4,000 characters. */
const MOST_BUDGETS = 5;

/** The card of an order that waits for approval, or what was decided. Everybody in its channel reads it. */
export function approvalView(order: Order, words: Words, asked?: Asked): View {
  const { approval: w, buttons } = words;
  const { id, reference, quote } = order;
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
      asksFact(order, words),
      reasonFact(order, words),
      ...(decided ? decided.facts : waitingFacts(order, words)),
    ],
    next: decided ? undefined : nextText(words, asked),
    mentions: decided ? undefined : asked && { users: asked.users, roles: asked.roles },
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

function nextText(words: Words, asked: Asked | undefined): string {
  const lines = [askedText(words, asked), words.approval.next];
  return lines.filter((line) => line !== undefined).join('\n');
}

/** Who is asked to decide, by name. */
export function askedText({ approval: w }: Words, asked: Asked | undefined): string | undefined {
  const { roles = [], users = [], isNobodyLeft = false } = asked ?? {};
  const who = [...roles.map((id) => `<@&${id}>`), ...users.map((id) => `<@${id}>`)];
  return who.length > 0 ? w.decide(who.join(', ')) : isNobodyLeft ? w.nobodyLeft : undefined;
}

/** Which rule sent it here, what it does to budgets, and how many approvals it still takes. */
function waitingFacts(order: Order, words: Words): string[] {
  const { approval: w } = words;
  return [
    whyFact(order, words),
    ...budgetFactsOf({ ...order, charged: order.quote.charged }, words),
    ...voteFactsOf(order, words),
    wantedFact(order, words),
    w.ends(moment(approvalEndsAt(order), 'R')),
  ];
}

/** Which rules sent it here. */
export function whyFact({ approval, quote }: Order, words: Words): string {
  const { currency } = quote.charged;
  return words.approval.why(becauseText(approval?.because ?? [], currency, words));
}

type Counted = Pick<Order, 'requester' | 'approval'> & { readonly charged: Money };

/** What it does to the budgets that it counts against. */
export function budgetFactsOf(order: Counted, words: Words): string[] {
  const budgets = (order.approval?.budgets ?? []).toSorted((a, b) => new Big(a.after).cmp(b.after));
  const more = budgets.length - MOST_BUDGETS;
  return [
    ...budgets.slice(0, MOST_BUDGETS).map((budget) => budgetFact(order, budget, words)),
    ...(more > 0 ? [words.approval.moreBudgets(more)] : []),
  ];
}

/** "Budget of @alice this month: 50.00 → 40.20 USD left". */
function budgetFact({ requester, charged }: Counted, effect: BudgetEffect, words: Words): string {
  const { scope, period, before, after } = effect;
  const { currency } = charged;
  const whose = scope.kind === 'everyone' ? who(requester) : words.policy.budgetOf(scope);
  const left = moneyText({ amount: after, currency });
  return words.policy.budget(whose, period, amountText({ amount: before, currency }), left);
}

/** Who has approved it, in whose name, and when, one a line. */
export function voteFactsOf({ approval }: Pick<Order, 'approval'>, words: Words): string[] {
  const votes = approval?.votes ?? [];
  return votes.map((vote) => words.approval.decided.approved(voter(vote, words), moment(vote.at)));
}

/** Who decided what, and when; nothing while it waits. */
export function decidedOf(order: Order, words: Words) {
  const { approval: w } = words;
  const step = decisionOf(order);
  if (!step || !isEnd(step.status)) return undefined;
  const { status, why, detail } = step;
  const votes = voteFactsOf(order, words);
  const end = endFact(step, words);
  // The last vote is what approved it.
  const isVote = status === 'approved' && votes.length > 0;
  return {
    status,
    end,
    tone: status === 'approved' ? ('good' as const) : ('plain' as const),
    title: w.decidedTitles[status](whatOf(order, words)),
    facts: [
      ...votes,
      isVote ? undefined : end,
      why !== 'policy_refuses' && detail ? w.because(plain(detail, 300)) : undefined,
    ],
  };
}

/** How it ended, by whom and when. */
function endFact(step: Step, words: Words): string | undefined {
  const { status, why } = step;
  if (!isEnd(status)) return undefined;
  const when = moment(step.at);
  const changed = endedBy[why as keyof typeof endedBy]?.(words, when);
  return changed ?? words.approval.decided[status](doneBy(step, words), when);
}

/** What has changed since it was asked for, in place of a person who decided. */
const endedBy = {
  requester_left: ({ approval }: Words, when: string) => approval.requesterLeft(when),
  recipient_left: ({ approval }: Words, when: string) => approval.recipientLeft(when),
  policy_refuses: ({ approval }: Words, when: string) => approval.policyRefuses(when),
};

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

/** Asks why an order is rejected. Its submit, by that verb, rejects it. */
export function rejectModal(
  id: string,
  words: Words,
  verb = 'approval.reject',
): APIModalInteractionResponseCallbackData {
  const { modalTitle, modalReason } = words.approval;
  return reasonModal(verb, id, { title: modalTitle, label: modalReason });
}
