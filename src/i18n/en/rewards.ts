import type { Money } from '../../lib/index.ts';
import type { ProblemWords } from '../problem-words.ts';
import { counted, money, number } from './count.ts';

/** A card that somebody sends to somebody else, told to its sender. `who` is its recipient. */
export const gift = {
  titles: { delivered: (what: string) => `Sent: ${what}` },
  to: (who: string) => `To ${who}`,
  /** Those who get the cards of one order of a campaign; so far nobody of one that is still to be claimed. */
  members: (count: number) => (count === 0 ? 'whoever claims a card' : counted(count, 'member')),
  /** How many cards of such an order are in hands, for who gave them. */
  received: (count: number, all: number) =>
    count < all
      ? `${number(count)} of ${counted(all, 'card')} received. The others are safe: each recipient finds theirs in /rewards once it is there.`
      : all === 1
        ? 'The card was received. Only its recipient can see the code.'
        : `All ${number(all)} cards were received. Only each recipient can see their code.`,
  partNotBought:
    'This order bought nothing and charged nothing. The timeline says why; the campaign says what happens next.',
  words: (message: string) => `Message: ${message}`,
  receipt: {
    private: (who: string) => `Private: only you and ${who} will see this.`,
    public: (channel: string) => `Delivery will be announced in ${channel}.`,
  },
  asks: (who: string, to: string) => `Requested by ${who}, for ${to}`,
  quoteTitle: (quantity: number, name: string, to: string) => `Send ${number(quantity)} × ${name} to ${to}?`,
  delivering: (who: string) => `The code is being sent to ${who} by direct message.`,
  /** Where the code is, in place of what a requester reads of their own. */
  where: {
    onTheirWay: (who: string) => `The code is on its way to ${who} by direct message.`,
    delivered: (who: string) => `${who} has the code in their direct messages. Only they can see it.`,
    revealed: (who: string) => `${who} has revealed the code. Only they can see it.`,
    dmClosed: (who: string) =>
      `${who} doesn't accept direct messages from Cardigan, so the code is waiting for them in /rewards. They were told in the channel, if Cardigan can post there.`,
    dmFailed: (who: string) =>
      `Discord rejected the direct message to ${who}. The code is safe: tell them to run /rewards.`,
    dmRetried: (who: string) =>
      `Discord rejected the direct message to ${who}. The code is safe: Cardigan keeps trying for about an hour, and they can see it in /rewards right away.`,
    dmWithheld: (who: string) =>
      `Discord asked Cardigan to send fewer direct messages, so none went to ${who}. The code is safe: it is waiting for them in /rewards. They were told in the channel, if Cardigan can post there.`,
  },
  missing: (who: string) =>
    `CardPlusPay hasn't delivered the code yet. It is paid for: Cardigan keeps checking and sends it to ${who} by direct message. You can also check again here or in /orders.`,
  recipientLeft: (who: string) => `${who} had left the server by the time it was approved. Nothing was bought.`,
  approvedNext: (who: string) =>
    `Buying now, then sending it to ${who}. You'll get a note when it arrives, or if something goes wrong.`,
  /** In the channel, to a sender who takes no direct messages. It follows their name. */
  heldInChannel: 'your gift card was approved and bought, and its code is waiting for the recipient.',
};

/** What everybody reads where a card was sent. */
export const announcement = {
  arrived: {
    title: 'A gift card was sent',
    said: (sender: string, recipient: string) => `${sender} sent ${recipient} a gift card.`,
  },
  waits: {
    title: 'A gift card is waiting',
    said: (recipient: string) => `${recipient}, you have a gift card waiting 🎁`,
    next: "I couldn't DM you. Press Reveal my code, or run /rewards. Only you will see it.",
  },
};

/** What a recipient reads of a card that somebody sent them. */
export const reward = {
  title: (what: string) => `Your gift card: ${what}`,
  from: (who: string) => `${who} sent you a gift card.`,
  fromSaying: (who: string, message: string) => `${who} sent you a gift card: “${message}”`,
  shows: (face: Money) => `Face value ${money(face)}`,
  received: (when: string) => `Received ${when}`,
  delivered: 'The code is in your direct messages. You can also reveal it here; only you will see it.',
  seen: 'You have seen the code. You can reveal it again; only you will see it.',
  waits: 'Your code is ready. Reveal it here; only you will see it.',
  notYet: 'Your code is on its way. Run /rewards again in a few minutes.',
};

/** Why nothing can be sent to somebody. */
export const recipientProblems = {
  recipient_self: () =>
    "You can't send a gift card to yourself.\nNothing was bought. To buy one for yourself, run /buy.",
  recipient_bot: () => "You can't send gift cards to bots.\nNothing was bought. Choose a person in this server.",
  recipient_not_here: () => "That person isn't in this server.\nNothing was bought. Choose somebody who is here.",
  recipient_unclear: () =>
    "Discord didn't respond, so Cardigan couldn't check whether they are in this server.\nNothing was bought. Try again in a minute.",
} satisfies Partial<ProblemWords>;

/** The list of what somebody was sent. */
export const rewards = {
  title: 'Your gift cards',
  none: 'No gift cards yet.',
  noneNext: 'Gift cards people send you appear here. Cards you bought yourself are in /orders.',
  row: (what: string, sender: string, state: string, reference: string) =>
    `**${what}** · from ${sender} · ${state} · ${reference}`,
  state: { received: 'received', waits: 'ready to reveal' },
  pick: 'Choose a gift card to see its code',
  option: (what: string, reference: string) => `${what} · ${reference}`,
};
