import { counted, roundMoney } from './count.ts';
import { rights } from './rights.ts';

/** Of each setting, as the beginning of a line. */
const names = {
  free: 'Auto-approve limit',
  tiers: 'Approval tiers',
  ownPurchases: "Approvers' own purchases",
  budgets: 'Budgets',
  mostCards: 'Cards per order',
  buyCodes: 'Codes from /buy',
  approvers: 'Approvers',
  askers: 'Who can buy',
  balanceSeers: 'Who sees the balance',
  approvalsChannel: 'Approvals channel',
  adminsChannel: "Admins' channel",
  brands: 'Brands',
  items: 'Cards',
  currencies: 'Currencies',
  deliveries: 'Delivery',
  quoteMinutes: 'Quote expiry',
  approvalHours: 'Approval requests expire after',
  timeZone: 'Time zone',
  alertsOff: 'Alerts',
  lowBalance: 'Low balance',
};

/** What each setting does, for whoever is about to change it. */
const hints = {
  free: "Orders up to this amount need no approval. The daily amount caps how much one member can buy that way, so splitting an order doesn't help. With 0, every order needs approval.",
  tiers:
    'Orders over an amount need that many approvals, each from a different person. This applies to everyone, approvers included.',
  ownPurchases:
    'Whether approvers can buy for themselves without approval, up to the lowest tier, or need another approver. Nobody can approve their own order.',
  buyCodes:
    'Codes from /buy always go by direct message. They can also be shown at once in a private answer to whoever confirmed the purchase; nobody else sees that answer.',
  mostCards: 'The most cards in one order, from 1 to 100.',
  approvers:
    "Members with one of these roles decide on other people's requests. If empty, members with Manage Server do. They are pinged once per request, if the role can be mentioned by anyone or Cardigan has Mention Everyone.",
  askers: 'Members with one of these roles, and approvers, can buy or request cards. If empty, everyone can.',
  balanceSeers:
    'Members with one of these roles, and approvers, see what the CardPlusPay account has left. Choose @everyone to show it to all members.',
  approvalsChannel:
    'Approval requests are posted in this channel. If empty, they are posted where the purchase was requested.',
  adminsChannel:
    'Cardigan posts notices for admins in this channel. If empty, it uses a channel named cardigan-admins, or else sends the server owner direct messages. It never uses a channel that everyone can read.',
  brands: 'Only cards of these brands can be bought. If empty, all brands can.',
  items: 'Only these cards, given by item code, can be bought. If empty, all cards can.',
  currencies: 'Only cards in these currencies can be bought. If empty, all can.',
  deliveries: 'Only cards with this kind of delivery can be bought. If empty, all can.',
  quoteMinutes: 'How long a quoted price stays valid.',
  approvalHours: 'Requests expire after this long; the reserved budget is released.',
  timeZone: 'Budget days, weeks and months start in this time zone.',
  alertsOff:
    "What is posted in the admins' channel without asking anything: once, and edited when it is over. Alerts about the account are posted in Cardigan's first server only.",
  lowBalance:
    'You are told when the balance falls below this amount. If empty, you are told when it would last less than 3 days at the current pace, or when a campaign of the next 7 days needs more; this is checked in any case.',
};

/** What does not work, and what that means meanwhile. */
const troubles = {
  approvers: {
    role_gone: 'An approver role was deleted. If it was the only one, nobody can approve.',
    roles_unheard:
      'Approvers are named but not pinged: Discord lets Cardigan ping a role only if anyone can mention it, or if Cardigan has Mention Everyone.',
  },
  askers: {
    role_gone: 'A role that can buy was deleted. If it was the only one, only approvers can buy.',
  },
  balanceSeers: { role_gone: 'A role that sees the balance was deleted. Its members no longer see it.' },
  budgets: { role_gone: 'A role with a budget was deleted, so that budget no longer applies to anyone.' },
  approvalsChannel: {
    channel_closed:
      "Cardigan can't post in the approvals channel. Until it can, requests are posted in the admins' channel.",
    channel_limited:
      'Cardigan posts in the approvals channel but is missing a permission there: messages may be lost or arrive twice.',
    channel_gone:
      "The approvals channel was deleted. Until you choose another, requests are posted in the admins' channel.",
  },
  adminsChannel: {
    channel_closed:
      "Cardigan can't post in the admins' channel. Until it can, it uses a channel named cardigan-admins, or else direct messages to the owner.",
    channel_limited:
      "Cardigan posts in the admins' channel but is missing a permission there: messages may be lost or arrive twice.",
    channel_public:
      "Everyone can read the admins' channel, so Cardigan posts nothing there. It uses a channel named cardigan-admins instead, or else direct messages to the owner. Deny View Channel to @everyone there, or choose another channel.",
    channel_gone:
      "The admins' channel was deleted. Until you choose another, Cardigan uses a channel named cardigan-admins, or else direct messages to the owner.",
  },
};

/** What mends them, where that can be said. */
const mends = {
  lacks: (rights: string) => `Missing there: ${rights}.`,
  unheard: (roles: string, count: number, invite: string | undefined) =>
    `Not pinged: ${roles}. Allow anyone to mention ${count === 1 ? 'this role' : 'these roles'}${invite ? `, or give Cardigan the permission with [this invite](${invite}); nothing else changes` : ''}.`,
};

const andMore = (names: string, more: number) => `${names}${more > 0 ? ` and ${more} more` : ''}`;

/** The panel of a guild's rules. Amounts, names and mentions come ready to be shown. */
export const settings = {
  next: 'Changes apply immediately and are logged. Pending requests keep whichever rule is stricter.',
  names,
  hints,
  line: (name: string, value: string) => `**${name}:** ${value}`,
  /** How something that was changed says itself back. */
  changed: (name: string, now: string, before: string) => `${name}: now ${now} (was ${before}).`,
  unchanged: (name: string, now: string) => `${name}: ${now}. Nothing changed.`,
  unheld: (roles: string) => `Nobody has ${roles} yet.`,
  nobodyApproves: 'Until someone does, nobody can approve.',
  oneApproves: 'Only one person is an approver, so nobody can approve what they request themselves.',
  nobodyAsks: 'Until someone does, only approvers can buy.',

  values: {
    amount: roundMoney,
    free: (order: string, day: string) => `${order} an order, ${day} a day for each member`,
    nothingFree: 'none, every order needs approval',
    tiers: (tiers: string) => `orders ${tiers}`,
    tier: (over: string, approvals: string) => `over ${over} need ${approvals}`,
    noLimit: 'none',
    noTier: 'none',
    buyCodes: { message: 'by direct message', both: 'by direct message and in a private answer' },
    ownPurchases: { confirm: 'no approval needed', another: 'another approver decides' },
    managers: 'members with Manage Server',
    everyone: 'everyone',
    approversOnly: 'approvers only',
    roles: (roles: string, more: number) => andMore(roles, more),
    andApprovers: (roles: string) => `${roles}, and approvers`,
    deletedRole: 'a deleted role',
    whereAsked: 'where the request is made',
    adminsDefault: 'cardigan-admins or direct messages to the owner',
    deletedChannel: 'a deleted channel',
    closedChannel: (channel: string) => `${channel}, where Cardigan can't post`,
    limitedChannel: (channel: string) => `${channel}, where Cardigan is missing a permission`,
    publicChannel: (channel: string) => `${channel}, which everyone can read`,
    all: 'all',
    listed: (names: string, more: number) => `only ${andMore(names, more)}`,
    deliveries: { DIGITAL: 'digital', PHYSICAL: 'physical', BOTH: 'digital or physical' },
    cards: (count: number) => counted(count, 'card'),
    minutes: (count: number) => counted(count, 'minute'),
    hours: (count: number) => counted(count, 'hour'),
    allAlerts: 'all',
    noAlerts: 'none',
    alertsBut: (off: string) => `all but ${off}`,
    alerts: {
      low_balance: 'low balance',
      key_refused: 'API key refused',
      books: 'unknown orders and amounts that differ',
      stop: 'purchases paused',
      dms_stopped: 'direct messages held back',
      store_full: 'disk nearly full',
      waiting: 'orders that wait over an hour',
    },
    forecastOnly: 'by forecast only',
    below: (amount: string) => `below ${amount}, or by forecast`,
  },

  fields: {
    free: {
      perOrder: { label: 'Auto-approve orders up to', hint: '0: every order needs approval' },
      perDay: { label: 'And per member per day', hint: 'Empty: the same amount' },
    },
    tiers: { label: 'Amount: number of approvals', hint: 'One tier per line, such as 200: 2' },
    brands: { label: 'Which brands?', hint: 'One per line; empty: all' },
    items: { label: 'Which cards?', hint: 'One item code per line; empty: all' },
    currencies: { label: 'Which currencies?', hint: 'One per line, such as USD; empty: all' },
    mostCards: { label: 'Most cards in one order (1 to 100)', hint: 'Empty: 100' },
    quoteMinutes: { label: 'Minutes (1 to 60)', hint: 'Empty: 15' },
    approvalHours: { label: 'Hours (1 to 336)', hint: 'Empty: 72' },
    timeZone: { label: 'Time zone', hint: 'Such as Europe/Berlin; empty: UTC' },
    lowBalance: { label: 'Alert when the balance is below', hint: 'Such as 100; empty: by forecast only' },
  },

  troubles,
  mends,
  rights,

  broken: {
    title: (name: string) => `A setting has stopped working: ${name}`,
    /** Of what works, but not as it is meant. */
    titles: {
      roles_unheard: 'Approvers are not pinged',
      channel_public: "Everyone can read the admins' channel",
    },
    mendedTitle: (name: string) => `A setting works again: ${name}`,
    since: (when: string) => `Seen ${when}`,
    next: 'Check it in /settings, which needs Manage Server.',
    budgetsNext: 'Check it in /budget, which needs Manage Server.',
    mended: 'It was changed, or what it points to works again.',
  },
};
