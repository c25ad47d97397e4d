import { newestKnownRemote } from '../orders/index.ts';
import { type Copies, type OpenedCopy, openStoreBeside } from '../store/index.ts';
import { BackupError } from './backup-error.ts';

export interface Contents {
  readonly layout: number;
  readonly shapes: Record<string, number>;
  readonly records: Record<string, number>;
  readonly notAuthentic: number;
  readonly newestRemote: number;
}

/** What is in a copy, every record of it looked at with the key. Throws a BackupError where the copy is not whole. */
export async function inspect(copies: Copies, opened: OpenedCopy, encryptionKey: string): Promise<Contents> {
  if (!(await copies.isSound(opened))) throw new BackupError('not_whole', { path: '' });
  const store = await openStoreBeside({ url: opened.url, encryptionKey });
  try {
    const records: Record<string, number> = {};
    let notAuthentic = 0;
    for await (const { namespace, is } of store.everyRecord()) {
      records[namespace] = (records[namespace] ?? 0) + 1;
      if (is !== 'authentic') notAuthentic++;
    }
    const { layout, shapes } = store;
    return { layout, shapes: { ...shapes }, records, notAuthentic, newestRemote: await newestKnownRemote(store) };
  } finally {
    await store.close();
  }
}
