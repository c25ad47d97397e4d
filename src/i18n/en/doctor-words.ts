import type { FindingCode, FindingParams } from '../../doctor/index.ts';

/** Parameters as they are said: numbers that are counted stay numbers, all else is text by now, times too. */
export type Said<Params> = {
  readonly [Key in keyof Params]: Key extends 'at' ? string : Params[Key] extends number ? number : string;
};

/** What is wrong and what that means; and the command or the click that mends it. */
export type FindingWords = {
  [C in FindingCode]: (params: Said<FindingParams[C]>) => readonly [what: string, mend: string];
};
