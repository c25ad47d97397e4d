import Big from 'big.js';
import type { Words } from '../../i18n/index.ts';
import { type Money, type Period, Problem, periods } from '../../lib/index.ts';
import type { Allowance, BudgetState, LimitChange, ListedLimit, Scope } from '../../policy/index.ts';
import { packPage } from '../kit/custom-id.ts';
import { buttonFor, message, type View } from '../kit/message.ts';
import { type Field, type Modal, modal } from '../kit/modal.ts';
import { pageFact, queryTurnRow } from '../kit/page.ts';
import { plain, who } from '../kit/text.ts';

const LIMITS_A_PAGE = 8;
/** More may not fit a message. */
const MOST_SHOWN = 20;

interface Looker {
  readonly isOwn: boolean;
  /** May see and set everybody's. */
  readonly isManager: boolean;
}

/** What somebody may spend, and what is left of it. */
export function budgetView(spending: Allowance, looker: Looker, words: Words): View {
  const { budget: w } = words;
  const { user, budgets, free, currency, timeZone } = spending;
  const holds = budgets.some(({ setAside }) => setAside !== '0');
  const counts = budgets.length > 0 || free !== undefined;
  return message({
    title: looker.isOwn ? w.title : w.titleOf(who(user)),
    facts: [
      ...tightest(budgets).map((budget) => stateFact(budget, currency, words)),
      budgets.length > MOST_SHOWN && w.more(budgets.length - MOST_SHOWN),
      free && freeFact(free, currency, words),
      counts ? w.zone(plain(timeZone)) : w.none,
    ],
    next: holds && w.setAsideNext,
    buttons: looker.isManager ? managing(w.set, words) : [],
  });
}

/** All of them in their order or, where they are too many, those that have the least left. */
function tightest(budgets: readonly BudgetState[]): readonly BudgetState[] {
  if (budgets.length <= MOST_SHOWN) return budgets;
  return budgets.toSorted((a, b) => new Big(a.left).cmp(b.left)).slice(0, MOST_SHOWN);
}

/** "This server · 500.00 USD a month · 120.00 USD left (300.00 USD spent, 80.00 USD set aside)". */
function stateFact(state: BudgetState, currency: string, words: Words): string {
  const { budget: w } = words;
  const money = (amount: string): Money => ({ amount, currency });
  const counted = [
    ...(state.spent === '0' ? [] : [w.spent(money(state.spent))]),
    ...(state.setAside === '0' ? [] : [w.setAside(money(state.setAside))]),
  ];
  const left = w.left(money(state.left));
  const beside = counted.length > 0 ? ` (${counted.join(', ')})` : '';
  return `${limitText(state, currency, words)} · ${left}${beside}`;
}

function limitText(
  { scope, period, limit }: ListedLimit['limit'],
  currency: string,
  { budget: w, policy }: Words,
): string {
  return w.limit(policy.scope(scope), { amount: limit, currency }, policy.everyPeriod[period]);
}

function listedFact({ limit, state }: ListedLimit, currency: string, words: Words): string {
  if (state) return stateFact(state, currency, words);
  return `${limitText(limit, currency, words)} · ${words.budget.eachOnTheirOwn}`;
}

function freeFact(
  { perOrder, perDay, left }: NonNullable<Allowance['free']>,
  currency: string,
  { budget: w }: Words,
): string {
  const money = (amount: string): Money => ({ amount, currency });
  return `${w.free(money(perOrder), money(perDay))} · ${w.left(money(left))}`;
}

const managing = (label: string, { budget: w, settingsPages }: Words) => [
  buttonFor('budget.set', '', label),
  buttonFor('budget.all', '', w.all),
  buttonFor('settings.page', 'money', settingsPages.back),
];

interface LimitList {
  /** The stored list whose rows its buttons name. */
  readonly query: string;
  readonly page: number;
  /** By row; one that was removed since is missing. */
  readonly limits: readonly (ListedLimit | undefined)[];
  readonly currency: string;
}

/** A page of a guild's limits, each with a button that removes it. */
export function limitListView({ query, page, limits, currency }: LimitList, words: Words): View {
  const { budget: w } = words;
  const rows = limits.map((limit, row) => ({ limit, row })).filter(({ limit }) => limit);
  if (rows.length === 0) return message({ title: w.allNone, buttons: [buttonFor('budget.set', '', w.set)] });
  const pages = Math.ceil(rows.length / LIMITS_A_PAGE);
  // The last of a page may have been removed.
  const here = Math.min(Math.max(0, page), pages - 1);
  const shown = rows.slice(here * LIMITS_A_PAGE, (here + 1) * LIMITS_A_PAGE);
  return message({
    title: w.allTitle(rows.length),
    facts: [pageFact(here, pages, words)],
    choices: shown.flatMap(({ limit, row }) => {
      const button = buttonFor('budget.remove', packPage(query, row), w.remove);
      return limit && button ? [{ text: listedFact(limit, currency, words), button }] : [];
    }),
    next: w.allNext,
    rows: [queryTurnRow('budget.page', query, { page: here, pages }, words)],
    buttons: [buttonFor('budget.set', '', w.set)],
  });
}

/** What was set or removed, and what was before. */
export function limitChangedView({ before, after, currency }: LimitChange, words: Words): View {
  const { budget: w } = words;
  const limit = after?.limit ?? before;
  const first = before ? w.savedNext : w.firstNext;
  return message({
    tone: 'good',
    title: after ? w.saved : w.removed,
    facts: [
      after ? listedFact(after, currency, words) : limit && limitText(limit, currency, words),
      after && before && w.before({ amount: before.limit, currency }),
    ],
    next: after ? first : w.removedNext,
    buttons: managing(w.setAnother, words),
  });
}

const kinds = ['guild', 'everyone', 'role', 'member'] as const;

type Kind = Scope['kind'];

/** Asks whose spending is to be limited; each answer opens its form. */
export function whoseView({ budget: w }: Words): View {
  return message({
    title: w.whoseTitle,
    facts: w.whoseFacts,
    next: w.whoseNext,
    buttons: kinds.map((kind) => buttonFor('budget.limit', kind, w.whose[kind])),
  });
}

/** Asks of which role or member where that is to be told, for how long, and how much. */
export function limitModal(kind: string, { budget: w }: Words): Modal {
  const whose = kindOf(kind);
  const options = periods.map((each) => ({ label: w.eachPeriod[each], value: each }));
  return modal('budget.limit', whose, w.modalTitle(w.whose[whose]), [
    ...whoField(whose, w),
    { kind: 'choice', id: 'period', label: w.period, placeholder: w.pickPeriod, options },
    { kind: 'text', id: 'amount', label: w.amount, description: w.amountHint, maxLength: 20 },
  ]);
}

function whoField(whose: Kind, w: Words['budget']): Field[] {
  if (whose !== 'role' && whose !== 'member') return [];
  const kind = whose === 'role' ? 'role' : 'user';
  return [{ kind, id: 'who', label: w.who[whose], placeholder: w.pick[whose] }];
}

/** Which limit a form that was filled in is about. Throws `button_unknown` for one that Discord would not let through. */
export function parseLimitForm(
  kind: string,
  filled: Partial<Record<'who' | 'period', readonly string[]>>,
): { scope: Scope; period: Period } {
  const [id] = filled.who ?? [];
  const period = periods.find((each) => each === filled.period?.[0]);
  const whose = kindOf(kind);
  if (period === undefined) throw new Problem('button_unknown', {});
  if (whose === 'guild' || whose === 'everyone') return { scope: { kind: whose }, period };
  if (id === undefined) throw new Problem('button_unknown', {});
  return { scope: { kind: whose, id }, period };
}

function kindOf(text: string): Kind {
  const kind = kinds.find((each) => each === text);
  if (kind === undefined) throw new Problem('button_unknown', {});
  return kind;
}
