import type { Money } from '../../lib/index.ts';
import { money } from './count.ts';

const kinds = { bulk: 'bulk send', drop: 'drop', giveaway: 'giveaway' };

/** What admins are told without being asked anything: it is wrong, and then it is over. */
export const alerts = {
  since: (when: string) => `Since ${when}`,
  over: (from: string, until: string) => `From ${from} to ${until}`,

  lowBalance: {
    title: (left: Money) => `The balance is low: ${money(left)} left`,
    overTitle: 'The balance is no longer low',
    seen: (when: string) => `Seen ${when}`,
    threshold: (amount: Money) => `Alert set below **${money(amount)}**`,
    lasts: (day: string, when: string) => `At the pace of the last 7 days it lasts until about **${day}** (${when}).`,
    shortLater: (kind: keyof typeof kinds, reference: string, when: string, lacking: Money) =>
      `The ${kinds[kind]} ${reference}, which starts ${when}, needs **${money(lacking)}** more.`,
    shortNow: (kind: keyof typeof kinds, reference: string, lacking: Money) =>
      `The ${kinds[kind]} ${reference}, which has started, needs **${money(lacking)}** more.`,
    next: 'Top up at CardPlusPay. An order that costs more than is left is not bought, and nothing is charged for it.',
    overNext: "You're told again if it falls.",
  },

  keyRefused: {
    title: 'CardPlusPay refuses the API key',
    overTitle: 'CardPlusPay accepts the API key again',
    means: 'Nothing can be bought, and nothing is charged. Codes that are here can still be revealed.',
    next: {
      unauthorized:
        'Whoever runs Cardigan copies the key again from the CardPlusPay account into CARDPLUSPAY_API_KEY, and restarts it. If nobody changed the key, ask CardPlusPay.',
      signing_wanted:
        'The account now asks for signed requests. Whoever runs Cardigan sets CARDPLUSPAY_SIGNING_KEY_FILE and CARDPLUSPAY_CHALLENGE_PATH, and restarts it.',
    },
    overNext: 'Anyone who was turned away can run /buy again.',
  },

  storeFull: {
    title: (free: string) => `The disk with Cardigan's database is nearly full: ${free} left`,
    overTitle: "The disk with Cardigan's database has room again",
    size: (size: string) => `The database takes ${size}`,
    means: 'Once it is full, nothing can be bought, and no code can be recorded.',
    next: 'Whoever runs Cardigan frees space on that disk, or moves the database to a larger one.',
    overNext: "You're told again if it fills up.",
  },

  waiting: {
    title: {
      approval: (what: string) => `Waiting over an hour for approval: ${what}`,
      review: (what: string) => `Waiting over an hour for review: ${what}`,
    },
    overTitle: (what: string) => `No longer waiting: ${what}`,
    total: (charged: Money) => `Total **${money(charged)}**`,
    now: (state: string) => `Now: ${state}`,
    next: {
      approval: (link: string | undefined) =>
        `Nothing is charged until it's approved. ${link ? `[Open request](${link}), or run /approvals.` : 'Run /approvals to decide.'}`,
      review: () => 'It may already be charged, and nobody has its codes. Run /review to decide.',
    },
  },
};
