import type { ProblemWords } from '../problem-words.ts';

/** Of cards that the catalog lists as physical. More than that CardPlusPay does not say. */
export const physical = {
  fact: '📦 Physical card: it is shipped, and a code may not come by message.',
  /** Beside its name in a list. */
  mark: 'physical card',
};

export const physicalProblems = {
  physical_reward: ({ item, ask }) =>
    `This is a physical card: ${item}. It is shipped, and a code may not come by message.\nNothing was bought. Pick a digital card; or, if you mean this one, type "physical" first: ${ask}.`,
} satisfies Partial<ProblemWords>;
