import type { Money } from '../../lib/index.ts';
import { counted, money, roundMoney } from './count.ts';

/** What may be spent, as people see and set it. */
export const budget = {
  title: 'Your budget',
  titleOf: (who: string) => `Budget of ${who}`,
  /** `period`: such as "a month". */
  limit: (whose: string, limit: Money, period: string) => `${whose} · ${roundMoney(limit)} ${period}`,
  left: (left: Money) => `**${money(left)} left**`,
  spent: (spent: Money) => `${money(spent)} spent`,
  setAside: (held: Money) => `${money(held)} reserved`,
  eachOnTheirOwn: 'counted separately for each member',
  free: (perOrder: Money, perDay: Money) =>
    `Without approval · ${roundMoney(perOrder)} an order, ${roundMoney(perDay)} a day`,
  more: (count: number) => `${counted(count, 'more limit')} with more left.`,
  none: 'You have no spending limit here.',
  zone: (timeZone: string) => `Days, weeks (from Monday) and months start in ${timeZone} time.`,
  setAsideNext: 'Reserved amounts are waiting for approval or being bought. They are released if nothing is bought.',

  allTitle: (count: number) => counted(count, 'spending limit'),
  allNone: 'This server has no spending limits.',
  allNext: 'Removing a limit applies immediately, for everyone.',

  set: 'Set a limit',
  setAnother: 'Set another limit',
  all: 'All limits',
  remove: 'Remove',

  whoseTitle: 'Whose spending do you want to limit?',
  whoseFacts: [
    'This server: what everyone here spends together',
    'Each member: what each member can spend',
    'A role: what its members spend together',
    'One member: instead of the limit for each member',
  ],
  whoseNext: 'Setting a limit again replaces it. An order must fit within every limit that applies.',
  whose: { guild: 'This server', everyone: 'Each member', role: 'A role', member: 'One member' },

  modalTitle: (whose: string) => `Spending limit: ${whose}`,
  who: { role: 'Which role?', member: 'Which member?' },
  pick: { role: 'Choose a role', member: 'Choose a member' },
  period: 'Period',
  pickPeriod: 'Day, week or month',
  eachPeriod: { day: 'Each day', week: 'Each week, from Monday', month: 'Each month' },
  amount: 'Amount',
  amountHint: 'Without the currency, such as 500 or 12.50. With 0, nothing can be bought.',

  saved: 'Spending limit set',
  removed: 'Spending limit removed',
  before: (limit: Money) => `Previously ${roundMoney(limit)}`,
  firstNext: 'Applies immediately, including to pending requests. Earlier purchases may not count toward it.',
  savedNext: 'Applies immediately, including to pending requests.',
  removedNext: 'It no longer applies to anyone. Other limits stay as they are.',
};

/** What would happen to an order, and by which rule. */
export const why = {
  title: (what: string) => `What would happen: ${what}`,
  buyer: (who: string) => `If ${who} ran /buy now`,
  allowed: {
    own_purchase: "No approval needed: approvers' own purchases need none.",
    within_free: (perOrder: Money, perDay: Money) =>
      `No approval needed: up to ${roundMoney(perOrder)} an order and ${roundMoney(perDay)} a day need none.`,
  },
  needs: (approvals: string, reasons: string) => `Needs ${approvals}: ${reasons}.`,
  refused: (reason: string) => `Refused. ${reason}`,
  caps: (order: Money, day: Money, left: Money) =>
    `Whoever runs Cardigan allows ${roundMoney(order)} an order and ${roundMoney(day)} a day across all servers. ${money(left)} of that is left until midnight UTC.`,
  obstacles: {
    stopped: 'Purchases are paused, so nobody can buy until they are resumed.',
    out_of_stock: 'CardPlusPay is out of stock for that many. The amounts here are from the catalog.',
    over_order_cap: 'It is over the limit for one order set by whoever runs Cardigan.',
    over_day_cap: "It is over what's left of the day's limit set by whoever runs Cardigan.",
    balance: "The account doesn't have that much.",
  },
  next: 'This is only a preview: nothing was requested, reserved or bought.',
};
