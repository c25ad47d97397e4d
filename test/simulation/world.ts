import type { AuditEntry } from '../../src/audit/chain.ts';
import { everySource } from '../../src/audit/sources.ts';
import { verifyChain } from '../../src/audit/verify.ts';
import type { CampaignsContext } from '../../src/campaigns/context.ts';
import type { Campaigns } from '../../src/campaigns/index.ts';
import type { Order } from '../../src/orders/model/order.ts';
import { sealedAnswerSchema } from '../../src/orders/model/raw-answer.ts';
import { createSettingsRepository, settingsSchema } from '../../src/policy/settings/settings.ts';
import { StoreError } from '../../src/store/store-error.ts';
import type { GuardedChange, Tables } from '../../src/store/tables.ts';
import type { Outside } from '../orders/outside.ts';
import type { Approvals } from '../policy/approvals.ts';
import { createApprovalFacts } from './approval-facts.ts';
import { type BotProcess, openWorldStore, startProcess } from './bot-process.ts';
import { createCampaignFacts } from './campaign-facts.ts';
import { createDiscord } from './discord.ts';
import type { Facts, FinalFacts, StopFacts, Stored } from './facts.ts';
import type { Gone, GoneSince, Part } from './gone.ts';
import { createGuild } from './guild.ts';
import { inTime, judgedAlways, judgedAtRest } from './invariants/index.ts';
import { removedWrongly } from './invariants/limits.ts';
import { changedWrongly, nothingIsStuck } from './invariants/records.ts';
import { parts } from './lose.ts';
import { createMemory, createMemoryTables } from './memory-tables.ts';
import { note, type Reached } from './reached.ts';
import { type Alive, createScheduler, drained } from './scheduler.ts';
import { createSpoiler, wrongBeside } from './spoiler.ts';
import { takeUnheard, takingOf } from './vendor/purchase-fates.ts';
import { createVendor, type ListMode } from './vendor/vendor.ts';
import type { Wanted } from './vendor/wanted.ts';

/** What is settled before a run begins. */
export interface Setting {
  /** Two processes may have the store at once. */
  readonly isShared: boolean;
  readonly listMode: ListMode;
  /** Breaks what a process is made of, to see that it is noticed. */
  readonly breaking?: ((parts: Outside) => Outside) | undefined;
  readonly breakingApprovals?: ((approvals: Approvals) => Approvals) | undefined;
  readonly breakingCampaigns?: ((campaigns: Campaigns, ctx: CampaignsContext) => Campaigns) | undefined;
}

/** An invariant that does not hold. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

export type World = Awaited<ReturnType<typeof createWorld>>;

const START = Date.UTC(2026, 2, 7, 12);
/** Every code and PIN that CardPlusPay issues here. Long enough that no sealed text looks like it by chance. */
const SECRET = /(?:SECRET|PIN)-\d{4,}-\d+/g;

/** Everything outside the domain, and the processes in it. The same schedule makes the same world. */
export async function createWorld(setting: Setting) {
  const { isShared, listMode, breaking = (parts) => parts } = setting;
  const { breakingApprovals, breakingCampaigns } = setting;
  const scheduler = createScheduler(START);
  const vendor = createVendor(scheduler, listMode);
  const discord = createDiscord(scheduler);
  const guild = createGuild(scheduler);
  const memory = createMemory();
  const orders = new Map<string, Stored>();
  const stops = new Map<string, StopFacts>();
  const notices = new Set<string>();
  const recorded = new Set<string>();
  let losing: { -readonly [Key in keyof Gone]: Gone[Key] } | undefined;
  let gone: GoneSince | undefined;
  let skewMs = 0;
  const chain: AuditEntry[] = [];
  const openCards = new Set<string>();
  let booksBegin: number | undefined;
  let booksBeganAt = Number.POSITIVE_INFINITY;
  const seen: { secret: string; by: string }[] = [];
  const noticed: string[] = [];
  const ended = new Set<string>();
  const processes: BotProcess[] = [];
  const caps = { order: '30', day: '60' };
  const raw = createMemoryTables(memory);
  const spoiler = createSpoiler(memory);
  let isDirty = false;
  let isServed = true;
  const unserving = new Set<string>();

  const notice = (what: string) => {
    isDirty = true;
    noticed.push(what);
  };

  const approvals = createApprovalFacts(scheduler.now, notice);
  const campaigns = createCampaignFacts(notice);

  function observe(change: GuardedChange): void {
    const { namespace, key, next, tags, holds } = change;
    isDirty = true;
    spoiler.healed(namespace, key);
    if (SECRET.test(next)) notice(`${namespace}/${key} holds a code in the clear`);
    SECRET.lastIndex = 0;
    const record = JSON.parse(next).value;
    if (namespace === 'orders') {
      for (const wrong of changedWrongly(orders.get(key)?.order, record)) notice(wrong);
      orders.set(key, { order: record, tags: new Set(tags), holds: new Set(holds) });
    }
    if (namespace === 'stops') stops.set(key, record);
    if (namespace === 'audit') chain.push(record);
    if (namespace === 'notices') recorded.add(key);
    if (namespace === 'notices' && record.says !== undefined) notices.add(key);
    if (namespace === 'notices' && record.about.kind === 'approval') {
      if (record.says?.startsWith('waiting')) openCards.add(record.about.order);
      else if (record.says !== undefined) openCards.delete(record.about.order);
    }
    if (namespace === 'books') booksBegin ??= record.marks[0].upTo;
    if (namespace === 'books') booksBeganAt = Math.min(booksBeganAt, scheduler.now());
    approvals.observe(change, record);
    campaigns.observe(change, record);
  }

  /** Only of what nobody took may nothing be left. */
  function forget(namespace: string, key: string): void {
    isDirty = true;
    for (const wrong of removedWrongly(facts, namespace, key)) notice(wrong);
    if (namespace === 'orders') orders.delete(key);
    campaigns.forget(namespace, key);
  }

  const tables: Tables = {
    ...raw,
    async write(change) {
      const result = await raw.write(change);
      if (result.ok) observe(change);
      return result;
    },
    async removeSeen(namespace, key, seen) {
      const isGone = await raw.removeSeen(namespace, key, seen);
      if (isGone) forget(namespace, key);
      return isGone;
    },
  };
  const observer = await openWorldStore(tables);
  const vault = observer.vault(sealedAnswerSchema);
  const fingerprints = new Map<string, string>();

  const facts: Facts = {
    ...{ ...approvals.facts, ...campaigns.facts, presses: guild.presses, lookups: guild.lookups },
    ...{ caps, orders, stops, chain, notices, recorded, openCards, seen, noticed, ended, unserving },
    get gone() {
      return gone;
    },
    get booksBegin() {
      return booksBegin;
    },
    get booksBeganAt() {
      return booksBeganAt;
    },
    ...{ posts: vendor.posts, charged: vendor.charged, checks: vendor.checks },
    repeats: discord.repeats,
    listMode,
    get now() {
      return scheduler.now();
    },
    fingerprint(code) {
      const known = fingerprints.get(code) ?? observer.fingerprint(code);
      fingerprints.set(code, known);
      return known;
    },
  };

  async function finalFacts(): Promise<FinalFacts> {
    const sealed = new Map();
    for (const id of orders.keys()) {
      const entry = await vault.open(id);
      if (entry) sealed.set(id, entry);
    }
    const { problems } = await verifyChain(observer, everySource(observer));
    return { ...facts, vault: sealed, auditProblems: problems };
  }

  function besideSpoilt(final: FinalFacts): string[] {
    const stuck = nothingIsStuck(final).join(' ');
    const met = processes.filter(({ isDead }) => !isDead).flatMap(({ unreadable }) => unreadable());
    const places = met.map(({ namespace, key }) => `${namespace}/${key}`);
    return wrongBeside(spoiler, final, final.auditProblems, places, (id) => !stuck.includes(id));
  }

  /** Ends a process at once. What it has sent to CardPlusPay and not heard of may still be taken. */
  function kill(by: Alive, orphans = vendor.posts.length): void {
    by.isDead = true;
    by.endedAt = scheduler.now();
    ended.add(by.name);
    scheduler.forget(by);
    for (const post of vendor.posts) {
      if (post.by !== by.name) continue;
      if (post.verdict === 'pending') takeUnheard(post, vendor, takingOf(orphans));
    }
  }
  scheduler.kill = kill;
  const reached: Reached = new Map();
  scheduler.happens = (kind, label, fate) => note(reached, facts, kind, label, fate);
  scheduler.happened = (kind) => {
    if (losing?.on !== kind || losing.skip-- > 0) return;
    world.lose(losing.part);
  };

  let randomState = 1;
  const world = {
    ...{
      scheduler,
      vendor,
      discord,
      guild,
      tables,
      memory,
      facts,
      reached,
      spoiler,
      processes,
      caps,
      isShared,
      kill,
      breaking,
      breakingApprovals,
      breakingCampaigns,
      /** Settings as they are before the run begins, and what is set past all processes. */
      policies: createSettingsRepository(observer.records('settings', settingsSchema), {
        now: scheduler.now,
      }),
    },
    /** The same bytes in every run. */
    random: (size: number) =>
      Uint8Array.from({ length: size }, () => {
        randomState = (Math.imul(randomState, 1664525) + 1013904223) >>> 0;
        return randomState >>> 24;
      }),
    orderOf: (startedAt: number, { item, quantity }: Wanted): Order | undefined =>
      [...orders.values()].find(
        ({ order: { attempt, quote } }) =>
          attempt?.startedAt === startedAt && quote.itemCode === item && quote.quantity === quantity,
      )?.order,
    onPost: () => {
      isDirty = true;
    },
    notice,
    /** Somebody sees this text. */
    show(to: string, text: string): void {
      for (const [secret] of text.matchAll(SECRET)) seen.push({ secret, by: to });
      isDirty = true;
    },
    logged(said: object, message: string): void {
      const { err } = said as { err?: unknown };
      const text = `${message} ${JSON.stringify(said)} ${errorText(err)}`;
      scheduler.trace?.(`  log: ${message}${err instanceof Error ? `: ${err.message}` : ''}`);
      if (/(?:SECRET|PIN)-\d{4,}-\d|the-key/.test(text)) notice(`the log shows a secret: ${message}`);
      // What the store did not do is done in a later round; anything else is a bug.
      if ('campaign' in said && err instanceof Error && !(err instanceof StoreError))
        notice(`${message}: ${err.stack}`);
    },
    loseLater(wanted: Gone): void {
      losing = { ...wanted };
    },
    /** A part of the world goes, for ever. */
    lose(part: Part): void {
      losing = undefined;
      scheduler.trace?.(`gone for ever: ${part}`);
      gone = { part, since: scheduler.now() };
      parts[part](world);
    },
    /** Of one machine, or of one of two houses: its clock is right no more. */
    moveClocks(ms: number): void {
      if (!isShared) skewMs = ms;
      const [first] = world.alive();
      if (first) first.skewMs = ms;
    },
    isServed: () => isServed,
    /** The operator takes the server off the list, or puts it back, and starts the bot again. */
    serveOrNot(): void {
      isServed = !isServed;
      for (const process of world.alive()) kill(process);
    },
    alive: (): BotProcess[] => processes.filter(({ isDead }) => !isDead),
    /** Who takes presses and looks after orders now. */
    awake: (): BotProcess[] => world.alive().filter(({ isFrozen, isStopping }) => !isFrozen && !isStopping),
    /** On a store of its own a process has to be gone before the next one starts. */
    mayStart: (): boolean => world.alive().filter(({ isGone }) => !isGone).length < (isShared ? 2 : 1),
    /** A start, as `main.ts` makes it; one whose recovery fails ends. */
    async start(): Promise<void> {
      const process = await startProcess(world, `${processes.length + 1}`);
      processes.push(process);
      process.skewMs = skewMs;
      if (process.isUnserving) unserving.add(process.name);
      scheduler.trace?.(`process ${process.name} starts`);
      const recovered = process.campaigns.recover().then(() => process.orders.recover());
      recovered.catch(() => kill(process));
      await drained();
    },
    /** So many calls happen, in their order; fewer where nothing is left to do. Gives how many did. */
    async run(calls: number, overtaking = 0): Promise<number> {
      for (let done = 0; done < calls; done++) {
        if (!(await scheduler.step(done === 0 ? overtaking : 0))) return done;
        world.check();
      }
      return calls;
    },
    /** Time passes; whoever is awake then looks after its orders. */
    async pass(ms: number): Promise<void> {
      await scheduler.pass(ms);
      if (ms < LOOK_AFTER_EVERY_MS) return;
      for (const process of world.awake()) {
        process.orders.tick().catch(() => undefined); // main.ts logs it
        void process.audit.tick();
        process.campaigns.tick().catch(() => undefined);
      }
      await drained();
      world.check();
    },
    check(): void {
      if (!isDirty) return;
      isDirty = false;
      expectNone(judgedAlways(facts).flatMap((invariant) => invariant(facts)));
    },
    /** What has to come to somebody in time. */
    checkBounds(): void {
      if (gone) expectNone(inTime.flatMap((invariant) => invariant(facts)));
    },
    async checkAtRest(): Promise<void> {
      const final = await finalFacts();
      if (spoiler.wasAny()) return expectNone(besideSpoilt(final));
      expectNone(judgedAtRest(final).flatMap((invariant) => invariant(final)));
    },
  };
  return world;
}

const LOOK_AFTER_EVERY_MS = 3_000;

function expectNone(violations: readonly string[]): void {
  if (violations.length > 0) throw new Violation(violations.join('; '));
}

function errorText(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return `${error.stack} ${JSON.stringify(error)} ${errorText(error.cause)}`;
}
