import { resolve } from 'node:path';

interface CommandLine {
  /** How it is used. */
  readonly usage: string;
  /** The exit code of what can be mended. */
  readonly failed: number;
  /** What can be mended, in words; undefined for anything else, which is a bug. */
  explain(error: unknown): readonly string[] | undefined;
}

/** Runs what the command line asks for, and ends with the exit code that comes of it. */
export async function runCommandLine(
  run: (args: string[]) => Promise<number>,
  { usage, failed, explain }: CommandLine,
): Promise<void> {
  try {
    process.exitCode = await run(process.argv.slice(2));
  } catch (error) {
    const said = isUsage(error) ? [`${error.message.split('. ')[0]}.`, usage] : explain(error);
    if (!said) throw error;
    process.stderr.write(`${said.join('\n')}\n`);
    process.exitCode = failed;
  }
}

/** Of an option that there is not, or that lacks its value. Node's second sentence is for programmers. */
const isUsage = (error: unknown): error is Error =>
  error instanceof Error && (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') === true;

/** A file as somebody has typed it, from where they are: npm runs its scripts in Cardigan's folder, and says where it was called. */
export const typedPath = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path);
