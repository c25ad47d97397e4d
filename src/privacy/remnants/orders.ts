import { redactEntries } from '../../audit/index.ts';
import { isSettled } from '../../campaigns/index.ts';
import type { Names } from '../../lib/index.ts';
import {
  caseLists,
  deliveredDay,
  holdsOf,
  isFinal,
  isNotListed,
  isUntold,
  type Order,
  tagsOf,
} from '../../orders/index.ts';
import { walk } from '../../store/index.ts';
import type { PrivacyContext } from '../context.ts';
import { redactedOrder } from '../redacted.ts';
import { eraseBudgets } from './budgets.ts';
import { dayText, type Person, type Remnant, youth } from './remnant.ts';

/** All that is on record of it but how it left the vault, which comes long after its end. */
const endedAt = ({ history }: Order): number =>
  Math.max(...history.filter(({ why }) => why !== 'purged').map(({ at }) => at));

const waitsForCodes = ({ cards }: Order): boolean =>
  cards.some(
    ({ recipient, deliveredAt, handedOn }) => recipient !== undefined && deliveredAt === undefined && !handedOn,
  );

/** One that CardPlusPay has not shown may turn up yet, and then its codes are somebody's. */
const isOpen = (order: Order): boolean => !isFinal(order.status) || isUntold(order) || isNotListed(order);

const keepsCodes = (order: Order): boolean => deliveredDay(order) !== undefined && order.purgedAt === undefined;

/** Why nobody may be taken out of an order now. */
export async function waitOfOrder(ctx: PrivacyContext, order: Order): Promise<Pick<Remnant, 'wait' | 'readyAt'>> {
  if (isOpen(order)) return { wait: 'open' };
  if (waitsForCodes(order) || keepsCodes(order)) return { wait: 'codes' };
  const late = youth(ctx, endedAt(order));
  if (late.wait) return late;
  if ((order.audited ?? 0) < order.history.length) return { wait: 'open' };
  // Nobody gets a second card of a campaign that still gives some: this order says that they have had one.
  const campaign = order.campaign && (await ctx.campaigns.get(order.campaign.id));
  if (campaign && !isSettled(campaign)) return { wait: 'open' };
  for await (const { state } of walk(ctx.cases, caseLists.ofOrder(order.id))) {
    if (state !== 'solved') return { wait: 'open' };
  }
  return { wait: undefined };
}

/**
 * First what nobody would come back for, then the record, then the entries that stand in their own list: whatever is left
 * by a crash is found again.
 */
export async function eraseOrder(ctx: PrivacyContext, order: Order, names: Names): Promise<boolean> {
  const { id, version: seen, guild, requester, history } = order;
  if (names.has(requester)) await eraseBudgets(ctx, { guild, user: requester }, history);
  await removeNotice(ctx, `unserved/order/${id}`);
  const entries = { record: `order/${id}`, deeds: history.length, names };
  await redactEntries(ctx.chain, { ...entries, which: 'unlisted' });
  const { version: _, ...next } = redactedOrder(order, names);
  const guard = { seen, tags: tagsOf(next as Order), holds: holdsOf(next as Order) };
  if (!(await ctx.orders.write(id, next, guard)).ok) return false;
  await redactEntries(ctx.chain, { ...entries, which: 'all' });
  return true;
}

/** Its message stands in the admins' channel, and says nothing more. */
export async function removeNotice({ notices }: PrivacyContext, key: string): Promise<void> {
  const known = await notices.get(key);
  if (known) await notices.remove(key, known.version);
}

/** What is theirs of an order, and nobody else's. */
function saysOf(order: Order, { user }: Person): object {
  const { reference, status, quote, remote, requester, reason, gift, recipients, cards, history, approval } = order;
  const own = requester === user;
  const theirs = cards.filter(({ recipient }) => recipient === user);
  return {
    reference,
    status,
    card: quote.name,
    ...(own && { quantity: quote.quantity, quoted: quote.charged, charged: remote?.charged, reason }),
    ...(own && gift?.message !== undefined && { yourMessage: gift.message }),
    ...(own && { yourMessages: recipients.flatMap(({ message }) => message ?? []) }),
    ...(theirs.length > 0 && {
      cardsForYou: theirs.map(({ deliveredAt }) => ({ delivered: deliveredAt && dayText(deliveredAt) })),
    }),
    yourSteps: history
      .filter((step) => step.by === user || step.for === user)
      .map(({ at, status: to, why, detail }) => ({ at: dayText(at), to, why, detail })),
    yourVotes: (approval?.votes ?? [])
      .filter(({ by, voice }) => by === user || voice === user)
      .map(({ at }) => dayText(at)),
  };
}

export async function remnantOfOrder(ctx: PrivacyContext, order: Order, person: Person): Promise<Remnant> {
  const { user, guild } = person;
  const gets =
    order.cards.some(({ recipient }) => recipient === user) || order.recipients.some((each) => each.user === user);
  return {
    kind: order.requester === user ? 'order' : gets ? 'received' : 'decided',
    record: `orders/${order.id}`,
    at: order.history[0]?.at ?? 0,
    ...(await waitOfOrder(ctx, order)),
    says: saysOf(order, person),
    erase: () => eraseOrder(ctx, order, new Map([[user, ctx.pseudonym(guild, user)]])),
  };
}
