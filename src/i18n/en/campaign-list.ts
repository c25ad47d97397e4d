import type { Money } from '../../lib/index.ts';
import { counted, money, number } from './count.ts';

/** The list of a server's campaigns, and what can be changed about one. */
export const campaignList = {
  title: 'Campaigns in this server, newest first',
  row: (what: string, charged: Money, state: string, reference: string) =>
    `**${what}** · ${money(charged)} · ${state} · ${reference}`,
  onHand: {
    title: '**Cards on hand**, bought but never claimed. The next orders of these cards use them at no charge:',
    row: (count: number, name: string, face: Money | undefined) =>
      `${number(count)} × ${name}${face ? ` · face value ${money(face)}` : ''}`,
    more: (count: number) => `and ${number(count)} more`,
  },
  server: (id: string) => `server ${id}`,
  by: (who: string) => `by ${who}`,
  starts: (when: string) => `starts ${when}`,
  none: 'No campaigns here yet.',
  noneNext: 'Start one with /reward bulk, /reward drop or /reward giveaway.',
  pick: 'Open a campaign',
  option: (what: string, reference: string) => `${what} · ${reference}`,
  optionHint: (state: string, charged: Money) => `${state} · ${money(charged)}`,
  edit: {
    title: 'Edit campaign',
    message: 'Message to the recipients',
    messageHint: 'Up to 200 characters. Messages already sent stay as they are.',
    ends: 'When does it end?',
    endsHint: 'Leave empty to keep the current end.',
    endsExample: 'Such as 2 hours, tomorrow 18:00, or 2026-12-01 18:00',
    done: 'Saved.',
  },
  move: {
    title: 'Move to another channel',
    channel: 'New channel',
    channelHint: 'Cardigan must be able to post there. The message is posted again.',
    pick: 'Choose a channel',
    done: 'Moved. Its message will appear in the new channel.',
  },
  next: 'Single gift cards from /reward send are in /orders.',
};

/** A campaign as a file, for whoever runs it. */
export const campaignFile = {
  title: (what: string, rows: number) => `Export of ${what}: ${counted(rows, 'person', 'people')}`,
  next: 'It never contains codes. Spreadsheets round long member ids unless you import that column as text.',
  none: 'Nothing to export yet.',
  noneNext: 'Come back once somebody has entered or claimed.',
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
    left: 'left',
    steers: 'organiser',
    won: 'won, not claimed yet',
    lapsed: 'won, then replaced',
    due: 'waiting to be bought',
    ordered: 'ordered',
    failed: 'no card',
  },
  why: {
    gone: 'no longer in the server',
    not_eligible: 'no longer eligible',
    unclaimed: 'not claimed in time',
    replaced: 'replaced by hand',
    not_found: 'not found at CardPlusPay',
    called_off: 'cancelled',
  },
  because: (state: string, why: string) => `${state}: ${why}`,
  received: 'received',
  waits: 'bought, not revealed yet',
  how: {
    message: 'direct message',
    shown: 'shown in the server',
    sent: 'direct message',
    closed: 'ready to reveal: direct messages are closed',
    failed: 'ready to reveal: Discord rejected the direct message',
    withheld: 'ready to reveal: Discord asked for fewer direct messages',
    to_reveal: 'ready to reveal',
  },
};
