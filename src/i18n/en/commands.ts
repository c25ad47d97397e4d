import { dropCommand, giveawayCommand, offering } from './drop.ts';

/** Names and descriptions of the slash commands. Discord shows at most 100 characters of each description. */
export const commands = {
  balance: { name: 'balance', description: 'What the CardPlusPay account has left' },
  catalog: {
    name: 'catalog',
    description: 'Browse the gift cards that can be bought',
    options: {
      query: { name: 'query', description: 'Words to look for' },
      brand: { name: 'brand', description: 'One brand only' },
      currency: { name: 'currency', description: 'Currency of the card, such as USD' },
      region: { name: 'region', description: 'Region of the card, such as global or eu' },
      country: {
        name: 'country',
        description: 'Two letters of the country the card works in, such as DE',
      },
      min: { name: 'min', description: 'Lowest face value' },
      max: { name: 'max', description: 'Highest face value' },
      delivery: { name: 'delivery', description: 'Digital codes or physical cards' },
    },
    deliveries: { DIGITAL: 'digital', PHYSICAL: 'physical' },
  },
  stock: {
    name: 'stock',
    description: 'Is a card in stock, and what is charged for it?',
    options: {
      item: { name: 'item', description: 'The card: type to search, or give its code' },
      quantity: { name: 'quantity', description: 'How many cards, 1 if you leave it out' },
    },
  },
  buy: {
    name: 'buy',
    description: 'Buy gift cards: you see what is charged before you confirm',
    options: {
      item: { name: 'item', description: 'The card: type to search, or give its code' },
      quantity: { name: 'quantity', description: 'How many cards, 1 if you leave it out' },
      reason: { name: 'reason', description: 'What it is for, kept with the order' },
    },
  },
  reward: {
    name: 'reward',
    description: 'Give gift cards to members of this server',
    send: {
      name: 'send',
      description: 'Send one card to one member: you see what is charged before you confirm',
      options: {
        member: { name: 'member', description: 'Who gets it' },
        item: { name: 'item', description: 'The card: type to search, or give its code' },
        message: { name: 'message', description: 'Your words to them, sent with the card' },
        receipt: {
          name: 'receipt',
          description: 'Who reads that you sent it; only you and they if you leave it out',
        },
      },
      receipts: { private: 'private: only you and they', public: 'public: everybody here' },
    },
    bulk: {
      name: 'bulk',
      description: 'Send one card each to many members: you see the total before you confirm',
      options: {
        item: { name: 'item', description: 'The card; leave it out if your file names one a line' },
        role: { name: 'role', description: 'Everybody who has this role' },
        file: {
          name: 'file',
          description: 'A CSV file: member id or name, item code, message; one member a line',
        },
        channel: { name: 'channel', description: 'Where its progress is shown, here by default' },
      },
    },
    drop: dropCommand,
    giveaway: giveawayCommand,
    offering,
    list: {
      name: 'list',
      description: 'What is given away here: see how it stands, change it, or call it off',
    },
  },
  rewards: {
    name: 'rewards',
    description: 'Gift cards that others have sent you, and their codes',
  },
  budget: {
    name: 'budget',
    description: 'What you may spend here, and what is left of it',
    options: {
      member: { name: 'member', description: 'With Manage Server: the budget of somebody else' },
    },
  },
  why: {
    name: 'why',
    description: 'With Manage Server: what would happen to an order, and by which rule',
    options: {
      item: { name: 'item', description: 'The card: type to search, or give its code' },
      quantity: { name: 'quantity', description: 'How many cards' },
      member: { name: 'member', description: 'Who would buy it, you if you leave it out' },
    },
  },
  settings: {
    name: 'settings',
    description: 'Admins: who may buy what here, who decides, and where',
  },
  approvals: {
    name: 'approvals',
    description: 'Approvers: what waits for you to decide, oldest first',
  },
  delegate: {
    name: 'delegate',
    description: 'Approvers: have somebody decide in your name for a time, or see who does',
    options: {
      member: { name: 'member', description: 'Who decides in your name' },
      until: {
        name: 'until',
        description:
          'The last day of it: Monday, tomorrow, 3 days, 1 week, or a date such as 2026-12-01',
      },
    },
  },
  stop: {
    name: 'stop',
    description: 'Admins: stop all purchases, until somebody resumes them',
    options: { reason: { name: 'reason', description: 'Why; whoever tries to buy reads it' } },
  },
  resume: { name: 'resume', description: 'Admins: let purchases go on' },
  review: {
    name: 'review',
    description: 'Admins: decide about orders that Cardigan cannot tell about',
  },
  cases: {
    name: 'cases',
    description: 'Admins: cards whose codes do not work, oldest first',
  },
  audit: {
    name: 'audit',
    description: 'Approvers: who asked, decided, stopped, revealed; never the codes',
    options: {
      member: { name: 'member', description: 'Only what this person did, and their orders' },
      order: { name: 'order', description: 'Only one order, by its six characters' },
      since: {
        name: 'since',
        description: 'From a date such as 2026-11-01 on, or for so many days, such as 7',
      },
    },
  },
  orders: { name: 'orders', description: 'Your orders, newest first, and their codes' },
  order: {
    name: 'order',
    description: 'One order by its reference: how it stands, and what happened to it',
    options: {
      reference: { name: 'reference', description: 'Its six characters, such as K7Q2M9' },
    },
  },
};
