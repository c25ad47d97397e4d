import Big from 'big.js';
import type { Campaign, State } from '../../../src/campaigns/model/campaign.ts';
import type { Entry } from '../../../src/campaigns/model/entry.ts';
import type { Order, Status } from '../../../src/orders/model/order.ts';
import type { Facts, FinalInvariant, Invariant } from '../facts.ts';

const ordersOf = ({ orders }: Facts, id: string): Order[] =>
  [...orders.values()].flatMap(({ order }) => (order.campaign?.id === id ? order : []));

const placesIn = ({ places }: Facts, id: string): Entry[] =>
  [...places.values()].filter(({ campaign }) => campaign === id);

const each = (facts: Facts, judge: (campaign: Campaign) => string[]): string[] =>
  [...facts.campaigns.values()].flatMap(judge);

/** Orders that CardPlusPay may have taken. */
function sentOf(facts: Facts, id: string): Order[] {
  const mayBeTaken = new Set(facts.posts.flatMap(({ order, verdict }) => (verdict === 'refused' ? [] : order)));
  return ordersOf(facts, id).filter((order) => mayBeTaken.has(order.id));
}

/** Whose cards an order has or will have. */
const givenBy = ({ recipients }: Order): string[] =>
  recipients.flatMap(({ user, quantity }) => Array(quantity).fill(user));

/** Nobody has two cards out of one campaign, or two on their way. */
export const oneCardEach: Invariant = (facts) =>
  each(facts, (campaign) => {
    const given = sentOf(facts, campaign.id).flatMap(givenBy);
    const several = new Set(given.filter((user, at) => given.indexOf(user) !== at));
    return [...several].map((user) => `${user} gets two cards out of ${campaign.id}`);
  });

const sum = (amounts: readonly string[]) => amounts.reduce((total, amount) => total.plus(amount), Big(0));

/** No more cards are paid for than it has places, and none that cost more than was confirmed for all of them. */
export const boughtWithinPlaces: Invariant = (facts) =>
  each(facts, ({ id, places, history }) => {
    const sent = sentOf(facts, id);
    const cards = sent.reduce((total, { quote }) => total + quote.quantity, 0);
    const offers = Map.groupBy(sent, ({ campaign, reserved }) => [campaign?.charged.amount, reserved?.at].join());
    const isTooDear = [...offers.values()].some((orders) => {
      const offered = orders[0]?.campaign?.charged.amount ?? '0';
      const isOnRecord = history.some((step) => step.offered?.charged.amount === offered);
      return !isOnRecord || sum(orders.map(({ quote }) => quote.charged.amount)).gt(offered);
    });
    return [
      ...(cards > places ? [`${id} has ${places} places, and ${cards} cards were bought`] : []),
      ...(isTooDear ? [`more was bought for ${id} than was offered`] : []),
    ];
  });

/** A drop has a place for each that it gives, and one person in each. */
export const onePersonAPlace: Invariant = (facts) =>
  each(facts, ({ id, kind, places }) => {
    if (kind !== 'drop') return [];
    const taken = placesIn(facts, id).filter(({ state }) => ['due', 'ordered', 'failed'].includes(state));
    const slots = new Set(taken.flatMap(({ slot }) => slot ?? []));
    const isRight = slots.size === taken.length && [...slots].every((slot) => slot < places);
    return isRight ? [] : [`${id} has ${places} places, and ${taken.length} people in them`];
  });

/** Who has approved it, ever, or asked for it. */
function decidersOf({ requester, history }: Campaign): string[] {
  const votes = history.filter(({ why }) => why === 'approved_one' || why === 'approved');
  return [requester, ...votes.flatMap(({ by, for: voice = by }) => [by, voice])];
}

/** Nobody gives themselves a card. */
export const decidersGetNone: Invariant = (facts) =>
  each(facts, (campaign) => {
    const places = placesIn(facts, campaign.id).filter(({ state }) => ['won', 'due', 'ordered'].includes(state));
    const given = ordersOf(facts, campaign.id).flatMap(givenBy);
    const people = new Set([...places.map(({ user }) => user), ...given]);
    return decidersOf(campaign)
      .filter((user) => people.has(user))
      .map((user) => `${user} decided about ${campaign.id}, and gets a card of it`);
  });

const isOver = (state: State): boolean => ['ended', 'cancelled', 'rejected', 'expired'].includes(state);

/**
 * What a campaign has set aside, with all that its orders drew from it, is what was confirmed at the most. An order draws
 * from the budgets that are set when it is bought (`sentIsCounted`), not from one that was taken back since.
 */
export const drawnFromItsOwn: Invariant = (facts) =>
  each(facts, ({ id, charged, reserved }) => {
    if (!reserved) return [];
    const orders = ordersOf(facts, id).filter(({ reserved: of }) => of?.at === reserved.at);
    return reserved.budgets.flatMap((key) => {
      // What an earlier offer left set aside stays so until its end (reprice in src/campaigns/manage.ts).
      const isNew = facts.reservations.some(
        (other) => other.key === key && other.order === id && other.at >= reserved.at,
      );
      const held = facts.budgets.get(key)?.held ?? {};
      if (!isNew || held[id] === undefined) return [];
      const counted = orders.filter((order) =>
        facts.reservations.some((other) => other.key === key && other.order === order.id),
      );
      const drawn = counted.filter((order) => order.remote || held[order.id] !== undefined);
      const all = sum([held[id], ...drawn.map(({ quote }) => quote.charged.amount)]);
      return all.gt(charged.amount) ? [`${key} has ${all.toFixed()} for ${id}, of ${charged.amount}`] : [];
    });
  });

/** What waits for nobody but Cardigan. */
const goesOn = (state: State): boolean => !isOver(state) && state !== 'paused' && state !== 'halted';

const isStopped = ({ stops }: Facts): boolean => [...stops.values()].some(({ resumed }) => resumed === undefined);

/** People are to say whether more of its codes come. */
const isReviewed = (facts: Facts, id: string): boolean =>
  ordersOf(facts, id).some(({ status, cards, quote }) => status === 'needs_review' && cards.length < quote.quantity);

/** Once all faults are over and days have gone, each is over, or waits for a person. */
export const campaignsRest: Invariant = (facts) =>
  each(facts, ({ id, state }) => {
    const waits = isStopped(facts) || isBeforePeople(facts, id) || (state === 'closing' && isReviewed(facts, id));
    return goesOn(state) && !waits ? [`${id} is still ${state}`] : [];
  });

/** Those that may still buy something: also while one of their orders is before people. */
export const goingOn: Invariant = (facts) =>
  each(facts, ({ id, state }) => (goesOn(state) && !isStopped(facts) ? [`${id} is ${state}`] : []));

/** An order of it waits for people to say whether it was bought: it goes on with that. */
const isBeforePeople = (facts: Facts, id: string): boolean =>
  ordersOf(facts, id).some(({ status, remote }) => status === 'needs_review' && !remote);

const known: readonly Status[] = ['delivered', 'held', 'needs_review', 'closed'];

/** Theirs, or of one that some of its cards nobody has claimed yet, with theirs among them. */
const isKnown = ({ status, cards }: Order, user: string): boolean =>
  known.includes(status) || (status === 'bought' && cards.some((card) => card.recipient === user));

function isPromiseKept(facts: Facts, { user, state, order: id = '' }: Entry): boolean {
  if (state !== 'ordered') return state !== 'due' && state !== 'won';
  const order = facts.orders.get(id)?.order;
  if (!order || !isKnown(order, user)) return false;
  return order.recipients.some((recipient) => recipient.user === user);
}

/** Whoever was to get a card has it, or it waits for them or for an admin. Who is called off says so. */
export const promisesAreKept: Invariant = (facts) =>
  each(facts, ({ id, state }) => {
    const isCalledOff = ['cancelled', 'rejected', 'expired'].includes(state);
    if (isCalledOff || state === 'paused' || state === 'halted' || isStopped(facts) || isBeforePeople(facts, id))
      return [];
    return placesIn(facts, id)
      .filter((place) => !isPromiseKept(facts, place))
      .map(({ user, state: place }) => `${user} is still ${place} in ${id}, which is ${state}`);
  });

/** What is over has nothing set aside. */
export const overHoldsNothing: FinalInvariant = ({ campaigns, budgets }) =>
  [...budgets].flatMap(([key, { held }]) =>
    Object.keys(held)
      .filter((id) => isOver(campaigns.get(id)?.state ?? 'running'))
      .map((id) => `${key} holds something for ${id}, which is over`),
  );
