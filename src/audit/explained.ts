import { type Delegation, defaultPolicy, type Policy, type Settings } from '../policy/index.ts';
import { inOrder } from './chain.ts';

// Whether what a record says now is what its own steps have come to.

interface Step<State> {
  readonly status?: State;
  readonly state?: State;
}

/** Of what has a history: it is where its last step has led. */
export function isAtItsLastStep({ status, state, history }: Step<string> & { history: readonly Step<string>[] }) {
  const last = history.at(-1);
  return (status ?? state) === (last?.status ?? last?.state);
}

/** Each setting is what it was changed to last, or has never been changed. */
export function isPolicyExplained({ policy, changes }: Settings): boolean {
  const fields = Object.keys({ ...defaultPolicy, ...policy }) as (keyof Policy)[];
  return fields.every((field) => {
    const last = changes.findLast((change) => change.field === field);
    return isSame(policy[field] ?? null, last ? JSON.parse(last.to) : (defaultPolicy[field] ?? null));
  });
}

/** The delegate is the one who was named last. */
export function isDelegationExplained({ delegate, until, changes }: Delegation): boolean {
  const last = changes.at(-1);
  return last?.delegate === delegate && last.until === until;
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
