export { addressText, type HealthAddress, healthUrl, isForThisMachine, parseHealthAddress } from './address.ts';
export type { StoreFigures } from './catalogue.ts';
export { HealthAddressError } from './listener.ts';
export {
  type DirectMessageOutcome,
  type InteractionKind,
  type InteractionOutcome,
  type MeasuredPurchase,
  type Metrics,
  noMetrics,
  type RateLimitScope,
} from './metrics.ts';
export { createMonitoring, type Monitoring } from './monitor.ts';
export type { ReadyCheck, ReadyChecks } from './readiness.ts';
