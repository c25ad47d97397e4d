import type { PlacedOrder } from '../cardpluspay/types.ts';

/** Which statuses there are is not documented; these words mean that no more codes come. */
const GIVEN_UP =
  /^(failed|failure|error|cancell?ed|rejected|declined|refunded|expired|void(ed)?)$/i;

/** CardPlusPay has the order on its list and says that it came to nothing. What became of the money, people find out. */
export function isGivenUp({ status = '' }: Pick<PlacedOrder, 'status'>): boolean {
  return GIVEN_UP.test(status.trim());
}
