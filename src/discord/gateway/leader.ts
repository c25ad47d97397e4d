import { once } from 'node:events';
import type { Clock, Log } from '../../lib/index.ts';

/** How often a process asks for the shard that another one serves. */
const TRY_EVERY_MS = 500;
/** A look for a lost order comes a few seconds after its attempt ended. */
const TICK_EVERY_MS = 3_000;

/** One process has it at a time, as long as it lives. */
export interface ShardLock {
  /** Resolves when it can no longer be counted on. */
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

/** What the process that serves the shard does. */
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
  facts: object;
  clock: Clock;
  log: Log;
}

interface LeaderContext extends Deps {
  readonly stopping: AbortController;
  readonly memory: {
    /** Not aborted while this process serves. */
    term?: AbortSignal;
    running?: Promise<void>;
    said?: string | undefined;
  };
}

/**
 * Of all processes on a store one serves a shard: the one that has its lock. The others stand by, connected, and ask for
 * it again and again. Who loses it takes nothing new from that moment; what it has begun goes on, for guarded writes
 * keep that right whoever else is at it.
 */
export function createLeader(deps: Deps) {
  const ctx: LeaderContext = { ...deps, stopping: new AbortController(), memory: {} };
  const { stopping, memory } = ctx;
  return {
    start(): void {
      memory.running ??= elect(ctx);
    },
    /** Whether this process may take an interaction now. */
    isLeader: () => memory.term?.aborted === false,
    /** Takes nothing more from now on. Resolves when another process can have the shard. */
    async stop(): Promise<void> {
      stopping.abort();
      await memory.running;
    },
  };
}

async function elect(ctx: LeaderContext): Promise<void> {
  const { signal } = ctx.stopping;
  while (!signal.aborted) {
    const lock = await tryLock(ctx);
    if (lock) await serveShard(ctx, lock);
    await pause(ctx, TRY_EVERY_MS, signal);
  }
}

async function tryLock(ctx: LeaderContext): Promise<ShardLock | undefined> {
  try {
    const lock = await ctx.lock(`shard/${ctx.shard}`);
    if (!lock) sayOnce(ctx, 'another process serves this shard; standing by', 'info');
    return lock;
  } catch (err) {
    sayOnce(ctx, 'nobody can tell who serves this shard; standing by', 'warn', { err });
    return undefined;
  }
}

/** Tries come twice a second: what stays as it is, is said once. */
function sayOnce(
  { shard, memory, log }: LeaderContext,
  text: string,
  level: 'info' | 'warn',
  facts: object = {},
): void {
  if (memory.said !== text) log[level]({ shard, ...facts }, text);
  memory.said = text;
}

async function serveShard(ctx: LeaderContext, lock: ShardLock): Promise<void> {
  const { stopping, memory, log, shard } = ctx;
  const lost = new AbortController();
  void lock.lost.then(() => lost.abort());
  const until = AbortSignal.any([lost.signal, stopping.signal]);
  if (!until.aborted) {
    memory.said = undefined;
    memory.term = until;
    void work(ctx, until);
    await once(until, 'abort');
  }
  if (!stopping.signal.aborted) log.warn({ shard }, 'the shard is lost; nothing more is taken');
  await lock.release();
}

async function work(ctx: LeaderContext, until: AbortSignal): Promise<void> {
  await ctx.register();
  if (!until.aborted) ctx.log.info(ctx.facts, 'Cardigan is ready');
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
