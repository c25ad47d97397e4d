const item = 'The card: type to search, or give its code';
const server = 'Admins: what is open in all servers';
const quantity = 'How many cards (default 1)';

/** Of cards that are sent. */
const gift = {
  message: 'Your message, sent with the card',
  receipt: 'Who sees that you sent it (default: only you and them)',
};

/** Of drops and giveaways alike. */
const offered = {
  channel: 'Where to post it (default: here)',
  starts: 'When it starts: 2 hours, tomorrow 18:00, 2026-12-01 18:00 (default: now)',
  role: 'Only for people with this role',
  'account-days': 'Only for Discord accounts at least this many days old',
  'member-days': 'Only for people who joined this server at least this many days ago',
  'quiet-days': 'Only for people who got no card here in this many days',
  message: 'Your message, shown on it and sent with each card',
  repeat: 'Repeat it automatically, under the same rules',
};

const reward = {
  name: 'reward',
  description: 'Give gift cards to members of this server',
  repeats: { weekly: 'every week', monthly: 'every month' },
  receipts: { private: 'private: only you and them', public: 'public: everyone here' },
  send: {
    name: 'send',
    description: 'Send a gift card to a member: you see the total before you confirm',
    options: { member: 'Who gets it', item, ...gift },
  },
  bulk: {
    name: 'bulk',
    description: 'Send one card each to many members: you see the total before you confirm',
    options: {
      item: 'The card (not needed if your file has one per line)',
      members: 'Mention them or list their IDs: @bob @cleo, @dan',
      reacted: 'Everyone who reacted to this message: paste its link',
      emoji: 'Only this reaction (default: every reaction)',
      role: 'Everyone with this role',
      file: 'A CSV file: member ID or name, item code, message; one member per line',
      ...gift,
      channel: 'Where to show progress (default: here)',
    },
  },
  again: {
    name: 'again',
    description: 'Run a saved campaign again: you see the current total before you confirm',
    options: { name: 'The template to run' },
  },
  drop: {
    name: 'drop',
    description: 'First come, first served cards: you see the total before you confirm',
    options: {
      item,
      cards: 'How many cards, one per person',
      ...offered,
      ends: 'When it ends: 2 hours, tomorrow 18:00, 2026-12-01 18:00; or with the last card',
      'draw-seconds': 'Against scripts: draw among everyone who presses in the first this many seconds',
      buy: 'When the cards are bought (default: when claimed)',
    },
    buying: {
      claimed: 'when claimed: unclaimed cards cost nothing',
      start: 'all at the start: unclaimed cards stay on hand',
    },
  },
  giveaway: {
    name: 'giveaway',
    description: 'Draw winners among everyone who enters: you see the total before you confirm',
    options: {
      item,
      winners: 'How many winners, one card each',
      ends: 'When it is drawn: 2 hours, 3 days, tomorrow 18:00, 2026-12-01 18:00',
      ...offered,
      'claim-hours': 'Hours a winner has to claim before it goes to the next (default 48)',
    },
  },
  list: {
    name: 'list',
    description: 'Rewards in this server: see, change or cancel them',
    options: { server },
  },
};

/** What Discord shows of the slash commands, and of their options by name: at most 100 characters of each text. */
export const commands = {
  balance: { name: 'balance', description: 'The balance of the CardPlusPay account' },
  catalog: {
    name: 'catalog',
    description: 'Browse the gift cards you can buy',
    options: {
      query: 'Words to search for',
      brand: 'One brand only',
      currency: 'Currency of the card, such as USD',
      region: 'Region of the card, such as global or eu',
      country: 'Two-letter code of a country the card works in, such as DE',
      min: 'Lowest face value',
      max: 'Highest face value',
      delivery: 'Digital codes or physical cards',
    },
    deliveries: { DIGITAL: 'digital', PHYSICAL: 'physical' },
  },
  stock: {
    name: 'stock',
    description: 'Check whether a card is in stock and what it costs',
    options: { item, quantity },
  },
  buy: {
    name: 'buy',
    description: 'Buy gift cards: you see the total before you confirm',
    options: { item, quantity, reason: "What it's for, saved with the order" },
  },
  reward,
  rewards: { name: 'rewards', description: 'Gift cards people sent you, and their codes' },
  budget: {
    name: 'budget',
    description: 'What you can spend here, and what is left',
    options: { member: "With Manage Server: someone else's budget" },
  },
  why: {
    name: 'why',
    description: 'With Manage Server: what would happen to an order, and by which rule',
    options: { item, quantity: 'How many cards', member: 'Who would buy it, you if you leave it out' },
  },
  privacy: { name: 'privacy', description: 'What is kept about you here: see it, get it as a file, or erase it' },
  help: { name: 'help', description: 'What you can do here, with your rights' },
  setup: { name: 'setup', description: 'Admins: set up who may buy, who approves, where, and how much' },
  doctor: {
    name: 'doctor',
    description: 'Admins: check that Cardigan is set up right here, and see how to fix what is not',
  },
  settings: { name: 'settings', description: 'Admins: who can buy what, who approves, and where' },
  approvals: { name: 'approvals', description: 'Approvers: requests that need your decision, oldest first' },
  delegate: {
    name: 'delegate',
    description: 'Approvers: choose someone to decide in your name for a while, or see who does',
    options: {
      member: 'Who decides in your name',
      until: 'The last day: Monday, tomorrow, 3 days, 1 week, or a date such as 2026-12-01',
    },
  },
  stop: {
    name: 'stop',
    description: 'Admins: pause all purchases until someone resumes them',
    options: { reason: 'Why (shown to anyone who tries to buy)' },
  },
  resume: { name: 'resume', description: 'Admins: resume purchases' },
  review: {
    name: 'review',
    description: 'Admins: resolve orders with an unknown outcome',
    options: { reference: "An order's six characters (default: list everything to review)" },
  },
  cases: { name: 'cases', description: "Admins: cards whose codes don't work, oldest first" },
  audit: {
    name: 'audit',
    description: 'Approvers: who requested, decided, paused and revealed; never the codes',
    options: {
      member: 'Only what this person did, and their orders',
      order: 'Only one order, by its six characters',
      since: 'Since a date such as 2026-11-01, or for this many days, such as 7',
      kind: 'Only one kind of entry',
    },
  },
  auditKinds: {
    orders: 'Orders',
    campaigns: 'Campaigns',
    settings: 'Settings and spending limits',
    stops: 'Purchases paused or resumed',
    reveals: 'Codes revealed',
    delegates: 'Delegates',
    cases: "Cases: codes that don't work",
  },
  /** The one choice beside this server. */
  servers: { all: 'All servers: what is open in each' },
  orders: { name: 'orders', description: 'Your orders, newest first, and their codes', options: { server } },
  order: {
    name: 'order',
    description: 'One order by its reference: its status and history',
    options: { reference: 'Its six characters, such as K7Q2M9' },
  },
};
