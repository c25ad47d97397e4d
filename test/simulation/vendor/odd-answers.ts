import type { Exchanged } from '../../../src/cardpluspay/http.ts';
import type { Post } from './vendor.ts';

interface Answer {
  success?: unknown;
  data: { amount?: unknown; order_id?: unknown; order_no?: unknown; codes: object[] };
}

/** An answer to a purchase that was taken, in a shape that no documentation has. */
interface OddAnswer {
  readonly words: string;
  /** `unknown`: it does not prove to have been taken. */
  readonly verdict?: Post['verdict'];
  change(answer: Answer): object;
}

const withData = (change: (data: Answer['data']) => object) => (answer: Answer) => {
  return { ...answer, data: { ...answer.data, ...change(answer.data) } };
};
const withAmount = (words: string, amount: (stated: number) => unknown): OddAnswer => ({
  words: `is taken, with ${words}`,
  change: withData((data) => ({ amount: amount(Number(data.amount)) })),
});

const THOUSANDS = 1200;

export const oddAnswers: readonly OddAnswer[] = [
  withAmount('no amount', () => undefined),
  withAmount('an amount of null', () => null),
  withAmount('an amount that is a word', () => 'gratis'),
  withAmount('an amount of 0', () => 0),
  withAmount('an amount of a cent less', (stated) => (stated - 0.01).toFixed(2)),
  withAmount('an amount in groups', (stated) => `1,00${stated.toFixed(2)}`),
  {
    words: 'is taken, with an object of codes',
    change: withData(({ codes }) => ({ codes: Object.fromEntries(codes.map((code, at) => [at * 2, code])) })),
  },
  {
    words: 'is taken, with a single code where there is one',
    change: withData(({ codes }) => (codes.length === 1 ? { codes: codes[0] } : {})),
  },
  {
    words: 'is taken, with thousands of codes',
    change: withData(({ codes }) => ({
      codes: Array.from({ length: THOUSANDS }, (_, at) => codes[at % codes.length]).filter(Boolean),
    })),
  },
  { words: 'is taken, with an endless order number', change: withData(() => ({ order_no: 'N'.repeat(20_000) })) },
  { words: 'is taken, without an order number', verdict: 'unknown', change: withData(() => ({ order_id: null })) },
  { words: 'is taken, without an envelope', verdict: 'unknown', change: ({ data }) => data },
];

export function oddly(whole: Exchanged, change: OddAnswer['change']): Exchanged {
  if (!whole.answer) return whole;
  const body = Buffer.from(JSON.stringify(change(JSON.parse(Buffer.from(whole.answer.body).toString()))));
  return { ...whole, answer: { ...whole.answer, body } };
}
