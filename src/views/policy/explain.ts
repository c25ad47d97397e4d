import Big from 'big.js';
import type { Words } from '../../i18n/index.ts';
import { isMoreThan, type Money, subtract } from '../../lib/index.ts';
import type { Explanation } from '../../orders/index.ts';
import { message, type Tone, type View } from '../kit/message.ts';
import { plain, who } from '../kit/text.ts';
import { becauseText, budgetText, faceFact } from '../orders/facts.ts';

/** More lines of one kind may not fit a message. */
const MOST_SHOWN = 8;

/** What would happen to an order, by which rules, and what is in its way beside them. */
export function whyView(explanation: Explanation, words: Words): View {
  const { why: w, approval } = words;
  const { user, offer, quantity, each, charged, obstacles, caps } = explanation;
  return message({
    tone: toneOf(explanation),
    title: w.title(words.order.what(quantity, plain(offer.name))),
    facts: [
      approval.toPay(charged, quantity, each),
      faceFact({ ...offer, quantity, charged }, words),
      w.buyer(who(user)),
      ...verdictFacts(explanation, words),
      ...obstacles.map((obstacle) => w.obstacles[obstacle]),
      ...budgetFacts(explanation, words),
      balanceFact(explanation, words),
      w.caps(caps.order, caps.day, caps.left),
    ],
    next: w.next,
  });
}

function toneOf({ verdict, obstacles }: Explanation): Tone {
  if (verdict.kind === 'refused' || obstacles.length > 0) return 'bad';
  return verdict.kind === 'needs' ? 'waiting' : 'good';
}

function verdictFacts({ verdict, free, charged }: Explanation, words: Words): string[] {
  const { why: w, policy } = words;
  const { currency } = charged;
  switch (verdict.kind) {
    case 'refused':
      // What is allowed was typed by people.
      return verdict.refusals.slice(0, MOST_SHOWN).map((each) => w.refused(plain(policy.refusal(each, currency), 160)));
    case 'needs': {
      const reasons = becauseText(verdict.because, currency, words);
      return [w.needs(policy.approvals(verdict.approvals), reasons)];
    }
    case 'allowed': {
      if (verdict.rule === 'own_purchase') return [w.allowed.own_purchase];
      const money = (amount: string): Money => ({ amount, currency });
      return [w.allowed.within_free(money(free.perOrder), money(free.perDay))];
    }
  }
}

/** Those that have room for it, the tightest first: of the others the refusal tells. */
function budgetFacts({ budgets, charged, user }: Explanation, words: Words): string[] {
  return budgets
    .filter(({ after }) => new Big(after).gte(0))
    .toSorted((a, b) => new Big(a.after).cmp(b.after))
    .slice(0, MOST_SHOWN)
    .map((effect) => budgetText(effect, user, charged.currency, words));
}

function balanceFact({ balance, charged }: Explanation, { facts }: Words): string | undefined {
  if (!balance || isMoreThan(charged, balance)) return undefined;
  return facts.balanceAfter(balance, subtract(balance, charged));
}
