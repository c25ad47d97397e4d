export { type CardPlusPay, createCardPlusPay } from './client.ts';
export { readOrderAnswer } from './create-order.ts';
export { CardPlusPayError } from './error.ts';
export { readSigningKey } from './signing.ts';
export type {
  OrderCode,
  PlacedOrder,
  Product,
  RawAnswer,
  RemoteOrder,
  VendorPage,
} from './types.ts';
