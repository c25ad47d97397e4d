import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CampaignsContext } from '../../src/campaigns/context.ts';
import type { Campaigns } from '../../src/campaigns/index.ts';
import { Problem } from '../../src/lib/problem.ts';
import type { Order } from '../../src/orders/model/order.ts';
import type { Rules } from '../../src/policy/index.ts';
import type { Outside } from '../orders/outside.ts';
import type { Approvals } from '../policy/approvals.ts';
import { checkModel, failureText, newSeed } from './model.ts';
import { addUp, LEGEND, notReached, type Reached, tableOf } from './reached.ts';
import { type Schedule, schedule, simulate } from './simulation.ts';

/** What 1,000 runs of CI's seed have to reach: all that they did at least five times. */
const expected = readFileSync(new URL('./reached.txt', import.meta.url), 'utf8');

/** `npm run test:all` plays more. */
const RUNS = Number(process.env.SIMULATION_RUNS ?? 300);
/** CI judges a change by the same schedules each time; new ones are played by hand, and by every `npm test`. */
const given = process.env.SIMULATION_SEED ?? (process.env.CI ? '20261127' : undefined);
const seed = given ? Number(given) : newSeed();

describe('whatever happens', () => {
  it('nothing is bought twice, no code is lost or seen by others, and the sums add up', async () => {
    process.stdout.write(`simulation: ${RUNS} runs, SIMULATION_SEED=${seed}\n`);
    const reached: Reached = new Map();
    const finding = await checkModel({ runs: RUNS, seed, onRun: (outcome) => addUp(reached, outcome.reached) });
    process.stdout.write(`reached (${LEGEND}):\n${tableOf(reached)}\n`);
    expect(await failureText(finding)).toBe('');
    // Fewer runs, and other ones, reach less.
    if (seed === 20261127 && RUNS >= 1_000) expect(notReached(reached, expected)).toEqual([]);
    expect(finding.runs).toBe(RUNS);
  }, 1_800_000);

  it('the same schedule goes the same way twice', async () => {
    for (const each of fc.sample(schedule, { numRuns: 25, seed })) {
      const traces: string[][] = [[], []];
      for (const trace of traces) await simulate(each, { trace: (line) => trace.push(line) });
      expect(traces[0]).toEqual(traces[1]);
      expect(traces[0]?.length).toBeGreaterThan(0);
    }
  });
});

/** What is rare comes late with one seed and soon with another: each gets a few runs before any gets many. */
const SEEDS = [4, 3, 8, 1];
const PATIENCE = [60, 1_000];

type Broken = Pick<Parameters<typeof checkModel>[0], 'breaking' | 'breakingApprovals' | 'breakingCampaigns'>;

/** What the simulation notices of something broken, with one of a few seeds. */
async function violationOf(broken: Broken): Promise<string | undefined> {
  for (const runs of PATIENCE) {
    for (const seed of SEEDS) {
      const { failure } = await checkModel({ runs, seed, endOnFailure: true, ...broken });
      if (failure) return failure.violation;
    }
  }
  return undefined;
}

type Breaking = (parts: Outside) => Outside;
type Records = Outside['store']['records'];

/** What a process writes, with some of its holds or tags left out. */
const withoutHold =
  (prefix: string): Breaking =>
  (parts) => {
    const records: Records = (namespace, schema) => {
      const real = parts.store.records(namespace, schema);
      return {
        ...real,
        write: (key, next, guard) => {
          const holds = guard.holds.filter((hold) => !hold.startsWith(prefix));
          return real.write(key, next, { ...guard, holds });
        },
      };
    };
    return { ...parts, store: { ...parts.store, records } };
  };

/** Nobody sees that an answer of a lane is lost. */
const neverLost: Breaking = (parts) => {
  const records: Records = (namespace, schema) => {
    const real = parts.store.records(namespace, schema);
    return { ...real, count: async (tag) => (tag.startsWith('lost/') ? 0 : real.count(tag)) };
  };
  return { ...parts, store: { ...parts.store, records } };
};

/** Whoever looks for a lost order does not see who is out beside it. */
const neverOut: Breaking = (parts) => {
  const records: Records = (namespace, schema) => {
    const real = parts.store.records(namespace, schema);
    const isLost = (record: object) => !('status' in record) || record.status === 'unconfirmed';
    return {
      ...real,
      async tagged(tag, page) {
        const found = await real.tagged(tag, page);
        return tag.startsWith('lane/') ? { ...found, records: found.records.filter(isLost) } : found;
      },
    };
  };
  return { ...parts, store: { ...parts.store, records } };
};

/** A vault that forgets, as if it were not written. */
const withoutVault: Breaking = (parts) => {
  const vault: typeof parts.store.vault = (schema) => {
    const real = parts.store.vault(schema);
    return { ...real, seal: async () => undefined };
  };
  return { ...parts, store: { ...parts.store, vault } };
};

const oncemore: Breaking = (parts) => ({
  ...parts,
  giftCards: {
    ...parts.giftCards,
    createOrder: (request, attempt) =>
      parts.giftCards.createOrder(request, attempt).catch(() => parts.giftCards.createOrder(request, attempt)),
  },
});

const oldStock: Breaking = (parts) => ({
  ...parts,
  giftCards: {
    ...parts.giftCards,
    checkStock: async () => ({ available: true, unitCharged: '1', message: '' }),
  },
});

const toSomebodyElse: Breaking = (parts) => ({
  ...parts,
  mailbox: {
    ...parts.mailbox,
    deliver: (parcel) => parts.mailbox.deliver({ ...parcel, recipient: 'cleo' }),
  },
});

const alwaysSent: Breaking = (parts) => ({
  ...parts,
  mailbox: {
    ...parts.mailbox,
    deliver: async (parcel) => {
      await parts.mailbox.deliver(parcel);
      return 'sent';
    },
  },
});

const neverLooking: Breaking = (parts) => ({
  ...parts,
  mailbox: {
    ...parts.mailbox,
    deliver: (parcel) => parts.mailbox.deliver({ ...parcel, mayBeOut: false }),
  },
});

const talkative: Breaking = (parts) => ({
  ...parts,
  mailbox: {
    ...parts.mailbox,
    deliver: (parcel) => {
      parts.log.warn({ codes: parcel.codes }, 'a parcel leaves');
      return parts.mailbox.deliver(parcel);
    },
  },
});

/** Whoever was looked up once is taken to be so for ever. */
const rememberedMembers: Breaking = (parts) => {
  const known = new Map<string, Awaited<ReturnType<typeof parts.members.find>>>();
  const find: typeof parts.members.find = async (guild, user) => {
    const found = known.get(user) ?? (await parts.members.find(guild, user));
    known.set(user, found);
    return found;
  };
  return { ...parts, members: { find } };
};

/** One namespace's writes, with something about them changed. */
const writing =
  (namespace: string, change: (next: object) => object): Breaking =>
  (parts) => {
    const records: Records = (name, schema) => {
      const real = parts.store.records(name, schema);
      if (name !== namespace) return real;
      return {
        ...real,
        write: (key, next, guard) => real.write(key, change(next) as typeof next, guard),
      };
    };
    return { ...parts, store: { ...parts.store, records } };
  };

type BreakingApprovals = (approvals: Approvals) => Approvals;

const withRules =
  (change: (rules: Rules) => Partial<Rules>): BreakingApprovals =>
  (approvals) => ({ ...approvals, rules: { ...approvals.rules, ...change(approvals.rules) } });

const withLedger =
  (change: Partial<Approvals['ledger']>): BreakingApprovals =>
  (approvals) => ({ ...approvals, ledger: { ...approvals.ledger, ...change } });

const cheap = (order: Parameters<Rules['reserve']>[0]) => ({
  ...order,
  quote: { ...order.quote, charged: { ...order.quote.charged, amount: '1' } },
});

describe('the simulation notices, of approvals and budgets,', () => {
  it.each<[string, Breaking | undefined, BreakingApprovals | undefined, RegExp]>([
    [
      'that anybody may approve',
      undefined,
      withRules(() => ({ deciderOf: async ({ user }) => ({ user, voices: [user], ties: {} }) })),
      /sent without an approval|who may not/,
    ],
    [
      'that an approver decides about what their delegate has asked for, or the other way round',
      undefined,
      withRules(({ deciderOf }) => ({ deciderOf: async (member) => ({ ...(await deciderOf(member)), ties: {} }) })),
      /which is their delegate's/,
    ],
    [
      'that the policy is not asked, neither at a Confirm nor later',
      undefined,
      withRules(({ recheck }) => ({
        judge: async () => ({ kind: 'allowed', rule: 'own_purchase' }),
        recheck: async (...args) => recheck(...args).then(() => ({ ok: true })),
      })),
      /sent without an approval/,
    ],
    [
      'that nothing is checked again before an order is sent',
      undefined,
      withRules(() => ({ recheck: async () => ({ ok: true }) })),
      /no longer allowed it/,
    ],
    ['that people are taken for what they were', rememberedMembers, undefined, /no longer allowed it/],
    [
      'that less is set aside than an order may cost',
      undefined,
      withRules(({ reserve }) => ({ reserve: (order, ...rest) => reserve(cheap(order), ...rest) })),
      /holds 1 for/,
    ],
    ['budgets that are not settled', undefined, withLedger({ settle: async () => undefined }), /has settled/],
    [
      'what a crash leaves in budgets',
      undefined,
      withLedger({ async *holds() {} }),
      /holds .* instead of|holds something for/,
    ],
    [
      'settings that change without a record',
      writing('settings', (next) => ({ ...next, changes: [] })),
      undefined,
      /it is not on record/,
    ],
  ])(
    '%s',
    async (_, breaking, breakingApprovals, words) => {
      expect(await violationOf({ breaking, breakingApprovals })).toMatch(words);
    },
    1_800_000,
  );
});

describe('the simulation notices', () => {
  it.each<[string, Breaking, RegExp]>([
    ['orders without a flight of their own', withoutHold('flight/'), /has the holds/],
    ['remote orders that several may have', withoutHold('remote/'), /has the holds/],
    ['answers that are not sealed', withoutVault, /not in the vault|is lost|still/],
    ['prices that are not checked again', oldStock, /without a fresh check/],
    ['codes that go to somebody else', toSomebodyElse, /cleo saw/],
    ['a message that failed and counts as sent', alwaysSent, /counts .* as delivered/],
    ['steps that are taken into the audit twice', withoutHold('audit/'), /the audit does not/],
    ['codes in the log', talkative, /the log shows a secret/],
  ])(
    '%s',
    async (_, breaking, words) => {
      expect(await violationOf({ breaking })).toMatch(words);
    },
    1_800_000,
  );
});

/** Cleo asks without end, of a budget of 10: one BIG of 4.90 is within her part of it. */
const flooded: Schedule = {
  ...{ isShared: false, listMode: 'rich', purchases: [], before: [], settings: ['the guild: 10 a day'], lasting: 0 },
  steps: [
    { do: 'press', press: 'flood', who: 2, wish: 2, order: 0, process: 0, twice: false },
    { do: 'run', calls: 1_000 },
  ],
};

it('the simulation notices requests of one member that set aside more than their part', async () => {
  expect((await simulate(flooded)).violation).toBeUndefined();
  const breakingApprovals = withRules(({ reserve }) => ({ reserve: (...args) => reserve(...unlimited(args)) }));
  expect((await simulate(flooded, { breakingApprovals })).violation).toMatch(/requests of cleo hold 9.8 of it/);
});

const unlimited = <Args extends unknown[]>(args: Args): Args => args.slice(0, 4) as unknown as Args;

const wishes = (who: number): Schedule['steps'][number][] => [
  { do: 'press', press: 'buy', who, wish: 2, order: 0, process: 0, twice: false },
  { do: 'run', calls: 90 },
];
const passing = (ms: number): Schedule['steps'][number][] => [
  { do: 'pass', ms },
  { do: 'run', calls: 400 },
];

/** Two of a lane, each 50 seconds after the other, whose answers do not come: CardPlusPay takes the second alone. */
const oneAfterTheOther: Schedule = {
  ...{ isShared: false, listMode: 'rich', before: [], settings: [], lasting: 0 },
  purchases: [
    { variant: 5, end: 'returns' },
    { variant: 6, end: 'returns' },
  ],
  steps: [
    ...[...wishes(0), ...passing(50_000), ...wishes(1), ...passing(12_000)],
    ...[5_000, 5_000, 5_000, 5_000, 9_000, 5_000, 5_000].flatMap(passing),
  ],
};

/** Three of a lane at once: two of their answers are lost, and CardPlusPay has taken one of those. Then another one. */
const lostTogether: Schedule = {
  ...oneAfterTheOther,
  purchases: [
    { variant: 1, end: 'returns' },
    { variant: 2, end: 'returns' },
  ],
  steps: [
    { do: 'press', press: 'rush', who: 0, wish: 2, order: 0, process: 0, twice: false },
    ...[...passing(4_000), ...passing(40_000), ...wishes(1)],
    ...[60_000, 4_000, 60_000, 4_000].flatMap(passing),
  ],
};

const reasonsOf = (orders: readonly Order[]) =>
  orders.map(({ history }) => history.find(({ status }) => status === 'bought')?.why ?? 'answered').sort();

it('the simulation notices a lost order that is matched while another of its lane is out', async () => {
  const { violation, orders } = await simulate(oneAfterTheOther);
  expect(violation).toBeUndefined();
  // Whichever has it, it is bought once, and the other one is looked for.
  expect(orders.map(({ status }) => status).sort()).toEqual(['closed', 'delivered']);
  expect((await simulate(oneAfterTheOther, { breaking: neverOut })).violation).toMatch(/was found while/);
});

it('the simulation notices a lane that stays open when answers are lost', async () => {
  const { violation, orders, posts } = await simulate(lostTogether);
  expect(violation).toBeUndefined();
  expect(posts).toBe(4);
  expect(orders.map(({ status }) => status).sort()).toEqual(['closed', 'delivered', 'delivered', 'delivered']);
  expect(reasonsOf(orders.filter(({ status }) => status === 'delivered'))).toEqual(['answered', 'answered', 'found']);
  expect((await simulate(lostTogether, { breaking: neverLost })).violation).toMatch(/sent into a closed lane/);
});

/** A message that Discord took, and whose answer says that it did not: too rare to be met by chance in a few thousand runs. */
const takenUnheard: Schedule = {
  ...{ isShared: false, listMode: 'rich', purchases: [], before: [], settings: [], lasting: 0 },
  steps: [
    { do: 'omen', on: 'dm.send', skip: 0, variant: 2, end: 'returns' },
    { do: 'press', press: 'buy', who: 0, wish: 2, order: 0, process: 0, twice: false },
    { do: 'run', calls: 200 },
  ],
};

/** Not met in every few hundred runs either. */
const answeredByAReset: Schedule = {
  ...takenUnheard,
  purchases: [{ variant: 1, end: 'returns' }],
  steps: takenUnheard.steps.slice(1),
};

it('the simulation notices a purchase that is sent again after an unknown outcome', async () => {
  const { violation } = await simulate(answeredByAReset, { breaking: oncemore });
  expect(violation).toMatch(/was sent 2 times/);
  expect((await simulate(answeredByAReset)).violation).toBe(undefined);
});

it('the simulation notices a message that is sent again without a look', async () => {
  const { violation } = await simulate(takenUnheard, { breaking: neverLooking });
  expect(violation).toMatch(/which was out since/);
  expect((await simulate(takenUnheard)).violation).toBe(undefined);
});

type BreakingCampaigns = (campaigns: Campaigns, ctx: CampaignsContext) => Campaigns;

/** Whoever decided about a giveaway enters it as anybody does. */
const forDeciders: BreakingCampaigns = (campaigns, { entries }) => ({
  ...campaigns,
  async enterGiveaway(campaign, member) {
    const entry = { campaign, user: member.user, state: 'entered' as const, at: 0, part: 0 };
    return campaigns.enterGiveaway(campaign, member).catch(async (error: unknown) => {
      if (!(error instanceof Problem) || error.code !== 'own_campaign') throw error;
      const put = await entries.put(entry);
      if (put.ok) return put.entry;
      // Who has approved it stands there as somebody who steers it.
      const changed = await entries.revise(campaign, member.user, (known) => ({ ...known, state: 'entered' }));
      if (changed) return changed;
      throw error;
    });
  },
});

/** Nobody looks what is written of these any more. */
const unread =
  (namespace: string, change: (real: ReturnType<Records>) => Partial<ReturnType<Records>>): Breaking =>
  (parts) => {
    const records: Records = (name, schema) => {
      const real = parts.store.records(name, schema);
      if (name !== namespace) return real;
      return { ...real, ...(change(real as ReturnType<Records>) as Partial<typeof real>) };
    };
    return { ...parts, store: { ...parts.store, records } };
  };

/** What a process was at as it froze, and goes on with days later, as the last one to thaw. */
const thawedLate: Schedule = {
  ...{ ...takenUnheard, settings: ['two approve all'], lasting: 17 },
  steps: [
    { do: 'omen', on: 'api.read', skip: 0, variant: 1, end: 'freezes' },
    { do: 'press', press: 'buy', who: 0, wish: 1, order: 0, process: 0, twice: false },
    { do: 'run', calls: 6 },
  ],
};

/** Nobody finds what waits for approval any more. */
const waitingForEver = unread('orders', ({ tagged }) => ({
  tagged: async (tag, page) => (tag === 'awaiting' ? { records: [], unreadable: [] } : tagged(tag, page)),
}));

it('the simulation waits for the end of an approval, and notices one that has none', async () => {
  const { violation, orders } = await simulate(thawedLate);
  expect(orders.map(({ status }) => status)).toEqual(['expired']);
  expect(violation).toBe(undefined);
  const broken = await simulate(thawedLate, { breaking: waitingForEver });
  expect(broken.violation).toMatch(/is still awaiting_approval/);
});

/** An order of a campaign is counted as any other is, beside what was set aside for all of it. */
const countedTwice = withRules(({ recheck }) => ({
  recheck: ({ campaign: _, ...order }, isWanted) => recheck(order, isWanted),
}));

/** Whoever calls off a drop of cards that are there gets one of them. */
const toWhoeverAsked: BreakingCampaigns = (campaigns, ctx) => ({
  ...campaigns,
  async cancel(id, member) {
    const campaign = await campaigns.cancel(id, member);
    for (const pool of campaign.pools ?? []) await ctx.orders.assign(pool, campaign.requester);
    return campaign;
  },
});

/** What nobody claimed is nobody's business. */
const leftLying: BreakingCampaigns = (campaigns, ctx) => {
  Object.assign(ctx, { orders: { ...ctx.orders, putOnHand: async () => undefined } });
  return campaigns;
};

describe('the simulation notices, of campaigns,', () => {
  it.each<[string, Broken, RegExp]>([
    ['cards that two orders may give the same person', { breaking: withoutHold('given/') }, /has the holds/],
    ['pools of which there may be several', { breaking: withoutHold('pool/') }, /has the holds/],
    [
      'places of a drop that several people may have',
      { breaking: withoutHold('slot/') },
      /places, and \d people in them/,
    ],
    [
      'orders that do not draw from what their campaign has set aside',
      { breakingApprovals: countedTwice },
      /has .* for .*, of/,
    ],
    ['cards on hand that two orders may have', { breaking: withoutHold('on-hand/') }, /has the holds/],
    [
      'cards that whoever asked for a drop gets by calling it off',
      { breakingCampaigns: toWhoeverAsked },
      /did not claim|decided about/,
    ],
    ['cards that nobody claimed and nobody can use', { breakingCampaigns: leftLying }, /not on hand|still bought/],
    ['whoever decided about it and enters', { breakingCampaigns: forDeciders }, /decided about|was steers and became/],
    [
      'a draw among people who were not fixed',
      {
        breaking: unread('draws', () => ({
          get: async () => undefined,
          write: async () => ({ ok: true, version: 1 }),
        })),
      },
      /not drawn among those who were fixed/,
    ],
    [
      'winners that nobody counts',
      {
        breaking: unread('entries', ({ count }) => ({
          count: async (tag) => (tag.endsWith('/won') ? 0 : count(tag)),
        })),
      },
      /have won|is still won/,
    ],
    [
      'what campaigns that are over have set aside',
      { breakingApprovals: withLedger({ free: async () => undefined }) },
      /which is over|holds .* instead of/,
    ],
  ])(
    '%s',
    async (_, broken, words) => {
      expect(await violationOf(broken)).toMatch(words);
    },
    1_800_000,
  );
});
