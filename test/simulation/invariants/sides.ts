import type { Facts, Invariant } from '../facts.ts';

const steering = ['paused', 'went_on', 'ended_early', 'edited', 'replaced'];
const inIt = ['entered', 'won', 'due', 'ordered'];

/** Whoever has changed how a drop or giveaway goes is not in it, and gets no card of it. */
export const steerersGetNone: Invariant = ({ campaigns, places, orders }: Facts) =>
  [...campaigns.values()].flatMap(({ id, kind, requester, history }) => {
    if (kind === 'bulk') return [];
    const steered = history.filter(({ why, by }) => steering.includes(`${why}`) && by !== requester);
    const given = [...orders.values()].flatMap(({ order }) => {
      if (order.campaign?.id !== id) return [];
      return order.recipients.flatMap(({ user, rest }) => (rest ? [] : user));
    });
    return [...new Set(steered.map(({ by }) => by))]
      .filter((user) => inIt.includes(`${places.get(`${id}.${user}`)?.state}`) || given.includes(user))
      .map((user) => `${user} has changed how ${id} goes, and is in it`);
  });
