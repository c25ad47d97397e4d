import { StoreError, type StoreErrorCode } from '../../store/index.ts';
import type { DoctorContext } from '../context.ts';
import { finding } from '../findings.ts';
import type { Machine } from '../ports.ts';
import { type Outcome, well, wrong } from '../result.ts';
import { unwritableOf } from './machine.ts';

const ofKey: readonly StoreErrorCode[] = ['missing_key', 'wrong_key', 'bad_key'];
const ofShape: readonly StoreErrorCode[] = ['newer', 'older'];

/** What key and shape are the reason of is said by their own checks. */
export async function checkStore(ctx: DoctorContext): Promise<Outcome> {
  const opened = await ctx.openedStore();
  if (!(opened instanceof StoreError) || [...ofKey, ...ofShape].includes(opened.code)) return well();
  // Before the first start there is none, and nothing is wrong with that.
  if (opened.code === 'absent') return { findings: [finding('store_new', {})], stops: true };
  return wrong(finding('store_failed', { why: opened.message }));
}

export async function checkShape(ctx: DoctorContext): Promise<Outcome> {
  const opened = await ctx.openedStore();
  const isWrong = opened instanceof StoreError && ofShape.includes(opened.code);
  return isWrong ? wrong(finding('store_shape', { why: opened.message })) : well();
}

export async function checkEncryptionKey(ctx: DoctorContext): Promise<Outcome> {
  const opened = await ctx.openedStore();
  return opened instanceof StoreError ? wrong(finding('store_key', { why: opened.message })) : well();
}

/** Nothing is written: rights and mode say what would come of it. */
export const checkWritable =
  (machine: Machine | undefined) =>
  async (ctx: DoctorContext): Promise<Outcome> => {
    const { store } = machine ?? {};
    const files = store ? [store.folder, store.database] : [];
    const takesWrites = await ctx.store.takesWrites();
    return wrong(...(takesWrites ? [] : [finding('store_read_only', {})]), ...(await unwritableOf(files)));
  };
