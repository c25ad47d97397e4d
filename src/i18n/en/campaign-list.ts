import { type Money, moneyText } from '../../lib/index.ts';

/** The list of a server's campaigns, and what can be changed about one. */
export const campaignList = {
  title: 'Cards given away here, newest first',
  row: (what: string, charged: Money, state: string, reference: string) =>
    `\`${reference}\` **${what}** · ${moneyText(charged)} · ${state}`,
  by: (who: string) => `by ${who}`,
  starts: (when: string) => `starts ${when}`,
  none: 'Nothing has been given away here yet.',
  noneNext: 'Begin with /reward bulk, /reward drop or /reward giveaway.',
  pick: 'Choose one to see how it stands, or to change it',
  option: (what: string, reference: string) => `${reference} · ${what}`,
  optionHint: (state: string, charged: Money) => `${state} · ${moneyText(charged)}`,
  edit: {
    title: 'Change it',
    message: 'Your words to who gets a card',
    messageHint: 'At most 200 characters. What was sent already stays as it is.',
    ends: 'When does it end?',
    endsHint: 'Leave it empty to keep its end.',
    endsExample: 'Such as 2 hours, tomorrow 18:00, or 2026-12-01 18:00',
    done: 'It was changed.',
  },
  next: 'Single cards of /reward send are in /orders.',
};
