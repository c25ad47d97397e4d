import type { Clock } from '../clock.ts';
import { Problem } from '../problem.ts';
import type { Records } from '../store/records.ts';
import { openActions } from './actions.ts';
import type { Case, CaseAtHand } from './case.ts';
import { cardHold, caseGuard, caseId, caseLists, numberAfter, placesOf } from './case.ts';
import type { Member, Order } from './order.ts';
import type { OrderBook } from './order-book.ts';
import type { Scrub } from './scrubbing.ts';

export interface Report {
  /** By which the reporter knows the card; the only one they have needs none. */
  readonly number: number | undefined;
  readonly said: string;
  readonly locale: string;
}

export interface CaseReporting {
  /** How many cards of the order this recipient may report, by number from 1. Throws a Problem when there are none. */
  reportable(id: string, member: Member): Promise<number>;
  /** Opens a case, or gives the one that is open about this card: then it is not new. Throws a Problem. */
  report(id: string, member: Member, report: Report): Promise<CaseAtHand & { isNew: boolean }>;
}

interface Parts {
  records: Records<Case>;
  book: Pick<OrderBook, 'get'>;
  scrub: Scrub;
  clock: Clock;
}

export function createCaseReporting({ records, book, scrub, clock }: Parts): CaseReporting {
  async function reportableOrder(id: string, member: Member): Promise<Order> {
    const order = await book.get(id);
    if (!order) throw new Problem('order_unknown', {});
    const { reference, guild } = order;
    if (guild !== member.guild || placesOf(order, member.user).length === 0)
      throw new Problem('not_yours', {});
    if (!openActions(order, member, clock.now()).includes('report'))
      throw new Problem('nothing_to_report', { reference });
    return order;
  }

  function placeOf(order: Order, { user }: Member, number: number | undefined): number {
    const places = placesOf(order, user);
    const place = places[(number ?? (places.length === 1 ? 1 : 0)) - 1];
    if (place === undefined) throw new Problem('no_such_card', { highest: places.length });
    if (order.cards[place]?.deliveredAt === undefined)
      throw new Problem('nothing_to_report', { reference: order.reference });
    return place;
  }

  const openAbout = async (order: string, card: number): Promise<Case | undefined> => {
    const id = await records.holder(cardHold(order, card));
    return id === undefined ? undefined : records.get(id);
  };

  /** The store lets one case be open about a card: of several presses at once, the others get that one. */
  async function open(
    draft: Omit<Case, 'version' | 'id'>,
  ): Promise<{ record: Case; isNew: boolean }> {
    const { order, card } = draft;
    const already = await openAbout(order, card);
    if (already) return { record: already, isNew: false };
    const newest = await records.tagged(caseLists.ofOrder(order), { limit: 1 });
    const id = caseId(order, numberAfter(newest.records[0]));
    const next = { ...draft, id };
    const written = await records.write(id, next, { seen: 0, ...caseGuard(next) });
    return written.ok
      ? { record: { ...next, version: written.version }, isNew: true }
      : open(draft);
  }

  return {
    async reportable(id, member) {
      return placesOf(await reportableOrder(id, member), member.user).length;
    },
    async report(id, member, { number, said, locale }) {
      const order = await reportableOrder(id, member);
      const card = placeOf(order, member, number);
      const { reference, guild } = order;
      const { user: reporter } = member;
      const { record, isNew } = await open({
        ...{ order: id, reference, guild, reporter, locale, card, state: 'open', told: 1 },
        said: await scrub(order, reporter, said),
        history: [{ at: clock.now(), by: reporter, state: 'open' }],
      });
      return { record, order, isNew };
    },
  };
}
