/** Approvers who have others decide in their name. */
export const delegates = {
  /** What is offered as somebody types. */
  offered: [
    'Today',
    'Tomorrow',
    'Monday',
    'Tuesday',
    'Wednesday',
    'Thursday',
    'Friday',
    'Saturday',
    'Sunday',
    '3 days',
    '1 week',
    '2 weeks',
    '4 weeks',
  ],

  namedTitle: 'Your delegate',
  decidesForYou: (delegate: string, until: string) => `${delegate} may decide in your name until ${until}.`,
  instead: (delegate: string) => `${delegate}, whom you had named before, no longer does.`,
  changed: (until: string) => `Before, it was until ${until}.`,
  told: {
    sent: (delegate: string) => `${delegate} was told by direct message.`,
    closed: (delegate: string) => `${delegate} takes no direct messages from Cardigan, so please tell them yourself.`,
    failed: (delegate: string) =>
      `Discord did not take the direct message to ${delegate}, so please tell them yourself.`,
  },
  namedNext:
    'What they decide is recorded as theirs, in your name. An order has one voice of yours, whichever of you gives it, and neither of you decides about an order of yours or theirs. If you stop being an approver, they stop too.',

  overviewTitle: 'Who decides for whom',
  nobodyForYou: 'Nobody decides in your name.',
  youDecideFor: (approver: string, until: string) => `You may decide in the name of ${approver} until ${until}.`,
  youForNobody: 'Nobody has named you.',
  moreNamers: (count: number) => `… and ${count} more`,
  overviewNext:
    'Approvers name a delegate with /delegate, a member and until when. Naming another replaces the one before.',
  namersNext: 'With /approvals you see what waits for you.',
  endedTitle: 'Ended',
  ended: (delegate: string) => `${delegate} no longer decides in your name.`,
  endedNext: 'What they have decided stays. To name somebody again, run /delegate.',

  /** Told to whoever was named, by direct message. */
  youAreTitle: (guild: string) => `You are a delegate on ${guild}`,
  youAre: (approver: string, until: string) =>
    `${approver} has named you: until ${until} you may approve and reject orders in their name.`,
  youAreNext:
    'Run /approvals there to see what waits for you, or use the buttons of the cards. You do not decide about orders that are yours or theirs. What you decide is recorded as yours, in their name.',
};

/** The list of what waits for an approver. */
export const approvals = {
  title: (count: number) => (count === 1 ? '1 request waits for you' : `${count} requests wait for you`),
  none: 'No request waits for you.',
  noneNext: 'When somebody asks for an approval, its card shows up, and it is listed here.',
  since: (asked: string, ends: string) => `Waits since ${asked} · without a decision it ends ${ends}`,
  card: (link: string) => `[Its card](${link})`,
  inTheNameOf: (approver: string) => `You decide in the name of ${approver}`,
  alreadyYours: 'Your approval counts already: somebody else has to decide now.',
  next: 'The oldest come first, and those that you have approved already last. Stock and price are checked again before anything is bought.',
  counted: (what: string) => `Your approval counts: ${what}`,
};
