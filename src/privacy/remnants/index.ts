import { auditLists, parseDeedId } from '../../audit/index.ts';
import { caseLists } from '../../orders/index.ts';
import { walk } from '../../store/index.ts';
import type { PrivacyContext } from '../context.ts';
import { adminRemnants } from './admin.ts';
import { budgetRemnants } from './budgets.ts';
import { campaignRemnants } from './campaigns.ts';
import { remnantOfCase } from './cases.ts';
import { remnantOfOrder } from './orders.ts';
import type { Person, Remnant } from './remnant.ts';

/**
 * All that somebody is in, in a server: by the lists that name them, and by the audit, which lists whatever they did. Nothing
 * where a step found none, so that each step is short. Read it all before anything of it is erased, or again afterwards: what
 * was erased is in it no more.
 */
export async function* remnantsOf(ctx: PrivacyContext, person: Person): AsyncGenerator<Remnant | undefined, void> {
  const seen = new Set<string>();
  const moments: { at: number }[] = [{ at: ctx.clock.now() }];
  for await (const order of ordersOf(ctx, person, seen)) {
    // Before the order: whose card it is, is known by that.
    for await (const record of walk(ctx.cases, caseLists.ofOrder(order.id))) {
      const isTheirs = record.reporter === person.user || record.history.some(({ by }) => by === person.user);
      if (isTheirs && isNew(seen, `case/${record.id}`)) yield remnantOfCase(ctx, record, person);
    }
    if (order.requester === person.user) moments.push(...order.history);
    yield remnantOfOrder(ctx, order, person);
  }
  yield* recorded(ctx, person, seen);
  for await (const each of campaignRemnants(ctx, person)) yield each;
  yield* budgetRemnants(ctx, person, moments);
  yield* adminRemnants(ctx, person);
}

function isNew(seen: Set<string>, record: string): boolean {
  if (seen.has(record)) return false;
  seen.add(record);
  return true;
}

/** Orders that they asked for, and those with cards for them. */
async function* ordersOf({ orders }: PrivacyContext, { guild, user }: Person, seen: Set<string>) {
  for (const list of [`member/${guild}/${user}`, `recipient/${guild}/${user}`]) {
    for await (const order of walk(orders, list)) if (isNew(seen, `order/${order.id}`)) yield order;
  }
}

/** Orders and cases of others in which they did something, and those of their own that a crash has left half erased. */
async function* recorded(
  ctx: PrivacyContext,
  person: Person,
  seen: Set<string>,
): AsyncGenerator<Remnant | undefined, void> {
  for await (const { deed } of walk(ctx.chain.records, auditLists.ofMember(person.guild, person.user))) {
    const { source, key } = parseDeedId(deed.id);
    if (!isNew(seen, `${source}/${key}`)) continue;
    const order = source === 'order' ? await ctx.orders.get(key) : undefined;
    const record = source === 'case' ? await ctx.cases.get(key) : undefined;
    yield order && remnantOfOrder(ctx, order, person);
    yield record && remnantOfCase(ctx, record, person);
  }
}

export { type Kind, type Person, type Remnant, remnantKinds, type Wait } from './remnant.ts';
