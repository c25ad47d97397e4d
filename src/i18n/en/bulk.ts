import { counted, number } from './count.ts';

/** Cards to many people named beforehand, told to whoever sends them. */
export const bulk = {
  whom: {
    title: (item: string) => `Send ${item} to several members`,
    next: "Choose up to 25 members, one card each. You'll see the total before anything is charged.",
    pick: 'Who gets a card?',
  },
  checking: {
    title: (checked: number, all: number) => `Checking ${number(checked)} of ${number(all)} members`,
    next: "You'll see the total before anything is charged.",
  },
  /** Read by everybody, where whoever asked takes no direct messages and the answer can be edited no more. */
  late: {
    title: (who: string) => `${who}, your list has been checked.`,
    ready: 'Nothing has been charged yet. Open it to see the total, and confirm before the price expires.',
    again: 'Nothing was bought. Run /reward bulk again to see the result.',
    open: 'Open',
  },
  wrong: {
    title: (count: number) => (count === 1 ? '1 line needs fixing' : `${number(count)} lines need fixing`),
    next: 'Nothing was bought. Fix the file and run /reward bulk again.',
  },
  nobody: {
    title: 'None of these members can get a card',
    empty: 'No members were found.',
    next: 'Nothing was bought. Choose other members and run /reward bulk again.',
  },
  sentAgain:
    "There is nothing left to buy. Anyone who hasn't seen their code yet can press Reveal my code on its message, or run /rewards.",
  leftOut: {
    title: (count: number) => `Left out: ${counted(count, 'person', 'people')}`,
    line: (line: number, what: string) => `Line ${number(line)}: ${what}`,
    more: (count: number) => `… and ${number(count)} more.`,
    why: {
      not_here: (who: string) => `${who} isn't in this server`,
      maybe_rounded: (who: string) =>
        `${who} isn't in this server. If a spreadsheet rounded the id, format the column as text and paste it again`,
      no_such_name: (who: string) => `nobody here is called ${who}`,
      several_of_name: (who: string) => `several members are called ${who}: use an id instead`,
      twice: (who: string) => `${who} is listed twice, and gets one card`,
      bot: (who: string) => `${who} is a bot`,
      self: (who: string) => `${who} is you: you can't send cards to yourself`,
    },
  },
};

/** What is wrong with a file of recipients, or with a line of it, and how to fix it. */
export const recipientsFile = {
  line: (line: number, what: string) => `Line ${number(line)}: ${what}`,
  more: (count: number) => `… and ${number(count)} more.`,
  problems: {
    file_empty: (_: object) =>
      'the file has no recipients. Put one member on each line: a member id or name, the item code, and an optional message.',
    too_many_lines: ({ count, most }: { count: number; most: number }) =>
      `the limit is ${number(most)} recipients, and this file has ${number(count)}. Split it into several files.`,
    unknown_column: ({ column }: { column: string }) =>
      `unknown column "${column}". The columns are member, item and message: rename it or remove it.`,
    column_twice: ({ column }: { column: string }) =>
      `the column ${column} appears twice (user, who, id and name also mean member). Remove one.`,
    quotes_unclear: (_: object) =>
      "its quotes don't match. A quoted text has to end with a quote before the next separator; write a quote inside it twice.",
    too_many_cells: ({ most }: { most: number }) =>
      `it has more than ${counted(most, 'column')}. If the message contains a separator, put it in quotes.`,
    who_missing: (_: object) => 'the member is missing. Start the line with their id or name.',
    who_unclear: ({ text }: { text: string }) =>
      `"${text}" isn't a member. Use their id, or their name as Discord shows it.`,
    id_rounded: ({ text }: { text: string }) =>
      `"${text}" looks like an id that a spreadsheet rounded. Format the column as text and paste the ids again, or write <@id>.`,
    unreadable_text: (_: object) => 'its text cannot be read. Save the file as CSV (UTF-8) and try again.',
    message_too_long: ({ length, most }: { length: number; most: number }) =>
      `the message is too long: ${number(length)} of at most ${number(most)} characters.`,
    item_missing: (_: object) =>
      'the card is missing. Put its item code in the item column, or choose one card for everybody with the option item.',
    item_unknown: ({ item }: { item: string }) => `there is no card with the code "${item}". Look it up in /catalog.`,
    too_many_items: ({ count, most }: { count: number; most: number }) =>
      `the limit is ${number(most)} different cards, and this file has ${number(count)}. Split it into several files.`,
  },
};
