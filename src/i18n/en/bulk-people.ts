import { number } from './count.ts';

/** Who gets a card of a bulk send, as it is shown before anybody confirms it; and a file to begin with. */
export const bulkPeople = {
  to: (who: string) => `To ${who}`,
  toMore: (who: string, more: number) => `To ${who} and ${number(more)} more`,
  inFile: 'Everyone is in the file below.',
  understood: '**First lines, as understood:**',
  line: (line: number, who: string, card: string) => `Line ${number(line)}: ${who} · ${card}`,
  lineSaying: (line: number, who: string, card: string, message: string) =>
    `Line ${number(line)}: ${who} · ${card} · "${message}"`,
  unclear: (what: string) => `${what} names no member: mention them, or write an id or a name`,
  columns: { member: 'member', name: 'name', card: 'item', message: 'message' },
  template: {
    button: 'Download a template',
    title: 'Template for a bulk send',
    facts: [
      'One member per line: their id, @name or mention',
      'item: the code of the card, as /catalog shows it. Leave it empty to give everyone the card you choose in the command',
      'message: what you want to say to them. Leave it empty for none',
    ],
    next: 'Replace the example line, save the file as CSV, and attach it to /reward bulk.',
    example: { member: '@cleo', item: 'CODE-FROM-CATALOG', message: 'Well played' },
  },
};

/** Why nobody could be told from a message. */
export const reactionProblems = {
  no_message_link: () =>
    "That isn't a link to a message.\nNothing was bought. Right-click the message, choose Copy Message Link, and paste it.",
  message_elsewhere: () => 'That message is in another server.\nNothing was bought. Choose a message of this server.',
  message_unreadable: () =>
    "That message can't be read, by you or by Cardigan.\nNothing was bought. Both need View Channel and Read Message History there.",
  message_gone: () => 'That message has been deleted.\nNothing was bought. Choose another message.',
  nobody_reacted: () =>
    'Nobody has reacted to that message, or not with that emoji.\nNothing was bought. Leave the emoji out to count every reaction.',
  reactions_not_told: () => "Discord didn't say who reacted.\nNothing was bought. Try again in a minute.",
  too_many_reacted: ({ most }: { most: number }) =>
    `More than ${number(most)} people reacted, which is the most at once.\nNothing was bought. Choose one emoji, or send cards with a file.`,
};
