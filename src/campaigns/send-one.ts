import { type Members, Problem } from '../lib/index.ts';
import type { Gift, Order, Orders, Wish } from '../orders/index.ts';

/** What somebody wants to send, and to whom. */
export interface Sending extends Omit<Wish, 'quantity' | 'gift' | 'insteadOf' | 'isApproved'> {
  readonly to: string;
  readonly gift: Gift;
}

/** One card for one member: an order like any other, whose code goes to somebody else than its requester. */
export interface Rewards {
  /** Throws a Problem for whoever can be sent nothing, and as a quote does. */
  send(sending: Sending): Promise<Order>;
}

interface Parts {
  members: Members;
  orders: Pick<Orders, 'quote'>;
}

export function createRewards({ members, orders }: Parts): Rewards {
  async function requireFit(guild: string, user: string): Promise<void> {
    const found = await members.find(guild, user);
    if (found === 'unknown') throw new Problem('recipient_unclear', {});
    if (found === 'none') throw new Problem('recipient_not_here', {});
    if (found.isBot) throw new Problem('recipient_bot', {});
  }

  return {
    async send({ to, gift, ...wish }) {
      const { user, guild } = wish.member;
      if (to === user) throw new Problem('recipient_self', {});
      await requireFit(guild, to);
      const { message, receipt } = gift;
      const words = message?.trim();
      return orders.quote({
        ...wish,
        quantity: 1,
        gift: { to, receipt, ...(words && { message: words }) },
      });
    },
  };
}
