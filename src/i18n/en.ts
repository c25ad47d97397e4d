import type { Money } from '../money.ts';
import { amountText, moneyText } from '../money.ts';
import type { ProblemCode, ProblemParams } from '../problem.ts';

type ProblemWords = { [Code in ProblemCode]: (params: ProblemParams[Code]) => string };

/** An order's status, as it is said in a list or a sentence. */
const states = {
  quoted: 'offered',
  awaiting_approval: 'waiting for approval',
  approved: 'waiting to be bought',
  buying: 'being bought',
  unconfirmed: 'outcome not known yet',
  not_found: 'not found so far',
  needs_review: 'being looked into',
  bought: 'bought',
  held: 'bought, codes waiting for you',
  delivered: 'delivered',
  cancelled: 'cancelled',
  expired: 'ended',
  rejected: 'rejected',
  repriced: 'price rose, not bought',
  failed: 'not bought',
  closed: 'closed',
};

const problems: ProblemWords = {
  unknown_item: ({ item }) =>
    `CardPlusPay has no card with the code "${item}". Nothing was bought. Pick one from the list that opens as you type, or look in /catalog.`,
  bad_quantity: ({ highest }) =>
    `The quantity is a whole number from 1 to ${highest}. Nothing was bought. Please give another quantity.`,
  bad_amount: ({ text }) => `"${text}" is not an amount. Please give a number such as 5 or 12.50.`,
  out_of_stock: ({ item, quantity }) =>
    `CardPlusPay says that ${quantity} × ${item} is out of stock. Nothing was bought. Try a smaller quantity, or pick another card with /catalog.`,
  balance_too_low: ({ charged, balance }) =>
    `This would cost ${moneyText(charged)}, and the account has ${moneyText(balance)}. Nothing was bought. Ask whoever tops up the CardPlusPay account, or choose fewer cards.`,
  over_order_cap: ({ charged, cap }) =>
    `This would cost ${moneyText(charged)}, and one order may cost ${moneyText(cap)} at most. Nothing was bought. Choose fewer cards, or ask whoever runs Cardigan to raise the cap.`,
  over_day_cap: ({ charged, cap, left }) =>
    `This would cost ${moneyText(charged)}. Of the ${moneyText(cap)} that may be spent in a day, ${moneyText(left)} is left until midnight UTC. Nothing was bought. Choose fewer cards, or come back tomorrow.`,
  order_unknown: () =>
    'This order is not on record. Nothing was changed. See your orders with /orders.',
  not_yours: () =>
    "This is somebody else's order, so only they can use this button. Nothing was changed. See your own with /orders.",
  only_managers_confirm: () =>
    'So far, only people with the Manage Server permission can confirm a purchase. Nothing was bought. Ask one of them to run /buy for you.',
  quote_expired: ({ reference }) =>
    `The offer ${reference} has ended. Nothing was bought. Run /buy again for today's price.`,
  already_decided: ({ reference, status }) =>
    `Order ${reference} is past that: it is ${states[status]}. This press changed nothing. See it with /orders.`,
  nothing_to_reveal: ({ reference }) =>
    `There are no codes of order ${reference} to show you yet. Nothing is lost: they will be here when CardPlusPay hands them over. See /orders.`,
  query_gone: () => 'This list is too old to turn its pages. Please run /catalog again.',
  guild_not_allowed: () =>
    'Cardigan does not serve this place. Nothing was changed. Whoever runs Cardigan can add this server to DISCORD_GUILD_IDS.',
  button_unknown: () =>
    'This button is from an older Cardigan and does nothing any more. Nothing was changed. Please run the command again.',
  vendor_key_refused: () =>
    'CardPlusPay refused the API key. Nothing was bought. Whoever runs Cardigan has to check CARDPLUSPAY_API_KEY.',
  vendor_signing_wanted: () =>
    'CardPlusPay wants signed requests for this account. Nothing was bought. Whoever runs Cardigan has to set CARDPLUSPAY_SIGNING_KEY_FILE and CARDPLUSPAY_CHALLENGE_PATH.',
  vendor_invalid: ({ detail }) =>
    `CardPlusPay did not accept this${detail ? `: "${detail}"` : ''}. Nothing was bought. Check the card and the quantity, and try again.`,
  vendor_rate_limited: ({ seconds }) =>
    `CardPlusPay is asked too often just now. Nothing was bought. Please try again in ${seconds} seconds.`,
  vendor_unavailable: () =>
    'CardPlusPay cannot be reached just now. Nothing was bought. Please try again in a few minutes.',
  vendor_unreadable: () =>
    'CardPlusPay answered in a way that Cardigan does not understand. Nothing was bought. Please tell whoever runs Cardigan.',
};

/** English, the shape that every other language fills. */
export const en = {
  commands: {
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
    orders: { name: 'orders', description: 'Your orders, newest first, and their codes' },
  },

  buttons: {
    confirm: (charged: Money) => `Confirm ${moneyText(charged)}`,
    cancel: 'Cancel',
    reveal: 'Show codes here',
    collect: 'Ask for the codes again',
    previous: 'Previous',
    next: 'Next',
    back: 'Back to the list',
    checkStock: 'Check stock',
    buy: 'Buy',
    buyQuantity: (quantity: number, charged: Money) => `Buy ${quantity} for ${moneyText(charged)}`,
    pickProduct: 'Choose a card to see more',
    pickOrder: 'Choose an order to see more',
  },

  facts: {
    youPay: (charged: Money, quantity: number, each: Money) =>
      quantity === 1
        ? `You pay **${moneyText(charged)}**`
        : `You pay **${moneyText(charged)}** (${quantity} × ${amountText(each)})`,
    youPaid: (charged: Money) => `You paid **${moneyText(charged)}**`,
    cardsShow: (face: Money, saving: string | undefined) =>
      `Cards show ${moneyText(face)}${saving ? ` (${saving} less to pay)` : ''}`,
    balanceAfter: (before: Money, after: Money) =>
      `Balance ${amountText(before)} → ${moneyText(after)}`,
    forReason: (reason: string) => `For: ${reason}`,
    ends: (when: string) => `This offer ends ${when}.`,
    perCard: (charged: Money) => `You pay **${moneyText(charged)}** for each card`,
    faceValue: (face: Money) => `Card shows ${moneyText(face)}`,
    code: (code: string) => `Item code ${code}`,
    brand: (brand: string) => `Brand ${brand}`,
    category: (category: string) => `Category ${category}`,
    region: (region: string) => `Region ${region}`,
    countries: (countries: string) => `Works in ${countries}`,
    delivery: (delivery: string) => `Delivery ${delivery}`,
    vendorNumber: (number: string) => `CardPlusPay ${number}`,
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  },

  balance: {
    title: 'CardPlusPay balance',
    has: (balance: Money) => `The account has **${moneyText(balance)}**`,
    currency: (currency: string) => `Currency ${currency}`,
    asOf: (when: string) => `As of ${when}`,
  },

  catalog: {
    title: (count: number) => (count === 1 ? '1 gift card' : `${count} gift cards`),
    row: (name: string, face: string, charged: string) =>
      `**${name}** · shows ${face} · you pay ${charged}`,
    none: 'No card fits that.',
    noneNext: 'Leave out a word or a filter, and run /catalog again.',
    loading: 'The catalog has not been loaded yet.',
    loadingNext:
      'It is being fetched from CardPlusPay. Try again in a minute; /buy works with an item code typed by hand.',
    pickHint: 'Choose a card below to check its stock or to buy it.',
    unknownPay: 'see stock',
  },

  product: {
    inStock: (quantity: number) =>
      `In stock: ${quantity === 1 ? 'yes' : `yes, ${quantity} of them`}.`,
    outOfStock: 'Out of stock just now. Try again later, or pick another card.',
    howMany: (name: string) => `Buy ${name}`,
    quantity: 'How many? (1 to 100)',
    reason: 'What is it for? (kept with the order)',
  },

  stock: {
    inTitle: (quantity: number, name: string) => `In stock: ${quantity} × ${name}`,
    outTitle: (quantity: number, name: string) => `Out of stock: ${quantity} × ${name}`,
    outNext: 'Nothing was bought. Try a smaller quantity, or pick another card with /catalog.',
  },

  quote: {
    title: (quantity: number, name: string) => `Buy ${quantity} × ${name}?`,
    managersOnly:
      'So far, only people with the Manage Server permission can confirm a purchase. Ask one of them to run /buy for you.',
    roseTitle: (before: Money, now: Money) =>
      `The price rose from ${moneyText(before)} to ${moneyText(now)}, so nothing was bought.`,
    roseNext: 'This is the new offer. Confirm it only if it is still worth it to you.',
  },

  progress: {
    checking: {
      title: (quantity: number, name: string) => `Checking ${quantity} × ${name}`,
      next: 'Asking CardPlusPay for stock, price and balance. Nothing is charged yet.',
    },
    waiting: {
      title: (quantity: number, name: string) => `Waiting to buy ${quantity} × ${name}`,
      next: 'Another order for the same card and quantity is not settled yet. Yours starts as soon as it is, and ends by itself after 15 minutes. Nothing is charged yet.',
    },
    buying: {
      title: (quantity: number, name: string) => `Buying ${quantity} × ${name}`,
      next: 'CardPlusPay has the order, and its answer is on the way. This can take a minute.',
    },
    delivering: {
      title: (quantity: number, name: string) => `Bought: ${quantity} × ${name}`,
      next: 'The codes are being sent to your direct messages.',
    },
  },

  order: {
    titles: {
      quoted: (what: string) => `Offered: ${what}`,
      awaiting_approval: (what: string) => `Waiting for approval: ${what}`,
      approved: (what: string) => `Waiting to be bought: ${what}`,
      buying: (what: string) => `Being bought: ${what}`,
      unconfirmed: (_what: string) => "We don't know yet whether CardPlusPay took this order",
      not_found: (what: string) => `Not found at CardPlusPay: ${what}`,
      needs_review: (what: string) => `Being looked into: ${what}`,
      bought: (what: string) => `Bought: ${what}`,
      held: (what: string) => `Bought: ${what}`,
      delivered: (what: string) => `Bought: ${what}`,
      cancelled: (what: string) => `Cancelled: ${what}`,
      expired: (what: string) => `Ended without a purchase: ${what}`,
      rejected: (what: string) => `Rejected: ${what}`,
      repriced: (what: string) => `Not bought, the price rose: ${what}`,
      failed: (what: string) => `Not bought: ${what}`,
      closed: (what: string) => `Closed: ${what}`,
    },
    what: (quantity: number, name: string) => `${quantity} × ${name}`,
    next: {
      quoted: 'Nothing is charged before somebody confirms.',
      awaiting_approval: 'Nothing is charged before it is approved.',
      approved: 'Nothing is charged yet.',
      buying: 'CardPlusPay has the order, and its answer is on the way.',
      unconfirmed:
        'Nothing will be bought a second time. The amount stays set aside until it is clear. You don’t have to do anything: Cardigan keeps the order on record, and /orders shows how it stands.',
      not_found: 'CardPlusPay does not show it so far. Nothing will be bought a second time.',
      needs_review: 'People are looking into it. Nothing will be bought a second time.',
      cancelled: 'Nothing was bought.',
      expired: 'Nothing was bought. Run /buy again if you still want it.',
      rejected: 'Nothing was bought.',
      repriced: 'Nothing was bought. Run /buy again for the new price.',
      closed: 'Nothing more will happen with this order.',
    },
    delivered: 'The codes are in your direct messages.',
    revealed: 'You have had the codes shown to you.',
    dmClosed:
      'Your direct messages are closed to Cardigan, so the codes could not be sent. They are safe: show them here, only you will see them.',
    dmFailed:
      'Discord did not take the direct message with the codes. They are safe: show them here, only you will see them.',
    onTheirWay: 'The codes are on their way to your direct messages.',
    missing: (missing: number, quantity: number) =>
      `CardPlusPay has handed over ${quantity - missing} of ${quantity} codes so far. They are paid for: ask again in a few minutes, here or in /orders.`,
    chargedMore: (quoted: Money, charged: Money) =>
      `CardPlusPay charged ${moneyText(charged)}, more than the ${moneyText(quoted)} it quoted. Please tell whoever runs Cardigan.`,
    failures: {
      out_of_stock:
        'CardPlusPay says this card is out of stock. Nothing was bought. Try a smaller quantity, or pick another card with /catalog.',
      balance_too_low:
        'The account’s balance is too low for it by now. Nothing was bought. Ask whoever tops up the CardPlusPay account.',
      over_order_cap: 'It is over what one order may cost. Nothing was bought. Choose fewer cards.',
      over_day_cap:
        'It is over what is left to spend today. Nothing was bought. Choose fewer cards, or come back after midnight UTC.',
      vendor_unreachable:
        'CardPlusPay could not be asked for stock and price. Nothing was bought. Please try again in a few minutes.',
      never_sent:
        'CardPlusPay could not be reached. Nothing was bought. Please try again in a few minutes.',
      vendor_refused:
        'CardPlusPay refused the order. Nothing was bought. Try again, or pick another card with /catalog.',
    },
    refusals: {
      unauthorized:
        'CardPlusPay refused the API key. Nothing was bought. Whoever runs Cardigan has to check CARDPLUSPAY_API_KEY.',
      signing_wanted:
        'CardPlusPay wants signed requests for this account. Nothing was bought. Whoever runs Cardigan has to set up request signing.',
      out_of_stock:
        'CardPlusPay says this card is out of stock. Nothing was bought. Try a smaller quantity, or pick another card with /catalog.',
      insufficient_balance:
        'CardPlusPay says that the balance is too low. Nothing was bought. Ask whoever tops up the account.',
      rate_limited:
        'CardPlusPay is asked too often just now. Nothing was bought. Please try again in a minute.',
    },
    asked: (when: string) => `Asked ${when}`,
  },

  orders: {
    title: 'Your orders',
    row: (what: string, charged: Money, state: string, reference: string) =>
      `\`${reference}\` **${what}** · ${moneyText(charged)} · ${state}`,
    none: 'You have no orders here yet.',
    noneNext: 'Run /buy to get a first quote, or look around in /catalog.',
    option: (what: string, reference: string) => `${reference} · ${what}`,
    optionHint: (state: string, charged: Money) => `${state} · ${moneyText(charged)}`,
    timeline: 'Timeline',
    showPage: (from: number, to: number) => `Orders ${from} to ${to}`,
    state: states,
    reasons: {
      confirmed: 'confirmed',
      asked: 'asked',
      too_late: 'its time was over',
      price_rose: 'the price rose',
      out_of_stock: 'out of stock',
      balance_too_low: 'balance too low',
      over_order_cap: 'over the cap of an order',
      over_day_cap: 'over the cap of the day',
      vendor_refused: 'CardPlusPay refused',
      vendor_unreachable: 'CardPlusPay could not be asked',
      never_sent: 'never sent',
      no_answer: 'no clear answer from CardPlusPay',
      charged_more: 'CardPlusPay charged more than it quoted',
      remote_taken: 'CardPlusPay named another order',
      codes_missing: 'some codes are still to come',
      codes_came: 'more codes came',
      dm_closed: 'direct messages closed',
      dm_failed: 'direct message not taken',
      dm_sent: 'codes sent by direct message',
      revealed: 'codes shown again',
      received: 'codes received',
    },
  },

  parcel: {
    title: (what: string) => `Your gift cards: ${what}`,
    part: (part: number, parts: number) => `Part ${part} of ${parts}`,
    faceValue: (face: Money) => `shows ${moneyText(face)}`,
    attached: (count: number) => `All ${count} codes are in the attached file.`,
    keepSecret: 'Keep them secret: whoever has a code has the money.',
    revealTitle: (what: string) => `Your codes: ${what}`,
    onlyYou: 'Only you can see this message.',
    columns: { number: 'number', code: 'code', face: 'face value' },
  },

  incident: (id: string) =>
    `Something broke inside Cardigan, and it was written down as ${id}. If you were buying: nothing is bought twice, and /orders shows how your order stands. Please tell whoever runs Cardigan that number.`,

  problems,
};

export type Words = typeof en;
