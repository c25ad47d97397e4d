import type { Words } from '../../i18n/index.ts';
import { missingCards, type Order } from '../../orders/index.ts';
import type { Tone } from '../kit/message.ts';
import { dotted, type Fact, messageLink } from '../kit/text.ts';
import { vendorNumbersOf, whatOf } from '../orders/facts.ts';

type Ended = keyof Words['outcome']['titles'];

const tones: Record<Ended, Tone> = {
  bought: 'good',
  held: 'good',
  delivered: 'good',
  unconfirmed: 'waiting',
  not_found: 'waiting',
  needs_review: 'waiting',
  repriced: 'bad',
  failed: 'bad',
  expired: 'bad',
  cancelled: 'plain',
  closed: 'plain',
};

interface Outcome {
  readonly title: string;
  readonly tone: Tone;
  /** What was charged, and what it means. */
  readonly facts: readonly Fact[];
}

/** What became of an order that was approved: nothing while it is being bought. `sequel`: the offer in its place. */
export function outcomeOf(order: Order, sequel: Order | undefined, words: Words): Outcome | undefined {
  const { status, approvedAt } = order;
  const { outcome: w } = words;
  if (approvedAt === undefined || !isEnded(status, words)) return undefined;
  return {
    title: w.titles[status](whatOf(order, words)),
    tone: tones[status],
    facts: [chargedFact(order, words), saidOf(order, status, sequel, words), sequelFact(order, sequel, words)],
  };
}

const isEnded = (status: string, { outcome }: Words): status is Ended => status in outcome.titles;

/** By its number CardPlusPay finds it, whoever has to ask there. */
function chargedFact(order: Order, { outcome: w, facts }: Words): Fact {
  const number = vendorNumbersOf(order);
  if (order.fromHand) return number !== undefined && dotted(facts.fromHand, facts.vendorNumber(number));
  return order.remote && number !== undefined && dotted(w.charged(order.remote.charged), facts.vendorNumber(number));
}

function saidOf(order: Order, status: Ended, sequel: Order | undefined, words: Words): string {
  const { said } = words.outcome;
  switch (status) {
    case 'bought':
      return said.bought(missingCards(order));
    case 'repriced':
      return said.repriced(sequel?.quote.charged);
    case 'failed':
    case 'closed':
      return said[status](whyOf(order, words));
    default:
      return said[status];
  }
}

function whyOf({ status, history }: Order, { orders }: Words): string {
  const why = history.findLast((step) => step.status === status && step.why !== undefined)?.why;
  return why ? orders.reasons[why] : orders.state[status];
}

function sequelFact({ guild }: Order, sequel: Order | undefined, { outcome: w }: Words): Fact {
  if (!sequel) return undefined;
  const card = sequel.approval?.card;
  if (card) return w.newRequest(messageLink(guild, card));
  return sequel.status === 'quoted' && w.newRequestWaits;
}
