/*
 * How often each thing that people do asks CardPlusPay, about, so that nobody can have it asked without end. Whatever calls
 * it on somebody's press names one of these; `test/commands/vendor-calls.test.ts` has the list of all.
 */

/** One look: at the balance, at codes that are no longer kept here, or at a card that is not in memory. */
export const ONE_CALL = 1;
/** What a card is, and whether so many are in stock. */
export const STOCK_CALLS = 2;
/** Stock and balance, and the card where it is not in memory. */
export const QUOTE_CALLS = 3;
/** Stock, balance and newest order once more, and the purchase itself. */
export const PURCHASE_CALLS = 4;
/** Of a bulk send, with up to 20 cards, each of which is looked up and checked: few have more than some. */
export const BULK_CALLS = 10;

/** An order that somebody names: itself, and a page of the list. */
export const NAMED_CALLS = 2;
