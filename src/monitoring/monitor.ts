import { type Clock, createKeyed, type Log } from '../lib/index.ts';
import { addressText, type HealthAddress, isForThisMachine } from './address.ts';
import type { StoreFigures } from './catalogue.ts';
import { createListener, type HealthPage, plainPage } from './listener.ts';
import { type Metrics, noMetrics } from './metrics.ts';
import type { createPrometheus, FiguresAt } from './prometheus.ts';
import { createReadiness, type Readiness, type ReadyChecks } from './readiness.ts';

export interface MonitoringDeps {
  /** Without one, nothing listens and nothing is measured. */
  readonly address: HealthAddress | undefined;
  readonly version: string;
  readonly caps: { readonly order: string; readonly day: string };
  /** Where an order can be in its life. */
  readonly statuses: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
}

/** What the bot says of itself to programs that ask. */
export interface Monitoring {
  readonly metrics: Metrics;
  /** Throws HealthAddressError where it cannot listen. */
  open(): Promise<void>;
  /** What is looked at for `/readyz`, once there is something. */
  watch(checks: ReadyChecks): void;
  /** Asks how the whole store stands, where that is not known of late. Never rejects. */
  collect(ask: () => Promise<StoreFigures>): Promise<void>;
  /** From now on it is not ready. */
  stopping(): void;
  close(): Promise<void>;
}

const off: Monitoring = {
  metrics: noMetrics,
  open: async () => undefined,
  watch: () => undefined,
  collect: async () => undefined,
  stopping: () => undefined,
  close: async () => undefined,
};

/** Often enough for whoever asks each quarter of a minute. */
const COLLECT_EVERY_MS = 10_000;
/** What is older says nothing of now: another process may have the jobs, or the store may give no answer. */
const KNOWN_FOR_MS = 60_000;

export async function createMonitoring(deps: MonitoringDeps): Promise<Monitoring> {
  const { address } = deps;
  if (!address) return off;
  // Most have nobody who asks, and do without the package.
  const { createPrometheus: create } = await import('./prometheus.ts');
  return listening(deps, address, create({ ...deps, known: { status: deps.statuses } }));
}

function listening(
  { clock, log }: MonitoringDeps,
  address: HealthAddress,
  prometheus: ReturnType<typeof createPrometheus>,
): Monitoring {
  const readiness = createReadiness({ clock });
  const figures = createFigures(clock, log);
  const listener = createListener(address, {
    // That it is answered at all is what is asked.
    '/livez': () => plainPage(200, 'alive'),
    '/readyz': async () => readyPage(await readiness.read()),
    '/metrics': () => prometheus.page({ checks: readiness.known(), figures: figures.known() }),
  });
  return {
    metrics: prometheus.metrics,
    async open() {
      const where = await listener.open();
      log.info({ address: where }, 'health and metrics can be asked for');
      if (isForThisMachine(address)) return;
      log.warn(
        { address: addressText(address) },
        'HEALTH_ADDRESS is open to whoever reaches it: it tells how much is spent. Let only your monitoring reach it',
      );
    },
    watch: readiness.watch,
    collect: figures.collect,
    stopping: readiness.stop,
    close: listener.close,
  };
}

function readyPage(readiness: Readiness): HealthPage {
  const body = `${JSON.stringify(readiness)}\n`;
  return { status: readiness.ready ? 200 : 503, type: 'application/json', body };
}

function createFigures(clock: Clock, log: Log) {
  const asking = createKeyed();
  let last: FiguresAt | undefined;
  // A clock that was set back makes nothing last for ever.
  const isOlder = (ms: number) => last === undefined || Math.abs(clock.now() - last.at) >= ms;

  async function askNow(ask: () => Promise<StoreFigures>): Promise<void> {
    try {
      last = { figures: await ask(), at: clock.now() };
    } catch (err) {
      log.warn({ err }, 'how the store stands could not be collected for /metrics; it is tried again');
    }
  }
  return {
    collect: async (ask: () => Promise<StoreFigures>) => {
      if (isOlder(COLLECT_EVERY_MS)) await asking.join('figures', () => askNow(ask));
    },
    known: () => (isOlder(KNOWN_FOR_MS) ? undefined : last),
  };
}
