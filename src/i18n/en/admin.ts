import type { Money } from '../../lib/index.ts';
import { counted, money, number } from './count.ts';

/** What admins of the owner guild are told and asked. */
export const admin = {
  /** Below what the owner of a server is told, because it has no channel for it. */
  direct: {
    why: (server: string) =>
      `You're getting this because you own **${server}** and it has no private channel for Cardigan's admins. Create one named cardigan-admins, or choose a channel in /settings, and future messages go there.`,
    next: 'To act on this, go to the server and run /review, /cases, /resume or /reward list.',
  },
  review: {
    title: (what: string) => `Needs review: ${what}`,
    missingTitle: (what: string) => `Not found at CardPlusPay: ${what}`,
    namedTitle: (what: string) => `Needs a second admin: ${what}`,
    decidedTitle: (what: string) => `Reviewed: ${what}`,
    /** Why people are asked, by the reason of the step. */
    why: {
      found_late: 'CardPlusPay did not list this order at first. A possible match appeared later.',
      found_several: "CardPlusPay's response was lost, and its list has more than one possible match.",
      found_differs:
        "CardPlusPay's response was lost. Its list has one possible match, but for a different amount than quoted.",
      found_unclear:
        "CardPlusPay's response was lost. Its list has one possible match, without the card or the quantity.",
      not_listed:
        "CardPlusPay's response was lost, and the order has not appeared in its list. If you find it on CardPlusPay's site, attach it by its number.",
      codes_unlisted:
        "CardPlusPay returned codes without an order number, and the order has not appeared in its list. Find it on CardPlusPay's site and attach it by its number.",
      restored:
        "Cardigan was restored from a backup that was made while this order was being bought. Compare CardPlusPay's list: attach the right order by its number, or say that it isn't there.",
      review_reopened: "CardPlusPay's list did not show this order, but an admin says it is there.",
      list_unreadable:
        "CardPlusPay's response was lost, and its list could not be read for a day. Check CardPlusPay's site.",
      remote_taken: 'CardPlusPay returned the number of a different order here.',
      vendor_gave_up: 'CardPlusPay says this order failed.',
      codes_overdue: 'The codes are paid for and a day overdue. Ask CardPlusPay for them.',
    },
    asked: (who: string) => `Requested by ${who}`,
    sent: (when: string) => `Sent to CardPlusPay ${when}`,
    /** `charged` null: CardPlusPay says no amount. */
    candidate: (number: string, charged: Money | null, when: string | undefined, differs: string) =>
      `**${number}** · ${charged ? money(charged) : 'no amount'}${when ? ` · ${when}` : ''}${differs ? `\n${differs}` : ''}`,
    /** What of an order at CardPlusPay does not fit. */
    differs: (differences: string) => `Doesn't match the order: ${differences}.`,
    difference: {
      item: (said: string, ordered: string) => `card ${said} instead of ${ordered}`,
      quantity: (said: number, ordered: number) => `quantity ${said} instead of ${ordered}`,
      amount: (said: Money, quoted: Money) => `total ${money(said)} instead of ${money(quoted)}`,
      older: () => 'placed before this order was sent',
    },
    named: (who: string, number: string) =>
      `${who} says ${number} is this order. It doesn't match what was ordered, so a second admin has to confirm.`,
    more: (count: number, reference: string) =>
      `${counted(count, 'more possible match', 'more possible matches')}: whoever runs Cardigan can list them all with \`npm run resolve -- ${reference}\`.`,
    next: "Nothing is bought again, whatever you decide. The requester and the recipients can't review it.",
    /** Of one that had not been sent when the backup was made. */
    cutOff:
      "Cardigan was restored from a backup that was made before this order was sent, so it was ended and is not bought again. If it was bought since, attach CardPlusPay's order by its number.",
    byHand: "If the right order isn't listed here, attach it by its number.",
    nobody: (reference: string) =>
      `Nobody else here can review it. Whoever runs Cardigan can, with \`npm run resolve -- ${reference}\`.`,
    unclear: (reference: string) =>
      `If nobody else here has Manage Server, whoever runs Cardigan can review it with \`npm run resolve -- ${reference}\`.`,
    decided: {
      review_ours: (who: string, when: string, number: string) =>
        `${who} confirmed ${when} that ${number} is this order.`,
      review_none: (who: string, when: string) => `${who} confirmed ${when} that CardPlusPay does not have this order.`,
      review_wait: (who: string, when: string) => `${who} chose ${when} to keep checking for the codes.`,
      review_closed: (who: string, when: string, reason: string) => `${who} closed it ${when}: ${reason}`,
    },
    movedOn: (state: string) => `Resolved without a review: ${state}.`,
    ask: {
      ours: (number: string, what: string, reference: string) => `Is ${number} order ${reference}, ${what}?`,
      oursNext:
        "Its codes are delivered to the recipients, and its cost is charged to the requester's budget. This can't be undone.",
      oursSecond:
        "It doesn't match what was ordered, so nothing happens until a second admin confirms. Whoever runs Cardigan can decide alone.",
      none: (what: string, reference: string) => `Is order ${reference}, ${what}, missing at CardPlusPay?`,
      noneNext: "It is closed, the reserved amount is released, and nothing is delivered. This can't be undone.",
      wait: (what: string, reference: string) => `Keep checking for the codes of ${reference}, ${what}?`,
      waitNext: "Cardigan checks with CardPlusPay for another day, and asks you again if the codes don't arrive.",
    },
    numberTitle: 'Attach by number',
    numberLabel: 'CardPlusPay order ID, such as 1042',
    modalTitle: 'Close this order',
    modalReason: 'Reason (the requester reads this)',
    done: 'Recorded. The requester has been told.',
    named_done: 'Recorded. Nothing changes until a second admin confirms it with /review.',
    listTitle: (count: number) => (count === 1 ? '1 order needs review' : `${number(count)} orders need review`),
    listMore: 'These are the newest. The others appear as you work through them.',
    missing:
      "**Not found at CardPlusPay.** If you find one of these on CardPlusPay's site, open it here and attach it by its number:",
    empty: 'Nothing to review.',
    emptyNext: "When Cardigan can't settle an order on its own, it appears here and in the admins' channel.",
    pick: 'Choose an order to review',
  },

  stop: {
    title: 'Purchases paused',
    byTitle: (who: string) => `Purchases paused by ${who}`,
    resumedTitle: 'Purchases resumed',
    already: 'Purchases are already paused',
    why: {
      unknown_outcomes:
        'CardPlusPay gave no clear response three times in ten minutes, so it is unknown whether those orders were bought.',
      record_unreadable: 'The record of the last pause cannot be read, so purchases stay paused.',
      restored: 'Cardigan was restored from a backup. Orders bought since then may be missing from its records.',
      books_ahead:
        'CardPlusPay has orders that Cardigan does not know about. Either its store is an old copy (such as a restored backup), or somebody else is buying with the same account.',
    },
    restored: (copied: string) =>
      `Cardigan was restored from a backup of ${copied}. Orders bought since then may be missing from its records.`,
    by: (who: string, when: string) => `Paused ${when} by ${who}`,
    since: (when: string) => `Paused ${when}`,
    reason: (reason: string) => `Reason: ${reason}`,
    resumed: (who: string, when: string) => `Resumed ${when} by ${who}`,
    next: {
      asked: 'Nothing is bought until an admin presses Resume purchases. Browsing and revealing codes still work.',
      unknown_outcomes:
        "Check CardPlusPay's site and /review. When CardPlusPay responds again, press Resume purchases. Browsing and revealing codes still work.",
      record_unreadable:
        'Nothing is bought until whoever runs Cardigan restores that record from a backup. Browsing and revealing codes still work.',
      restored:
        "Each order at CardPlusPay that these records don't know is asked about in the admins' channel: attach it to an order, or say that it isn't yours. After the last one, press Resume purchases. Browsing and revealing codes still work.",
      books_ahead:
        'Find out who placed the orders named here, then press Resume purchases. Browsing and revealing codes still work.',
    },
    resumedNext: 'Anyone who was turned away can run /buy again.',
  },

  /** Discord takes direct messages for spam. */
  dmStop: {
    title: 'Discord says Cardigan is sending direct messages too fast',
    barredTitle: 'Discord has flagged Cardigan for spam',
    resumedTitle: 'Campaign direct messages are allowed again',
    tooFast: (when: string) =>
      `Discord rejected a direct message ${when} because too many were started in a short time.`,
    barred: (when: string) =>
      `Discord rejected a direct message ${when}: its anti-spam system flagged the bot. Until Discord lifts that, Cardigan can't message new people or join more servers.`,
    means:
      'No money or cards are lost. Campaigns send no direct messages until an admin allows them again. Everybody can still get their codes with Reveal my code, /orders or /rewards.',
    next: 'Lower REWARD_DMS_PER_MINUTE, or set it to 0, and wait a day before you press the button: repeated rejections get the bot flagged.',
    barredNext:
      'The owner of the application has to appeal at https://dis.gd/app-quarantine. Set REWARD_DMS_PER_MINUTE=0 until then, and press the button only after Discord has lifted the flag.',
    resumed: (who: string, when: string) => `Allowed again ${when} by ${who}`,
    resumedNext: 'If Discord rejects one again, they are paused again, and you are told here.',
  },

  unserved: {
    title: {
      order: (what: string) => `Not bought, its server is no longer served: ${what}`,
      campaign: (what: string) => `On hold, its server is no longer served: ${what}`,
    },
    server: (id: string) => `Server ${id} was removed from DISCORD_GUILD_IDS`,
    asked: (who: string) => `Requested by ${who}`,
    next: {
      order: 'Nothing was charged. Run /orders with "All servers" to see and cancel what is still open in that server.',
      campaign:
        'No more cards are bought. Run /reward list with "All servers" to see and cancel it. If the server is added again, its organiser can press Resume.',
    },
  },

  stranger: {
    title: (number: string) => `Unknown order at CardPlusPay: ${number}`,
    charged: (charged: Money) => `Charged **${money(charged)}**`,
    placed: (when: string) => `Placed ${when}`,
    perhaps: (references: string) =>
      `It may be ${references}, which got no clear response. If so, attach it with /review.`,
    attached: (reference: string) => `Attached to order ${reference}.`,
    ignored: (who: string, when: string) => `${who} said ${when} that it isn't one of Cardigan's orders here.`,
    settledTitle: (number: string) => `Settled: ${number} at CardPlusPay`,
    askedNext:
      "Cardigan was restored from a backup, and this order isn't in it. Attach it to the order it belongs to: its codes are then delivered to that order's recipients, who may have them already. If it is nobody's here, or its order isn't in the backup, say that it isn't yours. Purchases stay paused until every such order is settled.",
    attachTitle: 'Attach to an order',
    attachLabel: 'Order reference, such as K7Q2M9',
    ignoreAsk: (number: string) => `Is ${number} none of the orders here?`,
    ignoredDone: "Recorded: it isn't one of Cardigan's orders here.",
    ignoreNext: 'It stays out of the records and budgets, and nothing is delivered for it. Your answer is recorded.',
    next: "If one of you bought it on CardPlusPay's site, all is well. If not, change the account's API key: somebody else may have it.",
  },

  backupFailed: {
    title: 'A backup could not be made',
    at: (when: string) => `It was due, and failed ${when}`,
    overTitle: 'Backups are made again',
    over: (when: string) => `The next one was made ${when}`,
    next: 'Earlier backups are untouched, and Cardigan tries again within the hour. Whoever runs it finds the reason in its log, or with `npm run backup`.',
  },

  amountDiffers: {
    title: (number: string) => `CardPlusPay lists a different amount: ${number}`,
    recorded: (charged: Money) => `Charged when bought **${money(charged)}**`,
    listed: (charged: Money) => `Listed now **${money(charged)}**`,
    next: 'Nothing was changed here. Ask CardPlusPay which amount it took from the balance.',
  },

  chargedMore: {
    title: (what: string) => `CardPlusPay charged more than quoted: ${what}`,
    quoted: (quoted: Money) => `Quoted **${money(quoted)}**`,
    charged: (charged: Money) => `Charged **${money(charged)}**`,
    next: 'The codes are delivered as usual, and budgets count the amount charged. Ask CardPlusPay about the difference.',
  },

  chargedUnclear: {
    title: (what: string) => `Unclear what CardPlusPay charged: ${what}`,
    quoted: (quoted: Money) => `Quoted **${money(quoted)}**`,
    stated: (stated: Money) => `CardPlusPay says **${money(stated)}**`,
    unstated: 'CardPlusPay gave no readable amount.',
    counts: (charged: Money) => `Counted toward the budgets **${money(charged)}**`,
    next: "The codes are delivered as usual. Check on CardPlusPay's site what was taken from the balance.",
  },

  answerCut: {
    title: (what: string) => `CardPlusPay's response was too long: ${what}`,
    cut: {
      order_no: 'The order number was cut short.',
      codes: 'It had more than 100 codes. Only the first 100 are delivered.',
      code: 'A code of more than 1,000 characters was left out.',
      metadata: 'Details that came with a code, such as its terms, were cut short.',
    },
    next: 'The full response is kept, encrypted, and is never deleted. Ask CardPlusPay what it means.',
  },

  catalogOdd: {
    title: "Parts of CardPlusPay's catalog can't be used",
    skipped: (count: number) =>
      `${counted(count, 'card has', 'cards have')} no usable item code, price or face value, and can't be bought here.`,
    cut: (count: number) =>
      `${counted(count, 'card has text that is too long, and is', 'cards have text that is too long, and are')} shown cut short.`,
    isCut: "It has more than 100,000 cards. The rest can't be bought here.",
    next: 'Everything else works as usual. If you need one of these, ask CardPlusPay to fix it.',
  },

  codeTwice: {
    title: (what: string) => `CardPlusPay gave the same code to two orders: ${what}`,
    both: (second: string, first: string) => `It came with **${second}**, and earlier with **${first}**.`,
    next: 'The second recipient has it too, with a note that it may already be used. Ask CardPlusPay for a replacement.',
  },
};
