/** A member of a guild, as they are at the moment of a press. */
export interface Member {
  readonly user: string;
  readonly guild: string;
  /** Has Manage Server in that guild now. */
  readonly isManager: boolean;
  /** The ids of their roles in that guild now; that of everyone, which all have, is left out. */
  readonly roles?: readonly string[];
  readonly isBot?: boolean;
  /** Is no member any more, and presses a button of an old direct message. */
  readonly hasLeft?: boolean;
  /** Has Manage Server in the owner guild, and so a say in what concerns the whole account. */
  readonly isAdmin?: boolean;
}

export interface Members {
  /** Somebody as they are in a guild now; 'none' for whoever is no member, 'unknown' when Discord does not tell. */
  find(guild: string, user: string): Promise<Member | 'none' | 'unknown'>;
  /** Somebody who has pressed something just now, as Discord told with it: for what their own press begins at once. */
  justPressed?(guild: string, user: string): Member | undefined;
}

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
  /** The same of many at once: each of them is in the answer. */
  findMany(guild: string, users: readonly string[]): Promise<ReadonlyMap<string, MemberFacts | 'none' | 'unknown'>>;
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
  /**
   * Who has reacted to a message of that guild, with any emoji or with this one, a page in memory at a time: no bots, and
   * somebody who used several comes several times. Throws a Problem where that cannot be told.
   */
  reacted(
    guild: string,
    message: { readonly channel: string; readonly message: string },
    emoji?: string,
  ): AsyncGenerator<string, void, undefined>;
  /** Whether the bot has the Server Members intent. */
  readonly canListMembers: boolean;
}
