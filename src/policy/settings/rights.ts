/** What the bot uses in a channel, and has to be allowed there; of the two to send, the one that the channel takes. */
export const rights = ['view', 'send', 'send_in_threads', 'attach', 'history'] as const;
export type Right = (typeof rights)[number];
