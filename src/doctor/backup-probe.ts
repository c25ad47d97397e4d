import { lastBackup } from '../backup/index.ts';
import type { StoreProbe } from './ports.ts';

interface Schedule {
  readonly folder: string | undefined;
  readonly everyMs: number;
}

/** By the newest backup in the folder that they are kept in. */
export const createBackupProbe =
  ({ folder, everyMs }: Schedule): StoreProbe['backup'] =>
  async () => {
    const last = lastBackup(folder);
    return last && { at: Date.parse(last.at), everyMs };
  };
