import { type Member, Problem } from '../../lib/index.ts';
import { isInvolved } from '../../policy/index.ts';
import { unlessUnreadable, walk } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import {
  type Case,
  type CaseAtHand,
  type CaseState,
  type CaseStep,
  caseGuard,
  caseLists,
  caseName,
  orderOfCase,
} from '../model/case.ts';
import type { Order } from '../model/order.ts';
import { showCase } from '../notify/notices.ts';
import { tellOfCaseSoon } from './notify.ts';
import { redact } from './redact.ts';

// Cards whose codes do not work. No part of a case ever holds a code.

/** More than these are not kept while the list is read: the others move up as these are solved. */
const MOST = 200;
/** Of an order's cases so many are looked at: the newest. */
const MOST_OF_ORDER = 20;

export type CaseMove = { state: 'sent' } | { state: 'solved'; detail: string };

/** An admin who is not involved says how far it has come. Throws a Problem, also when somebody was faster. */
export async function moveCase(ctx: OrdersContext, id: string, member: Member, to: CaseMove): Promise<CaseAtHand> {
  const { record, order } = await atHand(ctx, id);
  requireMove(record, order, member, to.state);
  const words = to.state === 'solved' ? { detail: await redact(ctx, order, record.reporter, to.detail) } : {};
  const moved = await takeCaseStep(ctx, id, member, { state: to.state, ...words });
  showCase(ctx, moved.record);
  tellOfCaseSoon(ctx, moved);
  return moved;
}

/** Adds a step to what is there now, or finds that it is not open to them. */
async function takeCaseStep(
  ctx: OrdersContext,
  id: string,
  member: Member,
  made: Omit<CaseStep, 'at' | 'by'>,
): Promise<CaseAtHand> {
  const { record, order } = await atHand(ctx, id);
  requireMove(record, order, member, made.state);
  const { version: seen, ...rest } = record;
  const history = [...record.history, { at: ctx.clock.now(), by: member.user, ...made }];
  const next = { ...rest, state: made.state, history };
  const written = await ctx.cases.write(id, next, { seen, ...caseGuard(next) });
  if (!written.ok) return takeCaseStep(ctx, id, member, made);
  return { record: { ...next, version: written.version }, order };
}

function requireMove(record: Case, order: Order, member: Member, to: CaseState): void {
  const isTheirGuild = member.isManager && member.guild === record.guild;
  if (!isTheirGuild && !member.isAdmin) throw new Problem('managers_only', {});
  const name = caseName(record);
  if (isTheirs({ record, order }, member)) throw new Problem('own_case', { name });
  if (!follows[record.state].includes(to)) throw new Problem('case_moved', { name, state: record.state });
}

const follows: Record<CaseState, readonly CaseState[]> = { open: ['sent', 'solved'], sent: ['solved'], solved: [] };

/** Nobody decides about their own money: neither who reports it, nor anybody else of the order. */
const isTheirs = ({ record, order }: CaseAtHand, member: Member): boolean =>
  record.reporter === member.user || isInvolved(order, member);

export interface CasePage {
  /** From 0; the last one, where a later one was asked for. */
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  /** `isTheirs`: whoever looks may not decide about it. */
  readonly cases: readonly (CaseAtHand & { readonly isTheirs: boolean })[];
}

/**
 * Those that are not solved, oldest first: of the member's guild, or for an admin of the owner guild of all. Throws
 * `managers_only`.
 */
export async function openCases(
  ctx: OrdersContext,
  member: Member,
  { number, size }: { number: number; size: number },
): Promise<CasePage> {
  if (!member.isManager) throw new Problem('managers_only', {});
  const list = member.isAdmin ? caseLists.open : caseLists.openIn(member.guild);
  const all: Case[] = [];
  // Newest first, as the store has them: those at the end have waited longest.
  for await (const record of walk(ctx.cases, list)) {
    all.unshift(record);
    if (all.length > MOST) all.pop();
  }
  const pages = Math.max(1, Math.ceil(all.length / size));
  // It may have got shorter since the button was drawn, and a button may be forged.
  const page = Math.max(0, Math.min(Math.trunc(number) || 0, pages - 1));
  const there = ({ id }: Case) => unlessUnreadable(() => atHand(ctx, id), undefined);
  const shown = await Promise.all(all.slice(page * size, (page + 1) * size).map(there));
  const cases = shown.filter((each) => !!each).map((each) => ({ ...each, isTheirs: isTheirs(each, member) }));
  return { page, pages, total: all.length, cases };
}

/** The newest cases of an order that somebody sees: their own or, for whoever looks after it, all. */
export async function casesOf(
  ctx: OrdersContext,
  { id, cards }: Order,
  { user, oversees = false }: { user: string; oversees?: boolean },
): Promise<Case[]> {
  if (cards.length === 0) return [];
  const page = await ctx.cases.tagged(caseLists.ofOrder(id), { limit: MOST_OF_ORDER });
  return page.records.filter(({ reporter }) => oversees || reporter === user);
}

async function atHand({ cases, orders }: OrdersContext, id: string): Promise<CaseAtHand> {
  const [record, order] = await Promise.all([cases.get(id), orders.get(orderOfCase(id))]);
  if (!record || !order) throw new Problem('case_unknown', {});
  return { record, order };
}
