import type { ProblemWords } from '../problem-words.ts';
import { rights } from './rights.ts';

const meant = (near: string) => (near ? ` Did you mean one of these: ${near}?` : '');

/** What cannot be set in /settings, and what can. */
export const settingProblems = {
  bad_setting_amount: ({ text, highest, decimals }) =>
    `"${text}" isn't an allowed amount.\nNothing was changed. Give a number from 0 to ${highest}, without the currency, with at most ${decimals} digits after the point, such as 5, 12.50 or 1000.`,
  bad_setting_number: ({ text, highest }) =>
    `"${text}" isn't allowed here.\nNothing was changed. Give a whole number from 1 to ${highest}.`,
  day_below_order: ({ order, day }) =>
    `The daily amount (${day}) is less than the amount for one order (${order}).\nNothing was changed. Give a daily amount at least that high, or leave it empty to use the same.`,
  bad_tier: ({ text, most }) =>
    `"${text}" isn't a tier.\nNothing was changed. Put each tier on its own line: an amount and the number of approvals, from 1 to ${most}, such as 200: 2.`,
  too_many_tiers: ({ most }) => `There can be at most ${most} tiers.\nNothing was changed. Leave some out.`,
  tier_twice: ({ over }) => `There are two tiers over ${over}.\nNothing was changed. Give each amount once.`,
  idle_tier: ({ below, above }) =>
    `The tier over ${above} needs no more approvals than the one over ${below}.\nNothing was changed. Give it more approvals, or leave it out.`,
  too_many_listed: ({ most }) =>
    `There can be at most ${most} lines.\nNothing was changed. Give fewer, or leave the list empty to allow all of them.`,
  unknown_brand: ({ brand, near }) =>
    `CardPlusPay's catalog has no brand "${brand}".${meant(near)}\nNothing was changed. Give one brand per line, spelled as /catalog shows it.`,
  unknown_listed_item: ({ item, near }) =>
    `CardPlusPay's catalog has no card with the code "${item}".${meant(near)}\nNothing was changed. Give one item code per line, as /catalog shows it.`,
  bad_currency: ({ text }) => `"${text}" isn't a currency.\nNothing was changed. Use three-letter codes, such as USD.`,
  bad_time_zone: ({ text, near }) =>
    `"${text}" isn't a time zone.${meant(near)}\nNothing was changed. Give a name such as Europe/Berlin, America/New_York or UTC.`,
  channel_closed: ({ channel, lacks }) =>
    `Cardigan is missing a permission in #${channel}.\nNothing was changed. Choose another channel, or allow Cardigan there: ${lacks.map((each) => rights[each]).join(', ')}.`,
  channel_gone: () => 'This channel no longer exists.\nNothing was changed. Please choose another one.',
  role_gone: () => 'One of these roles has been deleted.\nNothing was changed. Please choose again.',
  place_unclear: () =>
    "Discord didn't respond, so Cardigan couldn't check that channel or role.\nNothing was changed. Please try again in a minute.",
  everyone_approves: () =>
    "@everyone can't be an approver role: people could approve their own requests with a second account.\nNothing was changed. Choose roles whose members you trust with money.",
  balance_hidden: () =>
    "You can't see the balance here.\nNothing was changed. Approvers can, and /budget shows what you may spend.",
} satisfies Partial<ProblemWords>;
