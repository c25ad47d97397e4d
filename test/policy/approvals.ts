import { bind } from '../../src/lib/bind.ts';
import { judge, recheck, reserve, seesBalance, standing, termsOf } from '../../src/policy/authorize.ts';
import { createPolicyContext, type PolicyDeps } from '../../src/policy/context.ts';
import { deciderOf, isServed, voicesOf } from '../../src/policy/members.ts';
import { createScriptedCatalog } from '../catalog/scripted.ts';
import { createScriptedPlaces } from './places.ts';

type Given = Pick<PolicyDeps, 'store' | 'members' | 'clock'> & Partial<PolicyDeps>;

/** What the policy of a process works on; what a test does not bring is there, and says nothing. */
export function policyContext(given: Given) {
  return createPolicyContext({
    places: createScriptedPlaces().places,
    catalog: createScriptedCatalog([]).catalog,
    guilds: ['guild', 'another'],
    currency: async () => 'USD',
    delegateWord: { tell: async () => 'sent' },
    ...given,
  });
}

export type Approvals = ReturnType<typeof createApprovals>;

/** The policy of a process with what is inside of it, for tests that break it or look past its face. */
export function createApprovals(given: Given) {
  const ctx = policyContext(given);
  const { settings: policies, ledger, delegates, breakages } = ctx;
  const verbs = { termsOf, seesBalance, judge, reserve, standing, recheck, voicesOf, deciderOf, isServed };
  return { policies, ledger, delegates, breakages, rules: bind(ctx, verbs) };
}
