import type { Clock } from '../clock.ts';
import type { Money } from '../money.ts';
import { isMoreThan, money } from '../money.ts';
import { Problem } from '../problem.ts';
import type { Ledger } from './ledger.ts';
import { dayKey } from './ledger.ts';
import type { Member } from './order.ts';
import { dayOf } from './order.ts';
import type { Rules } from './rules.ts';

/** The operator's caps (`MAX_ORDER_TOTAL`, `MAX_DAY_TOTAL`), as amounts in the account's currency. */
export interface Caps {
  readonly order: string;
  readonly day: string;
}

interface Parts {
  ledger: Pick<Ledger, 'left'>;
  rules: Pick<Rules, 'seesBalance'>;
  caps: Caps;
  clock: Pick<Clock, 'now'>;
}

/**
 * Throws the Problem that tells why so much cannot be charged now: a cap, or the balance. What `except` has set aside is not
 * in its way.
 */
export function createAffording({ ledger, rules, caps, clock }: Parts) {
  return async (charged: Money, balance: Money, member: Member, except = ''): Promise<void> => {
    const cap = money(caps.order, charged.currency);
    if (isMoreThan(charged, cap)) throw new Problem('over_order_cap', { charged, cap });
    const day = { key: dayKey(dayOf(clock.now())), cap: caps.day };
    const left = money(await ledger.left(day, except), charged.currency);
    if (isMoreThan(charged, left)) {
      const dayCap = money(caps.day, charged.currency);
      throw new Problem('over_day_cap', { charged, cap: dayCap, left });
    }
    if (isMoreThan(charged, balance)) {
      const isSeen = await rules.seesBalance(member);
      throw new Problem('balance_too_low', { charged, balance: isSeen ? balance : undefined });
    }
  };
}
