import { number } from './count.ts';

/** How people say when something starts or ends, in small letters; weekdays from Monday on. */
export const rewardTimes = {
  says: {
    today: 'today',
    tomorrow: 'tomorrow',
    weekdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
    minutes: ['minute', 'minutes', 'min', 'mins', 'm'],
    hours: ['hour', 'hours', 'hr', 'hrs', 'h'],
    days: ['day', 'days', 'd'],
    weeks: ['week', 'weeks', 'wk', 'wks', 'w'],
    am: ['am', 'a.m.'],
    pm: ['pm', 'p.m.'],
    in: 'in',
    at: 'at',
    on: 'on',
    and: 'and',
  },
  /** What is offered as somebody types. */
  offered: [
    '10 minutes',
    '30 minutes',
    '1 hour',
    '2 hours',
    '6 hours',
    '12 hours',
    '1 day',
    '2 days',
    '3 days',
    '1 week',
    'Today 18:00',
    'Today 20:00',
    'Tomorrow 12:00',
    'Tomorrow 18:00',
    'Friday 18:00',
    'Saturday 18:00',
    'Sunday 18:00',
  ],
};

/** What whoever presses reads of their place in a campaign. Only they see it. */
export const claim = {
  entered: {
    title: "You're in",
    drop: (when: string) => `Drawn ${when}. Everyone who presses before then has an equal chance.`,
    count: (entrants: number) => `Entries: ${number(entrants)}`,
    drawn: (when: string) => `Ends ${when}`,
    next: 'Everyone has an equal chance. If you win, you will be pinged in the channel.',
    leave: 'Leave giveaway',
  },
  notEntered: {
    title: "You haven't entered",
    next: 'Press Enter on its message to take part.',
    over: "The winners have been drawn, and you hadn't entered.",
  },
  left: {
    title: 'You left the giveaway',
    next: 'Changed your mind? Press Enter on its message.',
  },
  drawing: { title: 'Drawing the winners', next: 'Look again in a few seconds.' },
  notDrawn: {
    title: "You didn't win this time",
    next: "Thanks for taking part. If a winner doesn't claim, the card goes to the next person in the draw.",
  },
  won: {
    title: '🎉 You won',
    expires: (when: string) => `Expires ${when}`,
    next: 'Claim your card in time, or it goes to the next person.',
    claim: 'Claim my card',
  },
  lapsed: {
    title: 'Your card went to somebody else',
    why: {
      gone: "You weren't in this server at the time of the draw.",
      not_eligible: "You weren't eligible at the time of the draw.",
      unclaimed: "You didn't claim it in time.",
      replaced: 'The organiser replaced you with the next person.',
      not_found: 'CardPlusPay has no record of the order for your card.',
      called_off: 'It was cancelled.',
    },
    next: 'Nothing was charged to you. Ask the organiser if something got in your way.',
  },
  failed: {
    title: 'No card for you this time',
    next: "You weren't in this server when your card was about to be bought.",
  },
  /** "20 × Google Play 5 USD" stands in the facts. */
  has: (places: number) => (places === 1 ? 'You got the card' : `You got one of the ${number(places)} cards`),
  buying: 'Buying now. Your code will appear here; if it takes a while, you will be pinged in the channel.',
  behind: 'An earlier card is being bought, and yours is next. Your place is safe.',
  earlierUnclear:
    "CardPlusPay hasn't confirmed an earlier card of this kind, so yours has to wait: nothing is bought twice. Your place is safe, and you will be pinged in the channel when it is ready.",
  unclear:
    "CardPlusPay hasn't confirmed the order for your card. Cardigan is checking: nothing is bought twice. Your place is safe, and you will be pinged in the channel when it is ready.",
  outOfStock:
    'This card is out of stock at CardPlusPay. Nothing was bought, your place is safe, and the organiser has been told.',
  inTheWay: "Your card couldn't be bought. Nothing was charged, your place is safe, and the organiser has been told.",
  tryAgain: (when: string) =>
    `Your card couldn't be bought just now. Nothing was charged, your place is safe, and Cardigan tries again ${when}.`,
  stopped:
    'All purchases are paused. Your place is safe: your card will be bought when they resume, and you will be pinged in the channel.',
  paused:
    'The organiser has paused this. Your place is safe, and you will be pinged in the channel when your card is ready.',
  codesLate: "Bought. CardPlusPay hasn't delivered the code yet; you will be pinged in the channel when it is ready.",
  sent: 'Delivered: the code is in your direct messages.',
  seen: 'You have seen the code. See it again with /rewards.',
};

/** Taking the place of a winner who has not claimed. */
export const replacing = {
  title: 'Replace a winner',
  next: "These winners haven't claimed yet. Whoever you replace loses their card to the next person in the draw. This can't be undone.",
  pick: 'Who should be replaced?',
  option: (name: string, rank: number) => `${name} · place ${rank} of the draw`,
  until: (when: string) => `can claim until ${when} UTC`,
  unknown: (user: string) => `Member ${user}`,
  none: 'Nobody can be replaced now',
  noneNext: 'Every winner has claimed, or been replaced.',
  more: (count: number) => `and ${number(count)} more, listed once some of these have claimed`,
  done: (who: string) => `${who} was replaced by the next person in the draw.`,
};
