import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { createCardPlusPay } from '../cardpluspay/index.ts';
import { ConfigError, readConfig } from '../config/index.ts';
import { en } from '../i18n/index.ts';
import { Problem, type ProblemCode, seenText, systemClock } from '../lib/index.ts';
import {
  createOrderRepository,
  type Decision,
  isMissing,
  nameRemote,
  OPERATOR,
  type Order,
  openActions,
  orderSchema,
  recordDecision,
  statedOf,
} from '../orders/index.ts';
import { createLedger } from '../policy/index.ts';
import { openStore, StoreError } from '../store/index.ts';
import { differsText } from '../views/index.ts';
import { runCommandLine } from './run.ts';

const words = en.resolve;
const day = (ms: number) => new Date(ms).toISOString().replace('T', ' ').slice(0, 16);

/** Whoever runs Cardigan may decide where nobody in Discord may. Who they are nobody can tell: it is recorded as them. */
const operator = { user: OPERATOR, guild: '', isManager: true, isAdmin: true };

/** What the command line says: an order, and what it is, if that is said. */
function parse(args: string[]) {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ours: { type: 'string' },
      none: { type: 'boolean' },
      wait: { type: 'boolean' },
      close: { type: 'string' },
      yes: { type: 'boolean' },
    },
  });
  const reason = seenText(values.close ?? '');
  const decisions: Decision[] = [
    ...(values.ours ? [{ kind: 'ours', orderId: Number(values.ours) } as const] : []),
    ...(values.none ? [{ kind: 'none' } as const] : []),
    ...(values.wait ? [{ kind: 'wait' } as const] : []),
    ...(reason ? [{ kind: 'close', reason } as const] : []),
  ];
  const [reference, ...others] = positionals;
  const [decision, ...more] = decisions;
  // One of signs that nobody sees is none.
  const lacksReason = values.close !== undefined && !reason;
  const isOrderId = decision?.kind !== 'ours' || Number.isSafeInteger(decision.orderId);
  if (!reference || others.length > 0 || more.length > 0 || !isOrderId || lacksReason) return undefined;
  return { reference: reference.toUpperCase(), decision, isSure: values.yes === true };
}

/** The order as whoever decides has to see it. No codes: they are for their recipient. */
function describe(order: Order): string[] {
  const { reference, quote, requester, attempt, candidates = [], history } = order;
  const what = `${quote.quantity} × ${quote.name}`;
  const why = isMissing(order) ? 'not_listed' : history.findLast(({ status }) => status === 'needs_review')?.why;
  const rows = candidates.map(
    ({ orderId, orderNo = '', createdAt = '', ...amounts }) =>
      `  ${words.candidate(orderId, orderNo, statedOf(amounts), createdAt)}`,
  );
  return [
    words.order(reference, what, order.remote?.charged ?? quote.charged),
    words.asked(requester, day(history[0]?.at ?? 0)),
    ...(attempt ? [words.sent(day(attempt.startedAt))] : []),
    ...(why ? [words.why(en.orders.reasons[why])] : []),
    ...(rows.length > 0 ? [words.candidates, ...rows] : []),
    ...(rows.length === 0 && !order.remote ? [words.noCandidates] : []),
  ];
}

async function isConfirmed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(`${words.ask} `)).trim().toLowerCase() === 'yes';
  } finally {
    terminal.close();
  }
}

/** Gives the exit code. */
async function resolve(args: string[]): Promise<number> {
  const wanted = parse(args);
  if (!wanted) return say(words.usage, 2);
  const config = readConfig(process);
  const vendor = createCardPlusPay({ ...config.cardPlusPay, clock: systemClock });
  const store = await openStore(config.store);
  try {
    const orders = createOrderRepository(store.records('orders', orderSchema));
    const ledger = createLedger(store);
    const order = await orders.byReference(wanted.reference);
    if (!order) return say(words.unknown(wanted.reference), 1);
    say(describe(order).join('\n'), 0);
    const open = openActions(order, operator, systemClock.now());
    if (open.length === 0) return say(words.notWaiting(en.orders.state[order.status]), 1);
    if (!wanted.decision) return say(words.open(open.map((each) => `--${each}`).join(', ')), 0);
    const ctx = { orders, vendor, ledger, clock: systemClock };
    if (wanted.decision.kind === 'ours') await sayDifferences(ctx, order, wanted.decision.orderId);
    if (!wanted.isSure && !(await isConfirmed())) return say(words.left, 1);
    // The bot takes it from there: it delivers, and tells the requester.
    const decided = await recordDecision(ctx, order.id, operator, wanted.decision);
    return say(words.done(en.orders.state[decided.status]), 0);
  } finally {
    await store.close();
    await vendor.close();
  }
}

/** Whoever runs Cardigan decides alone, and sees before that what does not fit. */
async function sayDifferences(ctx: Parameters<typeof nameRemote>[0], { id }: Order, orderId: number) {
  const { order, candidate } = await nameRemote(ctx, id, operator, orderId);
  const differs = differsText(order, candidate, en, (text) => text);
  if (differs) say(differs, 0);
}

function say(text: string, code: number): number {
  console.log(text);
  return code;
}

await runCommandLine(resolve, {
  usage: words.usage,
  failed: 1,
  explain(error) {
    if (error instanceof ConfigError) return error.problems;
    if (error instanceof StoreError) return [error.message];
    if (!(error instanceof Problem)) return undefined;
    const sentence = en.problems[error.code as ProblemCode] as (params: object) => string;
    return [sentence(error.params)];
  },
});
