import type { Member } from '../orders/order.ts';
import type { Members } from '../orders/ports.ts';
import { Problem } from '../problem.ts';

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
