import { type Clock, createKeyed } from '../lib/index.ts';

/** One thing that has to be well. `is`: in a few words, the same for everybody; no addresses, no names. */
export interface ReadyCheck {
  readonly ok: boolean;
  readonly is: string;
}

/** What has to be well before somebody who presses a button has an answer. */
export interface ReadyChecks {
  /** Connected to Discord. */
  discord(): ReadyCheck;
  /** This process serves, or another one does and this one stands by. */
  serving(): ReadyCheck;
  /** Nothing is known that would leave a press without an answer. */
  presses(): ReadyCheck;
  /** Writes something to the store. */
  store(): Promise<ReadyCheck>;
}

export interface Readiness {
  readonly ready: boolean;
  readonly not_ready: readonly string[];
  readonly checks: Readonly<Record<string, ReadyCheck>>;
}

/** Whoever asks more often hears the same: a write to the store is not to be had for each question. */
const STORE_KNOWN_FOR_MS = 5_000;
/** In `/metrics`, where it is not asked. */
const STORE_COUNTS_FOR_MS = 60_000;
const STORE_ANSWERS_WITHIN_MS = 2_000;
const SILENT: ReadyCheck = { ok: false, is: 'gives no answer' };

export function createReadiness({ clock }: { clock: Clock }) {
  const probes = createKeyed();
  let checks: ReadyChecks | undefined;
  let isStopping = false;
  let store: { readonly check: ReadyCheck; readonly at: number } | undefined;

  async function probe({ store: write }: ReadyChecks): Promise<ReadyCheck> {
    const written = probes.join('store', async () => {
      const check = await write();
      store = { check, at: clock.now() };
      return check;
    });
    const given = new AbortController();
    const silent = clock.sleep(STORE_ANSWERS_WITHIN_MS, given.signal).then(
      () => SILENT,
      () => SILENT,
    );
    return Promise.race([written, silent]).finally(() => given.abort());
  }

  // A clock that was set back makes nothing last for ever.
  const isWithin = (at: number, ms: number) => Math.abs(clock.now() - at) < ms;
  async function look(now: ReadyChecks): Promise<Record<string, ReadyCheck>> {
    const known = store && isWithin(store.at, STORE_KNOWN_FOR_MS) ? store.check : undefined;
    return { ...inMemory(now), store: known ?? (await probe(now)) };
  }
  /** All but the store are looked at in memory. */
  const inMemory = (now: ReadyChecks) => ({ discord: now.discord(), serving: now.serving(), presses: now.presses() });
  const whole = {
    starting: { process: { ok: false, is: 'starting' } },
    stopping: { process: { ok: false, is: 'stopping' } },
  };
  const unlessRunning = () => (isStopping ? whole.stopping : checks ? undefined : whole.starting);

  return {
    /** From now on there is something to look at. */
    watch(made: ReadyChecks): void {
      checks = made;
    },
    /** From now on it is not ready. */
    stop(): void {
      isStopping = true;
    },
    async read(): Promise<Readiness> {
      const all: Record<string, ReadyCheck> = unlessRunning() ?? (checks ? await look(checks) : {});
      const bad = Object.keys(all).filter((name) => !all[name]?.ok);
      return { ready: bad.length === 0, not_ready: bad, checks: all };
    },
    /** The same, without asking the store: as it was last, if that is not long ago. */
    known(): Record<string, ReadyCheck> {
      const last = store && isWithin(store.at, STORE_COUNTS_FOR_MS) ? { store: store.check } : {};
      return unlessRunning() ?? (checks ? { ...inMemory(checks), ...last } : {});
    },
  };
}
