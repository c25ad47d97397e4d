import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** What the command line says; whoever says something else reads how it is used, and nothing has begun. */
export function optionsOf<T extends ParseArgsOptionsConfig>(options: T, usage: string) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    if (!(error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) throw error;
    return endWith(usage);
  }
}

/** Says why it does not begin, in one line. */
export function endWith(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}
