import { describe, expect, it } from 'vitest';
import { createLeader, type ShardLock } from '../../../src/discord/gateway/leader.ts';
import { createScriptedClock, until } from '../../orders/scripted-clock.ts';

const TRY_EVERY_MS = 500;
const TICK_EVERY_MS = 3_000;
const READY = 'Cardigan is ready';
const STANDBY = 'another process serves this shard; standing by';

/** A lock that the test takes away, and a process that would like to have it. */
function openStage() {
  const clock = createScriptedClock();
  const state = {
    /** Whether another process has the shard, and whether one does the jobs. */
    isTaken: false,
    hasJobsElsewhere: false,
    lock: async (name: string): Promise<ShardLock | undefined> =>
      (name === 'jobs' ? state.hasJobsElsewhere : state.isTaken) ? undefined : take(name),
    recover: async (): Promise<void> => undefined,
    tick: async (): Promise<void> => undefined,
    lose: (_name: string): void => undefined,
    asked: [] as string[],
    /** What happened, in its order. */
    events: [] as string[],
  };

  const had = new Map<string, () => void>();
  state.lose = (name) => had.get(name)?.();
  function take(name: string): ShardLock {
    const { promise: lost, resolve } = Promise.withResolvers<void>();
    had.set(name, resolve);
    const release = async () => {
      resolve();
      state.events.push(`released ${name}`);
    };
    return { lost, release };
  }

  const note = (_facts: object, text: string) => void state.events.push(text);
  const leader = createLeader({
    shard: 0,
    lock: (name) => {
      state.asked.push(name);
      return state.lock(name);
    },
    register: async () => void state.events.push('registered'),
    recover: () => {
      state.events.push('recovered');
      return state.recover();
    },
    tick: () => {
      state.events.push('ticked');
      return state.tick();
    },
    facts: () => ({}),
    clock,
    log: { info: note, warn: note, error: note },
  });
  const count = (event: string) => state.events.filter((each) => each === event).length;
  const times = (event: string, wanted: number) => until(() => count(event) === wanted);
  /** Lets time pass until a try of the lock has come to its end. */
  async function oneMoreTry() {
    const before = state.asked.length;
    await until(() => {
      clock.advance(TRY_EVERY_MS);
      return state.asked.length > before;
    });
    await until(() => clock.sleeping() > 0);
  }
  return Object.assign(state, { clock, leader, count, times, oneMoreTry });
}

describe('the process that has the shard', () => {
  it('takes presses, registers the commands, and takes up what is open before it looks after it', async () => {
    const stage = openStage();
    expect(stage.leader.isLeader()).toBe(false);
    stage.leader.start();
    await stage.times('recovered', 1);
    expect(stage.leader.isLeader()).toBe(true);
    expect(stage.asked).toEqual(['shard/0', 'jobs']);
    await until(() => stage.clock.sleeping() > 0);
    stage.clock.advance(TICK_EVERY_MS);
    await stage.times('ticked', 1);
    expect(stage.events).toEqual(['registered', READY, 'recovered', 'ticked']);
  });

  it('looks after orders every few seconds, also when a round takes long or fails', async () => {
    const stage = openStage();
    stage.tick = () => (stage.count('ticked') === 1 ? new Promise(() => {}) : Promise.reject(new Error('x')));
    stage.leader.start();
    for (const round of [1, 2, 3]) {
      await until(() => stage.clock.sleeping() > 0);
      stage.clock.advance(TICK_EVERY_MS);
      await stage.times('ticked', round);
    }
    await stage.times('open orders could not be looked after', 2);
    expect(stage.leader.isLeader()).toBe(true);
  });

  it('tries again to take up what is open when the store failed, and only then looks after it', async () => {
    const stage = openStage();
    stage.recover = async () => {
      if (stage.count('recovered') < 3) throw new Error('no database');
    };
    stage.leader.start();
    for (const round of [1, 2, 3]) {
      await stage.times('recovered', round);
      await until(() => stage.clock.sleeping() > 0);
      expect(stage.count('ticked')).toBe(0);
      stage.clock.advance(TICK_EVERY_MS);
    }
    await stage.times('ticked', 1);
    expect(stage.count('recovered')).toBe(3);
  });

  it('takes nothing more from the moment in which it loses it, and all again once it has it back', async () => {
    const stage = openStage();
    stage.leader.start();
    await stage.times('recovered', 1);
    stage.isTaken = true;
    stage.lose('shard/0');
    await stage.times('released shard/0', 1);
    expect(stage.count('released jobs')).toBe(1);
    expect(stage.leader.isLeader()).toBe(false);
    for (let i = 0; i < 10; i++) await stage.oneMoreTry();
    expect(stage.count('ticked')).toBe(0);
    expect(stage.count('the shard is lost; nothing more is taken')).toBe(1);
    expect(stage.count(STANDBY)).toBe(1);
    stage.isTaken = false;
    await stage.oneMoreTry();
    await stage.times('recovered', 2);
    expect(stage.leader.isLeader()).toBe(true);
    expect(stage.count(READY)).toBe(2);
  });

  it('takes nothing more from the moment in which it is told to stop, and gives the shard up', async () => {
    const stage = openStage();
    stage.leader.start();
    await stage.times('recovered', 1);
    const stopped = stage.leader.stop();
    expect(stage.leader.isLeader()).toBe(false);
    await stopped;
    expect(stage.events).toEqual(['registered', READY, 'recovered', 'released jobs', 'released shard/0']);
    stage.clock.advance(TICK_EVERY_MS);
    expect(stage.clock.sleeping()).toBe(0);
  });
});

describe('the jobs', () => {
  const ELSEWHERE = 'another process looks after open orders';

  it('are done by one of those that serve: the others take presses, and touch no open order', async () => {
    const stage = openStage();
    stage.hasJobsElsewhere = true;
    stage.leader.start();
    await stage.times(ELSEWHERE, 1);
    for (let i = 0; i < 10; i++) await stage.oneMoreTry();
    expect(stage.leader.isLeader()).toBe(true);
    expect(stage.events.filter((event) => event !== 'registered' && event !== READY)).toEqual([ELSEWHERE]);
  });

  it('are taken over from a process that ends, by one that goes on taking presses', async () => {
    const stage = openStage();
    stage.hasJobsElsewhere = true;
    stage.leader.start();
    await stage.times(ELSEWHERE, 1);
    stage.hasJobsElsewhere = false;
    await stage.oneMoreTry();
    await stage.times('recovered', 1);
    expect(stage.leader.isLeader()).toBe(true);
    expect(stage.count('released shard/0')).toBe(0);
  });

  it('end with their own lock, which takes no press away', async () => {
    const stage = openStage();
    stage.leader.start();
    await stage.times('recovered', 1);
    stage.hasJobsElsewhere = true;
    stage.lose('jobs');
    await stage.times('released jobs', 1);
    for (let i = 0; i < 10; i++) await stage.oneMoreTry();
    expect(stage.leader.isLeader()).toBe(true);
    expect(stage.count('ticked')).toBe(0);
  });
});

describe('a process that stands by', () => {
  it('takes no press and touches no order, says so once, and asks twice a second', async () => {
    const stage = openStage();
    stage.isTaken = true;
    stage.leader.start();
    for (let i = 0; i < 20; i++) await stage.oneMoreTry();
    expect(stage.leader.isLeader()).toBe(false);
    expect(stage.events).toEqual([STANDBY]);
  });

  it('goes on asking while the store cannot be reached, and says so once', async () => {
    const stage = openStage();
    stage.lock = () => Promise.reject(new Error('no database'));
    stage.leader.start();
    for (let i = 0; i < 5; i++) await stage.oneMoreTry();
    expect(stage.events).toEqual(['nobody can tell who serves this shard; standing by']);
    stage.lock = async () => undefined;
    await stage.oneMoreTry();
    expect(stage.events).toEqual(['nobody can tell who serves this shard; standing by', STANDBY]);
  });

  it('ends at once when it is told to stop', async () => {
    const stage = openStage();
    stage.isTaken = true;
    stage.leader.start();
    await until(() => stage.clock.sleeping() > 0);
    await stage.leader.stop();
    expect(stage.asked).toHaveLength(1);
  });

  it('that gets the shard while it is told to stop gives it up again, and never takes a press', async () => {
    const stage = openStage();
    const gate = Promise.withResolvers<void>();
    const take = stage.lock;
    stage.lock = async (name) => {
      await gate.promise;
      return take(name);
    };
    stage.leader.start();
    const stopped = stage.leader.stop();
    gate.resolve();
    await stopped;
    expect(stage.events).toEqual(['released shard/0']);
    expect(stage.leader.isLeader()).toBe(false);
  });
});
