import type { Money } from '../../lib/index.ts';
import { counted, money } from './count.ts';

const NOTHING = 'Nothing was charged.';

/** What became of what was approved, on its card: this is where its approvers hear of it. */
export const outcome = {
  titles: {
    bought: (what: string) => `Purchased: ${what}`,
    held: (what: string) => `Purchased, not delivered yet: ${what}`,
    delivered: (what: string) => `Delivered: ${what}`,
    unconfirmed: (what: string) => `Being checked: ${what}`,
    not_found: (what: string) => `Being checked: ${what}`,
    needs_review: (what: string) => `Needs a review: ${what}`,
    repriced: (what: string) => `Not bought: ${what}`,
    failed: (what: string) => `Not bought: ${what}`,
    expired: (what: string) => `Not bought: ${what}`,
    cancelled: (what: string) => `Cancelled: ${what}`,
    closed: (what: string) => `Closed: ${what}`,
  },
  said: {
    bought: (missing: number) =>
      missing > 0
        ? `CardPlusPay has not sent ${counted(missing, 'code')} yet.`
        : 'The codes are on their way to whom they are for.',
    held: 'Somebody could not be reached by direct message: their codes are kept safe, and they can reveal them.',
    delivered: 'Everybody has their codes.',
    unconfirmed: 'CardPlusPay gave no clear answer. It is not bought a second time: Cardigan is looking for the order.',
    not_found:
      'CardPlusPay does not show this order so far. It is not bought a second time: Cardigan watches for a day.',
    needs_review: 'Cardigan cannot tell what became of it. Admins decide with /review.',
    failed: (why: string) => `Reason: ${why}. ${NOTHING}`,
    expired: `It could not be bought in time. ${NOTHING}`,
    cancelled: `It was cancelled before it was bought. ${NOTHING}`,
    closed: (why: string) => `Reason: ${why}.`,
    /** `to`: the price of now; without it, nothing is known of that. */
    repriced: (to: Money | undefined) =>
      to === undefined ? `The price rose. ${NOTHING}` : `The price rose to **${money(to)}**. ${NOTHING}`,
  },
  charged: (charged: Money) => `Charged **${money(charged)}**`,
  newRequest: (link: string) => `[Open the new request](${link})`,
  newRequestWaits: 'Whoever requested it decides whether to request it again at the new price.',
};
