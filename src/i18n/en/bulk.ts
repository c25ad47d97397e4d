const number = (count: number) => count.toLocaleString('en-US');
const people = (count: number) => (count === 1 ? '1 person' : `${number(count)} people`);

/** Cards to many people named beforehand, told to whoever sends them. */
export const bulk = {
  whom: {
    title: (item: string) => `Send one ${item} to each of these members`,
    next: 'Choose up to 25 members. Nothing is charged before you have seen the total and confirmed it.',
    pick: 'Who gets a card?',
  },
  checking: {
    title: (checked: number, all: number) =>
      `Checking ${number(checked)} of ${number(all)} members`,
    next: 'Nothing is charged yet. You see the total before you confirm.',
  },
  wrong: {
    title: (count: number) =>
      count === 1
        ? 'One line of this file has to be mended'
        : `${number(count)} lines of this file have to be mended`,
    next: 'Nothing was bought. Mend the file and run /reward bulk again.',
  },
  nobody: {
    title: 'None of these members can be sent a card',
    empty: 'No member was found.',
    next: 'Nothing was bought. Name other members and run /reward bulk again.',
  },
  sentAgain: 'The direct messages that did not arrive are sent once more.',
  leftOut: {
    title: (count: number) => `Left out: ${people(count)}`,
    line: (line: number, what: string) => `Line ${number(line)}: ${what}`,
    more: (count: number) => `… and ${number(count)} more.`,
    why: {
      not_here: (who: string) => `${who} is not a member of this server`,
      no_such_name: (who: string) => `nobody here is called ${who}`,
      several_of_name: (who: string) => `several members are called ${who}: write an id instead`,
      twice: (who: string) => `${who} was named before, and gets one card`,
      bot: (who: string) => `${who} is a bot`,
      self: (who: string) => `${who} is you, and nobody sends cards to themselves`,
    },
  },
};
