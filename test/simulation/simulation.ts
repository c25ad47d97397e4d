import fc from 'fast-check';
import type { Campaign } from '../../src/campaigns/model/campaign.ts';
import type { Order } from '../../src/orders/model/order.ts';
import { type Gone, goneOf, type Part, partNames } from './gone.ts';
import { goingOn } from './invariants/campaigns.ts';
import { WITHIN_MS } from './invariants/liveness.ts';
import { nothingIsStuck } from './invariants/records.ts';
import { type PolicyChange, policyChangeNames, withChange } from './policy-changes.ts';
import { reveal } from './presses.ts';
import type { Reached } from './reached.ts';
import type { Fate } from './scheduler.ts';
import { type Spoil, spoils } from './spoiler.ts';
import { perform, purchases, type Step, step, wishOf, wordsOf } from './steps.ts';
import { type Charged, listModes } from './vendor/vendor.ts';
import { createWorld, type Setting, Violation, type World } from './world.ts';

/** A whole run: where it happens, and what happens. */
export interface Schedule extends Setting {
  /** How the first purchases go. */
  readonly purchases: readonly Fate[];
  /** What somebody else has bought with the account before, by the number of the wish. */
  readonly before: readonly number[];
  /** What admins have set before. */
  readonly settings: readonly PolicyChange[];
  readonly steps: readonly Step[];
  /** Who spoils records, and when. */
  readonly spoils?: readonly Spoil[];
  /** A part of the world that goes, for ever. */
  readonly gone?: Gone | undefined;
  /** For how many strides of the rest the list and frozen processes stay as the steps left them. */
  readonly lasting: number;
}

const SECOND = 1_000;
const HOUR = 3600 * SECOND;
/** From the first looks to the end of a day of watching, and of one more, in ever longer strides. */
const strides = [
  ...[3, 4, 6, 10, 20, 60, 100, 200, 310, 900].map((seconds) => seconds * SECOND),
  ...[1, 3, 8, 12, 14, 16, 20].map((hours) => hours * HOUR),
];
/**
 * And as long again, where the list was not mended earlier. First what a process that thawed late was at goes on: between
 * its tries it sleeps for a stride each, and what it asks for then may wait for approval for three days.
 */
const more = [
  ...[1, 1, 3, 10, 60, 310].map((seconds) => seconds * SECOND),
  ...[25, 25, 25].map((hours) => hours * HOUR),
];
/** Where something has a bound, nobody is away for longer than an hour. */
const hourly = [...strides.filter((stride) => stride < HOUR), ...Array<number>(WITHIN_MS / HOUR + 2).fill(HOUR)];
export const schedule: fc.Arbitrary<Schedule> = fc.record({
  isShared: fc.boolean(),
  listMode: fc.constantFrom(...listModes),
  purchases,
  before: fc.array(fc.constantFrom(0, 0, 0, 1, 1, 2), { maxLength: 2, size: 'max' }),
  settings: fc.oneof(fc.constant([]), fc.array(fc.constantFrom(...policyChangeNames), { maxLength: 4, size: 'max' })),
  lasting: fc.oneof(fc.constant(0), fc.nat({ max: strides.length })),
  steps: fc.array(step, { maxLength: 50, size: 'max' }),
  spoils,
});

/** The same, and a part of the world goes for ever. Nothing else is wrong once the steps are over. */
export const scheduleWithout = (...parts: readonly Part[]): fc.Arbitrary<Schedule> =>
  fc.tuple(schedule, goneOf(...(parts.length > 0 ? parts : partNames))).map(([{ spoils: _, ...each }, gone]) => {
    const isShared = each.isShared || gone.part === 'one of two processes';
    return { ...each, isShared, gone, lasting: 0 };
  });

/** Far more than any run needs: a run that does not come to rest is a finding. */
const MOST_CALLS = 5_000;

export interface Outcome {
  readonly violation: string | undefined;
  readonly calls: number;
  readonly posts: number;
  readonly charged: readonly Charged[];
  readonly orders: readonly Order[];
  readonly campaigns: readonly Campaign[];
  readonly reached: Reached;
}

interface Options {
  /** Told everything that happens. */
  readonly trace?: ((line: string) => void) | undefined;
  readonly breaking?: Setting['breaking'];
  readonly breakingApprovals?: Setting['breakingApprovals'];
  readonly breakingCampaigns?: Setting['breakingCampaigns'];
}

/** Plays a schedule, then lets all faults end, and judges. */
export async function simulate(
  { steps, purchases: fates, before, settings, lasting, gone, spoils: spoilt = [], ...setting }: Schedule,
  { trace, ...broken }: Options = {},
): Promise<Outcome> {
  const world = await createWorld({ ...setting, ...broken });
  world.scheduler.trace = trace;
  for (const fate of fates) world.scheduler.omen({ on: 'post.answer', skip: 0, fate });
  for (const which of before) world.vendor.commit(wishOf(which));
  for (const name of settings) await world.policies.change('guild', 'olga', withChange(name));
  const violation = await play(world, { steps, spoils: spoilt, lasting, gone }, trace).catch((error: unknown) => {
    if (error instanceof Violation) return error.message;
    throw error;
  });
  const orders = [...world.facts.orders.values()].map(({ order }) => order);
  const campaigns = [...world.facts.campaigns.values()];
  const { scheduler, vendor, reached } = world;
  const { charged } = vendor;
  return { violation, calls: scheduler.calls, posts: vendor.posts.length, charged, orders, campaigns, reached };
}

async function play(
  world: World,
  { steps, spoils: spoilt = [], lasting, gone }: Pick<Schedule, 'steps' | 'spoils' | 'lasting' | 'gone'>,
  trace?: (line: string) => void,
): Promise<undefined> {
  if (gone) world.loseLater(gone);
  await world.start();
  for (const [at, next] of steps.entries()) {
    for (const each of spoilt.filter((spoil) => spoil.at % steps.length === at)) {
      const place = world.spoiler.spoil(each, world.scheduler.now());
      trace?.(`— somebody spoils ${place} (${each.how})`);
    }
    trace?.(`— ${wordsOf(next)}`);
    await perform(world, next);
    world.check();
  }
  trace?.(gone ? '— all other faults end' : '— all faults end');
  await comeToRest(world, lasting, gone);
  if (gone) await revealAll(world);
  await world.checkAtRest();
}

/** No more faults; what is frozen, and what is wrong with the list, stays so for some strides of time. */
async function comeToRest(world: World, lasting: number, gone: Gone | undefined): Promise<void> {
  const { scheduler, vendor } = world;
  scheduler.clearOmens();
  // Who polls must not keep everybody from what only comes with time.
  scheduler.patienceMs = 0;
  for (const [at, stride] of (gone ? hourly : [...strides, ...more]).entries()) {
    if (gone && stride === HOUR && !world.facts.gone) world.lose(gone.part);
    if (at === lasting) {
      vendor.listFault = 'none';
      for (const process of world.alive()) if (process.isFrozen) await scheduler.thaw(process);
    }
    await settle(world);
    if (world.awake().length === 0 && world.mayStart()) await world.start();
    await settle(world);
    await world.pass(stride);
    await settle(world);
    world.checkBounds();
    // The first look after all orders may be what brings a total into line.
    const isOver = at > 0 && at >= lasting && world.awake().length > 0;
    const open = [nothingIsStuck, goingOn].flatMap((rule) => rule(world.facts));
    if (isOver && open.length === 0) break;
  }
  if (gone && !world.facts.gone) world.lose(gone.part);
  world.vendor.listFault = 'none';
  // The books are compared every ten minutes, and what they say is told in the round after.
  for (const stride of [11 * 60 * SECOND, 4 * SECOND, 4 * SECOND]) {
    await world.pass(stride);
    await settle(world);
  }
}

/** Whoever has a card that could not be sent asks for it, as long as there is a Discord to ask in. */
async function revealAll(world: World): Promise<void> {
  const [process] = world.awake();
  if (!process || world.facts.gone?.part === 'Discord') return;
  for (const { order } of world.facts.orders.values()) {
    if (order.status !== 'held') continue;
    for (const { user } of order.recipients) void reveal({ world, process, user }, order.id).catch(() => undefined);
  }
  await world.scheduler.drained();
  await settle(world);
}

async function settle(world: World): Promise<void> {
  if ((await world.run(MOST_CALLS)) === MOST_CALLS) throw new Violation('it does not come to rest');
}
