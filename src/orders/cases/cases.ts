import { type Clock, type Member, Problem } from '../../lib/index.ts';
import { isInvolved } from '../../policy/index.ts';
import { type Records, walk } from '../../store/index.ts';
import type { Delivering } from '../delivery/deliver.ts';
import {
  type Case,
  type CaseAtHand,
  type CaseState,
  type CaseStep,
  cardHold,
  caseGuard,
  caseId,
  caseLists,
  caseName,
  numberAfter,
  orderOfCase,
  placesOf,
} from '../model/case.ts';
import type { Order } from '../model/order.ts';
import { openActions } from '../model/permissions.ts';
import type { Notices } from '../notify/notices.ts';
import type { OrderBook } from '../repository.ts';
import type { CaseTelling } from './notify.ts';
import { createScrubbing, type Scrub } from './redact.ts';

/** More than these are not kept while the list is read: the others move up as these are solved. */
const MOST = 200;
/** Of an order's cases so many are looked at: the newest. */
const MOST_OF_ORDER = 20;

export interface CasePage {
  /** From 0; the last one, where a later one was asked for. */
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  /** `isTheirs`: whoever looks may not decide about it. */
  readonly cases: readonly (CaseAtHand & { readonly isTheirs: boolean })[];
}

/** Cards whose codes do not work. No part of it ever holds a code. */
export interface Cases extends CaseReporting {
  /** An admin who is not involved says how far it has come. Throws a Problem, also when somebody was faster. */
  moveCase(id: string, member: Member, to: CaseMove): Promise<CaseAtHand>;
  /**
   * Those that are not solved, oldest first: of the member's guild, or for an admin of the owner guild of all. Throws
   * `managers_only`.
   */
  openCases(member: Member, page: { number: number; size: number }): Promise<CasePage>;
  /** The newest cases of an order that somebody sees: their own or, for whoever looks after it, all. */
  casesOf(order: Order, viewer: { user: string; oversees?: boolean }): Promise<Case[]>;
}

export type CaseMove = { state: 'sent' } | { state: 'solved'; detail: string };

interface Parts {
  records: Records<Case>;
  book: Pick<OrderBook, 'get'>;
  delivering: Pick<Delivering, 'codesOf'>;
  fingerprint(code: string): string;
  notices: Pick<Notices, 'showCase'>;
  caseTelling: Pick<CaseTelling, 'tellSoon'>;
  clock: Clock;
}

export function createCases(parts: Parts): Cases {
  const { records, book, notices, caseTelling, clock } = parts;
  const scrub = createScrubbing(parts);
  const reporting = createCaseReporting({ ...parts, scrub });

  async function atHand(id: string): Promise<CaseAtHand> {
    const [record, order] = await Promise.all([records.get(id), book.get(orderOfCase(id))]);
    if (!record || !order) throw new Problem('case_unknown', {});
    return { record, order };
  }

  /** Adds a step to what is there now, or finds that it is not open to them. */
  async function step(
    id: string,
    member: Member,
    made: Omit<CaseStep, 'at' | 'by'>,
  ): Promise<CaseAtHand> {
    const { record, order } = await atHand(id);
    requireMove(record, order, member, made.state);
    const { version: seen, ...rest } = record;
    const history = [...record.history, { at: clock.now(), by: member.user, ...made }];
    const next = { ...rest, state: made.state, history };
    const written = await records.write(id, next, { seen, ...caseGuard(next) });
    if (!written.ok) return step(id, member, made);
    return { record: { ...next, version: written.version }, order };
  }

  return {
    ...reporting,
    async moveCase(id, member, to) {
      const { record, order } = await atHand(id);
      requireMove(record, order, member, to.state);
      const words =
        to.state === 'solved' ? { detail: await scrub(order, record.reporter, to.detail) } : {};
      const moved = await step(id, member, { state: to.state, ...words });
      notices.showCase(moved.record);
      caseTelling.tellSoon(moved);
      return moved;
    },
    async openCases(member, { number, size }) {
      if (!member.isManager) throw new Problem('managers_only', {});
      const list = member.isAdmin ? caseLists.open : caseLists.openIn(member.guild);
      const all: Case[] = [];
      // Newest first, as the store has them: those at the end have waited longest.
      for await (const record of walk(records, list)) {
        all.unshift(record);
        if (all.length > MOST) all.pop();
      }
      const pages = Math.max(1, Math.ceil(all.length / size));
      // It may have got shorter since the button was drawn, and a button may be forged.
      const page = Math.max(0, Math.min(Math.trunc(number) || 0, pages - 1));
      const shown = await Promise.all(
        all.slice(page * size, (page + 1) * size).map(({ id }) => atHand(id)),
      );
      const cases = shown.map((each) => ({ ...each, isTheirs: isTheirs(each, member) }));
      return { page, pages, total: all.length, cases };
    },
    async casesOf({ id, cards }, { user, oversees = false }) {
      if (cards.length === 0) return [];
      const page = await records.tagged(caseLists.ofOrder(id), { limit: MOST_OF_ORDER });
      return page.records.filter(({ reporter }) => oversees || reporter === user);
    },
  };
}

/** Nobody decides about their own money: neither who reports it, nor anybody else of the order. */
const isTheirs = ({ record, order }: CaseAtHand, member: Member): boolean =>
  record.reporter === member.user || isInvolved(order, member);

function requireMove(record: Case, order: Order, member: Member, to: CaseState): void {
  const isTheirGuild = member.isManager && member.guild === record.guild;
  if (!isTheirGuild && !member.isAdmin) throw new Problem('managers_only', {});
  const name = caseName(record);
  if (isTheirs({ record, order }, member)) throw new Problem('own_case', { name });
  if (!follows[record.state].includes(to))
    throw new Problem('case_moved', { name, state: record.state });
}

const follows: Record<CaseState, readonly CaseState[]> = {
  open: ['sent', 'solved'],
  sent: ['solved'],
  solved: [],
};

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

interface CaseReportingParts {
  records: Records<Case>;
  book: Pick<OrderBook, 'get'>;
  scrub: Scrub;
  clock: Clock;
}

export function createCaseReporting({
  records,
  book,
  scrub,
  clock,
}: CaseReportingParts): CaseReporting {
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
