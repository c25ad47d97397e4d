import type { Store } from '../store/index.ts';
import { auditEntrySchema, CHAIN, type Deed } from './chain.ts';

const NAME = 'store';

/**
 * That the records of a store from before were believed, once, when they were made authentic. A second one, of the same
 * store, says that somebody has put it back to what it was before.
 */
export function createStoreSource(store: Pick<Store, 'records' | 'authentic'>) {
  const { at, records } = store.authentic;
  const id = `${NAME}/${at}/0`;
  const deed: Deed = { id, at, by: 'cardigan', what: 'store.authenticated', detail: String(records) };
  const said = records === 0 ? [] : [deed];
  const chain = store.records(CHAIN, auditEntrySchema);
  let isTakenIn = said.length === 0;
  return {
    name: NAME,
    async unaudited() {
      isTakenIn ||= (await chain.holder(`audit/${deed.id}`)) !== undefined;
      return isTakenIn ? [] : [{ deeds: said, done: async () => {} }];
    },
    recall: async (key: string) => (key === String(at) ? { deeds: said, audited: 0, isExplained: true } : undefined),
  };
}
