import type { ProblemParams } from '../../lib/index.ts';
import type { ProblemWords } from '../problem-words.ts';

type State = ProblemParams['campaign_moved']['state'];
type Lack = ProblemParams['not_eligible']['lacking'][number];

/** Where a campaign stands, after its reference. */
export const campaignStates: Readonly<Record<State, string>> = {
  planned: 'waits to be confirmed',
  awaiting_approval: 'waits for approval',
  scheduled: 'waits for its time',
  running: 'is running',
  paused: 'is paused',
  halted: 'is stopped, because something is in the way',
  closing: 'is over, and its last cards are being given',
  ended: 'has ended',
  cancelled: 'was called off',
  rejected: 'was rejected',
  expired: 'ran out of time',
};

const days = (count: number) => (count === 1 ? 'a day' : `${count} days`);

function lackText(lack: Lack): string {
  switch (lack.rule) {
    case 'role':
      return `It is for people with the role <@&${lack.role}>.`;
    case 'account':
      return `It is for accounts at Discord that are at least ${days(lack.days)} old.`;
    case 'member':
      return `It is for people who have been in this server for at least ${days(lack.days)}.`;
    case 'quiet':
      return `It is for people who were sent no gift card here for ${days(lack.days)}.`;
  }
}

/** Two lines each: what happened, then what it means and what to do. Most are read by members who pay nothing. */
export const campaignProblems = {
  campaign_unknown: () =>
    'This quote has expired or was cancelled.\nNothing was bought. Run the command again for a new quote, or see all campaigns with /reward list.',
  not_your_campaign: () =>
    'Only whoever started this, or somebody with Manage Server, can do that.\nNothing was changed. Please ask one of them.',
  channel_not_yours: () =>
    'You cannot write in that channel yourself, so Cardigan posts nothing there for you.\nNothing was changed. Choose a channel where you can write.',
  edit_needs_approver: ({ reference }) =>
    `${reference} needs approval, so only an approver can change its message or its end, and only one who did not start it and gets no card from it.\nNothing was changed. Ask such an approver, or call it off.`,
  in_campaign: ({ reference }) =>
    `You are taking part in ${reference}, so you cannot change how it runs.\nNothing was changed. Ask somebody with Manage Server who is not taking part. Before a draw, you can also leave it first.`,
  own_campaign: ({ reference }) =>
    `You started, approved or changed ${reference}, so you cannot get a card from it.\nNothing was changed. The cards are for everybody else.`,
  campaign_moved: ({ reference, state }) =>
    `${reference} ${campaignStates[state]} now, so that is not open any more.\nNothing was changed. See how it stands with /reward list.`,
  campaign_over: ({ reference }) => `${reference} is over.\nNothing was changed. Watch out for the next one.`,
  campaign_paused: ({ reference }) => `${reference} is paused for now.\nNothing was changed. Please try again later.`,
  all_claimed: ({ reference }) =>
    `All cards of ${reference} have been claimed; others were a little faster.\nThank you for trying. Watch out for the next one.`,
  not_eligible: ({ lacking }) =>
    `${lacking.map(lackText).join(' ')}\nNothing was changed. Please ask whoever runs it, if you think that they should count you in.`,
  not_drawn: ({ reference }) =>
    `You were not drawn in ${reference} this time.\nThank you for taking part. Anybody can check the draw: its message says how.`,
  being_drawn: ({ reference }) =>
    `The draw of ${reference} is being made right now.\nNothing was changed. Please look again in a few seconds.`,
  claimed_too_late: ({ reference }) =>
    `The time to claim your card of ${reference} is over, and it went to the next person.\nNothing was charged to you. Please ask whoever runs it, if something kept you.`,
  not_to_replace: ({ reference }) =>
    `They hold no place of ${reference} that can be given on: they have claimed it, or were not drawn.\nNothing was changed. See how it stands with /reward list.`,
  bulk_item_missing: () =>
    'It is not said which card they are to get.\nNothing was bought. Run /reward bulk again with the option item.',
  bulk_whom_twice: () =>
    'Name the members in one way: members, reacted, role or file.\nNothing was bought. Run /reward bulk again with one of them.',
  too_many_recipients: ({ most }) =>
    `More than ${most.toLocaleString('en-US')} members have this role, which is the most that can be sent cards at once.\nNothing was bought. Send them in parts, with files of their ids.`,
  nothing_to_retry: ({ reference }) =>
    `There is nobody of ${reference} left to whom a card could be sent now.\nNothing was changed. Whoever has left the server can get one once they are back.`,
  no_card_of_it: ({ reference }) =>
    `There is no card of ${reference} for you.\nNothing was changed. What you were sent is in /rewards.`,
  card_on_its_way: ({ reference }) =>
    `Your card of ${reference} is not bought yet.\nNothing is lost. Please try again in a few minutes.`,
  bad_time: ({ text }) =>
    `"${text}" is not a time within the next 60 days.\nNothing was bought. Please write it like 30 minutes, 1h30m, 18:00, tomorrow 6 pm, Monday, or 2026-12-01 18:00, in this server's time zone (/settings).`,
  ends_too_early: () =>
    'It would end before it starts.\nNothing was bought. Please give an end that comes after its start.',
} satisfies Partial<ProblemWords>;
