import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser, ModifiableInstruction } from 'dockerfile-ast';

export const root = join(import.meta.dirname, '../..');

export interface Instruction {
  readonly keyword: string;
  /** Such as `--from=build`. */
  readonly flags: readonly string[];
  /** All after them, in one line. */
  readonly text: string;
}

/** The instructions of a Dockerfile, stage by stage, each stage with its FROM first. */
export function dockerfileAt(file: string): { readonly stages: readonly (readonly Instruction[])[] } {
  const instructions = DockerfileParser.parse(readFileSync(join(root, file), 'utf8'))
    .getInstructions()
    .map((each): Instruction => {
      const flags = each instanceof ModifiableInstruction ? each.getFlags().map(String) : [];
      return { keyword: each.getKeyword(), flags, text: each.getArgumentsContent() ?? '' };
    });
  const starts = instructions.flatMap(({ keyword }, i) => (keyword === 'FROM' ? i : []));
  return { stages: starts.map((start, i) => instructions.slice(start, starts[i + 1])) };
}
