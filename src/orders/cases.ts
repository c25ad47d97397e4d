import type { Clock } from '../clock.ts';
import { Problem } from '../problem.ts';
import type { Records } from '../store/records.ts';
import { walk } from '../store/records.ts';
import { isInvolved } from './actions.ts';
import type { Case, CaseAtHand, CaseState, CaseStep } from './case.ts';
import { caseGuard, caseLists, caseName, orderOfCase } from './case.ts';
import type { CaseReporting } from './case-reporting.ts';
import { createCaseReporting } from './case-reporting.ts';
import type { CaseTelling } from './case-telling.ts';
import type { Delivering } from './delivering.ts';
import type { Notices } from './notices.ts';
import type { Member, Order } from './order.ts';
import type { OrderBook } from './order-book.ts';
import { createScrubbing } from './scrubbing.ts';

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
