import Big from 'big.js';
import type { Words } from '../../i18n/index.ts';
import type { Money } from '../../lib/index.ts';
import type { Order } from '../../orders/index.ts';
import type { BudgetEffect } from '../../policy/index.ts';
import { type Button, type Mentions, message, type Parts, type Tone, type View } from '../kit/message.ts';
import { firstOf, lines, moment } from '../kit/text.ts';
import { budgetText, voter } from '../orders/facts.ts';

/** Who is asked to decide: they are mentioned on the card. */
export interface Asked extends Required<Mentions> {
  /** The policy names roles, and none of them exists any more. */
  readonly isNobodyLeft: boolean;
}

/** A card shows the budgets of which the least is left; a message has 4,000 characters. */
const MOST_BUDGETS = 5;

interface Card extends Pick<Parts, 'title' | 'reference' | 'facts'> {
  /** In which tone it was decided; undefined while it waits. */
  readonly decided: Tone | undefined;
  /** What to do while it waits, and the buttons for it. */
  readonly next: string;
  readonly buttons: readonly (Button | undefined)[];
  readonly asked: Asked | undefined;
}

/** The card of what waits for approval, or what was decided. Everybody in its channel reads it. */
export function cardView(card: Card, words: Words): View {
  const { decided, next, buttons, asked, ...said } = card;
  const isWaiting = decided === undefined;
  return message({
    ...said,
    tone: decided ?? 'waiting',
    next: isWaiting && lines(askedText(words, asked), next),
    mentions: isWaiting && asked && { users: asked.users, roles: asked.roles },
    buttons: isWaiting ? buttons : [],
  });
}

/** Who is asked to decide, by name. */
function askedText({ approval: w }: Words, asked: Asked | undefined): string | undefined {
  const { roles = [], users = [], isNobodyLeft = false } = asked ?? {};
  const who = [...roles.map((id) => `<@&${id}>`), ...users.map((id) => `<@${id}>`)];
  return who.length > 0 ? w.decide(who.join(', ')) : isNobodyLeft ? w.nobodyLeft : undefined;
}

type Counted = Pick<Order, 'requester' | 'approval'> & { readonly charged: Money };

/** What it does to the budgets that it counts against: "Budget of @alice this month: 50.00 → 40.20 USD left". */
export function budgetFacts({ requester, approval, charged }: Counted, words: Words): string[] {
  const budgets = (approval?.budgets ?? []).toSorted((a, b) => new Big(a.after).cmp(b.after));
  const line = (effect: BudgetEffect) => budgetText(effect, requester, charged.currency, words);
  return firstOf(budgets, MOST_BUDGETS, line, words.approval.moreBudgets);
}

/** Who has approved it, in whose name, and when, one a line. */
export function voteFacts({ approval }: Pick<Order, 'approval'>, words: Words): string[] {
  const votes = approval?.votes ?? [];
  return votes.map((vote) => words.approval.decided.approved(voter(vote, words), moment(vote.at)));
}

/** What has changed since it was asked for, in place of a person who decided; undefined where somebody did. */
export function changeText(why: string | undefined, when: string, { approval: w }: Words): string | undefined {
  if (why === 'requester_left') return w.requesterLeft(when);
  if (why === 'recipient_left') return w.recipientLeft(when);
  return why === 'policy_refuses' ? w.policyRefuses(when) : undefined;
}
