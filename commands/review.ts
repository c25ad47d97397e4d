import type { Command, InteractionContext, PressHandler } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import type { Decision } from '../src/orders/index.ts';
import {
  askIgnoreView,
  askView,
  attachModal,
  closeModal,
  decidedView,
  ignoredView,
  numberModal,
  parsePage,
  reviewListView,
  reviewView,
  type View,
} from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';
import { textOption } from './shared/option.ts';
import { NAMED_CALLS, ONE_CALL } from './shared/vendor-calls.ts';
import { written } from './shared/written.ts';

const MOST_LISTED = 10; // the text of more may not fit a message

export function review({ orders, campaigns }: App): Command {
  async function decide({ asker, words }: InteractionContext, id: string, decision: Decision): Promise<View> {
    const decided = await orders.decide(id, asker, decision);
    await campaigns.orderFound(decided);
    return decidedView(decided, words);
  }

  /** What does not fit is said before it is done. */
  async function askIfOurs({ asker, words }: InteractionContext, id: string, orderId: number): Promise<View> {
    const { order, candidate } = await orders.nameRemote(id, asker, orderId);
    return askView(order, { kind: 'ours', candidate }, words);
  }

  /** Asked once more, and then done. */
  const deciding = (kind: 'none' | 'wait'): Record<string, PressHandler> => ({
    [`review.${kind}`]: {
      acknowledge: 'ephemeral',
      reads: true,
      press: async ({ asker, words }, id) => askView(await orders.review(id, asker, kind), { kind }, words),
    },
    [`review.${kind}.yes`]: { acknowledge: 'update', press: (moment, id) => decide(moment, id, { kind }) },
  });

  /** The order here that somebody says is it; what does not fit is said before it is done. */
  async function askIfAttached(moment: InteractionContext, orderId: number, reference: string): Promise<View> {
    const { order } = await orders.lookUp(reference, moment.asker);
    return askIfOurs(moment, order.id, orderId);
  }

  return command(en.commands.review, {
    isForManagers: true,
    options: { reference: textOption(40) },
    reads: true,
    async run({ asker, words }, { reference }) {
      if (reference !== undefined) {
        const { order } = await orders.lookUp(reference, asker);
        return reviewView(await orders.review(order.id, asker), 'somebody', words);
      }
      const [{ orders: waiting, next }, { orders: lost }] = await Promise.all([
        orders.reviews(asker, { limit: MOST_LISTED }),
        orders.missing(asker, { limit: MOST_LISTED }),
      ]);
      const missing = lost.slice(0, MOST_LISTED - waiting.length);
      return reviewListView({ waiting, missing, hasMore: next !== undefined }, words);
    },
    presses: {
      'review.open': {
        acknowledge: 'ephemeral',
        reads: true,
        press: async ({ asker, words }, _, [id = '']) => reviewView(await orders.review(id, asker), 'somebody', words),
      },
      'review.ours': {
        acknowledge: 'ephemeral',
        vendorCalls: NAMED_CALLS,
        reads: true,
        press(moment, argument) {
          const { id, orderId } = parseCandidate(argument);
          return askIfOurs(moment, id, orderId);
        },
      },
      'review.number': { acknowledge: 'modal', open: ({ words }, id) => numberModal(id, words) },
      'review.ours.yes': {
        acknowledge: 'update',
        vendorCalls: ONE_CALL,
        press(moment, argument) {
          const { id, orderId } = parseCandidate(argument);
          return decide(moment, id, { kind: 'ours', orderId });
        },
      },
      ...deciding('none'),
      ...deciding('wait'),
      'review.close': { acknowledge: 'modal', open: ({ words }, id) => closeModal(id, words) },
      'stranger.attach': { acknowledge: 'modal', open: ({ words }, id) => attachModal(id, words) },
      'stranger.ignore': {
        acknowledge: 'ephemeral',
        reads: true,
        press: async ({ words }, id) => askIgnoreView(parseNumber(id), words),
      },
      'stranger.ignore.yes': {
        acknowledge: 'update',
        async press({ asker, words }, id) {
          await orders.ignoreStranger(parseNumber(id), asker);
          return ignoredView(parseNumber(id), words);
        },
      },
    },
    submits: {
      'stranger.attach': {
        acknowledge: 'ephemeral',
        vendorCalls: NAMED_CALLS,
        reads: true,
        submit: (moment, id, { reference = '' }) => askIfAttached(moment, parseNumber(id), reference),
      },
      'review.number': {
        acknowledge: 'ephemeral',
        vendorCalls: NAMED_CALLS,
        reads: true,
        submit: (moment, id, { number = '' }) => askIfOurs(moment, id, parseNumber(number)),
      },
      'review.close': {
        acknowledge: 'ephemeral',
        submit: async (moment, id, { reason }) => decide(moment, id, { kind: 'close', reason: written(reason) }),
      },
    },
  });
}

function parseCandidate(argument: string): { id: string; orderId: number } {
  const { query: id, page } = parsePage(argument);
  return { id, orderId: Number(page) };
}

function parseNumber(text: string): number {
  const [, digits] = /^#?(\d{1,15})$/.exec(text.trim()) ?? [];
  if (!digits) throw new Problem('bad_remote_number', { text: text.trim() });
  return Number(digits);
}
