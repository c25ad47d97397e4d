import type { Member } from '../orders/order.ts';
import type { Members } from '../orders/ports.ts';

export type { Posting } from '../orders/ports.ts';

/** A member, with what eligibility asks. */
export interface MemberFacts extends Member {
  /** When they joined the server, where Discord tells. */
  readonly joinedAt?: number;
  /** When their account was made. */
  readonly createdAt: number;
  /** As the server shows them. */
  readonly name?: string;
}

/** The members of a guild, as they are now. */
export interface Directory extends Members {
  find(guild: string, user: string): Promise<MemberFacts | 'none' | 'unknown'>;
  /**
   * Members whose username, global name or nick is exactly this, ignoring case; 'unknown' when Discord does not tell, or
   * not all of them.
   */
  named(guild: string, name: string): Promise<readonly MemberFacts[] | 'unknown'>;
  /**
   * All who have the role, bots too, a page in memory at a time. Throws a Problem when Discord does not tell, and for a
   * bot that may not list members.
   */
  withRole(guild: string, role: string): AsyncGenerator<MemberFacts, void, undefined>;
  /** Whether the bot has the Server Members intent. */
  readonly canListMembers: boolean;
}
