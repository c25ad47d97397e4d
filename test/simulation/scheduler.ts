import type { Clock } from '../../src/lib/clock.ts';

/**
 * What a call from the domain to the outside is about. `store.out`: the write of an order that may be out from then on;
 * `store.bought`: one that is attached to an order at CardPlusPay.
 */
export const kinds = [
  'store.read',
  'store.write',
  'store.out',
  'store.bought',
  'vault.read',
  'vault.write',
  'api.read',
  'api.list',
  'post.leave',
  'post.answer',
  'dm.send',
  'dm.look',
  'member.read',
] as const;
export type Kind = (typeof kinds)[number] | 'sleep';

/** A process of the bot, as far as the scheduler needs to know it. */
export interface Alive {
  readonly name: string;
  isDead: boolean;
  endedAt: number;
  isFrozen: boolean;
  /** Never thaws. */
  isGone?: boolean;
  /** By how much its clock is ahead. */
  skewMs?: number;
  /** What came for it while it was frozen. */
  readonly arrived: (() => void)[];
}

/**
 * How a call goes. `variant`: which of the outcomes that its kind can have; 0 is the good one.
 * `dies`: its process dies before it has any effect; `dies unheard`: after, so that nobody learns of it. `freezes` and
 * `freezes first`: likewise.
 */
export interface Fate {
  readonly variant: number;
  readonly end: 'returns' | 'dies' | 'dies unheard' | 'freezes' | 'freezes first';
}

/** The fate of a call that is still to come: of the one after the next `skip` calls of its kind. */
export interface Omen {
  readonly on: Kind;
  skip: number;
  readonly fate: Fate;
}

interface Pending {
  readonly by: Alive;
  readonly kind: Kind;
  readonly label: string;
  readonly settle: (outcome: Promise<unknown>) => void;
  effect: (variant: number) => unknown;
  notBefore: number;
}

/** What an effect gives when the call is not over yet: it goes on at that time. */
export class Later {
  readonly at: number;
  readonly effect: () => unknown;

  constructor(at: number, effect: () => unknown) {
    this.at = at;
    this.effect = effect;
  }
}

const good: Fate = { variant: 0, end: 'returns' };
export type Scheduler = ReturnType<typeof createScheduler>;

/** Decides which call goes on next, and owns the time. Nothing outside happens but by `run` and `pass`. */
export function createScheduler(start: number) {
  let now = start;
  const pending: Pending[] = [];
  const happenings: { at: number; happen: () => void }[] = [];
  const omens: Omen[] = [];
  const state = {
    /** Called with what happens, for a trace; absent when nobody reads it. */
    trace: undefined as ((line: string) => void) | undefined,
    /** Called when a fate ends a process. */
    kill: (by: Alive): void => {
      by.isDead = true;
    },
    /** Called before each call, with what becomes of it. */
    happens: (_kind: Kind, _label: string, _fate: Fate): void => {},
    /** Called after each call. */
    happened: (_kind: Kind): void => {},
    /** A sleep that ends so soon is simply waited for. */
    patienceMs: 1_000,
    /** Calls that happened. */
    calls: 0,
  };

  /** A call to the outside: it goes on when the schedule says so, and never once its process is dead. */
  function call<T>(
    by: Alive,
    kind: Kind,
    label: string,
    effect: (variant: number) => T | Promise<T> | Later,
    notBefore = 0,
  ): Promise<T> {
    if (by.isDead) return new Promise(() => {});
    return new Promise((resolve) => {
      const settle = (outcome: Promise<unknown>) => resolve(outcome as Promise<T>);
      pending.push({ by, kind, label, effect, settle, notBefore });
    });
  }

  /** A frozen process does nothing, but what it has sent arrives. */
  const canHappen = ({ by, kind, notBefore }: Pending): boolean =>
    notBefore <= now && (!by.isFrozen || (kind !== 'sleep' && kind !== 'post.leave'));

  function fateOf({ kind }: Pending): Fate {
    for (const [at, omen] of omens.entries()) {
      if (omen.on !== kind) continue;
      if (omen.skip-- > 0) return good;
      omens.splice(at, 1);
      return omen.fate;
    }
    return good;
  }

  function deliver({ by, settle }: Pending, outcome: Promise<unknown>): void {
    if (by.isFrozen) by.arrived.push(() => settle(outcome));
    else settle(outcome);
  }

  function happen(event: Pending, { variant, end }: Fate): void {
    pending.splice(pending.indexOf(event), 1);
    setNow(now + 1);
    state.calls++;
    state.trace?.(`${event.by.name}: ${event.label}${markOf(variant, end)}`);
    state.happens(event.kind, event.label, { variant, end });
    if (end === 'dies') {
      state.kill(event.by);
      return;
    }
    if (end === 'freezes first') {
      event.by.isFrozen = true;
      pending.push(event);
      return;
    }
    const outcome = attempted(() => event.effect(variant));
    if (outcome instanceof Later) {
      const { at, effect } = outcome;
      pending.push({ ...event, notBefore: at, effect });
      return;
    }
    outcome.catch(() => undefined); // it may never be listened to
    if (end === 'freezes') event.by.isFrozen = true;
    if (end === 'dies unheard') state.kill(event.by);
    else deliver(event, outcome);
    state.happened(event.kind);
  }

  /** Moves the time on; what was to happen on the way happens at its time. */
  function setNow(to: number): void {
    while (happenings[0] !== undefined && happenings[0].at <= to) {
      const { at, happen: run } = happenings.shift() as (typeof happenings)[number];
      now = Math.max(now, at);
      run();
    }
    now = Math.max(now, to);
  }

  /** The oldest call that can go on, after a short sleep where that is all there is. */
  function next(): Pending | undefined {
    const ready = pending.find(canHappen);
    if (ready) return ready;
    const waking = pending
      .filter(({ by, notBefore }) => !by.isFrozen && notBefore <= now + state.patienceMs)
      .sort((a, b) => a.notBefore - b.notBefore)[0];
    if (waking) setNow(waking.notBefore);
    return waking;
  }

  return Object.assign(state, {
    now: () => now,
    call,
    clockOf: (by: Alive): Clock => ({
      now: () => now + (by.skewMs ?? 0),
      sleep: (ms) => call(by, 'sleep', `sleeps ${ms} ms`, () => undefined, now + ms),
    }),
    /** Something that the world outside does at a time, whatever the processes do. */
    at(time: number, run: () => void): void {
      happenings.push({ at: time, happen: run });
      happenings.sort((a, b) => a.at - b.at);
    },
    omen: (omen: Omen) => void omens.push({ ...omen }),
    /** How purchases go stays as it was settled beforehand; whose process would not outlive it goes well. */
    clearOmens: () => {
      const kept = omens.filter(({ on, fate }) => on === 'post.answer' && fate.end === 'returns');
      omens.splice(0, omens.length, ...kept);
    },
    /** One call happens: false when none can. `at`: how many older ones it overtakes. */
    async step(at = 0): Promise<boolean> {
      const ready = at === 0 ? [] : pending.filter(canHappen);
      const event = ready[at % ready.length] ?? next();
      if (!event) return false;
      happen(event, fateOf(event));
      await drained();
      return true;
    },
    async pass(ms: number): Promise<void> {
      setNow(now + ms);
      await drained();
    },
    async thaw(by: Alive): Promise<void> {
      if (by.isGone) return;
      by.isFrozen = false;
      for (const settle of by.arrived.splice(0)) settle();
      await drained();
    },
    /** Forgets what a dead process waits for. */
    forget(by: Alive): void {
      for (let at = pending.length - 1; at >= 0; at--) {
        if (pending[at]?.by === by) pending.splice(at, 1);
      }
    },
    pendingOf: (by: Alive): number => pending.filter((event) => event.by === by).length,
    drained,
  });
}

/** Lets the domain run until it waits for the outside again. */
export const drained = (): Promise<void> => new Promise((turn) => setImmediate(turn));

function attempted(run: () => unknown): Promise<unknown> | Later {
  try {
    const outcome = run();
    return outcome instanceof Later ? outcome : Promise.resolve(outcome);
  } catch (error) {
    return Promise.reject(error);
  }
}

function markOf(variant: number, end: Fate['end']): string {
  const how = variant === 0 ? '' : ` [outcome ${variant}]`;
  return end === 'returns' ? how : `${how} [${end}]`;
}
