import { randomBytes } from 'node:crypto';
import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import type { Member } from '../../src/lib/member.ts';
import type { Order } from '../../src/orders/model/order.ts';
import { budgetClaims, freeClaim } from '../../src/policy/budgets/spent.ts';
import type { BudgetLimit, Policy } from '../../src/policy/policy.ts';
import type { Verdict } from '../../src/policy/types.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { openDesk } from '../orders/desk.ts';
import { createScriptedClock } from '../orders/scripted-clock.ts';
import { createScratchSchema } from '../postgres/scratch-schema.ts';
import { order } from '../views/samples.ts';
import { createApprovals } from './approvals.ts';

const clock = createScriptedClock();
const wanted = async () => true;
/** As every process of the bot has it. */
const approvalsOn = (store: Store) => createApprovals({ store, clock, members: { find: async () => 'unknown' } });
type Approvals = ReturnType<typeof approvalsOn>;

const people = ['cleo', 'dora', 'emil'];
const memberOf = (guild: string, at: number): Member => ({
  user: people[at % 3] ?? '',
  guild,
  isManager: false,
  roles: at % 2 === 0 ? ['crew'] : [],
});
/** An offer that was not asked for yet. */
const offer = (guild: string, at: number, amount: string): Order =>
  order({
    id: `order ${at}`,
    guild,
    requester: memberOf(guild, at).user,
    quote: { ...order().quote, charged: { amount, currency: 'USD' } },
  });

/** Judges an order and reserves for it, as a press does. */
async function take({ rules }: Approvals, offered: Order, member: Member): Promise<Verdict> {
  const verdict = await rules.judge(offered, member);
  if (verdict.kind === 'refused') return verdict;
  const reserved = await rules.reserve(offered, member, verdict, wanted);
  return reserved.ok ? verdict : reserved.verdict;
}

/** Twenty members' orders at the same moment, shared out to the processes. */
const race = (processes: readonly Approvals[], guild: string, amounts: readonly string[]) =>
  Promise.all(
    amounts.map((amount, at) => {
      const process = processes[at % processes.length] as Approvals;
      return take(process, offer(guild, at, amount), memberOf(guild, at));
    }),
  );

const allOf = (limit: string): BudgetLimit => ({
  scope: { kind: 'guild' },
  period: 'month',
  limit,
});
const twenty = Array.from({ length: 20 }, () => '9.80');

/** A guild of its own for each race, so that one store serves them all. */
async function guildWith({ policies }: Approvals, policy: Partial<Policy>): Promise<string> {
  const guild = randomBytes(4).toString('hex');
  await policies.change(guild, 'ada', (before) => ({ ...before, ...policy }));
  return guild;
}

/** Everything that is counted of a guild with this policy, by key: what may be, and what is. */
async function counted({ policies, ledger }: Approvals, guild: string) {
  const policy = await policies.of(guild);
  const claims = Array.from({ length: 6 }, (_, at) => memberOf(guild, at)).flatMap((member) => {
    const spender = { ...member, roles: member.roles ?? [] };
    return [...budgetClaims(policy, spender, clock.now()), freeClaim(policy, spender, clock.now())];
  });
  return Promise.all(
    claims.map(async ({ key, cap }) => {
      const { settled, held } = await ledger.sums(key);
      return { key, cap, taken: new Big(settled).plus(held) };
    }),
  );
}

async function expectExactlyTen(processes: readonly Approvals[]): Promise<void> {
  const [one] = processes as [Approvals];
  const guild = await guildWith(one, { budgets: [allOf('100')] });
  const verdicts = await race(processes, guild, twenty);
  expect(verdicts.filter(({ kind }) => kind === 'needs')).toHaveLength(10);
  expect(verdicts.filter(({ kind }) => kind === 'refused')).toHaveLength(10);
  const [budget] = await counted(one, guild);
  expect(budget?.taken.toFixed()).toBe('98');
}

describe('orders at the same moment', () => {
  it('take of one budget what it has, and not one of them more', async () => {
    const { store } = await openDesk();
    await expectExactlyTen([approvalsOn(store)]);
  });

  it('take no more when two processes handle them', async () => {
    const { store } = await openDesk();
    await expectExactlyTen([approvalsOn(store), approvalsOn(store)]);
  });

  it.skipIf(!inject('postgresUrl'))('nor when both are on one PostgreSQL', async () => {
    const schema = await createScratchSchema();
    const encryptionKey = randomBytes(32).toString('base64');
    const stores = await Promise.all([1, 2].map(() => openStore({ url: schema.url, encryptionKey })));
    onTestFinished(async () => {
      await Promise.all(stores.map((store) => store.close()));
      await schema.drop();
    });
    await expectExactlyTen(stores.map(approvalsOn));
  });

  it('take no more of what is free than a member may have in a day', async () => {
    const { store } = await openDesk();
    const approvals = approvalsOn(store);
    const guild = await guildWith(approvals, { free: { perOrder: '10', perDay: '30' } });
    const verdicts = await race([approvals], guild, twenty);
    // Three people, three orders each; the others are told that theirs need an approval.
    expect(verdicts.filter(({ kind }) => kind === 'allowed')).toHaveLength(9);
    expect(verdicts.filter(({ kind }) => kind === 'needs')).toHaveLength(11);
  });

  it('never pass any limit, whatever is limited and whatever they cost', async () => {
    const { store } = await openDesk();
    const processes = [approvalsOn(store), approvalsOn(store)];
    const amount = fc.integer({ min: 1, max: 4_000 }).map((cents) => String(cents / 100));
    const budget = fc.record({
      scope: fc.constantFrom(
        { kind: 'guild' as const },
        { kind: 'everyone' as const },
        { kind: 'role' as const, id: 'crew' },
        { kind: 'member' as const, id: 'cleo' },
      ),
      period: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
      limit: amount,
    });
    const policy = fc.record({
      budgets: fc.array(budget, { minLength: 1, maxLength: 4 }),
      free: fc.record({ perOrder: amount, perDay: amount }),
    });
    const amounts = fc.array(amount, { minLength: 20, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(policy, amounts, async (set, asked) => {
        const guild = await guildWith(processes[0] as Approvals, set);
        await race(processes, guild, asked);
        for (const { cap, taken } of await counted(processes[0] as Approvals, guild)) {
          expect(taken.lte(cap)).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });
});
