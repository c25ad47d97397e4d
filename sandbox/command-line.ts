import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** What the command line says; whoever says something else reads how it is used, and nothing has begun. */
export function optionsOf<T extends ParseArgsOptionsConfig>(options: T, usage: string) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    if (!(error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) throw error;
    // Node's second sentence tells programmers how to write the first.
    return endWith(`${(error as Error).message.split('. ')[0]}. ${usage}`);
  }
}

/** Says why it does not begin, in one line. */
export function endWith(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}
