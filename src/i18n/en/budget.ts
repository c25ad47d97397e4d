import type { Money } from '../../lib/index.ts';
import { money, roundMoney } from './count.ts';

/** What may be spent, as people see and set it. */
export const budget = {
  title: 'Your budget',
  titleOf: (who: string) => `Budget of ${who}`,
  /** `period`: such as "a month". */
  limit: (whose: string, limit: Money, period: string) => `${whose} · ${roundMoney(limit)} ${period}`,
  left: (left: Money) => `**${money(left)} left**`,
  spent: (spent: Money) => `${money(spent)} spent`,
  setAside: (held: Money) => `${money(held)} set aside`,
  eachOnTheirOwn: 'counted for each one alone',
  free: (perOrder: Money, perDay: Money) =>
    `Without an approval · ${roundMoney(perOrder)} an order, ${roundMoney(perDay)} a day`,
  more: (count: number) => `${count} more limits have more left than these.`,
  none: 'No limit of this server counts here.',
  zone: (timeZone: string) => `Days, weeks from Monday, and months begin in the time zone ${timeZone}.`,
  setAsideNext:
    'What is set aside waits for an approval or is being bought. It is free again when nothing comes of it.',

  allTitle: (count: number) => (count === 1 ? '1 limit' : `${count} limits`),
  allNone: 'This server has no limits.',
  allNext: 'A limit that is removed ends at once, for everybody.',

  set: 'Set a limit',
  setAnother: 'Set another limit',
  all: 'All limits',
  remove: 'Remove',

  whoseTitle: 'Whose spending do you want to limit?',
  whoseFacts: [
    'This server: what everybody here spends together',
    'Each member: what each one spends alone',
    'A role: what all its members spend together',
    'One member: in place of the limit of each member',
  ],
  whoseNext: 'A limit that is set already is replaced. All that count for an order have to have room for it.',
  whose: { guild: 'This server', everyone: 'Each member', role: 'A role', member: 'One member' },

  modalTitle: (whose: string) => `A limit: ${whose}`,
  who: { role: 'Which role?', member: 'Which member?' },
  pick: { role: 'Choose a role', member: 'Choose a member' },
  period: 'For how long?',
  pickPeriod: 'Choose a day, a week or a month',
  eachPeriod: { day: 'Each day', week: 'Each week, from Monday', month: 'Each month' },
  amount: 'How much may be charged?',
  amountHint: 'Without the currency, such as 500 or 12.50. With 0 nothing may be bought.',

  saved: 'This limit is set',
  removed: 'This limit is removed',
  before: (limit: Money) => `Before it was ${roundMoney(limit)}`,
  firstNext:
    'It holds at once, also for orders that wait for an approval. What was bought while there was no such limit may not count.',
  savedNext: 'It holds at once, also for orders that wait for an approval.',
  removedNext: 'It counts for nobody any more. Other limits hold as before.',
};

/** What would happen to an order, and by which rule. */
export const why = {
  title: (what: string) => `What would happen: ${what}`,
  buyer: (who: string) => `If ${who} ran /buy now`,
  allowed: {
    own_purchase: 'They confirm it alone: approvers do that with what they buy themselves.',
    within_free: (perOrder: Money, perDay: Money) =>
      `They confirm it alone: up to ${roundMoney(perOrder)} an order and ${roundMoney(perDay)} a day need no approval.`,
  },
  needs: (approvals: string, reasons: string) => `It needs ${approvals}: ${reasons}.`,
  refused: (reason: string) => `It is refused. ${reason}`,
  caps: (order: Money, day: Money, left: Money) =>
    `Whoever runs Cardigan allows ${roundMoney(order)} an order and ${roundMoney(day)} a day over all servers. Of that, ${money(left)} is left until midnight UTC.`,
  obstacles: {
    stopped: 'Purchases are stopped, so nobody can buy until they are resumed.',
    out_of_stock: 'CardPlusPay says that so many are out of stock. The amounts here are those of the catalog.',
    over_order_cap: 'It is over what one order may cost by whoever runs Cardigan.',
    over_day_cap: 'It is over what is left of the day by whoever runs Cardigan.',
    balance: 'The account has less than that.',
  },
  next: 'This was a question only: nothing was asked for, set aside or bought.',
};
