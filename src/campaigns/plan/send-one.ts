import { type Members, Problem } from '../../lib/index.ts';
import type { Gift, Order, Orders, Wish } from '../../orders/index.ts';

/** What somebody wants to send, and to whom. */
export interface Sending extends Omit<Wish, 'quantity' | 'gift' | 'insteadOf' | 'isApproved'> {
  readonly to: string;
  readonly gift: Gift;
}

interface Context {
  directory: Members;
  orders: Pick<Orders, 'quote'>;
}

/**
 * One card for one member: an order like any other, whose code goes to somebody else than its requester. Throws a Problem
 * for whoever can be sent nothing, and as a quote does.
 */
export async function sendOne(ctx: Context, { to, gift, ...wish }: Sending): Promise<Order> {
  const { user, guild } = wish.member;
  if (to === user) throw new Problem('recipient_self', {});
  await requireFit(ctx, guild, to);
  const { message, receipt } = gift;
  const words = message?.trim();
  return ctx.orders.quote({
    ...wish,
    quantity: 1,
    gift: { to, receipt, ...(words && { message: words }) },
  });
}

async function requireFit({ directory }: Context, guild: string, user: string): Promise<void> {
  const found = await directory.find(guild, user);
  if (found === 'unknown') throw new Problem('recipient_unclear', {});
  if (found === 'none') throw new Problem('recipient_not_here', {});
  if (found.isBot) throw new Problem('recipient_bot', {});
}
