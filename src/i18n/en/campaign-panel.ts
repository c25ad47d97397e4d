import type { Money } from '../../lib/index.ts';
import { counted, money, number } from './count.ts';

/** A campaign as whoever runs it sees it, before it is confirmed and after. */
export const campaignPanel = {
  /** What it is, by its kind. */
  what: {
    bulk: (cards: number, what: string) => `${number(cards)} × ${what} to members`,
    drop: (cards: number, what: string) => `Drop of ${number(cards)} × ${what}`,
    giveaway: (cards: number, what: string) => `Giveaway of ${number(cards)} × ${what}`,
  },
  cards: (count: number) => counted(count, 'gift card'),
  planned: {
    bulk: (what: string) => `Send ${what}?`,
    drop: (_: string) => 'Start this drop?',
    giveaway: (_: string) => 'Start this giveaway?',
  },
  titled: (what: string, state: string) => `${what} · ${state}`,
  state: {
    planned: 'not confirmed yet',
    awaiting_approval: 'waiting for approval',
    scheduled: 'scheduled',
    running: 'running',
    paused: 'paused',
    halted: 'on hold',
    closing: 'finishing',
    ended: 'ended',
    cancelled: 'cancelled',
    rejected: 'declined',
    expired: 'expired',
  },
  atMost: (charged: Money) => `Total up to **${money(charged)}**`,
  pays: (charged: Money) => `Total **${money(charged)}**`,
  part: (quantity: number, name: string, each: Money) => `${number(quantity)} × ${name}, ${money(each)} each`,
  moreParts: (count: number) => `and ${number(count)} more`,
  /** How far it has come. */
  tally: {
    charged: (charged: Money) => `Charged so far **${money(charged)}**`,
    sent: (count: number, places: number) => `Received: ${number(count)} of ${number(places)}`,
    onWay: (count: number) => `Being bought or delivered: ${number(count)}`,
    waiting: (count: number) => `Ready to reveal: ${number(count)}`,
    pool: (count: number) => `Bought, not claimed yet: ${number(count)}`,
    unclaimed: (count: number) => `Bought, never claimed: ${number(count)} (kept for this server's next orders)`,
    due: (count: number) => `Still to buy: ${number(count)}`,
    won: (count: number) => `Winners who haven't claimed yet: ${number(count)}`,
    lapsed: (count: number) => `Winners replaced: ${number(count)}`,
    failed: (count: number) => `Didn't get a card: ${number(count)}`,
    unclear: (count: number) => `Checking with CardPlusPay whether they were bought: ${number(count)}`,
    entered: (count: number) => `Entries: ${number(count)}`,
  },
  willBeIn: (channel: string) => `Will be posted in ${channel}`,
  inChannel: (channel: string) => `Posted in ${channel}`,
  placeLost:
    'Its channel was deleted, or Cardigan can no longer post there: **nobody can see its message**. Move it to another channel, or end it.',
  starts: (when: string) => `Starts ${when}`,
  ends: (when: string) => `Ends ${when}`,
  repeatsNoMore: 'Does not repeat',
  repeats: { weekly: 'Repeats every week', monthly: 'Repeats every month' },
  drawn: (seconds: number) =>
    `Drawn among everyone who presses in the first ${counted(seconds, 'second')}; then first come, first served`,
  claimWithin: (hours: number) => `Winners have ${counted(hours, 'hour')} to claim`,
  boughtAtStart:
    'All cards are bought at the start. Unclaimed ones are kept for this server, and its next orders of this card use them.',
  boughtWhenClaimed: "Cards are bought as they're claimed. Unclaimed cards cost nothing.",
  role: (role: string) => `Only for ${role}`,
  accountDays: (count: number) => `Only for accounts at least ${counted(count, 'day')} old`,
  memberDays: (count: number) => `Only for members who joined at least ${counted(count, 'day')} ago`,
  quietDays: (count: number) =>
    `Only for people who haven't received a card here in the last ${count === 1 ? 'day' : `${number(count)} days`}`,
  asOf: (when: string) => `Updated ${when}`,
  words: (message: string) => `Message: ${message}`,
  needsBecause: (why: string) => `Needs approval: ${why}. Nothing is charged until then.`,
  ask: "Needs approval. You won't be charged until it's approved.",
  setAside: (charged: Money) => `${money(charged)} is reserved from the budget; anything unclaimed is released`,
  confirmed: 'It is running. Its message shows the progress.',
  scheduled: 'It starts on its own. Until then, you can edit or cancel it with /reward list.',
  asked: (channel: string, ends: string) => `Waiting for approval in ${channel}. Expires ${ends}.`,
  /** Its card does not stand anywhere, or not yet. */
  askedNowhere: (ends: string) =>
    `Waiting for approval. Discord has not accepted the message to approvers yet, and Cardigan keeps trying; they can already see it. Expires ${ends}.`,
  over: 'No more cards are bought.',
  buttons: {
    confirm: (charged: Money) => `Confirm ${money(charged)}`,
    ask: (charged: Money) => `Request approval · ${money(charged)}`,
    cancel: 'Cancel',
    pause: 'Pause',
    go_on: 'Resume',
    end_early: 'End now',
    edit: 'Edit',
    move: 'Move',
    export: 'Export CSV',
    replace: 'Replace a winner',
    reprice: 'See the new price',
    retry: 'Retry the rest',
  },
};
