import { describe, expect, it } from 'vitest';
import { type Schedule, simulate } from './simulation.ts';
import { oddAnswers } from './vendor/odd-answers.ts';
import { purchaseFates } from './vendor/purchase-fates.ts';

const buy = { do: 'press', press: 'buy', who: 0, wish: 0, order: 0, process: 0, twice: false } as const;
const wait = [
  { do: 'run', calls: 200 },
  { do: 'pass', ms: 5_000 },
  { do: 'run', calls: 40 },
] as const;

/** A purchase that goes well, and one whose answer is this. */
const withAnswer = (variant: number, end: Schedule['purchases'][number]['end']): Schedule => ({
  ...{ isShared: false, listMode: 'rich', before: [], settings: [], lasting: 0 },
  purchases: [
    { variant: 0, end: 'returns' },
    { variant, end },
  ],
  steps: [buy, ...wait, buy, ...wait],
});

const odd = [...oddAnswers.map(({ words }) => words), 'is taken, with the code of the newest order before'];
const fates = purchaseFates.flatMap(({ words }, variant) => (odd.includes(words) ? [[words, variant] as const] : []));

describe('an answer that no documentation has', () => {
  it.each(fates)(
    'breaks nothing that has to hold, also where its process dies: the purchase %s',
    async (_, variant) => {
      for (const end of ['returns', 'dies unheard'] as const) {
        const { violation, posts } = await simulate(withAnswer(variant, end));
        expect(violation).toBeUndefined();
        expect(posts).toBeGreaterThanOrEqual(2);
      }
    },
  );
});
