/** How an approver names a delegate without typing a command: whoever has no Manage Server may not see it. */
export const nameDelegate = {
  show: 'My delegate',
  choose: 'Choose a delegate',
  title: 'Who decides in your name?',
  who: 'Member',
  pick: 'Choose a member',
  until: 'Until when?',
  untilHint: 'Such as Monday, tomorrow, 3 days, 1 week or 2026-12-01',
};
