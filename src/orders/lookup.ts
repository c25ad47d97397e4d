import { type Member, Problem } from '../lib/index.ts';
import { type Because, isInvolved, requireHere, type Verdict } from '../policy/index.ts';
import type { Page } from '../store/index.ts';
import type { OrdersContext } from './context.ts';
import { readReference } from './model/ids.ts';
import type { Order } from './model/order.ts';
import { type Action, openActions, type Viewer } from './model/permissions.ts';
import type { OrderPage } from './repository.ts';

/** The order that a button names. Throws `order_unknown`. */
export async function requireOrder({ orders }: Pick<OrdersContext, 'orders'>, id: string): Promise<Order> {
  const order = await orders.get(id);
  if (!order) throw new Problem('order_unknown', {});
  return order;
}

/** An order as its requester or a recipient may see it. Throws `order_unknown`, `left_server` or `not_yours`. */
export async function ownOrder(ctx: OrdersContext, id: string, member: Member): Promise<Order> {
  const order = await requireOrder(ctx, id);
  requireHere(member);
  if (!isOwn(order, member)) throw new Problem('not_yours', {});
  return order;
}

/** Theirs as its requester or as one of its recipients, seen from its own guild. */
function isOwn(order: Order, member: Member): boolean {
  return isInvolved(order, member) && order.guild === member.guild;
}

/** The guild that an order belongs to, for a press in a direct message. */
export async function guildOf({ orders }: OrdersContext, id: string): Promise<string | undefined> {
  return (await orders.get(id))?.guild;
}

export function ofMember({ orders }: OrdersContext, member: Member, page: Page): Promise<OrderPage> {
  return orders.ofMember(member.guild, member.user, page);
}

/** The item codes of what this member bought, newest first: those in their newest orders, so many at most. */
export async function boughtLast(
  { orders }: OrdersContext,
  { guild, user }: Pick<Member, 'guild' | 'user'>,
  limit: number,
): Promise<string[]> {
  const newest = await orders.ofMember(guild, user, { limit });
  const bought = newest.orders.filter(({ remote, fromHand }) => remote ?? fromHand);
  return [...new Set(bought.map(({ quote }) => quote.itemCode))];
}

/** What has not ended, of all guilds, newest first. Throws `admins_only`. */
export async function openEverywhere(
  { orders }: OrdersContext,
  { isAdmin }: Member,
  page: Page,
): Promise<OrderPage & { everywhere: true }> {
  if (!isAdmin) throw new Problem('admins_only', {});
  return { ...(await orders.listed('open', page)), everywhere: true };
}

/** What others have sent this member: orders of theirs with cards for them. */
export function receivedBy({ orders }: OrdersContext, member: Member, page: Page): Promise<OrderPage> {
  return orders.receivedBy(member.guild, member.user, page);
}

/** Those of a campaign, newest first; `open`: that have not ended. */
export function ofCampaign({ orders }: OrdersContext, id: string, which?: 'open'): AsyncGenerator<Order, void> {
  return orders.walk(`campaign/${id}${which ? `/${which}` : ''}`);
}

/** How many there are in all. */
export function countOfCampaign({ orders }: OrdersContext, id: string): Promise<number> {
  return orders.count(`campaign/${id}`);
}

/** An order as it was found by its reference, and who looks. */
export interface Sighted {
  readonly order: Order;
  readonly viewer: Viewer;
  /** Theirs as its requester or as one of its recipients. */
  readonly isOwn: boolean;
}

/** By the reference as a person typed it. Throws `order_not_found`, whether there is none or it is not for their eyes. */
export async function lookUp(ctx: OrdersContext, typed: string, member: Member): Promise<Sighted> {
  const reference = readReference(typed);
  const order = reference === undefined ? undefined : await ctx.orders.byReference(reference);
  return sighted(ctx, order, member);
}

/** Again, by the id that a button carries. */
export async function sight(ctx: OrdersContext, id: string, member: Member): Promise<Sighted> {
  return sighted(ctx, await ctx.orders.get(id), member);
}

/** Who may not see it learns nothing, not even that there is such an order. */
async function sighted(ctx: OrdersContext, order: Order | undefined, member: Member): Promise<Sighted> {
  const { isManager, isAdmin = false } = member;
  const isHere = order?.guild === member.guild;
  // Admins of the owner guild look after the orders of all guilds.
  const oversees = (isManager && isHere) || isAdmin;
  if (!order || !(isHere || oversees)) throw new Problem('order_not_found', {});
  const viewer = { ...(await viewerOf(ctx, order, member)), oversees };
  // Whoever is asked to decide about it sees it as long as it waits.
  const isAsked = viewer.voices !== undefined && viewer.voices.length > 0;
  const own = isOwn(order, member);
  if (!(own || oversees || isAsked)) throw new Problem('order_not_found', {});
  return { order, viewer, isOwn: own };
}

/** See `Viewer`. */
export const isOutside = ({ guild }: Order, member: Member): boolean =>
  member.isAdmin === true && guild !== member.guild;

/** Who looks at an order. Asks the policy of now for no more than the order's status needs. */
async function viewerOf(ctx: OrdersContext, order: Order, member: Member): Promise<Viewer> {
  const { user, guild, isAdmin = false } = member;
  const viewer = { user, isAdmin, ...(isOutside(order, member) && { isOutside: true }) };
  // Whoever decides about an order of others does it in its guild.
  if (guild === order.guild && order.status === 'awaiting_approval')
    return { ...viewer, ...(await ctx.rules.deciderOf(member)) };
  const verdict = await verdictOn(ctx, order, member);
  if (!verdict) return viewer;
  const because = verdict.kind === 'needs' ? verdict.because : [];
  return { ...viewer, verdict: verdict.kind, because };
}

/** What the policy says now of an offer of theirs, which they confirm in its guild; nothing of anything else. */
export async function verdictOn({ rules }: OrdersContext, order: Order, member: Member): Promise<Verdict | undefined> {
  const { status, requester, guild } = order;
  const isTheirs = requester === member.user && guild === member.guild;
  return status === 'quoted' && isTheirs ? rules.judge(order, member) : undefined;
}

interface OfferStanding {
  readonly actions: readonly Action[];
  readonly because: readonly Because[];
}

/** What somebody may do with an offer of theirs, and why it needs approvals, where it does. */
export async function offerOf(ctx: OrdersContext, order: Order, member: Member): Promise<OfferStanding> {
  const { because = [], ...viewer } = await viewerOf(ctx, order, member);
  return { actions: openActions(order, viewer, ctx.clock.now()), because };
}

/** What this person may do with the order now. */
export async function actionsOf(ctx: OrdersContext, order: Order, member: Member): Promise<readonly Action[]> {
  return (await offerOf(ctx, order, member)).actions;
}
