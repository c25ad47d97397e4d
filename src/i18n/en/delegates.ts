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
  decidesForYou: (delegate: string, until: string) => `${delegate} can decide in your name until ${until}.`,
  instead: (delegate: string) => `${delegate} is no longer your delegate.`,
  changed: (until: string) => `Previously until ${until}.`,
  told: {
    sent: (delegate: string) => `${delegate} was told by direct message.`,
    closed: (delegate: string) => `Cardigan can't send ${delegate} direct messages, so please tell them yourself.`,
    failed: (delegate: string) =>
      `Discord didn't accept the direct message to ${delegate}, so please tell them yourself.`,
  },
  namedNext:
    "Their decisions are logged as made by them, in your name. Together you have one vote per request, and neither of you can decide on your own or each other's requests. If you stop being an approver, so do they.",

  overviewTitle: 'Delegates',
  nobodyForYou: 'You have no delegate.',
  youDecideFor: (approver: string, until: string) => `You can decide for ${approver} until ${until}.`,
  youForNobody: "You aren't anyone's delegate.",
  moreNamers: (count: number) => `… and ${count} more`,
  overviewNext:
    'Approvers choose a delegate with /delegate, a member and an end date. Choosing another replaces the first.',
  namersNext: 'Run /approvals to see what needs your decision.',
  endedTitle: 'Delegation ended',
  ended: (delegate: string) => `${delegate} no longer decides in your name.`,
  endedNext: 'Their past decisions stand. Run /delegate to choose someone again.',

  /** Told to whoever was named, by direct message. */
  youAreTitle: (guild: string) => `You are now a delegate in ${guild}`,
  youAre: (approver: string, until: string) =>
    `${approver} made you their delegate until ${until}. You can approve and decline requests in their name.`,
  youAreNext:
    "Run /approvals there to see what needs your decision, or use the buttons on the requests. You can't decide on your own requests or theirs. Your decisions are logged as made by you, in their name.",
};

/** The list of what waits for an approver. */
export const approvals = {
  title: (count: number) => (count === 1 ? '1 request needs your decision' : `${count} requests need your decision`),
  none: "You're all caught up.",
  noneNext: 'New requests for approval will be listed here.',
  since: (asked: string, ends: string) => `Requested ${asked} · expires ${ends}`,
  card: (link: string) => `[Open request](${link})`,
  inTheNameOf: (approver: string) => `You decide for ${approver}`,
  alreadyYours: 'You have approved this. It needs someone else now.',
  next: 'Oldest first; those you have already approved come last. Stock and price are checked again before buying.',
  counted: (what: string) => `You approved: ${what}`,
};
