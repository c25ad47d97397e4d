import { counted, number } from './count.ts';

const kinds = {
  bulk: (_: number, card: string) => `Bulk send of ${card}`,
  drop: (cards: number, card: string) => `Drop of ${number(cards)} × ${card}`,
  giveaway: (cards: number, card: string) => `Giveaway of ${number(cards)} × ${card}`,
};

const duration = (ms: number): string => {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes % 1440 === 0) return counted(minutes / 1440, 'day');
  return minutes % 60 === 0 ? counted(minutes / 60, 'hour') : counted(minutes, 'minute');
};

/** Campaigns that are kept under a name, to be run again. */
export const templates = {
  what: kinds,
  pick: 'Run a template again',
  option: (name: string) => name,
  save: 'Save as template',
  form: {
    title: 'Save as a template',
    name: 'Name',
    nameHint: 'Anyone here can run it again. People, price and approval are not saved.',
    example: 'Friday quiz',
  },
  saved: (name: string) => `Saved as **${name}**. Run it again with /reward again or from /reward list.`,
  title: (name: string) => name,
  inChannel: (channel: string) => `Posted in ${channel}`,
  lasts: (ms: number) => `Ends ${duration(ms)} after it starts`,
  message: (text: string) => `Message: ${text}`,
  savedBy: (who: string, when: string) => `Saved by ${who} ${when}`,
  next: "You'll see the current price before you confirm.",
  run: 'Run again',
  delete: 'Delete',
  deleted: (name: string) => `Template deleted: ${name}`,
  deletedNext: 'Campaigns made from it are not affected.',
};

export const templateProblems = {
  bad_template_name: ({ most }: { most: number }) =>
    `A name has 1 to ${most} characters.\nNothing was changed. Choose another name.`,
  not_a_template: () =>
    "This one can't be saved as a template: it gives several kinds of cards, or hasn't been confirmed.\nNothing was changed. Save one with a single card.",
  template_name_taken: ({ name }: { name: string }) =>
    `"${name}" is taken by another template here.\nNothing was changed. Choose another name, or delete the other one in /reward list.`,
  too_many_templates: ({ most }: { most: number }) =>
    `This server has ${most} templates, which is the most.\nNothing was changed. Delete one in /reward list first.`,
  template_unknown: () =>
    'There is no such template here.\nNothing was bought. Choose one from /reward list, or save a campaign as a template first.',
  not_your_template: () =>
    'Only whoever saved this template, or somebody with Manage Server, can delete it.\nNothing was changed. Ask one of them.',
};
