import { counted } from './count.ts';

const days = (count: number) => counted(count, 'day');

/** What is kept of a member, for them to see, to have and to have erased. */
export const privacy = {
  title: 'What Cardigan keeps about you here',
  nothing: 'Nothing with your name in it, except that you ran this command: Discord keeps that.',
  counts: {
    order: (count: number) =>
      `${counted(count, 'order')} you requested: the card, the total, the reason you gave, and each step`,
    received: (count: number) => `${counted(count, 'order')} with gift cards for you`,
    decided: (count: number) => `${counted(count, 'order')} of others that you decided or worked on`,
    campaign: (count: number) =>
      `${counted(count, 'drop, giveaway or bulk send', 'drops, giveaways and bulk sends')} you ran or decided`,
    place: (count: number) => `${counted(count, 'place')} in drops, giveaways and bulk sends`,
    case: (count: number) => `${counted(count, 'report')} about a code that didn't work`,
    template: (count: number) => `${counted(count, 'template')} you saved`,
    budget: (count: number) =>
      `${counted(count, 'running total', 'running totals')} of what you spent, for spending limits`,
    admin: (count: number) => `${counted(count, 'record')} of what you did for the server, or what admins set for you`,
  },
  more: 'This is not everything: there is more than one message can hold.',
  codes: 'Codes are stored encrypted until you have them. The file never contains them.',
  howLong: (eraseAfter: number) =>
    `Kept until you erase it. What ended less than ${days(eraseAfter)} ago, or is still open, is erased once it is old enough.`,
  asked: (when: string) => `You asked to erase your data ${when}. What is left is erased automatically.`,
  next: 'Only you see this. It covers this server; run /privacy in another server for that one.',
  getFile: 'Get my data',
  erase: 'Erase my data',

  sureTitle: 'Erase your data in this server?',
  goes: (count: number) =>
    `**Erased now:** your name in ${counted(count, 'record')}, with the reasons and messages you wrote. Cards, totals and dates stay, under a made-up name that nobody can trace back to you without the database, its key and your ID.`,
  goesNothing: '**Erased now:** nothing yet.',
  young: (count: number, eraseAfter: number, until: string) =>
    `**Later, automatically:** ${counted(count, 'record')}, ${days(eraseAfter)} after ${count === 1 ? 'it' : 'each'} ended, the last ${until}. Until then approvers can see who spent the money, and spending limits still count it.`,
  youngSoon: (count: number) =>
    `**Later, automatically:** ${counted(count, 'record')}, once your spending limits no longer count ${count === 1 ? 'it' : 'them'}.`,
  open: (count: number) =>
    `**Once it is over:** ${counted(count, 'record')} still open, such as a request or a giveaway.`,
  waitingCodes: (count: number) =>
    `**Once you have the codes:** ${counted(count, 'order')} with codes that wait for you or are still kept for you to reveal again.`,
  stays: (count: number) =>
    `**Stays:** ${counted(count, 'record')} of what you did for the whole server (settings, pauses, delegates), and limits that admins set for you. They answer for the team's money.`,
  sureNext:
    "This can't be undone. Afterwards /orders and /rewards no longer show these orders to you. Messages in Discord stay: delete your own there.",
  eraseSure: 'Erase my data',
  keep: 'Keep my data',
  keptTitle: 'Nothing was erased',

  askedTitle: 'Your data is being erased',
  askedNow: (count: number) => `${counted(count, 'record')} within the next minutes.`,
  askedLater: (count: number) => `${counted(count, 'record')} later, automatically, once each is over and old enough.`,
  askedNext: 'You need to do nothing more. Run /privacy to see what is left.',

  fileTitle: 'Your data in this server',
  fileNext: 'It is a text file (JSON) that begins with an explanation. Only you see this message.',
  file: {
    explained: [
      'This is what Cardigan keeps about you in this server. It has no codes, and nothing that only others may see.',
      'Each entry names the record it is from. Times are in UTC.',
      'Lists you opened (searches and pages) are kept for a day to turn pages, under random names, and are not in this file.',
      'Gift card codes are stored encrypted, without your name, until you have had them for a while. Run /orders to see them.',
      'If you asked to erase your data, that request is kept with your ID until everything is erased.',
      'Discord keeps its own messages, and CardPlusPay its own orders, without your name. Backups keep older copies until they are rotated.',
    ],
    kinds: {
      order: 'Orders you requested',
      received: 'Orders with cards for you',
      decided: 'Orders of others that you decided or worked on',
      campaign: 'Drops, giveaways and bulk sends you ran or decided',
      place: 'Your places in drops, giveaways and bulk sends',
      case: 'Codes that did not work',
      template: 'Templates you saved',
      budget: 'What you spent, for spending limits',
      admin: 'What you did for the server, or what admins set for you',
    },
    audit: 'Entries of the audit log that name you',
    cut: 'There is more than fits this file: ask whoever runs Cardigan for all of it.',
  },
};

/** What whoever runs Cardigan reads at the command line. */
export const privacyCommand = {
  usage: `Shows what is kept about somebody, as JSON, or erases it, also of somebody who left:

  npm run privacy -- 234567890123456789 --show
  npm run privacy -- 234567890123456789 --erase

It is done in every server of DISCORD_GUILD_IDS; --server 345678901234567890 does one. With SQLite, stop Cardigan first:
only one process at a time can open the store. What is not over yet is erased later, by Cardigan, while it runs.`,
  server: (guild: string, records: number) => `Server ${guild}: ${counted(records, 'record')}.`,
  erased: (guild: string, now: number, later: number, stays: number) =>
    `Server ${guild}: ${counted(now, 'record')} erased; ${later} later, by Cardigan; ${stays} stay, for what was done for the whole server.`,
  nothing: (guild: string) => `Server ${guild}: nothing is kept about them.`,
};
