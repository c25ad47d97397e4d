import type { Member } from '../orders/order.ts';

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
