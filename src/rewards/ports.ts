import type { Approval, Member, Order, Quote } from '../orders/order.ts';

/** A member, with what eligibility asks of them. */
export interface MemberFacts extends Member {
  readonly joinedAt?: number;
  /** When the account was made. */
  readonly createdAt: number;
  readonly name?: string;
}

/** The members of guilds. */
export interface Directory {
  /** As `Members.find`, with what eligibility asks. */
  find(guild: string, user: string): Promise<MemberFacts | 'none' | 'unknown'>;
  /** Members whose username, global name or nick is exactly this, ignoring case. */
  named(guild: string, name: string): Promise<readonly MemberFacts[] | 'unknown'>;
  /** All who have the role, page by page; needs the Server Members intent. */
  withRole(guild: string, role: string): AsyncGenerator<MemberFacts>;
  readonly canListMembers: boolean;
}

/** TEMPORARY, until src/orders has it: what orders do for campaigns. */
export interface CampaignOrders {
  commission(wish: {
    campaign: { id: string; charged: Quote['charged']; pool?: boolean };
    requester: string;
    guild: string;
    channel: string;
    locale: string;
    gift: NonNullable<Order['gift']>;
    quote: Quote;
    recipients: Order['recipients'];
    approval?: Approval;
    reserved: NonNullable<Order['reserved']>;
  }): Promise<CampaignOrder>;
  carryOut(id: string): Promise<CampaignOrder>;
  assign(order: string, user: string): Promise<CampaignOrder | undefined>;
  assignRest(order: string, user: string): Promise<CampaignOrder>;
}
export type CampaignOrder = Order & { campaign?: { id: string; charged: Quote['charged'] } };
