import {
  type Clock,
  type Member,
  type Members,
  Problem,
  parseUntil,
  type UntilWords,
} from '../lib/index.ts';
import type { MessageResult } from '../outbox/index.ts';
import type { DelegateBook, Named } from './delegates.ts';
import { isApprover, requesterOf } from './evaluate.ts';
import type { Policies } from './settings/settings.ts';

/** Takes word to somebody who was named. One that cannot be taken changes nothing about it. */
export interface DelegateWord {
  tell(named: Named): Promise<MessageResult>;
}

export interface Wished {
  /** A Discord user id. */
  readonly delegate: string;
  /** As it was typed. */
  readonly until: string;
  readonly says: UntilWords;
}

export interface Appointed {
  readonly named: Named;
  /** What it replaces. */
  readonly before?: Named | undefined;
  /** How the delegate was told. */
  readonly told: MessageResult;
}

/** What lasts: whom somebody has named, and who has named them. */
export interface Delegations {
  readonly named?: Named | undefined;
  readonly namers: readonly Named[];
}

/** Approvers name others to decide in their name for a time. */
export interface Delegating {
  /** Throws a Problem for whoever is no approver themselves, and for whom or what cannot be named. */
  name(member: Member, wished: Wished): Promise<Appointed>;
  /** Ends it at once, also for who is an approver no more. Throws `no_delegate` when there is none. */
  end(member: Member): Promise<Named>;
  of(member: Member): Promise<Delegations>;
}

interface Parts {
  delegates: DelegateBook;
  policies: Pick<Policies, 'of'>;
  members: Members;
  word: DelegateWord;
  clock: Clock;
}

export function createDelegating(parts: Parts): Delegating {
  const { delegates, policies, members, word, clock } = parts;

  /** Whoever approves already decides in their own name, and would never decide in another's. */
  async function requireFit(member: Member, delegate: string): Promise<void> {
    if (delegate === member.user) throw new Problem('delegate_self', {});
    const found = await members.find(member.guild, delegate);
    if (found === 'unknown') throw new Problem('delegate_unclear', {});
    if (found === 'none') throw new Problem('delegate_not_here', {});
    if (found.isBot) throw new Problem('delegate_bot', {});
    if (isApprover(await policies.of(member.guild), requesterOf(found)))
      throw new Problem('delegate_approves', {});
  }

  return {
    async name(member, { delegate, until: text, says }) {
      const { guild, user: approver } = member;
      const policy = await policies.of(guild);
      // A delegate has no right of their own, so they cannot pass it on.
      if (!isApprover(policy, requesterOf(member))) throw new Problem('approvers_only', {});
      const { timeZone } = policy;
      const until = parseUntil(text, { now: clock.now(), timeZone, says });
      if (until === undefined) throw new Problem('bad_until', { text });
      await requireFit(member, delegate);
      const named = { guild, approver, delegate, until };
      const before = await delegates.name(named);
      return { named, before, told: await word.tell(named) };
    },
    async end({ guild, user }) {
      const ended = await delegates.end(guild, user);
      if (!ended) throw new Problem('no_delegate', {});
      return ended;
    },
    async of({ guild, user }) {
      const [named, namers] = await Promise.all([
        delegates.of(guild, user),
        delegates.to(guild, user),
      ]);
      return { named, namers };
    },
  };
}

/** Somebody whom the asker has named, as they are in the asker's guild now; the asker, as they are known already. */
export function createNamedMember(members: Members) {
  return async (asker: Member, user: string): Promise<Member> => {
    if (user === asker.user) return asker;
    const found = await members.find(asker.guild, user);
    if (found === 'none') throw new Problem('not_a_member', {});
    if (found === 'unknown') throw new Problem('member_unclear', {});
    return found;
  };
}

/** Throws `managers_only` for whoever has no Manage Server in their guild now. */
export function requireManager({ isManager }: Member): void {
  if (!isManager) throw new Problem('managers_only', {});
}
