import type { Words } from '../i18n/words.ts';
import type { Money } from '../money.ts';
import { moment } from './text.ts';
import type { View } from './view.ts';
import { message } from './view.ts';

export function balanceView(balance: Money, asOf: number, words: Words): View {
  const w = words.balance;
  return message({
    title: w.title,
    facts: [w.has(balance), w.currency(balance.currency), w.asOf(moment(asOf))],
  });
}
