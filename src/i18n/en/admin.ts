import { type Money, moneyText } from '../../lib/index.ts';

/** What admins of the owner guild are told and asked. */
export const admin = {
  review: {
    title: (what: string) => `Please decide: ${what}`,
    decidedTitle: (what: string) => `Decided: ${what}`,
    /** Why people are asked, by the reason of the step. */
    why: {
      found_late: 'CardPlusPay did not show this order at first. What may be it showed up later.',
      found_several: 'Its answer was lost, and CardPlusPay shows more than one that it may be.',
      found_unclear:
        'Its answer was lost. CardPlusPay shows one that it may be, and does not say which card it was or how many.',
      list_unreadable:
        "Its answer was lost, and CardPlusPay's list could not be read for a day. Compare it with CardPlusPay's own site.",
      remote_taken: 'CardPlusPay answered with the number of another order here.',
      vendor_gave_up: 'CardPlusPay says that this order came to nothing.',
      codes_overdue: 'Codes that are paid for are a day late. Ask CardPlusPay for them.',
    },
    asked: (who: string) => `${who} asked for it`,
    sent: (when: string) => `Sent to CardPlusPay ${when}`,
    candidate: (number: string, charged: Money, when: string | undefined) =>
      `**${number}** · ${moneyText(charged)}${when ? ` · ${when}` : ''}`,
    more: (count: number, reference: string) =>
      `${count} more may be it: whoever runs Cardigan sees them all with \`npm run resolve -- ${reference}\`.`,
    next: 'It is not bought again whatever you decide. Nobody decides about their own money: not who asked for it, nor who gets cards of it.',
    byHand: (reference: string) =>
      `If it is one that is not listed here, whoever runs Cardigan attaches it by its number: \`npm run resolve -- ${reference}\`.`,
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
      none: (what: string, reference: string) => `Does CardPlusPay not have order ${reference}, ${what}?`,
      noneNext:
        'Then it is closed, what was set aside for it is free again, and nothing is delivered. This cannot be taken back.',
      wait: (what: string, reference: string) => `Go on asking for the codes of ${reference}, ${what}?`,
      waitNext: 'Cardigan asks CardPlusPay for another day, and comes back here if they do not come.',
    },
    modalTitle: 'Close this order',
    modalReason: 'Why? Its requester reads this',
    done: 'Thank you. It is recorded, and whoever asked for it is told.',
    listTitle: (count: number) =>
      count === 1 ? '1 order waits for a decision' : `${count} orders wait for a decision`,
    listMore: 'These are the newest ones. The others show up as these are decided.',
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
        'Three orders within ten minutes got no clear answer from CardPlusPay, so nobody knows yet whether they were bought.',
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
      books_ahead:
        'Look at the orders that are named here, and find out who placed them. Press Resume once you know. Everybody can still browse, and see their codes.',
    },
    resumedNext: 'Whoever was refused meanwhile can run /buy again.',
  },

  stranger: {
    title: (number: string) => `CardPlusPay has an order that Cardigan does not know: ${number}`,
    charged: (charged: Money) => `Charged **${moneyText(charged)}**`,
    placed: (when: string) => `Placed ${when}`,
    perhaps: (references: string) =>
      `It may be what became of ${references}, whose answer was lost, although the amount is another.`,
    next: "If somebody bought it on CardPlusPay's site, all is well. If nobody knows of it, change the account's API key, for somebody else may have it.",
  },

  amountDiffers: {
    title: (number: string) => `CardPlusPay shows another amount than it charged: ${number}`,
    recorded: (charged: Money) => `On record **${moneyText(charged)}**`,
    listed: (charged: Money) => `Listed by CardPlusPay **${moneyText(charged)}**`,
    next: 'Nothing was changed here. Ask CardPlusPay which of the two it has taken from the balance.',
  },

  chargedMore: {
    title: (what: string) => `CardPlusPay charged more than it quoted: ${what}`,
    quoted: (quoted: Money) => `Quoted **${moneyText(quoted)}**`,
    charged: (charged: Money) => `Charged **${moneyText(charged)}**`,
    next: 'The codes are delivered all the same, and what was charged is what counts. Ask CardPlusPay about the difference.',
  },
};
