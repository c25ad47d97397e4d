import type { Right } from '../../policy/index.ts';

/** What Cardigan needs in a channel, as Discord calls it in its own settings. */
export const rights: Readonly<Record<Right, string>> = {
  view: 'View Channel',
  send: 'Send Messages',
  send_in_threads: 'Send Messages in Threads',
  attach: 'Attach Files',
  history: 'Read Message History',
};
