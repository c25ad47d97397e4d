import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import {
  catalogue,
  figuresCatalogue,
  type Known,
  type MetricDefinition,
  type StoreFigures,
  storeOperations,
} from './catalogue.ts';
import type { Metrics } from './metrics.ts';
import type { ReadyCheck } from './readiness.ts';

interface Made {
  readonly version: string;
  readonly caps: { readonly order: string; readonly day: string };
  readonly known: Pick<Known, 'status'>;
}

type Labels = Record<string, string>;
const MS = 1000;
const measured = new Set<string>(storeOperations);

/** A registry of prom-client with all metrics of the catalogue. Loaded only where somebody asks for them. */
export function createPrometheus({ version, caps, known }: Made) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const parts = ({ name, help, labels = {} }: MetricDefinition) => ({
    name,
    help,
    labelNames: Object.keys(labels),
    registers,
  });
  const counter = (definition: MetricDefinition) => {
    const made = new Counter<string>(parts(definition));
    // What has not happened yet is 0, not missing: otherwise nobody sees the first time.
    for (const labels of everySet(definition, known)) made.inc(labels, 0);
    return made;
  };
  const gauge = (definition: MetricDefinition) => {
    const made = new Gauge<string>(parts(definition));
    // What is not known is missing, not 0.
    if (!definition.labels) made.remove();
    return made;
  };
  const histogram = (definition: MetricDefinition) =>
    new Histogram<string>({ ...parts(definition), buckets: [...(definition.buckets ?? [])] });

  const c = catalogue;
  const [interactions, purchases, moves] = [counter(c.interactions), counter(c.purchases), counter(c.moves)];
  const [directMessages, rateLimits] = [counter(c.directMessages), counter(c.rateLimits)];
  const [storeErrors, differences] = [counter(c.storeErrors), counter(c.differences)];
  const [acknowledged, answered] = [histogram(c.acknowledged), histogram(c.answered)];
  const [stays, storeCalls] = [histogram(c.stays), histogram(c.storeCalls)];
  const [comparedAt, balance, balanceAt] = [gauge(c.comparedAt), gauge(c.balance), gauge(c.balanceAt)];
  const keyRefused = gauge(c.keyRefused);
  gauge(c.build).set({ version }, 1);
  gauge(c.dayCap).set(Number(caps.day));
  gauge(c.orderCap).set(Number(caps.order));
  const checks = gauge(c.checks);
  const figures = createFigureGauges(gauge);

  const metrics: Metrics = {
    interaction({ command, kind, outcome, acknowledgedAfterMs, answeredAfterMs }) {
      interactions.inc({ command, kind, outcome });
      if (acknowledgedAfterMs !== undefined) acknowledged.observe({ command }, acknowledgedAfterMs / MS);
      if (answeredAfterMs !== undefined) answered.observe({ command }, answeredAfterMs / MS);
    },
    orderMoved(status, left) {
      moves.inc({ status });
      if (left) stays.observe({ status: left.status }, left.afterMs / MS);
    },
    purchased: (outcome) => purchases.inc({ outcome }),
    directMessage: (outcome) => directMessages.inc({ outcome }),
    rateLimited: (scope) => rateLimits.inc({ scope }),
    storeCalled(operation, tookMs, hasFailed) {
      if (!measured.has(operation)) return;
      storeCalls.observe({ operation }, tookMs / MS);
      if (hasFailed) storeErrors.inc({ operation });
    },
    accountCompared(at, differing) {
      comparedAt.set(at / MS);
      differences.inc(differing);
    },
    balanceKnown(amount, at) {
      balance.set(Number(amount));
      balanceAt.set(at / MS);
    },
    keyRefused: (isRefused) => keyRefused.set(Number(isRefused)),
  };
  return {
    metrics,
    /** The page that Prometheus reads. `figures`: where this process knows how the whole store stands, and since when. */
    async page(now: { checks: Readonly<Record<string, ReadyCheck>>; figures: FiguresAt | undefined }) {
      checks.reset();
      for (const [check, { ok }] of Object.entries(now.checks)) checks.set({ check }, ok ? 1 : 0);
      figures(now.figures);
      return { status: 200, type: registry.contentType, body: await registry.metrics() };
    },
  };
}

export interface FiguresAt {
  readonly at: number;
  readonly figures: StoreFigures;
}

function createFigureGauges(gauge: (definition: MetricDefinition) => Gauge) {
  const s = figuresCatalogue;
  const orders = gauge(s.orders);
  const [at, spentToday, oldestUnconfirmed] = [gauge(s.figuresAt), gauge(s.spentToday), gauge(s.oldestUnconfirmed)];
  const [reviews, codesHeld] = [gauge(s.reviews), gauge(s.codesHeld)];
  const [purchasesStopped, dmsStopped] = [gauge(s.purchasesStopped), gauge(s.directMessagesStopped)];
  const show = (made: Gauge, value: number | undefined) => (value === undefined ? made.remove() : made.set(value));

  return (known: FiguresAt | undefined): void => {
    const figures: Partial<StoreFigures> = known?.figures ?? {};
    orders.reset();
    for (const [status, count] of Object.entries(figures.orders ?? {})) orders.set({ status }, count);
    show(at, known && known.at / MS);
    show(spentToday, figures.spentToday);
    show(oldestUnconfirmed, figures.oldestUnconfirmedMs && figures.oldestUnconfirmedMs / MS);
    show(reviews, figures.reviews);
    show(codesHeld, figures.codesHeld);
    show(purchasesStopped, figures.purchasesStopped === undefined ? undefined : Number(figures.purchasesStopped));
    show(dmsStopped, figures.directMessagesStopped === undefined ? undefined : Number(figures.directMessagesStopped));
  };
}

/** Every set of labels that it can have; none where commands are among them, of which most are never used. */
function everySet({ labels = {} }: MetricDefinition, known: Pick<Known, 'status'>): Labels[] {
  let sets: Labels[] = [{}];
  for (const [name, values] of Object.entries(labels)) {
    const all = values === 'status' ? known.status : values === 'command' ? [] : values;
    sets = sets.flatMap((set) => all.map((value) => ({ ...set, [name]: value })));
  }
  return sets;
}
