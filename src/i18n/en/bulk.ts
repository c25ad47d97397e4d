import { counted, number } from './count.ts';

/** Cards to many people named beforehand, told to whoever sends them. */
export const bulk = {
  whom: {
    title: (item: string) => `Send one ${item} to each of these members`,
    next: 'Choose up to 25 members. Nothing is charged before you have seen the total and confirmed it.',
    pick: 'Who gets a card?',
  },
  checking: {
    title: (checked: number, all: number) => `Checking ${number(checked)} of ${number(all)} members`,
    next: 'Nothing is charged yet. You see the total before you confirm.',
  },
  /** Read by everybody, where whoever asked takes no direct messages and the answer can be edited no more. */
  late: {
    title: (who: string) => `${who}, your list has been checked.`,
    ready: 'Nothing has been bought yet. Open it to see the total, and confirm before the price expires.',
    again: 'Nothing was bought. Run /reward bulk again to see what was found.',
    open: 'Open',
  },
  wrong: {
    title: (count: number) =>
      count === 1 ? '1 line of this file needs fixing' : `${number(count)} lines of this file need fixing`,
    next: 'Nothing was bought. Fix the file and run /reward bulk again.',
  },
  nobody: {
    title: 'None of these members can be sent a card',
    empty: 'No member was found.',
    next: 'Nothing was bought. Name other members and run /reward bulk again.',
  },
  sentAgain:
    'There is nothing left to buy. Anyone who has not seen their card yet can press Reveal my card on its message, or run /rewards.',
  leftOut: {
    title: (count: number) => `Left out: ${counted(count, 'person', 'people')}`,
    line: (line: number, what: string) => `Line ${number(line)}: ${what}`,
    more: (count: number) => `… and ${number(count)} more.`,
    why: {
      not_here: (who: string) => `${who} is not a member of this server`,
      maybe_rounded: (who: string) =>
        `${who} is not a member of this server. If a spreadsheet rounded the id, format the column as text and paste it again`,
      no_such_name: (who: string) => `nobody here is called ${who}`,
      several_of_name: (who: string) => `several members are called ${who}: write an id instead`,
      twice: (who: string) => `${who} was named before, and gets one card`,
      bot: (who: string) => `${who} is a bot`,
      self: (who: string) => `${who} is you, and nobody sends cards to themselves`,
    },
  },
};

/** What is wrong with a file of recipients, or with a line of it, and how to mend it. */
export const recipientsFile = {
  line: (line: number, what: string) => `Line ${number(line)}: ${what}`,
  more: (count: number) => `… and ${number(count)} more.`,
  problems: {
    file_empty: (_: object) =>
      'nobody is named in this file. Give one member a line: a member id or name, the item code, and a message if you like.',
    too_many_lines: ({ count, most }: { count: number; most: number }) =>
      `this is the first one too many: the file has ${number(count)} recipients, and ${number(most)} can be sent cards at once. Split it into several files.`,
    unknown_column: ({ column }: { column: string }) =>
      `there is no column "${column}". The columns are member, item and message: rename it, or leave it out.`,
    column_twice: ({ column }: { column: string }) =>
      `the column ${column} is there twice (user, who, id and name mean a member too). Leave one out.`,
    quotes_unclear: (_: object) =>
      'its quotes do not fit. A text in quotes ends with a quote, before the next separator; a quote inside of it is written twice.',
    too_many_cells: ({ most }: { most: number }) =>
      `it has more than ${counted(most, 'column')}. Put a message with a separator in it into quotes.`,
    who_missing: (_: object) => 'no member is named. Write their id or name first.',
    who_unclear: ({ text }: { text: string }) =>
      `"${text}" names no member. Write their id, or their name as Discord shows it.`,
    id_rounded: ({ text }: { text: string }) =>
      `"${text}" looks like an id that a spreadsheet has rounded. Format the column as text and paste the ids again, or write the id as <@id>.`,
    unreadable_text: (_: object) => 'its text cannot be read. Save the file as CSV in UTF-8, and try again.',
    message_too_long: ({ length, most }: { length: number; most: number }) =>
      `the message has ${number(length)} characters, and ${number(most)} is the most. Shorten it.`,
    item_missing: (_: object) =>
      'it names no card. Write its item code in the column item, or give one card to all with the option item.',
    item_unknown: ({ item }: { item: string }) =>
      `CardPlusPay has no card with the code "${item}". Look for it in /catalog.`,
    too_many_items: ({ count, most }: { count: number; most: number }) =>
      `this is the first card too many: the file names ${number(count)} different cards, and ${number(most)} can be sent at once. Split it into several files.`,
  },
};
