import { type Money, moneyText } from '../../lib/index.ts';

/** What whoever runs Cardigan reads at the command line. */
export const resolve = {
  usage: `Decides about an order that waits for people. First look at it:

  npm run resolve -- K7Q2M9

Then say what it is:

  npm run resolve -- K7Q2M9 --ours 1042          CardPlusPay's order 1042 is this one: its codes are delivered
  npm run resolve -- K7Q2M9 --none               CardPlusPay does not have it: it is closed, its amount is free again
  npm run resolve -- K7Q2M9 --wait               have its missing codes asked for once more
  npm run resolve -- K7Q2M9 --close "a reason"   it is over, for that reason, which its requester reads

--yes goes on without asking once more. With SQLite, stop Cardigan first: one process at a time has the store.`,
  unknown: (reference: string) =>
    `No order has the reference ${reference}. Nothing was changed. It is the six characters beside the order's name.`,
  order: (reference: string, what: string, charged: Money) => `${reference}: ${what}, ${moneyText(charged)}`,
  asked: (requester: string, when: string) => `asked for by the Discord user ${requester}, ${when}`,
  sent: (when: string) => `sent to CardPlusPay ${when}`,
  why: (why: string) => `Why it waits: ${why}`,
  notWaiting: (state: string) => `It is marked "${state}" and waits for nobody's decision. Nothing was changed.`,
  candidates: 'CardPlusPay has what may be it:',
  candidate: (orderId: number, number: string, charged: Money | null, when: string) =>
    `--ours ${orderId}   ${number}, ${charged ? moneyText(charged) : 'no amount'}${when ? `, ${when}` : ''}`,
  noCandidates: 'CardPlusPay was not seen to have anything that may be it.',
  open: (options: string) => `Open to you: ${options}`,
  ask: 'This cannot be taken back. Type yes to go on:',
  left: 'Nothing was changed.',
  done: (state: string) =>
    `It is recorded: the order is marked "${state}". Cardigan goes on from there when it runs, and tells whoever asked for it.`,
};
