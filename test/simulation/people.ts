import type { Member } from '../../src/orders/order.ts';
import type { Members } from '../../src/orders/ports.ts';

/** Two who may confirm, and one who needs an approval. */
export const people: readonly Member[] = [
  { user: 'anna', guild: 'guild', isManager: true },
  { user: 'ben', guild: 'guild', isManager: true },
  { user: 'cleo', guild: 'guild', isManager: false },
];

/** Decides, approves, stops and resumes. */
export const olga: Member = { user: 'olga', guild: 'guild', isManager: true, isAdmin: true };

/** All of them are in the guild, and stay as they are. */
export const members: Members = {
  find: async (_, user) => [...people, olga].find((each) => each.user === user) ?? 'none',
};
