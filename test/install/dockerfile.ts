import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';

export const root = join(import.meta.dirname, '../..');

export interface Instruction {
  readonly keyword: string;
  /** All after the keyword, in one line. */
  readonly text: string;
}

/** The instructions of a Dockerfile, stage by stage, each stage with its FROM first. */
export function dockerfileAt(file: string): { readonly stages: readonly (readonly Instruction[])[] } {
  const instructions = DockerfileParser.parse(readFileSync(join(root, file), 'utf8'))
    .getInstructions()
    .map((each): Instruction => ({ keyword: each.getKeyword(), text: each.getArgumentsContent() ?? '' }))
    .map(({ keyword, text }) => ({ keyword, text: text.replaceAll(/\s*\\\n\s*/g, ' ') }));
  const starts = instructions.flatMap(({ keyword }, i) => (keyword === 'FROM' ? i : []));
  return { stages: starts.map((start, i) => instructions.slice(start, starts[i + 1])) };
}
