import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/store/store-error.ts';
import type { Outside } from '../orders/outside.ts';
import { type Schedule, simulate } from './simulation.ts';

type Records = Outside['store']['records'];

const quote = { do: 'press', press: 'quote', who: 0, wish: 2, order: 0, process: 0, twice: false } as const;

/** Two offers that nobody confirms; the first is spoilt. */
const offers: Schedule = {
  ...{ isShared: false, listMode: 'rich', purchases: [], before: [], settings: [], lasting: 0 },
  steps: [
    quote,
    { do: 'run', calls: 40 },
    quote,
    { do: 'run', calls: 40 },
    { do: 'pass', ms: 4_000 },
    { do: 'run', calls: 40 },
  ],
  spoils: [{ at: 4, which: 0, how: 'approved' }],
};

const withStore = (change: (store: Outside['store']) => Partial<Outside['store']>) => ({
  breaking: (parts: Outside): Outside => ({ ...parts, store: { ...parts.store, ...change(parts.store) } }),
});

/** One that cannot be read stops its list, as it once did. */
const stopping = withStore((store) => {
  const records: Records = (namespace, schema) => {
    const real = store.records(namespace, schema);
    const tagged: typeof real.tagged = async (...page) => {
      const found = await real.tagged(...page);
      if (found.unreadable.length > 0) throw new StoreError('broken', 'not valid', { isUnreadable: true });
      return found;
    };
    return { ...real, tagged };
  };
  return { records };
});

describe('somebody who spoils a record', () => {
  it('has it believed by nobody, and everything else comes to rest', async () => {
    const { violation, orders, posts } = await simulate(offers);
    expect([violation, posts]).toEqual([undefined, 0]);
    // Of the other one nothing is left, once it has expired.
    expect(orders.map(({ status }) => status)).toEqual(['quoted']);
  });

  it('is noticed by the simulation where that stops everything', async () => {
    expect((await simulate(offers, stopping)).violation).toMatch(/does not rest beside a record/);
  });

  it('is noticed by the simulation where admins are not told', async () => {
    const silent = withStore(() => ({ unreadable: () => [] }));
    expect((await simulate(offers, silent)).violation).toMatch(/admins are not told that orders/);
  });
});
