import type { Words } from '../../i18n/index.ts';
import { type Period, Problem, periods } from '../../lib/index.ts';
import type { Scope } from '../../policy/index.ts';
import { buttonFor, message, type View } from '../kit/message.ts';
import { type Field, type Modal, modal } from '../kit/modal.ts';

const kinds = ['guild', 'everyone', 'role', 'member'] as const;

type Kind = Scope['kind'];

/** Asks whose spending is to be limited; each answer opens its form. */
export function whoseView({ budget: w }: Words): View {
  return message({
    title: w.whoseTitle,
    facts: w.whoseFacts,
    next: w.whoseNext,
    buttons: [...kinds.map((kind) => buttonFor('budget.limit', kind, w.whose[kind]))],
  });
}

/** Asks of which role or member where that is to be told, for how long, and how much. */
export function limitModal(kind: string, { budget: w }: Words): Modal {
  const whose = kindOf(kind);
  const period: Field = {
    kind: 'choice',
    id: 'period',
    label: w.period,
    placeholder: w.pickPeriod,
    options: periods.map((each) => ({ label: w.eachPeriod[each], value: each })),
  };
  const amount: Field = {
    kind: 'text',
    id: 'amount',
    label: w.amount,
    description: w.amountHint,
    maxLength: 20,
  };
  return modal('budget.limit', whose, w.modalTitle(w.whose[whose]), [
    ...whoField(whose, w),
    period,
    amount,
  ]);
}

function whoField(whose: Kind, w: Words['budget']): Field[] {
  if (whose !== 'role' && whose !== 'member') return [];
  const kind = whose === 'role' ? 'role' : 'user';
  return [{ kind, id: 'who', label: w.who[whose], placeholder: w.pick[whose] }];
}

interface Filled {
  readonly who?: readonly string[];
  readonly period?: readonly string[];
}

/** Which limit a form that was filled in is about. Throws `button_unknown` for one that Discord would not let through. */
export function parseLimitForm(kind: string, filled: Filled): { scope: Scope; period: Period } {
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
