import type { ProblemParams } from '../../lib/index.ts';
import type { ProblemWords } from '../problem-words.ts';
import { counted, number } from './count.ts';

type State = ProblemParams['campaign_moved']['state'];
type Lack = ProblemParams['not_eligible']['lacking'][number];

/** Where a campaign stands, after its reference. */
export const campaignStates: Readonly<Record<State, string>> = {
  planned: 'is not confirmed yet',
  awaiting_approval: 'is waiting for approval',
  scheduled: 'is scheduled',
  running: 'is running',
  paused: 'is paused',
  halted: 'is on hold',
  closing: 'has ended, and its last cards are being delivered',
  ended: 'has ended',
  cancelled: 'was cancelled',
  rejected: 'was declined',
  expired: 'has expired',
};

function lackText(lack: Lack): string {
  switch (lack.rule) {
    case 'role':
      return `This is only for people with the role <@&${lack.role}>.`;
    case 'account':
      return `This is only for Discord accounts that are at least ${counted(lack.days, 'day')} old.`;
    case 'member':
      return `This is only for people who joined this server at least ${counted(lack.days, 'day')} ago.`;
    case 'quiet':
      return `This is only for people who haven't received a gift card here in the last ${lack.days === 1 ? 'day' : `${number(lack.days)} days`}.`;
  }
}

/** Two lines each: what happened, then what it means and what to do. Most are read by members who pay nothing. */
export const campaignProblems = {
  campaign_unknown: () =>
    'This quote has expired or was cancelled.\nNothing was bought. Run the command again for a new quote, or see all campaigns with /reward list.',
  not_your_campaign: () =>
    'Only the organiser, or somebody with Manage Server, can do that.\nNothing was changed. Ask one of them.',
  channel_not_yours: () =>
    "You can't post in that channel, so Cardigan can't post there for you.\nNothing was changed. Choose a channel where you can post.",
  edit_needs_approver: ({ reference }) =>
    `${reference} needed approval, so only an approver who didn't start it and gets no card can edit it.\nNothing was changed. Ask such an approver, or cancel it.`,
  in_campaign: ({ reference }) =>
    `You entered ${reference}, so you can't manage it.\nNothing was changed. Ask somebody with Manage Server who hasn't entered. Before the draw, you can also leave it first.`,
  own_campaign: ({ reference }) =>
    `You started, approved or edited ${reference}, so you can't claim from it.\nNothing was changed. The cards are for everyone else.`,
  campaign_moved: ({ reference, state }) =>
    `${reference} ${campaignStates[state]}, so that isn't possible any more.\nNothing was changed. Its organiser sees it in /reward list.`,
  campaign_over: ({ reference }) =>
    `${reference} has ended.\nNothing was changed. Watch this channel for the next one.`,
  campaign_paused: ({ reference }) => `${reference} is paused.\nNothing was changed. Try again later.`,
  all_claimed: ({ reference }) =>
    `All cards of ${reference} have been claimed.\nThank you for trying. Watch this channel for the next one.`,
  not_eligible: ({ lacking }) =>
    `${lacking.map(lackText).join(' ')}\nNothing was changed. Ask the organiser if you think you should be eligible.`,
  not_drawn: ({ reference }) =>
    `You didn't win ${reference} this time.\nThank you for taking part. Anyone can verify the draw with the file on its message.`,
  being_drawn: ({ reference }) =>
    `The winners of ${reference} are being drawn right now.\nNothing was changed. Look again in a few seconds.`,
  claimed_too_late: ({ reference }) =>
    `You didn't claim your card of ${reference} in time, so it went to the next person.\nNothing was charged to you. Ask the organiser if something got in your way.`,
  not_to_replace: ({ reference }) =>
    `They can't be replaced in ${reference}: they have claimed already, or didn't win.\nNothing was changed. See the winners with /reward list.`,
  bulk_item_missing: () =>
    "You didn't say which card to send.\nNothing was bought. Run /reward bulk again with the option item.",
  bulk_whom_twice: () =>
    'Name the members in one way: members, reacted, role or file.\nNothing was bought. Run /reward bulk again with one of them.',
  too_many_recipients: ({ most }) =>
    `More than ${number(most)} members have this role, and ${number(most)} is the most for one send.\nNothing was bought. Split them into several files of member ids.`,
  nothing_to_retry: ({ reference }) =>
    `Nobody in ${reference} can be sent a card right now.\nNothing was changed. Anyone who left the server can get one once they are back.`,
  no_card_of_it: ({ reference }) =>
    `There is no card for you in ${reference}.\nNothing was changed. Cards you were sent are in /rewards.`,
  card_on_its_way: ({ reference }) =>
    `Your card of ${reference} hasn't been bought yet.\nNothing is lost. Try again in a few minutes.`,
  bad_time: ({ text }) =>
    `"${text}" isn't a time in the next 60 days.\nNothing was bought. Write it like 30 minutes, 1h30m, 18:00, tomorrow 6 pm, Monday, or 2026-12-01 18:00, in this server's time zone.`,
  ends_too_early: () => 'It would end before it starts.\nNothing was bought. Choose an end after the start.',
} satisfies Partial<ProblemWords>;
