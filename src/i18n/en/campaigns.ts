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
    claimWon: 'Claim my card',
    fetch: 'Reveal my code',
    approve: (charged: Money) => `Approve ${money(charged)}`,
    reject: 'Decline',
  },
  ends: (when: string) => `Ends ${when}`,
  seedHash: (hash: string) =>
    `Fair draw: \`${hash}\`\nThe seed behind this hash will be revealed here after the draw, so anyone can verify it.`,
  drawn: (seed: string, entrantsHash: string, entrants: number) =>
    `Drawn from ${counted(entrants, 'entry', 'entries')} with the seed \`${seed}\`\nHash of the entries: \`${entrantsHash}\`\nAnyone can verify the draw with the file below.`,
  /** Once everybody has what they won, they have it; before, some may still give way. */
  winners: (who: string, count: number) => `${count === 1 ? 'Winner' : 'Winners'}: ${who}`,
  moreWinners: (who: string, more: number) => `Winners: ${who} and ${number(more)} more`,
  nobodyDrawn: 'Nobody entered, so there is no winner.',
  heldByStop: 'All purchases are paused. Nobody loses their place; cards will be bought when purchases resume.',
  askManager: 'The organiser has been told.',

  bulk: {
    title: (count: number) => `Sending ${cards(count)}`,
    state: {
      planned: 'The rest is waiting for the organiser to confirm.',
      awaiting_approval: 'The rest is waiting for approval.',
      scheduled: 'Scheduled.',
      running: 'Buying the cards. Each can be revealed as soon as it arrives.',
      paused: 'Paused. No more cards are bought for now.',
      closing: 'Buying the last cards.',
      ended: 'Finished.',
      cancelled: 'Cancelled. Cards already bought are still delivered.',
      rejected: 'The rest was declined. Cards already bought are still delivered.',
      expired: 'Nobody decided about the rest in time. Cards already bought are still delivered.',
    },
    stopped: (why: string) => `On hold: ${why}. No more cards are bought for now.`,
    sent: (count: number, all: number) => `Received: **${number(count)} of ${number(all)}**`,
    waiting: (count: number) => `Ready to reveal: ${number(count)}`,
    onWay: (count: number) => `Buying: ${number(count)}`,
    next: 'One of them yours? Press Reveal my code, or run /rewards. Only you will see it.',
    due: (count: number) => `Not started: ${number(count)}`,
    failed: (count: number) => `Not delivered: ${number(count)}`,
    unclear: (count: number) => `Checking with CardPlusPay: ${number(count)}. Nothing is bought twice.`,
  },

  drop: {
    title: (count: number, name: string | undefined) =>
      name === undefined ? `${cards(count)} to claim` : `${number(count)} × ${name} to claim`,
    claimed: (count: number, all: number) => `${number(count)} of ${number(all)} claimed`,
    first: 'First come, first served. One per person.',
    drawing: (seconds: number, when: string) =>
      `Everyone who presses in the first ${counted(seconds, 'second')} has an equal chance. Drawn ${when}; anything left after that is first come, first served.`,
    pressed: (count: number) => `Entries: **${number(count)}**`,
    allClaimed: 'All claimed. Thanks for joining in.',
    over: 'This drop has ended.',
    paused: 'Paused for now. Cards already claimed are safe.',
    stopped: (why: string) => `Cards will arrive late: ${why}. You can still claim, and you keep your place.`,
    waitsAgain: 'The rest is waiting for approval. Cards already claimed are safe.',
    closing: 'This drop has ended. The last cards are on their way.',
    cancelled: 'This drop was cancelled.',
  },

  giveaway: {
    title: (count: number, name: string | undefined) =>
      name === undefined ? `Giveaway: ${cards(count)}` : `Giveaway: ${number(count)} × ${name}`,
    drawnAt: (when: string) => `Ends ${when}`,
    oneWinner: '1 winner',
    manyWinners: (count: number) => `${number(count)} winners, one card each`,
    entered: (count: number) => `Entries: **${number(count)}**`,
    claimed: (count: number, all: number) => `${number(count)} of ${number(all)} claimed`,
    paused: 'Paused for now. All entries still count.',
    stopped: (why: string) => `Cards will arrive late: ${why}. Nobody loses their place.`,
    waitsAgain: 'The rest is waiting for approval. Nobody loses their place.',
    ended: 'This giveaway has ended.',
    cancelled: 'This giveaway was cancelled.',
  },

  won: {
    title: (name: string | undefined) => `You won: ${name ?? 'a gift card'}`,
    again: (name: string | undefined, round: number) => `You won: ${name ?? 'a gift card'} (draw ${round})`,
    said: (who: string) => `Congratulations, ${who} 🎉`,
    until: (when: string, left: string) => `Claim it by ${when} (${left}), or it goes to the next person.`,
  },

  waits: {
    title: (round: number) => (round === 1 ? 'Your gift card is ready' : `Your gift card is ready (${round})`),
    said: (who: string) => `${who}, you have a gift card waiting 🎁`,
    from: (sender: string) => `From ${sender}`,
    next: 'Press Reveal my code, or run /rewards. Only you will see it.',
    over: 'Everyone has revealed their card.',
  },

  approval: {
    title: (what: string) => `Approval needed: ${what}`,
    decided: {
      approved: (what: string) => `Approved: ${what}`,
      rejected: (what: string) => `Declined: ${what}`,
      cancelled: (what: string) => `Cancelled: ${what}`,
      expired: (what: string) => `Expired: ${what}`,
    },
    toPay: (charged: Money) => `Total **${money(charged)}**`,
    atMost: (charged: Money) => `Total up to **${money(charged)}**`,
    wasAsked: (charged: Money) => `Total was ${money(charged)}`,
    part: (quantity: number, name: string, each: Money) => `${number(quantity)} × ${name}, ${money(each)} each`,
    moreParts: (count: number) => `and ${number(count)} more`,
    /** What its message says, or what is sent with each card. */
    posts: (message: string) => `Message to be posted: ${message}`,
    sends: (message: string) => `Message with each card: ${message}`,
    forMembers: (count: number) => `For ${counted(count, 'named member')}`,
    forClaimers: (count: number) =>
      count === 1 ? 'For the first person to claim' : `For the first ${number(count)} people to claim`,
    forWinners: (count: number) => `For ${counted(count, 'winner')}`,
    inChannel: (channel: string) => `In ${channel}`,
    next: 'Any approver can decide, except the requester and the recipients. Approval covers all of it, up to the total.',
  },

  word: {
    titles: {
      asked: (what: string) => `Waiting for approval: ${what}`,
      approved: (what: string) => `Approved: ${what}`,
      rejected: (what: string) => `Declined: ${what}`,
      expired: (what: string) => `Expired: ${what}`,
      paused: (what: string) => `Paused: ${what}`,
      stopped: (what: string) => `Waiting for purchases to resume: ${what}`,
      halted: (what: string) => `On hold: ${what}`,
      cancelled: (what: string) => `Cancelled: ${what}`,
      ended: (what: string) => `Ended: ${what}`,
    },
    said: {
      asked: () =>
        'The rules changed after it was confirmed, so it needs approval before it starts. Nothing is bought until then.',
      approved: () => 'It starts now, or at its scheduled time. You are all set.',
      rejected: (who: string) => `${who} declined it. Nothing was bought.`,
      expired: () => 'Nobody decided in time. No more cards were bought.',
      paused: (who: string) => `${who} paused it. No more cards are bought until it resumes.`,
      stopped: () =>
        'No more cards are bought for now. Nobody loses their place, and it continues on its own when purchases resume.',
      halted: () => 'No more cards are bought for now. Nobody loses their place.',
      cancelled: (who: string) => `${who} cancelled it. No more cards are bought.`,
      ended: (given: number, all: number) =>
        given >= all
          ? all === 1
            ? 'The card was delivered.'
            : `All ${number(all)} cards were delivered.`
          : `${number(given)} of ${counted(all, 'card')} delivered.`,
    },
    because: (why: string) => `Why: ${why}.`,
    reason: (reason: string) => `Reason: ${reason}`,
    charged: (charged: Money) => `Charged so far **${money(charged)}**`,
    retry: (count: number) =>
      `${people(count)} didn't get a card. Press Retry the rest: you see the price before anything is bought.`,
  },

  /** Its channel is no more: to the admins, and to whoever runs it. */
  lost: {
    title: (what: string) => `Nobody can see this campaign: ${what}`,
    said: 'Its channel was deleted, or Cardigan can no longer post there.',
    runBy: (who: string) => `Organised by ${who}`,
    held: 'Nothing is lost: claimed cards are still delivered, and no winners are drawn in the meantime.',
    next: 'Press Manage to move it to another channel, or end it.',
    nextInDm: 'Run /reward list in the server to move it to another channel, or end it.',
    over: 'Fixed: it has a channel again, or has ended.',
  },

  /** In a channel, to whoever runs a campaign and takes no direct messages. It follows their name. */
  inChannel: {
    title: 'Campaign update',
    said: {
      asked: 'your campaign is waiting for approval.',
      approved: 'your campaign was approved.',
      rejected: 'your campaign was declined. Nothing was bought.',
      expired: 'your campaign expired: nobody decided in time.',
      paused: 'your campaign was paused.',
      stopped: 'your campaign is on hold: all purchases are paused.',
      halted: 'your campaign is on hold and needs you.',
      cancelled: 'your campaign was cancelled.',
      ended: 'your campaign has ended.',
    },
    next: "I couldn't DM you. Press Manage for the details; only you will see them.",
  },
};
