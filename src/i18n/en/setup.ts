/** The four screens of /setup, and what it ends with. */
export const setup = {
  step: (step: number, of: number, title: string) => `Set up Cardigan, ${step} of ${of}: ${title}`,
  titles: {
    buyers: 'who may buy?',
    approvers: 'who approves?',
    channels: 'where?',
    amounts: 'how much?',
  },
  /** What a screen asks, and what holds while nothing is chosen. */
  facts: {
    buyers: 'Choose the roles that may buy. Leave it empty and everyone may: their orders still need approval.',
    approvers:
      'Choose the roles that decide about requests. Leave it empty and everyone with Manage Server does. Nobody approves their own request.',
    channels:
      'Choose where approvals are requested, and a private channel for what admins need to know. Cardigan checks at once whether it can post there.',
    amounts: 'Choose what needs no approval, and how much this server may spend in a month.',
  },
  next: 'Each choice is saved as you make it. You can change all of it later with /settings.',
  back: 'Back',
  forward: 'Next',
  done: 'Done',
  free: {
    line: (value: string) => `**Auto-approve limit:** ${value}`,
    pick: 'Choose what needs no approval',
    nothing: 'Every order needs approval',
    upTo: (amount: string) => `Up to ${amount} an order, and in a day for each member`,
    other: 'Other amount',
    label: 'Up to how much for one order?',
  },
  month: {
    line: (value: string) => `**Spending limit of this server:** ${value}`,
    pick: 'Choose a monthly spending limit',
    nothing: 'No monthly limit',
    upTo: (amount: string) => `Up to ${amount} a month`,
    other: 'Other monthly limit',
    label: 'How much may be charged in a month?',
  },
  hint: 'A number without the currency, such as 25 or 12.50',
  summary: {
    title: 'Cardigan is set up',
    next: [
      'Try it: /buy shows a price and buys nothing until you confirm.',
      '/reward send gives a card to a member, /help lists what you can do, and /settings has everything else.',
    ],
    more: 'All settings',
  },
};
