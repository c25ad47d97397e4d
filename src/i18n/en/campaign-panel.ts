import type { Money } from '../../lib/index.ts';
import { money } from './count.ts';

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`);

/** A campaign as whoever runs it sees it, before it is confirmed and after. */
export const campaignPanel = {
  /** What it is, by its kind. */
  what: {
    bulk: (cards: number, what: string) => `${cards} × ${what} to members`,
    drop: (cards: number, what: string) => `Drop of ${cards} × ${what}`,
    giveaway: (cards: number, what: string) => `Giveaway of ${cards} × ${what}`,
  },
  cards: (count: number) => `${count} gift cards`,
  planned: (what: string) => `${what}: start it?`,
  titled: (what: string, state: string) => `${what} · ${state}`,
  state: {
    planned: 'to be confirmed',
    awaiting_approval: 'waits for approval',
    scheduled: 'waits for its time',
    running: 'running',
    paused: 'paused',
    halted: 'stopped',
    closing: 'ending',
    ended: 'ended',
    cancelled: 'called off',
    rejected: 'rejected',
    expired: 'expired',
  },
  atMost: (charged: Money) => `You pay **${money(charged)}** at most`,
  pays: (charged: Money) => `You pay **${money(charged)}**`,
  part: (quantity: number, name: string, each: Money) => `${quantity} × ${name}, ${money(each)} each`,
  moreParts: (count: number) => `and ${count} more`,
  /** How far it has come. */
  tally: {
    charged: (charged: Money) => `Paid so far **${money(charged)}**`,
    sent: (count: number, places: number) => `Received: ${count} of ${places}`,
    onWay: (count: number) => `Being bought or sent: ${count}`,
    waiting: (count: number) => `Bought, and ready for their recipients to reveal: ${count}`,
    pool: (count: number) => `Bought, and not claimed yet: ${count}`,
    unclaimed: (count: number) => `Bought, never claimed: ${count}, now on hand for this server`,
    due: (count: number) => `Still to be bought: ${count}`,
    won: (count: number) => `Drawn, and not claimed yet: ${count}`,
    lapsed: (count: number) => `Drawn, and gave way to the next: ${count}`,
    failed: (count: number) => `Got none: ${count}`,
    unclear: (count: number) => `Not known yet whether they were bought: ${count}`,
    entered: (count: number) => `Entered: ${count}`,
  },
  inChannel: (channel: string) => `Its message is in ${channel}`,
  placeLost:
    'Its channel was deleted, or Cardigan can no longer write there: **nobody can see its message**. Move it to another channel, or end it.',
  starts: (when: string) => `Starts ${when}`,
  ends: (when: string) => `Ends ${when}`,
  repeatsNoMore: 'Does not come again',
  repeats: { weekly: 'Comes again every week', monthly: 'Comes again every month' },
  drawn: (seconds: number) =>
    `Drawn among all who press within the first ${seconds} seconds; what is left goes to the first`,
  claimWithin: (hours: number) => `A winner has ${hours} hours to claim`,
  boughtAtStart:
    'All cards are bought at the start. Unclaimed ones stay on hand for this server, and its next orders of this card use them',
  boughtWhenClaimed: 'Each card is bought when it is claimed; what nobody claims is not paid',
  receipt: { private: 'Nobody but they and you read who got one', public: 'The channel reads that they were sent' },
  role: (role: string) => `Only for ${role}`,
  accountDays: (count: number) => `Only for accounts at least ${days(count)} old`,
  memberDays: (count: number) => `Only for members of at least ${days(count)}`,
  quietDays: (count: number) => `Only for who was sent no card here for ${days(count)}`,
  asOf: (when: string) => `Last updated ${when}`,
  words: (message: string) => `With your words: ${message}`,
  needsBecause: (why: string) => `It needs an approval: ${why}. Nothing is bought before somebody has approved it.`,
  ask: 'It needs an approval. Nothing is bought before somebody has approved it.',
  setAside:
    'When you confirm, this much is set aside in the budgets of this server. What is not given is freed again at the end.',
  setAsideLater: 'At its start this much is set aside in the budgets of this server.',
  confirmed: 'It has started. Its message shows how it stands.',
  scheduled: 'It starts by itself. Until then you can change it or call it off with /reward list.',
  asked: (channel: string, ends: string) =>
    `It has to be approved: the question is in ${channel}. Without an answer it ends ${ends}.`,
  /** Its card does not stand anywhere, or not yet. */
  askedNowhere: (ends: string) =>
    `Waiting for approval. Discord has not accepted the message to approvers yet, and Cardigan keeps trying; they can already decide in /approvals. Expires ${ends}.`,
  over: 'Nothing more is bought for it.',
  buttons: {
    confirm: (charged: Money) => `Confirm ${money(charged)}`,
    ask: (charged: Money) => `Ask for approval, ${money(charged)}`,
    cancel: 'Call it off',
    pause: 'Pause',
    go_on: 'Go on',
    end_early: 'End it now',
    edit: 'Change it',
    move: 'Move it',
    export: 'As a file (CSV)',
    replace: 'Replace a winner',
    reprice: 'See the new price',
    retry: 'Try the rest again',
  },
};
