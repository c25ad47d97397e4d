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
    title: 'You are in',
    drop: (when: string) => `It is drawn ${when} among all who press by then. Everybody has the same chance.`,
    count: (entrants: number) => (entrants === 1 ? 'One person is in.' : `${entrants} people are in.`),
    drawn: (when: string) => `Drawn ${when}`,
    next: 'If you are drawn, its message says so. Everybody has the same chance.',
    leave: 'Leave again',
  },
  notEntered: {
    title: 'You are not in',
    next: 'Press Enter on its message to take part.',
    over: 'It has been drawn, and you had not entered.',
  },
  left: {
    title: 'You have left again',
    next: 'Nothing was changed for anybody else. Press Enter on its message to take part again.',
  },
  drawing: { title: 'The draw is being made', next: 'Please look again in a few seconds.' },
  notDrawn: {
    title: 'You were not drawn this time',
    next: 'Thank you for taking part. If a winner gives way, the next one of the draw gets the card.',
  },
  won: {
    title: 'You were drawn',
    until: (when: string) => `Yours until ${when}`,
    next: 'Claim your card in time; otherwise it goes to the next person.',
    claim: 'Claim your card',
  },
  lapsed: {
    title: 'Your place went to somebody else',
    why: {
      gone: 'You were no member of this server when it was drawn.',
      not_eligible: 'When it was drawn, you were not among those whom it is for.',
      unclaimed: 'The time to claim was over.',
      replaced: 'Whoever runs it gave your place to the next person.',
      not_found: 'CardPlusPay did not show that it took the order of it.',
      called_off: 'It was called off.',
    },
    next: 'Nothing was charged to you. Please ask whoever runs it, if something kept you.',
  },
  failed: {
    title: 'There is no card for you',
    next: 'Cardigan found you to be no member of this server when your card was to be bought.',
  },
  /** "20 × Google Play 5 USD" stands in the facts. */
  has: (places: number) => (places === 1 ? 'You have the card' : `You have one of the ${places} cards`),
  buying:
    'It is being bought now. The code will appear here; if that takes a while, you will be pinged in the channel when it is ready.',
  behind: 'An earlier card is being bought right now, and yours is next. Your place is kept.',
  earlierUnclear:
    'CardPlusPay has not answered clearly about an earlier card of this kind. Yours waits for certainty, so that none is bought twice. Your place is kept, and you will be pinged in the channel when the card is ready.',
  unclear:
    'CardPlusPay has not answered clearly whether it took the order for your card. Cardigan is finding out, so that none is bought twice. Your place is kept, and you will be pinged in the channel when the card is ready.',
  outOfStock:
    'CardPlusPay says that this card is out of stock. Nothing was bought, your place is kept, and whoever runs it has been told.',
  inTheWay:
    'Something is in the way of buying it. Nothing was bought, your place is kept, and whoever runs it has been told.',
  tryAgain: (when: string) =>
    `It could not be bought just now. Nothing was charged, your place is kept, and Cardigan tries again by itself ${when}.`,
  stopped:
    'All purchases are paused. Your place is kept: your card will be bought as soon as they resume, and you will be pinged in the channel.',
  paused:
    'Whoever runs it has paused it. Your place is kept, and you will be pinged in the channel when the card is ready.',
  codesLate:
    'It is bought. CardPlusPay has not handed over the code yet; you will be pinged in the channel when it is ready.',
  sent: 'Bought and sent: the code is in your direct messages.',
  seen: 'You have had the code. See it again with /rewards.',
};

/** Taking the place of a winner who has not claimed. */
export const replacing = {
  title: 'Replace a winner',
  next: 'These were drawn and have not claimed yet. Whoever you pick gives way to the next of the draw, for good.',
  pick: 'Choose who gives way',
  option: (name: string, rank: number) => `${name} · place ${rank} of the draw`,
  until: (when: string) => `may claim until ${when} UTC`,
  unknown: (user: string) => `Member ${user}`,
  none: 'Nobody can be replaced now',
  noneNext: 'Every winner has claimed, or given way already.',
  more: (count: number) => `and ${count} more, who are listed once some of these have claimed`,
  done: (who: string) => `${who} gave way, and the next of the draw has their place.`,
};
