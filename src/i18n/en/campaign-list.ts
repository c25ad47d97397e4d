import type { Money } from '../../lib/index.ts';
import { money, number } from './count.ts';

/** The list of a server's campaigns, and what can be changed about one. */
export const campaignList = {
  title: 'Cards given away here, newest first',
  row: (what: string, charged: Money, state: string, reference: string) =>
    `**${what}** · ${money(charged)} · ${state} · ${reference}`,
  onHand: {
    title:
      '**Cards on hand**, bought but not claimed. The next orders of these cards use them, and nothing new is charged:',
    row: (count: number, name: string, face: Money | undefined) =>
      `${number(count)} × ${name}${face ? ` · face value ${money(face)}` : ''}`,
    more: (count: number) => `and ${count} more`,
  },
  server: (id: string) => `server ${id}`,
  by: (who: string) => `by ${who}`,
  starts: (when: string) => `starts ${when}`,
  none: 'Nothing has been given away here yet.',
  noneNext: 'Begin with /reward bulk, /reward drop or /reward giveaway.',
  pick: 'Choose one to see how it stands, or to change it',
  option: (what: string, reference: string) => `${reference} · ${what}`,
  optionHint: (state: string, charged: Money) => `${state} · ${money(charged)}`,
  edit: {
    title: 'Change it',
    message: 'Your words to who gets a card',
    messageHint: 'At most 200 characters. What was sent already stays as it is.',
    ends: 'When does it end?',
    endsHint: 'Leave it empty to keep its end.',
    endsExample: 'Such as 2 hours, tomorrow 18:00, or 2026-12-01 18:00',
    done: 'It was changed.',
  },
  move: {
    title: 'Move to another channel',
    channel: 'New channel',
    channelHint: 'Cardigan must be able to write in it. The message is posted there again.',
    pick: 'Choose a channel',
    done: 'It was moved. Its message comes in the new channel.',
  },
  next: 'Single cards of /reward send are in /orders.',
};

/** A campaign as a file, for whoever runs it. */
export const campaignFile = {
  title: (what: string, rows: number) =>
    rows === 1 ? `${what} as a file: 1 person` : `${what} as a file: ${rows} people`,
  next: 'Codes are never in it. A spreadsheet rounds the long ids of members, unless you import that column as text.',
  none: 'Nobody has a place in it yet.',
  noneNext: 'Come back once somebody has claimed or entered.',
  columns: {
    user: 'member',
    state: 'state',
    card: 'card',
    order: 'order',
    each: 'charged',
    at: 'claimed, entered or named (UTC)',
    received: 'received (UTC)',
    how: 'how it came',
    rank: 'place in the draw',
  },
  /** Of a place that has no order. */
  state: {
    entered: 'entered',
    left: 'left again',
    steers: 'runs it',
    won: 'drawn, not claimed yet',
    lapsed: 'drawn, gave way',
    due: 'waits to be bought',
    ordered: 'ordered',
    failed: 'got none',
  },
  why: {
    gone: 'no longer in the server',
    not_eligible: 'no longer among those it is for',
    unclaimed: 'not claimed in time',
    replaced: 'replaced by hand',
    not_found: 'not found at CardPlusPay',
    called_off: 'called off',
  },
  because: (state: string, why: string) => `${state}: ${why}`,
  received: 'received',
  waits: 'bought, not received yet',
  how: {
    message: 'direct message',
    shown: 'shown in the server',
    sent: 'direct message',
    closed: 'waits: direct messages are closed',
    failed: 'waits: Discord did not take the direct message',
    withheld: 'waits: Discord asks for fewer direct messages',
    to_reveal: 'waits to be revealed',
  },
};
