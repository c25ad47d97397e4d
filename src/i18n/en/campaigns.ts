import type { Money } from '../../lib/index.ts';
import { because, todo } from './campaign-obstacles.ts';
import { counted, money, number } from './count.ts';

const cards = (count: number) => counted(count, 'gift card');
const people = (count: number) => counted(count, 'person', 'people');

/** The messages of campaigns: what everybody reads, and what whoever runs one is told. */
export const campaigns = {
  because,
  todo,
  buttons: {
    manage: 'Manage',
    claim: 'Claim a card',
    enter: 'Enter',
    mine: 'Am I in?',
    claimWon: 'Claim your card',
    fetch: 'Reveal my card',
    approve: (charged: Money) => `Approve ${money(charged)}`,
    reject: 'Reject',
  },
  endsBy: (when: string) => `Open until ${when}`,
  seedHash: (hash: string) =>
    `Fair draw: \`${hash}\`\nThis fixed the draw before anybody took part. Its seed and a file to check it follow here; docs/fair-draw.md of Cardigan says how.`,
  drawn: (seed: string, entrantsHash: string, entrants: number) =>
    `Drawn among ${people(entrants)} with the seed \`${seed}\`\nHash of all who took part: \`${entrantsHash}\`\nThe file below repeats the draw: docs/fair-draw.md of Cardigan says how.`,
  winners: (who: string) => `Drawn: ${who}`,
  moreWinners: (who: string, more: number) => `Drawn: ${who} and ${people(more)} more`,
  nobodyDrawn: 'Nobody took part, so nobody was drawn.',
  heldByStop:
    'All purchases are paused. Everybody keeps their place, and cards are bought as soon as purchases resume.',
  askManager: 'Whoever runs it has been told.',

  bulk: {
    title: (count: number) => `Sending ${cards(count)}`,
    state: {
      planned: 'Waits until whoever runs it has confirmed the rest.',
      awaiting_approval: 'Waits for approval of the rest.',
      scheduled: 'Waits for its time.',
      running: 'Cards are being bought. Each can be revealed as soon as it arrives.',
      paused: 'Paused: nothing more is bought for now.',
      closing: 'The last cards are being bought.',
      ended: 'Done.',
      cancelled: 'Called off. What was bought before is still given.',
      rejected: 'The rest was rejected. What was bought before is still given.',
      expired: 'The rest ended without a decision. What was bought before is still given.',
    },
    stopped: (why: string) => `Stopped, because ${why}. Nothing more is bought for now.`,
    sent: (count: number, all: number) => `Revealed: **${number(count)} of ${number(all)}**`,
    waiting: (count: number) => `Ready to reveal: ${number(count)}`,
    onWay: (count: number) => `Being bought: ${number(count)}`,
    next: 'Is one of them yours? Press Reveal my card, or run /rewards: only you will see the code.',
    due: (count: number) => `Not begun: ${number(count)}`,
    failed: (count: number) => `Cannot be given: ${number(count)}`,
    unclear: (count: number) =>
      `Being checked: ${number(count)}. Nothing is bought twice; Cardigan looks at CardPlusPay.`,
  },

  drop: {
    title: (count: number, name: string | undefined) =>
      name === undefined ? `${cards(count)} to claim` : `${number(count)} × ${name} to claim`,
    claimed: (count: number, all: number) => `${number(count)} of ${number(all)} claimed`,
    first: 'The first who press get one, each of you one.',
    drawing: (seconds: number, when: string) =>
      `Whoever presses within the first ${seconds} seconds has the same chance: drawn ${when}. What is left then goes to the first.`,
    pressed: (count: number) => `In the draw so far: ${people(count)}`,
    allClaimed: 'All claimed.',
    over: 'It is over.',
    paused: 'Paused for now. Whoever has claimed a card keeps it.',
    stopped: (why: string) => `Cards come later, because ${why}. Whoever claims one now keeps their place.`,
    waitsAgain: 'It waits for a decision about the rest. Whoever has claimed a card keeps it.',
    closing: 'The last cards are being given.',
    cancelled: 'Called off.',
  },

  giveaway: {
    title: (count: number, name: string | undefined) =>
      name === undefined ? `Giveaway: ${cards(count)}` : `Giveaway: ${number(count)} × ${name}`,
    drawnAt: (when: string) => `Drawn ${when}`,
    oneWinner: 'One person wins.',
    manyWinners: (count: number) => `${number(count)} people win, each of them one card.`,
    entered: (count: number) => `Taking part: **${people(count)}**`,
    claimed: (count: number, all: number) => `${number(count)} of ${number(all)} claimed`,
    paused: 'Paused for now. Whoever has entered stays in.',
    stopped: (why: string) => `Cards come later, because ${why}. Nobody loses their place.`,
    waitsAgain: 'It waits for a decision about the rest. Nobody loses their place.',
    ended: 'It is over.',
    cancelled: 'Called off.',
  },

  won: {
    title: (name: string | undefined) => `You won: ${name ?? 'a gift card'}`,
    again: (name: string | undefined, round: number) => `You won: ${name ?? 'a gift card'} (draw ${round})`,
    said: (who: string) => `${who}, congratulations.`,
    until: (when: string) => `Claim it until ${when}. After that it goes to the next.`,
    over: 'Nobody has to claim one here any more.',
  },

  waits: {
    title: (round: number) => (round === 1 ? 'A gift card waits for you' : `A gift card waits for you (${round})`),
    said: (who: string) => `${who}, there is a gift card for you.`,
    from: (sender: string) => `${sender} sends it to you.`,
    next: 'Press the button, or run /rewards: only you will see your code.',
    over: 'Everybody has seen their card.',
  },

  approval: {
    title: (what: string) => `Approval wanted: ${what}`,
    decided: {
      approved: (what: string) => `Approved: ${what}`,
      rejected: (what: string) => `Rejected: ${what}`,
      cancelled: (what: string) => `Called off: ${what}`,
      expired: (what: string) => `Ended without a decision: ${what}`,
    },
    toPay: (charged: Money) => `To pay **${money(charged)}**`,
    atMost: (charged: Money) => `To pay **${money(charged)}** at most`,
    wasAsked: (charged: Money) => `The total was ${money(charged)}`,
    part: (quantity: number, name: string, each: Money) => `${number(quantity)} × ${name}, ${money(each)} each`,
    moreParts: (count: number) => `and ${count} more`,
    /** What its message says, or what is sent with each card. */
    posts: (message: string) => `Will be posted: ${message}`,
    sends: (message: string) => `Sent with each card: ${message}`,
    forMembers: (count: number) => `For ${counted(count, 'member')}, by name`,
    forClaimers: (count: number) => `For the first ${number(count)} who claim one`,
    forWinners: (count: number) => `For ${number(count)} who are drawn`,
    inChannel: (channel: string) => `In ${channel}`,
    next: 'Approvers may decide, but neither who asked nor who gets a card of it. Approved is the whole of it, and no more than its total is bought.',
  },

  word: {
    titles: {
      asked: (what: string) => `Waits for approval: ${what}`,
      approved: (what: string) => `Approved: ${what}`,
      rejected: (what: string) => `Rejected: ${what}`,
      expired: (what: string) => `Ended without a decision: ${what}`,
      paused: (what: string) => `Paused: ${what}`,
      stopped: (what: string) => `Waiting, all purchases are paused: ${what}`,
      halted: (what: string) => `Stopped: ${what}`,
      cancelled: (what: string) => `Called off: ${what}`,
      ended: (what: string) => `Ended: ${what}`,
    },
    said: {
      asked: () =>
        'The rules have changed since it was confirmed, so it needs an approval before it starts. Nothing is bought before.',
      approved: () => 'It starts now, or at its time. Nothing is left for you to do.',
      rejected: (who: string) => `${who} rejected it. Nothing was bought.`,
      expired: () => 'Nobody decided in time. Nothing more was bought.',
      paused: (who: string) => `${who} paused it. Nothing more is bought until it goes on.`,
      stopped: () =>
        'Nothing more is bought for now, and everybody keeps their place. It goes on by itself as soon as purchases resume.',
      halted: () => 'Nothing more is bought for now. Nobody loses a place that they have.',
      cancelled: (who: string) => `${who} called it off. Nothing more is bought.`,
      ended: () => 'Nothing more is bought for it.',
    },
    because: (why: string) => `Because ${why}.`,
    reason: (reason: string) => `Because: ${reason}`,
    charged: (charged: Money) => `Charged so far **${money(charged)}**`,
    retry: (count: number) =>
      `${people(count)} got none. You can try the rest again: you see its price before anything is bought.`,
  },

  /** Its channel is no more: to the admins, and to whoever runs it. */
  lost: {
    title: (what: string) => `Nobody can see this campaign: ${what}`,
    said: 'Its channel was deleted, or Cardigan can no longer write there.',
    runBy: (who: string) => `${who} runs it`,
    held: 'Nothing is lost: claimed cards are still delivered, and nothing is drawn in the meantime.',
    next: 'Press Manage to move it to another channel, or to end it.',
    nextInDm: 'Run /reward list in the server to move it to another channel, or to end it.',
    over: 'It has a channel again, or has ended.',
  },

  /** In a channel, to whoever runs a campaign and takes no direct messages. It follows their name. */
  inChannel: {
    title: 'News of a campaign',
    said: {
      asked: 'your campaign waits for approval.',
      approved: 'your campaign was approved.',
      rejected: 'your campaign was rejected. Nothing was bought.',
      expired: 'nobody decided about your campaign in time.',
      paused: 'your campaign was paused.',
      stopped: 'your campaign is waiting: all purchases are paused.',
      halted: 'your campaign is stopped, and waits for you.',
      cancelled: 'your campaign was called off.',
      ended: 'your campaign has ended.',
    },
    next: 'Your direct messages are closed to Cardigan. Press the button to see more: only you see what it shows.',
  },
};
