import Big from 'big.js';

/** Two digits at least, as CardPlusPay writes amounts: "4.90", and "0.8555" where there is more. */
export function amountText(amount: Big): string {
  const own = amount.toFixed().split('.')[1]?.length ?? 0;
  return amount.toFixed(Math.max(2, own));
}

/** For the fields that CardPlusPay sends as JSON numbers. A double prints back what it was read from. */
export function amountNumber(amount: Big): number {
  return Number(amount.toFixed());
}

export function amountOf(value: string | number): Big {
  return new Big(value);
}
