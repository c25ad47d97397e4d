export { createBackupProbe } from './backup-probe.ts';
export { type CheckId, checks } from './checks.ts';
export { createClockWatch } from './clock-watch.ts';
export { createDoctor, type Doctor } from './doctor.ts';
export { checksFor, type Examination, examine, type Patient } from './examine.ts';
export {
  type ChannelSetting,
  type Finding,
  type FindingCode,
  type FindingParams,
  finding,
  type Moment,
  type Named,
  type RoleSetting,
  severity,
} from './findings.ts';
export { type Note, type NoteCode, type NoteParams, note } from './notes.ts';
export type {
  Application,
  BotProbes,
  CatalogSeen,
  ChannelSeen,
  CommandsSeen,
  DiscordProbe,
  Machine,
  RoleSeen,
  ServerSeen,
  StoreFiles,
  StoreProbe,
  StoreSeen,
  Told,
  VendorProbe,
} from './ports.ts';
export type { Audience, CheckResult, CheckState } from './result.ts';
export { createVendorProbe } from './vendor-probe.ts';
