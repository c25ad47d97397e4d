export { BackupError, type BackupFaults } from './backup-error.ts';
export { type Drilled, drill } from './drill.ts';
export { keepKey } from './keep-key.ts';
export { type LostOrders, lostSince } from './lost.ts';
export { makeBackup } from './make.ts';
export { type Backup, backupsIn, lastBackup, readManifest } from './manifest.ts';
export { type Restored, restore } from './restore.ts';
export { type BackupSchedule, createBackupSchedule, ownProgram } from './schedule.ts';
