import type { Money } from '../../lib/index.ts';
import { localMoney } from '../money.ts';

const LOCALE = 'en-US';

export const number = (count: number): string => count.toLocaleString(LOCALE);

export const counted = (count: number, one: string, many = `${one}s`): string =>
  count === 1 ? `1 ${one}` : `${number(count)} ${many}`;

/** "$4.90", "€50.00", "CA$5.00": an amount for people, exact. */
export const money = (value: Money): string => localMoney(LOCALE, value);

/** "$20", and "$12.50": a limit within a sentence. */
export const roundMoney = (value: Money): string => localMoney(LOCALE, value, 'if any');
