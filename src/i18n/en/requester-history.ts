import type { Money } from '../../lib/index.ts';
import { money } from './count.ts';

/** What an approver reads of a requester, for themselves alone, before they decide. */
export const requesterHistory = {
  button: 'Details',
  title: (what: string) => `Before you decide: ${what}`,
  by: (who: string) => `Requested by ${who}`,
  month: (charged: Money) => `Charged for their orders this month: **${money(charged)}**`,
  monthAtLeast: (charged: Money) => `Charged for their orders this month: at least **${money(charged)}**`,
  recent: 'Their last orders:',
  row: (what: string, total: Money, state: string, when: string) => `${what} · ${money(total)} · ${state} · ${when}`,
  none: 'They have ordered nothing here before.',
  balance: (balance: Money) => `Account balance: **${money(balance)}**`,
  balanceUnknown: "CardPlusPay didn't report the account balance just now.",
  next: 'Only you see this. Spending limits are on the request.',
};
