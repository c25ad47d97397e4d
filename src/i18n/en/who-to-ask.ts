/** Under what somebody may not do here: who can do it, or change it. `who`: mentions, which ping nobody. */
export const whoToAsk = {
  approvers: (who: string) => `Approvers here: ${who}`,
  admins: (who: string) => `Admins here: ${who}`,
};
