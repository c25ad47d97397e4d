const item = 'The card: type to search, or give its code';
const server = 'Admins: list what is open in all servers';
const quantity = 'How many cards, 1 if you leave it out';

/** Of cards that are sent. */
const gift = {
  message: 'Your words to them, sent with the card',
  receipt: 'Who reads that you sent it; only you and they if you leave it out',
};

/** Of drops and giveaways alike. */
const offered = {
  channel: 'Where its message stands; here if you leave it out',
  starts: 'When it starts: 2 hours, tomorrow 18:00, 2026-12-01 18:00; else at once',
  role: 'Only for people with this role',
  'account-days': 'Only for accounts at Discord that are at least so many days old',
  'member-days': 'Only for people who have been in this server for so many days',
  'quiet-days': 'Only for people who were sent no card here for so many days',
  message: 'Your words, on its message and with each card',
  repeat: 'Start it anew by itself, through the same rules',
};

const reward = {
  name: 'reward',
  description: 'Give gift cards to members of this server',
  repeats: { weekly: 'every week', monthly: 'every month' },
  receipts: { private: 'private: only you and they', public: 'public: everybody here' },
  send: {
    name: 'send',
    description: 'Send one card to one member: you see what is charged before you confirm',
    options: { member: 'Who gets it', item, ...gift },
  },
  bulk: {
    name: 'bulk',
    description: 'Send one card each to many members: you see the total before you confirm',
    options: {
      item: 'The card; leave it out if your file names one a line',
      role: 'Everybody who has this role',
      file: 'A CSV file: member id or name, item code, message; one member a line',
      ...gift,
      channel: 'Where its progress is shown, here by default',
    },
  },
  drop: {
    name: 'drop',
    description: 'Give cards to the first who claim: you see what is charged before you confirm',
    options: {
      item,
      cards: 'How many cards there are, one for each person',
      ...offered,
      ends: 'When it ends: 2 hours, tomorrow 18:00, 2026-12-01 18:00; else with the last card',
      'draw-seconds': 'Against scripts: draw among all who press in the first so many seconds',
      buy: 'When the cards are bought; when claimed if you leave it out',
    },
    buying: {
      claimed: 'when claimed: what nobody claims is not paid',
      start: 'all at the start: unclaimed cards stay on hand for this server',
    },
  },
  giveaway: {
    name: 'giveaway',
    description: 'Draw who gets a card among all who enter: you see the cost before you confirm',
    options: {
      item,
      winners: 'How many are drawn, one card for each',
      ends: 'When it is drawn: 2 hours, 3 days, tomorrow 18:00, 2026-12-01 18:00',
      ...offered,
      'claim-hours': 'How long a winner has to claim before the next one gets it; 48 hours if left out',
    },
  },
  list: {
    name: 'list',
    description: 'What is given away here: see how it stands, change it, or call it off',
    options: { server },
  },
};

/** What Discord shows of the slash commands, and of their options by name: at most 100 characters of each text. */
export const commands = {
  balance: { name: 'balance', description: 'What the CardPlusPay account has left' },
  catalog: {
    name: 'catalog',
    description: 'Browse the gift cards that can be bought',
    options: {
      query: 'Words to look for',
      brand: 'One brand only',
      currency: 'Currency of the card, such as USD',
      region: 'Region of the card, such as global or eu',
      country: 'Two letters of the country the card works in, such as DE',
      min: 'Lowest face value',
      max: 'Highest face value',
      delivery: 'Digital codes or physical cards',
    },
    deliveries: { DIGITAL: 'digital', PHYSICAL: 'physical' },
  },
  stock: { name: 'stock', description: 'Is a card in stock, and what is charged for it?', options: { item, quantity } },
  buy: {
    name: 'buy',
    description: 'Buy gift cards: you see what is charged before you confirm',
    options: { item, quantity, reason: 'What it is for, kept with the order' },
  },
  reward,
  rewards: { name: 'rewards', description: 'Gift cards that others have sent you, and their codes' },
  budget: {
    name: 'budget',
    description: 'What you may spend here, and what is left of it',
    options: { member: 'With Manage Server: the budget of somebody else' },
  },
  why: {
    name: 'why',
    description: 'With Manage Server: what would happen to an order, and by which rule',
    options: { item, quantity: 'How many cards', member: 'Who would buy it, you if you leave it out' },
  },
  help: { name: 'help', description: 'What you can do here, with your rights' },
  setup: { name: 'setup', description: 'Admins: set up who may buy, who approves, where, and how much' },
  settings: { name: 'settings', description: 'Admins: who may buy what here, who decides, and where' },
  approvals: { name: 'approvals', description: 'Approvers: what waits for you to decide, oldest first' },
  delegate: {
    name: 'delegate',
    description: 'Approvers: have somebody decide in your name for a time, or see who does',
    options: {
      member: 'Who decides in your name',
      until: 'The last day of it: Monday, tomorrow, 3 days, 1 week, or a date such as 2026-12-01',
    },
  },
  stop: {
    name: 'stop',
    description: 'Admins: stop all purchases, until somebody resumes them',
    options: { reason: 'Why; whoever tries to buy reads it' },
  },
  resume: { name: 'resume', description: 'Admins: let purchases go on' },
  review: {
    name: 'review',
    description: 'Admins: decide about orders that Cardigan cannot tell about',
    options: { reference: "An order's six characters; leave it out to list all that wait" },
  },
  cases: { name: 'cases', description: 'Admins: cards whose codes do not work, oldest first' },
  audit: {
    name: 'audit',
    description: 'Approvers: who asked, decided, stopped, revealed; never the codes',
    options: {
      member: 'Only what this person did, and their orders',
      order: 'Only one order, by its six characters',
      since: 'From a date such as 2026-11-01 on, or for so many days, such as 7',
    },
  },
  /** The one choice beside this server. */
  servers: { all: 'All servers: what is open in each' },
  orders: { name: 'orders', description: 'Your orders, newest first, and their codes', options: { server } },
  order: {
    name: 'order',
    description: 'One order by its reference: how it stands, and what happened to it',
    options: { reference: 'Its six characters, such as K7Q2M9' },
  },
};
