import { StoreError, unlessUnreadable } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import type { Order } from '../model/order.ts';
import { isFree, withHandedOn } from '../model/parcels.ts';
import { type Code, codesIn, type SealedAnswer, withHanded } from '../model/raw-answer.ts';

/** What the vault has of an order, by fingerprint. */
export async function keptCodes(
  { vault, fingerprint }: Pick<OrdersContext, 'vault' | 'fingerprint'>,
  order: Order,
): Promise<Map<string, Code>> {
  const isBought = order.remote !== undefined || order.fromHand !== undefined;
  const sealed = isBought ? await vault.open(order.id) : undefined;
  const codes = sealed ? codesOfOrder(sealed, order) : [];
  return new Map(codes.map((code) => [fingerprint(code.code), code]));
}

/**
 * The answer to the order's purchase, as it was sealed. One that nobody can read proves nothing: the order is looked for as
 * if there were none, for its lane must not be closed to others for ever.
 */
export async function sealedAnswer({ vault, log }: OrdersContext, { id }: Order): Promise<SealedAnswer | undefined> {
  try {
    return await vault.open(id);
  } catch (err) {
    if (!(err instanceof StoreError && err.isUnreadable)) throw err;
    log.error({ order: id, err }, 'what CardPlusPay answered cannot be read');
    return undefined;
  }
}

function codesOfOrder(sealed: SealedAnswer, { remote }: Order): readonly Code[] {
  return remote ? codesIn(sealed, remote.orderId) : (sealed.handed ?? []);
}

/**
 * Makes cards on hand, with which an order was served, its own. First their codes are sealed for it, then the orders in
 * which they were bought know that they have gone: until then these keep them. May be repeated after a crash at any point.
 * One of these that cannot be read keeps nobody from the cards that are here.
 */
export async function takeOver(ctx: OrdersContext, order: Order): Promise<void> {
  for (const { order: from, cards } of order.fromHand ?? []) {
    const source = await unlessUnreadable(() => ctx.orders.require(from), undefined);
    if (!source) continue;
    const left = source.cards.filter((card) => isFree(card) && cards.includes(card.fingerprint));
    if (left.length === 0) continue;
    const kept = await keptCodes(ctx, source);
    const codes = left.flatMap(({ fingerprint }) => kept.get(fingerprint) ?? []);
    if (codes.length < left.length) throw new Error(`codes on hand of the order ${from} are not in the vault`);
    await ctx.vault.seal(order.id, (known) => withHanded(known, codes));
    await ctx.orders.revise(from, (current) => withHandedOn(current, cards, order, ctx.clock.now()));
  }
}
