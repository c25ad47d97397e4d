import type { Money } from '../../lib/index.ts';
import { money } from './count.ts';

/** What admins of the owner guild are told and asked. */
export const admin = {
  /** Below what the owner of a server is told, because it has no channel for it. */
  direct: {
    why: (server: string) =>
      `You get this because you own **${server}**, and Cardigan has no private channel for admins there. Make a private channel named cardigan-admins, or choose one with /settings: later messages go there.`,
    next: 'To act on this, run the command in the server: /review, /cases, /resume or /reward list.',
  },
  review: {
    title: (what: string) => `Please decide: ${what}`,
    missingTitle: (what: string) => `Not found at CardPlusPay: ${what}`,
    namedTitle: (what: string) => `A second admin is needed: ${what}`,
    decidedTitle: (what: string) => `Decided: ${what}`,
    /** Why people are asked, by the reason of the step. */
    why: {
      found_late: 'CardPlusPay did not show this order at first. What may be it showed up later.',
      found_several: 'Its answer was lost, and CardPlusPay shows more than one that it may be.',
      found_differs:
        'Its answer was lost. CardPlusPay shows one order that it may be, but at a different amount than quoted. Compare the two.',
      found_unclear:
        'Its answer was lost. CardPlusPay shows one that it may be, and does not say which card it was or how many.',
      not_listed:
        "Its answer was lost, and it has not shown up in CardPlusPay's list. If you find it on CardPlusPay's site, attach it by its number.",
      codes_unlisted:
        "CardPlusPay answered with codes but no order number, and the order has not shown up in its list. Find it on CardPlusPay's site, and attach it by its number.",
      review_reopened: "CardPlusPay's list did not show this order, but an admin says that it is there.",
      list_unreadable:
        "Its answer was lost, and CardPlusPay's list could not be read for a day. Compare it with CardPlusPay's own site.",
      remote_taken: 'CardPlusPay answered with the number of another order here.',
      vendor_gave_up: 'CardPlusPay says that this order came to nothing.',
      codes_overdue: 'Codes that are paid for are a day late. Ask CardPlusPay for them.',
    },
    asked: (who: string) => `${who} asked for it`,
    sent: (when: string) => `Sent to CardPlusPay ${when}`,
    /** `charged` null: CardPlusPay says no amount. */
    candidate: (number: string, charged: Money | null, when: string | undefined, differs: string) =>
      `**${number}** · ${charged ? money(charged) : 'no amount'}${when ? ` · ${when}` : ''}${differs ? `\n${differs}` : ''}`,
    /** What of an order at CardPlusPay does not fit. */
    differs: (differences: string) => `It differs from what was ordered: ${differences}.`,
    difference: {
      item: (said: string, ordered: string) => `card ${said} instead of ${ordered}`,
      quantity: (said: number, ordered: number) => `quantity ${said} instead of ${ordered}`,
      amount: (said: Money, quoted: Money) => `total ${money(said)} instead of ${money(quoted)}`,
      older: () => 'placed before this order was sent',
    },
    named: (who: string, number: string) =>
      `${who} says that ${number} is this order. It differs from what was ordered, so a second admin has to confirm it.`,
    more: (count: number, reference: string) =>
      `${count} more may be it: whoever runs Cardigan sees them all with \`npm run resolve -- ${reference}\`.`,
    next: 'It is not bought again whatever you decide. Nobody decides about their own money: not who asked for it, nor who gets cards of it.',
    byHand: 'If the right one is not listed here, attach it by its number.',
    nobody: (reference: string) =>
      `Nobody else here may decide about it. Whoever runs Cardigan does, with \`npm run resolve -- ${reference}\`.`,
    unclear: (reference: string) =>
      `If nobody else here has Manage Server, whoever runs Cardigan decides, with \`npm run resolve -- ${reference}\`.`,
    decided: {
      review_ours: (who: string, when: string, number: string) => `${who} said ${when} that ${number} is this order.`,
      review_none: (who: string, when: string) => `${who} said ${when} that CardPlusPay does not have this order.`,
      review_wait: (who: string, when: string) => `${who} said ${when} to go on asking for the codes.`,
      review_closed: (who: string, when: string, reason: string) => `${who} closed it ${when}: ${reason}`,
    },
    movedOn: (state: string) => `It went on without a decision, and is marked "${state}".`,
    ask: {
      ours: (number: string, what: string, reference: string) => `Is ${number} order ${reference}, ${what}?`,
      oursNext:
        'Then its codes go to whom the order names, and what it cost counts as theirs. This cannot be taken back.',
      oursSecond:
        'It differs from what was ordered, so nothing happens until a second admin confirms it. Whoever runs Cardigan can decide alone.',
      none: (what: string, reference: string) => `Does CardPlusPay not have order ${reference}, ${what}?`,
      noneNext:
        'Then it is closed, what was set aside for it is free again, and nothing is delivered. This cannot be taken back.',
      wait: (what: string, reference: string) => `Go on asking for the codes of ${reference}, ${what}?`,
      waitNext: 'Cardigan asks CardPlusPay for another day, and comes back here if they do not come.',
    },
    numberTitle: 'Attach by number',
    numberLabel: 'CardPlusPay order ID, such as 1042',
    modalTitle: 'Close this order',
    modalReason: 'Why? Its requester reads this',
    done: 'Thank you. It is recorded, and whoever asked for it is told.',
    named_done: 'Thank you. It is recorded. Nothing changes until a second admin confirms it: ask one to run /review.',
    listTitle: (count: number) =>
      count === 1 ? '1 order waits for a decision' : `${count} orders wait for a decision`,
    listMore: 'These are the newest ones. The others show up as these are decided.',
    missing:
      'Not found at CardPlusPay. If you find one of these on its site, choose it here and attach it by its number:',
    empty: 'No order waits for a decision.',
    emptyNext: 'Cardigan asks here, and in the channel of the admins, when it cannot tell by itself.',
    pick: 'Choose an order to decide about it',
  },

  stop: {
    title: 'Purchases are stopped',
    resumedTitle: 'Purchases go on',
    already: 'Purchases are stopped already',
    why: {
      asked: 'An admin has stopped them.',
      unknown_outcomes:
        'CardPlusPay gave no clear answer three times within ten minutes, so nobody knows yet whether those orders were bought.',
      record_unreadable: 'The record of the last stop cannot be read, so nobody knows whether purchases may go on.',
      books_ahead:
        'CardPlusPay has orders that Cardigan does not know. Either its store is an old copy, such as a restored backup, or somebody else buys with the same account.',
    },
    by: (who: string, when: string) => `Stopped ${when} by ${who}`,
    reason: (reason: string) => `Because: ${reason}`,
    resumed: (who: string, when: string) => `Resumed ${when} by ${who}`,
    next: {
      asked: 'Nothing is bought until an admin resumes. Everybody can still browse, and see their codes.',
      unknown_outcomes:
        "Look at CardPlusPay's site and at the orders that wait. When CardPlusPay answers again, press Resume. Everybody can still browse, and see their codes.",
      record_unreadable:
        'Nothing is bought until whoever runs Cardigan restores that record from a backup. Everybody can still browse, and see their codes.',
      books_ahead:
        'Look at the orders that are named here, and find out who placed them. Press Resume once you know. Everybody can still browse, and see their codes.',
    },
    resumedNext: 'Whoever was refused meanwhile can run /buy again.',
  },

  /** Discord takes direct messages for spam. */
  dmStop: {
    title: 'Discord says that Cardigan is opening direct messages too fast',
    barredTitle: 'Discord has flagged Cardigan for spam',
    resumedTitle: 'Campaign direct messages are allowed again',
    tooFast: (when: string) => `Discord refused a direct message ${when} because too many were opened in a short time.`,
    barred: (when: string) =>
      `Discord refused a direct message ${when}: its anti-spam system has flagged the bot. Until Discord lifts that, Cardigan cannot write to people it has not written to before, or join more servers.`,
    means:
      'No money and no cards are lost. Campaigns send no direct messages until an admin allows them again. Everybody can still see their cards with Reveal my card, /orders or /rewards.',
    next: 'Set REWARD_DMS_PER_MINUTE lower, or to 0, and wait a day before you press the button: repeated refusals get the bot flagged.',
    barredNext:
      'Whoever owns the application has to appeal at https://dis.gd/app-quarantine. Set REWARD_DMS_PER_MINUTE=0 until then, and press the button only once Discord has lifted the flag.',
    resumed: (who: string, when: string) => `Allowed again ${when} by ${who}`,
    resumedNext: 'If Discord refuses one again, they stop again, and you are told here.',
  },

  unserved: {
    title: {
      order: (what: string) => `Not bought, Cardigan no longer serves its server: ${what}`,
      campaign: (what: string) => `Stopped, Cardigan no longer serves its server: ${what}`,
    },
    server: (id: string) => `Server ${id} was removed from DISCORD_GUILD_IDS`,
    asked: (who: string) => `Started by ${who}`,
    next: {
      order:
        'Nothing was charged, and nothing more is bought for that server. Run /orders with "All servers" to see and cancel what is still open there.',
      campaign:
        'Nothing more is bought for that server. Run /reward list with "All servers" to see it and call it off. If the server is added again, whoever started it can press "Go on".',
    },
  },

  stranger: {
    title: (number: string) => `CardPlusPay has an order that Cardigan does not know: ${number}`,
    charged: (charged: Money) => `Charged **${money(charged)}**`,
    placed: (when: string) => `Placed ${when}`,
    perhaps: (references: string) => `It may be ${references}, whose answer was lost. If so, attach it with /review.`,
    next: "If somebody bought it on CardPlusPay's site, all is well. If nobody knows of it, change the account's API key, for somebody else may have it.",
  },

  amountDiffers: {
    title: (number: string) => `CardPlusPay shows another amount than it charged: ${number}`,
    recorded: (charged: Money) => `On record **${money(charged)}**`,
    listed: (charged: Money) => `Listed by CardPlusPay **${money(charged)}**`,
    next: 'Nothing was changed here. Ask CardPlusPay which of the two it has taken from the balance.',
  },

  chargedMore: {
    title: (what: string) => `CardPlusPay charged more than it quoted: ${what}`,
    quoted: (quoted: Money) => `Quoted **${money(quoted)}**`,
    charged: (charged: Money) => `Charged **${money(charged)}**`,
    next: 'The codes are delivered all the same, and what was charged is what counts. Ask CardPlusPay about the difference.',
  },

  chargedUnclear: {
    title: (what: string) => `CardPlusPay did not say clearly what it charged: ${what}`,
    quoted: (quoted: Money) => `Quoted **${money(quoted)}**`,
    stated: (stated: Money) => `CardPlusPay says it charged **${money(stated)}**`,
    unstated: 'CardPlusPay named no readable amount.',
    counts: (charged: Money) => `Counted toward the limits **${money(charged)}**`,
    next: "The codes are delivered all the same. Check on CardPlusPay's site what was taken from the balance.",
  },

  answerCut: {
    title: (what: string) => `CardPlusPay's answer was too long: ${what}`,
    cut: {
      order_no: 'The order number was cut short.',
      codes: 'It had more than 100 codes. Only the first 100 are given out.',
      code: 'A code of more than 1,000 characters was left out.',
      metadata: 'Details that came with a code, such as its terms, were cut short.',
    },
    next: 'The whole answer is kept, encrypted, and is never deleted. Ask CardPlusPay what it means.',
  },

  catalogOdd: {
    title: "Parts of CardPlusPay's catalog cannot be used as they are",
    skipped: (count: number) =>
      `${count} ${count === 1 ? 'card has' : 'cards have'} no usable item code, price or face value, and cannot be bought here.`,
    cut: (count: number) =>
      `${count} ${count === 1 ? 'card has text that is too long, and is' : 'cards have text that is too long, and are'} shown cut short.`,
    isCut: 'It has more than 100,000 cards. The rest cannot be bought here.',
    next: 'Everything else can be bought as usual. If you need one of these, ask CardPlusPay to fix it.',
  },

  codeTwice: {
    title: (what: string) => `CardPlusPay gave the same code to two orders: ${what}`,
    both: (second: string, first: string) => `It came with **${second}**, and earlier with **${first}**.`,
    next: 'The second recipient has the code too, and reads that it may already be used. Ask CardPlusPay for a replacement.',
  },
};
