import type { Money } from '../../lib/index.ts';
import type { ProblemWords } from '../problem-words.ts';
import { money } from './count.ts';

/** A card that somebody sends to somebody else, told to its sender. `who` is its recipient. */
export const gift = {
  titles: { delivered: (what: string) => `Sent: ${what}` },
  to: (who: string) => `To ${who}`,
  /** Those who get the cards of one order of a campaign; so far nobody of one that is still to be claimed. */
  members: (count: number) => (count === 0 ? 'whoever claims a card' : `${count} members`),
  /** How many cards of such an order are in hands, for who gave them. */
  received: (count: number, all: number) =>
    count < all
      ? `${count} of ${all} cards have been received. Nothing is lost of the others: who is to get one sees it with /rewards once it is there.`
      : `All ${all} of its cards have been received. Only who got one can see its code.`,
  partNotBought:
    'Nothing was bought by this order, and nothing charged. The timeline says why, and the message of its campaign how that goes on.',
  words: (message: string) => `With your words: ${message}`,
  receipt: {
    private: (_: string) => 'Only you and they see that you sent it.',
    public: (channel: string) => `Once it has arrived, everybody in ${channel} reads that you sent it.`,
  },
  asks: (who: string, to: string) => `${who} asks for it, to send it to ${to}`,
  quoteTitle: (quantity: number, name: string, to: string) => `Buy ${quantity} × ${name} for ${to}?`,
  delivering: (who: string) => `The code is being sent to ${who} by direct message.`,
  /** Where the code is, in place of what a requester reads of their own. */
  where: {
    onTheirWay: (who: string) => `The code is on its way to ${who} by direct message.`,
    delivered: (who: string) => `${who} has the code by direct message. Only they can see it.`,
    revealed: (who: string) => `${who} has had the code shown to them. Only they can see it.`,
    dmClosed: (who: string) =>
      `The direct messages of ${who} are closed to Cardigan, so the code could not be sent. It is safe: they see it with /rewards, and were told so in the channel if Cardigan may write there.`,
    dmFailed: (who: string) =>
      `Discord did not take the direct message to ${who}. The code is safe: tell them that they see it with /rewards.`,
    dmRetried: (who: string) =>
      `Discord did not take the direct message to ${who}. The code is safe: Cardigan tries again by itself for about an hour, and they also see it with /rewards.`,
    dmWithheld: (who: string) =>
      `Discord asks Cardigan for fewer direct messages, so none was sent to ${who}. The code is safe: they can see it with /rewards, and have been told so in the channel if Cardigan may write there.`,
  },
  missing: (who: string) =>
    `CardPlusPay has not handed over the code so far. It is paid for: Cardigan keeps asking and sends it to ${who} by direct message. You can also ask again, here or in /orders.`,
  recipientLeft: (who: string) => `${who} had left the server when it was to be approved. Nothing was bought.`,
  approvedNext: (who: string) =>
    `It is being bought now, and then sent to ${who}. You hear how that went, or what is in the way.`,
  /** In the channel, to a sender who takes no direct messages. It follows their name. */
  heldInChannel: 'your order was approved and bought, and the code waits for the person you sent it to.',
};

/** What everybody reads where a card was sent. */
export const announcement = {
  arrived: {
    title: 'A gift card was sent',
    said: (sender: string, recipient: string) => `${sender} sent ${recipient} a gift card.`,
  },
  waits: {
    title: 'A gift card waits',
    said: (recipient: string) => `${recipient}, there is a gift card for you.`,
    next: 'It could not be sent to you by direct message. Press the button, or run /rewards: only you will see the code.',
  },
};

/** What a recipient reads of a card that somebody sent them. */
export const reward = {
  title: (what: string) => `A gift card for you: ${what}`,
  from: (who: string) => `${who} sends you a gift card.`,
  fromSaying: (who: string, message: string) => `${who} sends you a gift card: ${message}`,
  shows: (face: Money) => `Card shows ${money(face)}`,
  received: (when: string) => `Received ${when}`,
  delivered: 'The code is in your direct messages, and you can have it shown here: only you see it.',
  seen: 'You have seen the code. You can have it shown here again: only you will see it.',
  waits: 'The code waits for you. Have it shown here: only you see it.',
  notYet: 'There is no code for you yet. Run /rewards again in a while: the code is shown there once it has arrived.',
};

/** Why nothing can be sent to somebody. */
export const recipientProblems = {
  recipient_self: () => 'You cannot send a card to yourself.\nNothing was bought. Run /buy for a card of your own.',
  recipient_bot: () => 'A bot has no use for a gift card.\nNothing was bought. Please name a person of this server.',
  recipient_not_here: () =>
    'They are no member of this server, so Cardigan could not reach them.\nNothing was bought. Please name somebody who is here.',
  recipient_unclear: () =>
    'Discord did not tell whether they are a member of this server.\nNothing was bought. Please run the command again in a minute.',
} satisfies Partial<ProblemWords>;

/** The list of what somebody was sent. */
export const rewards = {
  title: 'Gift cards that you were sent',
  none: 'Nobody has sent you a gift card here yet.',
  noneNext: 'Cards that you bought yourself are in /orders.',
  row: (what: string, sender: string, state: string, reference: string) =>
    `**${what}** · from ${sender} · ${state} · ${reference}`,
  state: { received: 'received', waits: 'waits for you' },
  pick: 'Choose a gift card to see its code',
  option: (what: string, reference: string) => `${reference} · ${what}`,
};
