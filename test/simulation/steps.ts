import fc from 'fast-check';
import { isOver } from '../../src/campaigns/model/state-machine.ts';
import { type CampaignPress, campaignPresses, pressOnCampaign } from './campaign-presses.ts';
import { storeVariants } from './gated-tables.ts';
import { people, pressers, type Standing, standings } from './people.ts';
import { type PolicyChange, policyChangeNames } from './policy-changes.ts';
import { delegate, make, type Press, presses, set, wishes } from './presses.ts';
import type { Fate, Kind } from './scheduler.ts';
import { listVariants, readVariants } from './vendor/exchange.ts';
import { fatesToDraw, purchaseFates } from './vendor/purchase-fates.ts';
import { pageFaults } from './vendor/vendor.ts';
import type { Wanted } from './vendor/wanted.ts';
import type { World } from './world.ts';

/** One line of a schedule. Numbers point into lists and wrap around, so that every schedule can be run. */
export type Step =
  | { do: 'run'; calls: number }
  | { do: 'overtake'; by: number }
  | { do: 'pass'; ms: number }
  | {
      do: 'press';
      press: Press;
      who: number;
      wish: number;
      order: number;
      process: number;
      twice: boolean;
    }
  | {
      do: 'campaign';
      press: CampaignPress;
      who: number;
      which: number;
      much: number;
      process: number;
      twice: boolean;
    }
  | { do: 'omen'; on: Kind; skip: number; variant: number; end: Fate['end'] }
  | { do: 'process'; what: (typeof lives)[number]; which: number; orphans: number }
  | { do: 'vendor'; what: (typeof changes)[number]; wish: number; much: number }
  | { do: 'inbox'; who: number }
  | { do: 'member'; who: number; what: Standing | 'votes lapse' }
  | { do: 'delegate'; who: number; to: number; ms: number; process: number }
  | { do: 'server' }
  | { do: 'settings'; set: PolicyChange; process: number };

const lives = ['kill', 'start', 'freeze', 'thaw', 'stop'] as const;
const changes = ['price', 'stock', 'foreign', 'lag', 'give up', 'list'] as const;
const SECOND = 1_000;
const HOUR = 3600 * SECOND;

/** How many bad outcomes a kind of call can have beside the good one. */
const variants: Record<Exclude<Kind, 'sleep'>, number> = {
  'store.read': storeVariants,
  'store.write': storeVariants,
  'store.out': storeVariants,
  'store.bought': storeVariants,
  'vault.read': storeVariants,
  'vault.write': storeVariants,
  'api.read': readVariants,
  'api.list': listVariants,
  'post.leave': 1,
  'post.answer': purchaseFates.length - 1,
  'dm.send': 3,
  'dm.look': 1,
  'member.read': 1,
};

const nat = (max: number) => fc.nat({ max });
const pick = <const T>(...values: T[]) => fc.constantFrom(...values);

const often = <T>(value: T, times: number): T[] => Array(times).fill(value);

const omenOn = (on: keyof typeof variants, skip: number, badly: number) =>
  fc.record({
    ...{ do: fc.constant('omen' as const), on: fc.constant(on), skip: nat(skip) },
    variant: fc.oneof(
      { arbitrary: fc.integer({ min: 1, max: variants[on] }), weight: badly },
      { arbitrary: fc.constant(0), weight: 1 },
    ),
    end: pick<Fate['end']>(...often<Fate['end']>('returns', 5), 'dies', 'dies unheard', 'freezes', 'freezes first'),
  });

/** How the first purchases go, one after the other. */
export const purchases: fc.Arbitrary<Fate[]> = fc.array(
  fc.record({
    variant: fc.oneof(
      { arbitrary: fc.constant(0), weight: 1 },
      { arbitrary: fc.constantFrom(...fatesToDraw), weight: 3 },
    ),
    end: pick<Fate['end']>(...often<Fate['end']>('returns', 6), 'dies', 'dies unheard', 'freezes'),
  }),
  { maxLength: 4, size: 'max' },
);

export const purchaseWords = ({ variant, end }: Fate): string =>
  `${purchaseFates[variant]?.words}${end === 'returns' ? '' : `, and its process ${end}`}`;

const press = (which: readonly Press[]) =>
  fc.record({
    ...{
      do: fc.constant('press' as const),
      press: pick(...which),
      who: pick(0, 0, 0, 1, 1, 2, 2, 3),
    },
    ...{ wish: pick(0, 0, 0, 1, 1, 2, 3), order: nat(5), process: nat(1) },
    twice: pick(false, false, false, false, false, true),
  });

const begins: readonly CampaignPress[] = [
  ...(['drop', 'drop bought at its start', 'drawn drop', 'giveaway', 'bulk'] as const),
  'drop taken back',
];

const pressOn = (presses: readonly CampaignPress[], who = 4) =>
  fc.record({
    ...{ do: fc.constant('campaign' as const), press: pick(...presses), who: nat(who) },
    ...{ which: pick(0, 0, 0, 1), much: nat(5), process: nat(1) },
    twice: pick(false, false, true),
  });

/** What is set while orders wait for fewer approvals. */
const stricter = often('two approve all' as const, 6);

const weighted: { weight: number; arbitrary: fc.Arbitrary<Step> }[] = [
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('run'), calls: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('overtake'), by: fc.integer({ min: 1, max: 9 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('pass'),
      ms: pick(100, 4, 15, 35, 95, 310, 1000, 7200, 40_000).map((s) => (s === 100 ? s : s * SECOND)),
    }),
  },
  { weight: 7, arbitrary: press(['buy', 'buy', 'send']) },
  { weight: 3, arbitrary: press(['rush']) },
  { weight: 3, arbitrary: press(['ask', 'approve', 'approve', 'reject', 'quote', 'flood']) },
  { weight: 4, arbitrary: press(Object.keys(presses) as Press[]) },
  {
    weight: 2,
    arbitrary: pressOn(begins, 3),
  },
  { weight: 4, arbitrary: pressOn(['claim', 'claim all', 'claim all', 'fetch', 'enter and steer']) },
  { weight: 2, arbitrary: pressOn(['drop taken back'], 3) },
  { weight: 1, arbitrary: pressOn(['scheme']) },
  { weight: 2, arbitrary: pressOn(Object.keys(campaignPresses) as CampaignPress[]) },
  { weight: 2, arbitrary: omenOn('post.answer', 1, 19) },
  { weight: 3, arbitrary: omenOn('post.leave', 1, 1) },
  { weight: 1, arbitrary: omenOn('api.read', 4, 3) },
  { weight: 2, arbitrary: omenOn('api.list', 2, 3) },
  { weight: 2, arbitrary: omenOn('dm.send', 1, 3) },
  { weight: 1, arbitrary: omenOn('dm.look', 0, 3) },
  { weight: 1, arbitrary: omenOn('member.read', 3, 1) },
  { weight: 1, arbitrary: omenOn('store.read', 12, 2) },
  { weight: 2, arbitrary: omenOn('store.write', 5, 2) },
  { weight: 3, arbitrary: omenOn('store.out', 1, 1) },
  { weight: 4, arbitrary: omenOn('store.bought', 2, 1) },
  { weight: 1, arbitrary: omenOn('vault.read', 2, 2) },
  { weight: 1, arbitrary: omenOn('vault.write', 1, 2) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('process'),
      what: pick(...lives, ...often('start' as const, 3), ...often('thaw' as const, 2)),
      which: nat(1),
      orphans: nat(3),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ do: fc.constant('vendor'), what: pick(...changes, 'foreign') },
      ...{ wish: pick(0, 0, 0, 1, 1, 2, 3), much: nat(4) },
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('server') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('inbox'), who: nat(3) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{
        do: fc.constant('member'),
        who: nat(3),
        what: pick(...standings, 'approver', ...often('votes lapse' as const, 3)),
      },
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ do: fc.constant('delegate'), who: nat(4), to: nat(4), process: nat(1) },
      ms: pick(HOUR, HOUR, 20 * SECOND, 0),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{
        do: fc.constant('settings'),
        set: pick(...policyChangeNames, ...stricter),
        process: nat(1),
      },
    }),
  },
];

export const step: fc.Arbitrary<Step> = fc.oneof(...weighted);

const person = (who: number) => pressers[who % pressers.length] ?? 'anna';
const anybody = (who: number) => people[who % people.length]?.user ?? 'olga';
export function wishOf(which: number): Wanted {
  const wish = wishes[which % wishes.length];
  if (!wish) throw new Error('nobody wishes for anything');
  return wish;
}
const nth = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length];

type Of<Do extends Step['do']> = Extract<Step, { do: Do }>;

const handlers: {
  [Do in Step['do']]: (world: World, step: Of<Do>) => Promise<unknown> | undefined;
} = {
  run: (world, { calls }) => world.run(calls),
  overtake: (world, { by }) => world.run(1, by),
  pass: (world, { ms }) => world.pass(ms),
  async press(world, { press: what, who, wish: which, order, process: on, twice }) {
    // A supervisor starts again what has ended.
    if (world.alive().length === 0) await world.start();
    const process = nth(world.awake(), on);
    if (!process) return undefined;
    const id = nth([...world.facts.orders.keys()], order);
    const pressing = { world, user: person(who), wanted: wishOf(which), id };
    make(what, { ...pressing, process });
    if (twice) make(what, { ...pressing, process: nth(world.awake(), on + 1) ?? process });
    return world.scheduler.drained();
  },
  async campaign(world, { press: what, who, which, much, process: on, twice }) {
    if (world.alive().length === 0) await world.start();
    const process = nth(world.awake(), on);
    if (!process) return undefined;
    const pressing = { world, user: anybody(who), id: campaignOf(world, which), much };
    pressOnCampaign(what, { ...pressing, process });
    const other = nth(world.awake(), on + 1) ?? process;
    if (twice && !begins.includes(what)) pressOnCampaign(what, { ...pressing, process: other });
    return world.scheduler.drained();
  },
  omen(world, { on, skip, variant, end }) {
    world.scheduler.omen({ on, skip, fate: { variant, end } });
    return undefined;
  },
  process(world, { what, which, orphans }) {
    const process = nth(world.alive(), which);
    if (what === 'start') return world.mayStart() ? world.start() : undefined;
    if (!process) return undefined;
    if (what === 'kill') world.kill(process, orphans);
    if (what === 'freeze') process.isFrozen = true;
    if (what === 'thaw') return world.scheduler.thaw(process);
    if (what !== 'stop' || process.isStopping || process.isFrozen) return undefined;
    process.isStopping = true;
    const end = () => world.kill(process, orphans);
    const parts = [process.orders, process.campaigns];
    Promise.all(parts.map((part) => part.stop(15 * SECOND))).then(end, end);
    return world.scheduler.drained();
  },
  vendor({ vendor }, { what, wish: which, much }) {
    const wanted = wishOf(which);
    const { item } = wanted;
    if (what === 'price') vendor.prices[item] = (item === 'BIG' ? 470 : 940) + much * 20;
    if (what === 'stock' && !vendor.outOfStock.delete(item)) vendor.outOfStock.add(item);
    if (what === 'foreign') vendor.commit(wanted);
    if (what === 'lag') vendor.listLagMs = [0, 20, 120, 400, 36_000, 100_000][much % 6] ?? 0;
    if (what === 'lag') vendor.listLagMs *= SECOND;
    if (what === 'list') vendor.listFault = pageFaults[much % pageFaults.length] ?? 'none';
    const order = nth(vendor.charged, much);
    if (what === 'give up' && order) order.hasFailed = true;
    return undefined;
  },
  inbox({ discord: { closed } }, { who }) {
    const user = person(who);
    if (!closed.delete(user)) closed.add(user);
    return undefined;
  },
  member({ guild, facts }, { who, what }) {
    if (what !== 'votes lapse') guild.toggle(person(who), what);
    else for (const user of votersOf(facts, who)) guild.lose(user);
    return undefined;
  },
  async server(world) {
    world.serveOrNot();
    await world.start();
  },
  delegate(world, { who, to, ms, process: on }) {
    const process = nth(world.awake(), on);
    if (!process || who === to) return undefined;
    delegate({ world, process, user: anybody(who) }, { to: anybody(to), forMs: ms });
    return world.scheduler.drained();
  },
  settings(world, { set: name, process: on }) {
    const process = nth(world.awake(), on);
    if (!process) return undefined;
    set(name, { world, process });
    return world.scheduler.drained();
  },
};

/** The newest first, of those that are not over. */
function campaignOf({ facts }: World, which: number): string | undefined {
  const all = [...facts.campaigns.values()].toReversed();
  const open = all.filter(({ state }) => !isOver(state));
  return nth(open.length > 0 ? open : all, which)?.id;
}

/** Who has approved what is not sent yet, one of them. */
function votersOf({ orders }: World['facts'], who: number): string[] {
  const votes = [...orders.values()].flatMap(({ order: { status, approval } }) =>
    ['awaiting_approval', 'approved'].includes(status) ? (approval?.votes ?? []) : [],
  );
  return [nth(votes, who)?.voice ?? []].flat();
}

export async function perform(world: World, next: Step): Promise<void> {
  await (handlers[next.do] as (world: World, step: Step) => Promise<unknown> | undefined)(world, next);
}

const processWords = (which: number) => `the ${which === 0 ? 'first' : 'second'} living process`;
const timeWords = (ms: number) =>
  ms < SECOND ? `${ms} ms` : ms < HOUR ? `${ms / SECOND} s` : `${(ms / HOUR).toFixed(1)} h`;

/** A step in words a reader can follow. */
export function wordsOf(next: Step): string {
  switch (next.do) {
    case 'run':
      return `${next.calls} calls happen`;
    case 'overtake':
      return `a call overtakes ${next.by} others`;
    case 'pass':
      return `${timeWords(next.ms)} pass`;
    case 'press': {
      const { quantity, item } = wishOf(next.wish);
      const isNew = ['buy', 'send', 'quote', 'flood', 'rush'].includes(next.press);
      const about = isNew ? `${quantity} × ${item}` : `order ${next.order}`;
      return `${person(next.who)} presses${next.twice ? ' twice' : ''} ${next.press}: ${about} (${processWords(next.process)})`;
    }
    case 'campaign': {
      const about = begins.includes(next.press) ? '' : ` campaign ${next.which}`;
      return `${anybody(next.who)} presses${next.twice ? ' twice' : ''} ${next.press}:${about} (${next.much}, ${processWords(next.process)})`;
    }
    case 'omen': {
      const after = next.skip === 0 ? 'the next' : `after ${next.skip} others, a`;
      const fate = next.on === 'post.answer' ? purchaseFates[next.variant]?.words : undefined;
      const how = fate ?? (next.variant === 0 ? 'goes well' : `has outcome ${next.variant}`);
      return `${after} ${next.on} ${how}${next.end === 'returns' ? '' : `, and its process ${next.end}`}`;
    }
    case 'process':
      return `${next.what} ${next.what === 'start' ? 'a process' : processWords(next.which)} (orphans ${next.orphans})`;
    case 'vendor':
      return `CardPlusPay: ${next.what} ${JSON.stringify(wishOf(next.wish))} ${next.much}`;
    case 'inbox':
      return `${person(next.who)} opens or closes their inbox`;
    case 'server':
      return 'the server is taken off the list, or put back, and the bot is started again';
    case 'member':
      return next.what === 'votes lapse'
        ? 'who has approved something loses all rights'
        : `${person(next.who)} gets or loses: ${next.what}`;
    case 'delegate':
      return `${anybody(next.who)} names ${anybody(next.to)} for ${timeWords(next.ms)} (${processWords(next.process)})`;
    case 'settings':
      return `an admin sets: ${next.set} (${processWords(next.process)})`;
  }
}
