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
  },
};
