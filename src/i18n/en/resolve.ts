import type { Money } from '../../lib/index.ts';
import { money } from './count.ts';

/** What whoever runs Cardigan reads at the command line. */
export const resolve = {
  usage: `Resolves an order that needs review. First look at it:

  npm run resolve -- K7Q2M9

Then decide:

  npm run resolve -- K7Q2M9 --ours 1042          it is CardPlusPay's order 1042: deliver its codes
  npm run resolve -- K7Q2M9 --none               CardPlusPay does not have it: close it and release its amount
  npm run resolve -- K7Q2M9 --wait               keep checking for its missing codes
  npm run resolve -- K7Q2M9 --close "a reason"   close it for this reason (the requester reads it)

--yes skips the confirmation. With SQLite, stop Cardigan first: only one process at a time can open the store.`,
  unknown: (reference: string) =>
    `No order has the reference ${reference}. Nothing was changed. The reference is the six characters next to the order's name.`,
  order: (reference: string, what: string, charged: Money) => `${reference}: ${what}, ${money(charged)}`,
  asked: (requester: string, when: string) => `requested by Discord user ${requester}, ${when}`,
  sent: (when: string) => `sent to CardPlusPay ${when}`,
  why: (why: string) => `Why it needs review: ${why}`,
  notWaiting: (state: string) => `Its state is "${state}", so there is nothing to resolve. Nothing was changed.`,
  candidates: 'Possible matches at CardPlusPay:',
  candidate: (orderId: number, number: string, charged: Money | null, when: string) =>
    `--ours ${orderId}   ${number}, ${charged ? money(charged) : 'no amount'}${when ? `, ${when}` : ''}`,
  noCandidates: 'No possible match was found at CardPlusPay.',
  open: (options: string) => `Options: ${options}`,
  ask: 'This cannot be undone. Type yes to continue:',
  left: 'Nothing was changed.',
  done: (state: string) =>
    `Recorded: the order is now "${state}". Cardigan continues from there when it runs, and tells the requester.`,
};
