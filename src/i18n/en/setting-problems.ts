import type { ProblemWords } from '../problem-words.ts';
import { rights } from './rights.ts';

const meant = (near: string) => (near ? ` It may be one of these: ${near}.` : '');

/** What cannot be set in /settings, and what can. */
export const settingProblems = {
  bad_setting_amount: ({ text, highest, decimals }) =>
    `"${text}" is not an amount that can be set.\nNothing was changed. Give a number from 0 to ${highest}, without its currency, with at most ${decimals} digits after the point: such as 5, 12.50 or 1000.`,
  bad_setting_number: ({ text, highest }) =>
    `"${text}" cannot be set here.\nNothing was changed. Give a whole number from 1 to ${highest}.`,
  day_below_order: ({ order, day }) =>
    `A member could not buy for ${order} at once when ${day} is all for a day.\nNothing was changed. Give a day's total that is at least that of one order, or leave it empty: then it is the same.`,
  bad_tier: ({ text, most }) =>
    `"${text}" is not a tier.\nNothing was changed. Give each tier on its own line, an amount and how many approvals it takes, from 1 to ${most}: such as 200: 2.`,
  too_many_tiers: ({ most }) =>
    `There can be ${most} tiers at most.\nNothing was changed. Leave out those that matter least.`,
  tier_twice: ({ over }) => `There are two tiers over ${over}.\nNothing was changed. Give each amount once.`,
  idle_tier: ({ below, above }) =>
    `The tier over ${above} asks for no more approvals than the one over ${below}.\nNothing was changed. Give more approvals for a higher one, or leave it out.`,
  too_many_listed: ({ most }) =>
    `There can be ${most} lines at most.\nNothing was changed. Give fewer, or leave the list empty to allow all of them.`,
  unknown_brand: ({ brand, near }) =>
    `CardPlusPay's catalog has no brand "${brand}".${meant(near)}\nNothing was changed. Give one brand a line, spelled as /catalog shows it.`,
  unknown_listed_item: ({ item, near }) =>
    `CardPlusPay's catalog has no card with the code "${item}".${meant(near)}\nNothing was changed. Give one item code a line, as /catalog shows it.`,
  bad_currency: ({ text }) =>
    `"${text}" is not a currency.\nNothing was changed. Give the three letters of each one, such as USD.`,
  bad_time_zone: ({ text, near }) =>
    `"${text}" is not the name of a time zone.${meant(near)}\nNothing was changed. Give a name such as Europe/Berlin, America/New_York or UTC.`,
  channel_closed: ({ channel, lacks }) =>
    `Cardigan lacks a permission in #${channel}.\nNothing was changed. Choose another channel, or allow Cardigan there: ${lacks.map((each) => rights[each]).join(', ')}.`,
  channel_gone: () => 'This channel is not there any more.\nNothing was changed. Please choose another one.',
  role_gone: () => 'One of these roles was deleted meanwhile.\nNothing was changed. Please choose again.',
  place_unclear: () =>
    'Discord did not tell whether that is there, and whether Cardigan may use it.\nNothing was changed. Please try again in a minute.',
  everyone_approves: () =>
    'The role of everyone cannot approve: whoever asked could do it with a second account.\nNothing was changed. Choose the roles of people whom you trust with money.',
  balance_hidden: () =>
    "You can't see the balance here.\nNothing was changed. Approvers can, and /budget shows what you may spend.",
} satisfies Partial<ProblemWords>;
