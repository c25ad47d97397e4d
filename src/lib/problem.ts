/** For a problem of which there is nothing more to say. */
export type Nothing = Record<never, never>;

/**
 * What can stop somebody, in words they can act on: each code has its sentence in `src/i18n/`. Every module adds its own,
 * in its `problems.ts`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the modules declare what is in it
export interface ProblemParams {}

export type ProblemCode = keyof ProblemParams;

/** Something a person can mend or wait out: said in their words. Any other error is a bug, or a broken machine. */
export class Problem<Code extends ProblemCode = ProblemCode> extends Error {
  override readonly name = 'Problem';
  readonly code: Code;
  readonly params: ProblemParams[Code];

  constructor(code: Code, params: ProblemParams[Code], options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.params = params;
  }
}
