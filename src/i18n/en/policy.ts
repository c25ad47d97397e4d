import type { Money, Period } from '../../lib/index.ts';
import type { Because, Refusal, Scope } from '../../policy/index.ts';
import { counted, money, roundMoney } from './count.ts';

/** Said of itself where it stands alone, and in other words where it follows what it explains. */
export const EVERY_ORDER = 'every order needs 1 approval';

const approvals = (count: number) => counted(count, 'approval');
/** Of whom somebody hears that it is used up: their own, or one that others share. */
const budgetsOf: Record<Scope['kind'], string> = {
  guild: "this server's",
  everyone: 'your',
  member: 'your',
  role: "your role's",
};

const listed = (names: readonly string[]) => names.join(', ');

const periods: Record<Period, string> = { day: 'today', week: 'this week', month: 'this month' };
const everyPeriod: Record<Period, string> = { day: 'a day', week: 'a week', month: 'a month' };

/** A guild's policy in words. Roles and members by their mention, which a message resolves. */
export const policy = {
  approvals,
  everyPeriod,

  /** Whose spending a budget limits, as the subject of a line. */
  scope: (scope: Scope): string =>
    ({
      guild: 'This server',
      everyone: 'Each member',
      role: `Members with <@&${'id' in scope ? scope.id : ''}> together`,
      member: `<@${'id' in scope ? scope.id : ''}>`,
    })[scope.kind],

  /** Why an order needs an approval. */
  because: (because: Because, currency: string): string => {
    switch (because.rule) {
      case 'every_order':
        return EVERY_ORDER;
      case 'over_free_order':
        return `orders over ${roundMoney({ amount: because.limit, currency })} need 1 approval`;
      case 'over_free_day':
        return `over ${roundMoney({ amount: because.limit, currency })} a day of purchases without approval (${money({ amount: because.used, currency })} already used today)`;
      case 'tier':
        return `orders over ${roundMoney({ amount: because.over, currency })} need ${approvals(because.approvals)}`;
      case 'own_purchase':
        return "approvers' own purchases need another approver";
    }
  },

  /** Why an order may not be made, as a sentence. It is escaped, so it names no role. */
  refusal: (refusal: Refusal, currency: string): string => {
    switch (refusal.rule) {
      case 'not_asker':
        return 'Only members with certain roles can buy here.';
      case 'too_many_cards':
        return `An order can have at most ${counted(refusal.most, 'card')} here.`;
      case 'brand':
        return `Only these brands can be bought here: ${listed(refusal.allowed)}.`;
      case 'item':
        return `Only these cards can be bought here: ${listed(refusal.allowed)}.`;
      case 'currency':
        return `Only cards in these currencies can be bought here: ${listed(refusal.allowed)}.`;
      case 'delivery':
        return `Only cards with this delivery can be bought here: ${listed(refusal.allowed)}.`;
      case 'over_budget':
        return `That is over ${budgetsOf[refusal.scope.kind]} budget: ${money({ amount: refusal.left, currency })} of ${roundMoney({ amount: refusal.limit, currency })} is left ${periods[refusal.period]}.`;
      case 'over_part':
        return `Your requests that wait for approval can reserve at most ${roundMoney({ amount: refusal.most, currency })} of the ${roundMoney({ amount: refusal.limit, currency })} budget ${periods[refusal.period]}; ${money({ amount: refusal.left, currency })} of that is left.`;
    }
  },

  /** Whose budget it is, within a sentence. */
  budgetOf: (scope: Scope): string =>
    ({
      guild: 'this server',
      everyone: 'each member',
      role: `<@&${'id' in scope ? scope.id : ''}>`,
      member: `<@${'id' in scope ? scope.id : ''}>`,
    })[scope.kind],

  /** Of a budget, before and after an order. */
  budget: (whose: string, period: Period, before: Money, after: Money) =>
    `Budget of ${whose} ${periods[period]}: ${money(before)} → ${money(after)} left`,
};
