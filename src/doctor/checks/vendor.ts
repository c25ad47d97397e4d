import { CardPlusPayError } from '../../cardpluspay/index.ts';
import { compare, money } from '../../lib/index.ts';
import { answerOf, type DoctorContext, vendorWhy } from '../context.ts';
import { finding } from '../findings.ts';
import { note } from '../notes.ts';
import { type Outcome, well, wrong } from '../result.ts';
import { clockOutcome } from './application.ts';

/** No answer, or none that says anything. */
const silences = ['network', 'timeout', 'server', 'rate_limited'];

export async function checkVendor(ctx: DoctorContext): Promise<Outcome> {
  const answer = await ctx.balance();
  if (!(answer instanceof CardPlusPayError) || isAboutAccess(answer, ctx)) return well();
  const code = silences.includes(answer.code) ? ('vendor_silent' as const) : ('vendor_odd' as const);
  return wrong(finding(code, { why: vendorWhy(answer) }));
}

/** What the key and the signature are the reason of. Without a challenge, a request that is signed never leaves. */
const isAboutAccess = ({ code, outcome }: CardPlusPayError, { vendor }: DoctorContext) =>
  code === 'unauthorized' ||
  code === 'signing_wanted' ||
  (vendor.isSigning && outcome === 'not_sent' && isChallenge(code));

const isChallenge = (code: string) => !silences.includes(code);

export async function checkKey(ctx: DoctorContext): Promise<Outcome> {
  const answer = await ctx.balance();
  const isRefused = answer instanceof CardPlusPayError && answer.code === 'unauthorized';
  return isRefused ? wrong(finding('key_refused', {})) : well();
}

export async function checkSignature(ctx: DoctorContext): Promise<Outcome> {
  const answer = await ctx.balance();
  const { isSigning } = ctx.vendor;
  if (!(answer instanceof CardPlusPayError)) return isSigning ? well(note('signed', {})) : well();
  if (!isSigning) return wrong(finding('signing_wanted', {}));
  // What was to be signed never came, so nothing was sent.
  return wrong(finding(answer.outcome === 'not_sent' ? 'challenge_missing' : 'signature_refused', {}));
}

export const checkVendorClock = async (ctx: DoctorContext): Promise<Outcome> => {
  await ctx.balance();
  return clockOutcome('CardPlusPay', ctx.vendor.clockAhead());
};

export async function checkBalance(ctx: DoctorContext): Promise<Outcome> {
  const balance = answerOf(await ctx.balance());
  const isEmpty = compare(balance, money('0', balance.currency)) <= 0;
  return isEmpty ? wrong(finding('balance_empty', { balance })) : well(note('balance', { balance }));
}

export async function checkCatalog(ctx: DoctorContext): Promise<Outcome> {
  const { products, total, skipped, fields, cut, isEndless } = answerOf(await ctx.catalog());
  if (products === 0) return wrong(finding('catalog_empty', {}));
  const why = Object.entries(fields).map(([field, count]) => `${field}: ${count}`);
  return {
    findings: [
      ...(skipped > 0 ? [finding('catalog_skipped', { count: skipped, fields: why.join(', ') })] : []),
      ...(cut > 0 ? [finding('catalog_cut', { count: cut })] : []),
      ...(isEndless ? [finding('catalog_endless', {})] : []),
    ],
    notes: [note('catalog', { products, total })],
  };
}

/** One that is out of stock is an answer as well. */
export async function checkStock(ctx: DoctorContext): Promise<Outcome> {
  const { sample } = answerOf(await ctx.catalog());
  if (!sample) return well();
  try {
    const { available } = await ctx.vendor.checkStock(sample.itemCode, 1);
    return well(note('stock', { item: sample.name, isThere: available ? 'yes' : 'no' }));
  } catch (error) {
    if (!(error instanceof CardPlusPayError)) throw error;
    return wrong(finding('stock_failed', { why: vendorWhy(error) }));
  }
}
