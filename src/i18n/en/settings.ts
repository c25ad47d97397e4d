import { counted, roundMoney } from './count.ts';
import { rights } from './rights.ts';

/** Of each setting, as the beginning of a line. */
const names = {
  free: 'Bought without an approval',
  tiers: 'Several approvals',
  ownPurchases: 'What approvers buy themselves',
  budgets: 'Budgets',
  mostCards: 'Most cards in one order',
  buyCodes: 'Codes from /buy',
  approvers: 'Who approves',
  askers: 'Who may ask',
  balanceSeers: 'Who sees the balance',
  approvalsChannel: 'Approvals channel',
  adminsChannel: "Admins' channel",
  brands: 'Brands',
  items: 'Cards',
  currencies: 'Currencies',
  deliveries: 'Delivery',
  quoteMinutes: 'An offer ends after',
  approvalHours: 'A question for approval ends after',
  timeZone: 'Time zone',
};

/** What each setting does, for whoever is about to change it. */
const hints = {
  free: 'An order up to the first amount needs no approval, as long as all that the member has bought so in a day stays within the second one. So an order that is split does not get around it. With 0 every order needs an approval.',
  tiers:
    'An order over an amount needs so many approvals, from different people. It holds for everybody, for approvers as well.',
  ownPurchases:
    'An approver either confirms alone what they buy, up to the lowest tier, or needs another approver for it. Nobody ever approves their own order.',
  buyCodes:
    'Codes from /buy always go by direct message. They can also be shown at once in a private answer to whoever confirmed the purchase; nobody else sees that answer.',
  mostCards: 'An order may have so many cards at most, from 1 to 100.',
  approvers:
    'Members with one of these roles decide about the orders of others. Without any, whoever has Manage Server does. They are pinged once for each order, if anyone may mention the role or Cardigan has Mention Everyone.',
  askers: 'Members with one of these roles, and approvers, may ask to buy. Without any, everyone may.',
  balanceSeers:
    'Members with one of these roles, and approvers, see what the CardPlusPay account has left. Choose @everyone to show it to all members.',
  approvalsChannel:
    'Approvals are asked for in this channel. Without one, they are asked for where somebody asked to buy.',
  adminsChannel:
    'Cardigan tells admins things in this channel. Without one it uses a channel named cardigan-admins, or else writes to the owner of the server by direct message. It never uses a channel that everybody can read.',
  brands: 'Only cards of these brands may be bought. Without any, all brands may.',
  items: 'Only these cards may be bought, by their item codes. Without any, all cards may.',
  currencies: 'Only cards that show these currencies may be bought. Without any, all may.',
  deliveries: 'Only cards with such a delivery may be bought. Without any, all may.',
  quoteMinutes: 'So long somebody may think about a price that they were shown.',
  approvalHours: 'So long approvers may take. Then the order ends, and its budgets are free again.',
  timeZone: 'Days, weeks and months of budgets begin by this clock.',
};

/** What does not work, and what that means meanwhile. */
const troubles = {
  approvers: {
    role_gone:
      'A role that approves was deleted, so nobody approves by it. Where no other role is set, nobody can approve.',
    roles_unheard:
      'Approvers are asked, but not pinged: Discord lets Cardigan ping a role only if anyone may mention it, or if Cardigan has Mention Everyone.',
  },
  askers: {
    role_gone:
      'A role that may ask was deleted, so nobody asks by it. Where no other role is set, only approvers can buy.',
  },
  balanceSeers: { role_gone: 'A role that sees the balance was deleted, so nobody sees it by that role.' },
  budgets: { role_gone: 'A role with a budget was deleted, so that budget limits nobody.' },
  approvalsChannel: {
    channel_closed:
      "Cardigan may not write in the approvals channel. It asks for approvals in the admins' channel meanwhile.",
    channel_limited:
      'Cardigan asks for approvals in the approvals channel, but lacks a permission there: a message may not arrive, or arrive twice.',
    channel_gone: "The approvals channel was deleted. Cardigan asks for approvals in the admins' channel meanwhile.",
  },
  adminsChannel: {
    channel_closed:
      "Cardigan may not write in the admins' channel. Until it can, it uses a channel named cardigan-admins, or else direct messages to the owner.",
    channel_limited:
      "Cardigan writes in the admins' channel, but lacks a permission there: a message may not arrive, or arrive twice.",
    channel_public:
      "Everybody can read the admins' channel, so Cardigan tells admins nothing there. It uses a channel named cardigan-admins instead, or else direct messages to the owner. Deny View Channel to everyone there, or choose another channel.",
    channel_gone:
      "The admins' channel was deleted. Until another one is chosen, Cardigan uses a channel named cardigan-admins, or else direct messages to the owner.",
  },
};

/** What mends them, where that can be said. */
const mends = {
  lacks: (rights: string) => `It lacks ${rights} there.`,
  unheard: (roles: string, count: number, invite: string | undefined) =>
    `Not pinged: ${roles}. Allow anyone to mention ${count === 1 ? 'this role' : 'these roles'}${invite ? `, or give Cardigan the permission with [this invite](${invite}): nothing else changes` : ''}.`,
};

const andMore = (names: string, more: number) => `${names}${more > 0 ? ` and ${more} more` : ''}`;

/** The panel of a guild's rules. Amounts, names and mentions come ready to be shown. */
export const settings = {
  title: 'Who may buy what here, and who decides',
  choose: 'What do you want to change?',
  next: 'A change holds at once, and is recorded with your name. An order that waits for approval keeps to the stricter of then and now.',
  back: 'Back to all settings',
  change: 'Change',
  clear: 'Choose nothing to go back to the default.',
  pick: 'Choose here',
  names,
  hints,
  line: (name: string, value: string) => `**${name}:** ${value}`,
  now: (value: string) => `Now: ${value}`,
  /** How something that was changed says itself back. */
  changed: (name: string, now: string, before: string) => `${name}: now ${now}; before ${before}.`,
  unchanged: (name: string, now: string) => `${name}: ${now}. It said so before, too.`,
  unheld: (roles: string) => `Nobody has ${roles} now.`,
  nobodyApproves: 'Until somebody has such a role, nobody can approve.',
  oneApproves: 'Only one person has such a role, and nobody approves what they ask for themselves.',
  nobodyAsks: 'Until somebody has such a role, only approvers can buy.',

  values: {
    amount: roundMoney,
    free: (order: string, day: string) => `up to ${order} an order, and ${day} for each member in a day`,
    nothingFree: 'nothing, every order needs one',
    tiers: (tiers: string) => `orders ${tiers}`,
    tier: (over: string, approvals: string) => `over ${over} need ${approvals}`,
    noLimit: 'none',
    noTier: 'no tier',
    buyCodes: { message: 'by direct message', both: 'by direct message and in a private answer' },
    ownPurchases: { confirm: 'they confirm it alone', another: 'another approver decides' },
    managers: 'whoever has Manage Server',
    everyone: 'everyone',
    approversOnly: 'approvers only',
    roles: (roles: string, more: number) => andMore(roles, more),
    andApprovers: (roles: string) => `${roles}, and approvers`,
    deletedRole: 'a deleted role',
    whereAsked: 'where somebody asks',
    adminsDefault: 'cardigan-admins or direct messages to the owner',
    deletedChannel: 'a deleted channel',
    closedChannel: (channel: string) => `${channel}, where Cardigan may not write`,
    limitedChannel: (channel: string) => `${channel}, where Cardigan lacks a permission`,
    publicChannel: (channel: string) => `${channel}, which everybody can read`,
    all: 'all',
    listed: (names: string, more: number) => `only ${andMore(names, more)}`,
    deliveries: { DIGITAL: 'digital', PHYSICAL: 'physical', BOTH: 'digital or physical' },
    cards: (count: number) => counted(count, 'card'),
    minutes: (count: number) => counted(count, 'minute'),
    hours: (count: number) => counted(count, 'hour'),
    budgets: (count: number) =>
      count === 0 ? 'none, set one with /budget' : `${count}, see and set them with /budget`,
  },

  fields: {
    free: {
      perOrder: { label: 'Up to how much for one order?', hint: '0: every order needs an approval' },
      perDay: { label: 'And in a day, for each member?', hint: 'Empty: the same' },
    },
    tiers: { label: 'Over how much: how many approvals?', hint: 'One tier a line, such as 200: 2' },
    brands: { label: 'Which brands?', hint: 'One a line; empty: all' },
    items: { label: 'Which cards?', hint: 'One item code a line; empty: all' },
    currencies: { label: 'Which currencies?', hint: 'One a line, such as USD; empty: all' },
    mostCards: { label: 'How many cards at most? (1 to 100)', hint: 'Empty: 100' },
    quoteMinutes: { label: 'How many minutes? (1 to 60)', hint: 'Empty: 15' },
    approvalHours: { label: 'How many hours? (1 to 336)', hint: 'Empty: 72' },
    timeZone: { label: 'Which time zone?', hint: 'Such as Europe/Berlin; empty: UTC' },
  },

  troubles,
  mends,
  rights,

  broken: {
    title: (name: string) => `A setting does not work any more: ${name}`,
    /** Of what works, but not as it is meant. */
    titles: {
      roles_unheard: 'Approvers are not pinged',
      channel_public: "Everybody can read the admins' channel",
    },
    mendedTitle: (name: string) => `A setting works again: ${name}`,
    since: (when: string) => `Seen ${when}`,
    next: 'Look at it with /settings, which needs Manage Server.',
    budgetsNext: 'Look at it with /budget, which needs Manage Server.',
    mended: 'It was set anew, or what it names works again.',
  },
};
