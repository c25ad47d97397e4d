import { once } from 'node:events';
import type { Clock, Log } from '../../lib/index.ts';

/** How often a process asks for what another one has. */
const TRY_EVERY_MS = 500;
/** A look for a lost order comes a few seconds after its attempt ended. */
const TICK_EVERY_MS = 3_000;

export type LeaderStanding = 'starting' | 'preparing' | 'serving' | 'standing_by' | 'unsure';

/** One process has it at a time, as long as it lives. */
export interface ShardLock {
  /** Resolves when it can no longer be counted on. */
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

/** What a process that serves a shard does. */
export interface Duties {
  /** What is to be set right at Discord when serving begins; interactions are taken already. */
  register(): Promise<void>;
  /** Takes up what is open, before the first tick. Repeated until it does not reject. */
  recover(): Promise<void>;
  /** Called every few seconds, also while an earlier call is not done. */
  tick(): Promise<void>;
}

interface Deps extends Duties {
  /** The number of the gateway shard. */
  shard: number;
  /** The lock of this name; undefined while another process has it. May reject, and is asked again then. */
  lock(name: string): Promise<ShardLock | undefined>;
  /** What the line says that tells that it is ready. */
  facts(): object;
  clock: Clock;
  log: Log;
}

/** What one process has at a time: its lock, what it does while it has it, and how that is said. */
interface Office {
  readonly lock: string;
  /** Does its work until the signal is aborted. A promise that it gives is waited for before another can have the lock. */
  hold(until: AbortSignal): Promise<void> | undefined;
  readonly standsBy: string;
  readonly unsure: string;
  readonly lost: string;
  /** Told how this process stands that does not have it. */
  readonly note?: (asked: 'standing_by' | 'unsure') => void;
}

interface LeaderContext extends Deps {
  readonly stopping: AbortController;
  readonly memory: {
    /** Not aborted while this process serves. */
    term?: AbortSignal;
    /** How this process stood when it last asked for its shard. */
    asked?: 'standing_by' | 'unsure';
    /** What was to be set right at Discord is. */
    isPrepared?: true;
    running?: Promise<void>;
  };
}

/**
 * Of all processes on a store one serves a shard: the one that has its lock. The others stand by, connected, and ask for
 * it again and again. Of those that serve, whatever their shards, one does the jobs for all: it looks after open orders and
 * campaigns. Who loses a lock begins nothing new from that moment; what it has begun goes on, for guarded writes keep that
 * right whoever else is at it.
 */
export function createLeader(deps: Deps) {
  const ctx: LeaderContext = { ...deps, stopping: new AbortController(), memory: {} };
  const { stopping, memory } = ctx;
  return {
    start(): void {
      memory.running ??= elect(ctx, servingOf(ctx), stopping.signal);
    },
    /** Whether this process may take an interaction of its shard now. */
    isLeader: () => memory.term?.aborted === false,
    /** How this process stands: `preparing`, while it serves and sets right what Discord has of it. */
    standing(): LeaderStanding {
      if (memory.term?.aborted === false) return memory.isPrepared ? 'serving' : 'preparing';
      return memory.asked ?? 'starting';
    },
    /** Takes nothing more from now on. Resolves when another process can have the shard, and the jobs. */
    async stop(): Promise<void> {
      stopping.abort();
      await memory.running;
    },
  };
}

/** Who serves asks for the jobs as well: a process that stands by asks for one lock, not for two. */
const servingOf = (ctx: LeaderContext): Office => ({
  lock: `shard/${ctx.shard}`,
  hold(until) {
    ctx.memory.term = until;
    // Once it is lost, until it has asked again.
    ctx.memory.asked = 'unsure';
    void beginServing(ctx, until);
    return elect(ctx, jobsOf(ctx), until);
  },
  standsBy: 'another process serves this shard; standing by',
  unsure: 'nobody can tell who serves this shard; standing by',
  lost: 'the shard is lost; nothing more is taken',
  note(asked) {
    ctx.memory.asked = asked;
  },
});

const jobsOf = (ctx: LeaderContext): Office => ({
  lock: 'jobs',
  hold(until) {
    void doJobs(ctx, until);
    return undefined;
  },
  standsBy: 'another process looks after open orders',
  unsure: 'nobody can tell who looks after open orders',
  lost: 'another process may look after open orders now',
});

/** Asks for an office again and again until then, and holds it whenever it can be had. */
async function elect(ctx: LeaderContext, office: Office, until: AbortSignal): Promise<void> {
  const { shard, log } = ctx;
  let said: string | undefined;
  // Tries come twice a second: what stays as it is, is said once.
  const sayOnce = (level: 'info' | 'warn', text: string, facts: object = {}) => {
    if (said !== text) log[level]({ shard, ...facts }, text);
    said = text;
  };
  while (!until.aborted) {
    try {
      const lock = await ctx.lock(office.lock);
      if (lock) {
        said = undefined;
        await holdOffice(ctx, office, lock, until);
      } else {
        office.note?.('standing_by');
        sayOnce('info', office.standsBy);
      }
    } catch (err) {
      office.note?.('unsure');
      sayOnce('warn', office.unsure, { err });
    }
    await pause(ctx, TRY_EVERY_MS, until);
  }
}

async function holdOffice({ shard, log }: LeaderContext, office: Office, lock: ShardLock, until: AbortSignal) {
  const lost = new AbortController();
  void lock.lost.then(() => lost.abort());
  const term = AbortSignal.any([lost.signal, until]);
  if (!term.aborted) await Promise.all([once(term, 'abort'), office.hold(term)]);
  if (!until.aborted) log.warn({ shard }, office.lost);
  await lock.release();
}

async function beginServing(ctx: LeaderContext, until: AbortSignal): Promise<void> {
  await ctx.register();
  ctx.memory.isPrepared = true;
  if (!until.aborted) ctx.log.info(ctx.facts(), 'Cardigan is ready');
}

async function doJobs(ctx: LeaderContext, until: AbortSignal): Promise<void> {
  while (!until.aborted && !(await succeeds(ctx, ctx.recover))) {
    await pause(ctx, TICK_EVERY_MS, until);
  }
  for (;;) {
    await pause(ctx, TICK_EVERY_MS, until);
    if (until.aborted) return;
    void succeeds(ctx, ctx.tick);
  }
}

async function succeeds({ log }: LeaderContext, run: () => Promise<void>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (err) {
    log.error({ err }, 'open orders could not be looked after');
    return false;
  }
}

function pause({ clock }: LeaderContext, ms: number, until: AbortSignal): Promise<void> {
  return clock.sleep(ms, until).catch(() => undefined);
}
