export { type CardPlusPay, createCardPlusPay } from './client.ts';
export { readOrderAnswer } from './create-order.ts';
export { CardPlusPayError } from './error.ts';
export { readAnsweredCodes } from './placed-order.ts';
export { readSigningKey } from './signing.ts';
export { MOST as MOST_OF } from './sizes.ts';
export {
  type Cut,
  cuts,
  type OrderCode,
  type PlacedOrder,
  type Product,
  type RawAnswer,
  type RemoteOrder,
  type StockCheck,
  type VendorPage,
} from './types.ts';
