import { number } from './count.ts';

/** What became of a campaign that was approved, on its approval's card. */
export const campaignOutcome = {
  titles: {
    scheduled: (what: string) => `Approved: ${what}`,
    running: (what: string) => `Started: ${what}`,
    closing: (what: string) => `Started: ${what}`,
    paused: (what: string) => `Paused: ${what}`,
    halted: (what: string) => `On hold: ${what}`,
    planned: (what: string) => `On hold: ${what}`,
    ended: (what: string) => `Finished: ${what}`,
    cancelled: (what: string) => `Cancelled: ${what}`,
    expired: (what: string) => `Expired: ${what}`,
  },
  said: {
    paused: 'No more cards are bought until it is resumed.',
    planned: 'The rest is waiting for the organiser to confirm it at the new price.',
    closing: 'Buying the last cards.',
  },
  delivered: (sent: number, all: number) => `**${number(sent)} of ${number(all)}** delivered`,
  nothing: 'Nothing was charged.',
};
