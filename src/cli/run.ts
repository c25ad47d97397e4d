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
    const isUsage = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    const said = isUsage ? [usage] : explain(error);
    if (!said) throw error;
    process.stderr.write(`${said.join('\n')}\n`);
    process.exitCode = failed;
  }
}
