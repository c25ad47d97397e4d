/** Of an order that is settled: a new quote of the same cards. */
export const again = {
  buyAgain: 'Buy again',
  tryAgain: 'Try again',
};
