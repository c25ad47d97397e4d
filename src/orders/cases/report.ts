import { type Member, Problem } from '../../lib/index.ts';
import type { OrdersContext } from '../context.ts';
import { requireOrder } from '../lookup.ts';
import {
  type Case,
  type CaseAtHand,
  cardHold,
  caseGuard,
  caseId,
  caseLists,
  numberAfter,
  placesOf,
} from '../model/case.ts';
import type { Order } from '../model/order.ts';
import { openActions } from '../model/permissions.ts';
import { redact } from './redact.ts';

export interface Report {
  /** By which the reporter knows the card; the only one they have needs none. */
  readonly number: number | undefined;
  readonly said: string;
  readonly locale: string;
}

/** How many cards of the order this recipient may report, by number from 1. Throws a Problem when there are none. */
export async function reportable(ctx: OrdersContext, id: string, member: Member): Promise<number> {
  return placesOf(await reportableOrder(ctx, id, member), member.user).length;
}

/** Opens a case, or gives the one that is open about this card: then it is not new. Throws a Problem. */
export async function report(
  ctx: OrdersContext,
  id: string,
  member: Member,
  { number, said, locale }: Report,
): Promise<CaseAtHand & { isNew: boolean }> {
  const order = await reportableOrder(ctx, id, member);
  const card = placeOf(order, member, number);
  const { reference, guild } = order;
  const { user: reporter } = member;
  const { record, isNew } = await openCase(ctx, {
    order: id,
    reference,
    guild,
    reporter,
    locale,
    card,
    state: 'open',
    told: 1,
    said: await redact(ctx, order, reporter, said),
    history: [{ at: ctx.clock.now(), by: reporter, state: 'open' }],
  });
  return { record, order, isNew };
}

async function reportableOrder(ctx: OrdersContext, id: string, member: Member): Promise<Order> {
  const order = await requireOrder(ctx, id);
  const { reference, guild } = order;
  if (guild !== member.guild || placesOf(order, member.user).length === 0) throw new Problem('not_yours', {});
  if (!openActions(order, member, ctx.clock.now()).includes('report'))
    throw new Problem('nothing_to_report', { reference });
  return order;
}

function placeOf(order: Order, { user }: Member, number: number | undefined): number {
  const places = placesOf(order, user);
  const place = places[(number ?? (places.length === 1 ? 1 : 0)) - 1];
  if (place === undefined) throw new Problem('no_such_card', { highest: places.length });
  if (order.cards[place]?.deliveredAt === undefined)
    throw new Problem('nothing_to_report', { reference: order.reference });
  return place;
}

/** The store lets one case be open about a card: of several presses at once, the others get that one. */
async function openCase(
  ctx: OrdersContext,
  draft: Omit<Case, 'version' | 'id'>,
): Promise<{ record: Case; isNew: boolean }> {
  const { cases } = ctx;
  const { order, card } = draft;
  const holder = await cases.holder(cardHold(order, card));
  const already = holder === undefined ? undefined : await cases.get(holder);
  if (already) return { record: already, isNew: false };
  const newest = await cases.tagged(caseLists.ofOrder(order), { limit: 1 });
  const id = caseId(order, numberAfter(newest.records[0]));
  const next = { ...draft, id };
  const written = await cases.write(id, next, { seen: 0, ...caseGuard(next) });
  if (!written.ok) return openCase(ctx, draft);
  return { record: { ...next, version: written.version }, isNew: true };
}
