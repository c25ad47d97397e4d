import type { Clock } from '../../lib/index.ts';

/** How often a process asks for the shard that another one serves. */
const TRY_EVERY_MS = 500;
/** A look for a lost order comes a few seconds after its attempt ended. */
const LOOK_AFTER_EVERY_MS = 3_000;

/** One process has it at a time, as long as it lives. */
export interface ShardLock {
  /** Resolves when it can no longer be counted on. */
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

interface Parts {
  /** The number of the gateway shard. */
  shard: number;
  /** The lock of this name; undefined while another process has it. May reject, and is asked again then. */
  lock(name: string): Promise<ShardLock | undefined>;
  /** What is to be set right at Discord when serving begins; interactions are taken already. */
  register(): Promise<void>;
  /** Takes up what is open, before anything is looked after. Repeated until it does not reject. */
  recover(): Promise<void>;
  /** Called every few seconds, also while an earlier call is not done. */
  lookAfter(): Promise<void>;
  /** What the line says that tells that it is ready. */
  facts: object;
  clock: Clock;
  log: {
    info(facts: object, message: string): void;
    warn(facts: object, message: string): void;
    error(facts: object, message: string): void;
  };
}

export interface Serving {
  start(): void;
  /** Whether this process may take an interaction now. */
  isServing(): boolean;
  /** Takes nothing more from now on. Resolves when another process can have the shard. */
  stop(): Promise<void>;
}

/**
 * Of all processes on a store one serves a shard: the one that has its lock. The others stand by, connected, and ask for
 * it again and again. Who loses it takes nothing new from that moment; what it has begun goes on, for guarded writes
 * keep that right whoever else is at it.
 */
export function createServing(parts: Parts): Serving {
  const { shard, clock, log } = parts;
  const stopping = new AbortController();
  /** Not aborted while this process serves. */
  let term: AbortSignal | undefined;
  let running: Promise<void> | undefined;
  let said: string | undefined;

  /** Tries come twice a second: what stays as it is, is said once. */
  function sayOnce(text: string, level: 'info' | 'warn', facts: object = {}): void {
    if (said !== text) log[level]({ shard, ...facts }, text);
    said = text;
  }

  async function tryLock(): Promise<ShardLock | undefined> {
    try {
      const lock = await parts.lock(`shard/${shard}`);
      if (!lock) sayOnce('another process serves this shard; standing by', 'info');
      return lock;
    } catch (err) {
      sayOnce('nobody can tell who serves this shard; standing by', 'warn', { err });
      return undefined;
    }
  }

  async function succeeds(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (err) {
      log.error({ err }, 'open orders could not be looked after');
      return false;
    }
  }

  const pause = (ms: number, until: AbortSignal) => clock.sleep(ms, until).catch(() => undefined);

  async function work(until: AbortSignal): Promise<void> {
    await parts.register();
    if (!until.aborted) log.info(parts.facts, 'Cardigan is ready');
    while (!until.aborted && !(await succeeds(parts.recover))) {
      await pause(LOOK_AFTER_EVERY_MS, until);
    }
    for (;;) {
      await pause(LOOK_AFTER_EVERY_MS, until);
      if (until.aborted) return;
      void succeeds(parts.lookAfter);
    }
  }

  async function serve(lock: ShardLock): Promise<void> {
    const lost = new AbortController();
    void lock.lost.then(() => lost.abort());
    const until = AbortSignal.any([lost.signal, stopping.signal]);
    if (!until.aborted) {
      said = undefined;
      term = until;
      void work(until);
      await aborted(until);
    }
    if (!stopping.signal.aborted) log.warn({ shard }, 'the shard is lost; nothing more is taken');
    await lock.release();
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const lock = await tryLock();
      if (lock) await serve(lock);
      await pause(TRY_EVERY_MS, stopping.signal);
    }
  }

  return {
    start() {
      running ??= run();
    },
    isServing: () => term?.aborted === false,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
}
