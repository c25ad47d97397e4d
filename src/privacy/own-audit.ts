import { auditLists, type Deed, parseDeedId } from '../audit/index.ts';
import { walk } from '../store/index.ts';
import type { PrivacyContext } from './context.ts';
import type { Person } from './remnants/index.ts';

/** Entries of the audit that name somebody: what they did, or what was done about what is theirs. */
export async function ownAudit(ctx: PrivacyContext, { guild, user }: Person, most: number) {
  const entries: object[] = [];
  for await (const { number, deed } of walk(ctx.chain.records, auditLists.ofMember(guild, user))) {
    if (deed.guild !== undefined && deed.guild !== guild) continue;
    if (entries.length === most) return { entries, isCut: true };
    entries.push({ number, ...said(deed, user) });
  }
  return { entries, isCut: false };
}

/** Who else did something is theirs alone. */
function said({ id, at, what, why, by, for: behalf, about, amount, detail }: Deed, user: string): object {
  const own = by === user || behalf === user;
  return {
    record: `${parseDeedId(id).source}/${about?.reference ?? ''}`,
    at: new Date(at).toISOString(),
    what,
    why,
    by: own ? 'you' : 'someone else',
    item: about?.item,
    amount,
    ...(own && detail !== undefined && { yourWords: detail }),
  };
}
