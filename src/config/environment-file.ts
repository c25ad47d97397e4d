import { readFileSync } from 'node:fs';

/** A file that Node has read variables from, as far as something is wrong with it. */
export interface FileFault {
  readonly problem: string;
  /** Nothing in it was read: what is missing is most likely in there. */
  readonly isUnread: boolean;
}

/**
 * What Node does not say of the files that it was told to read (`--env-file=.env`): in UTF-16 it finds nothing, and a line
 * without "=" it leaves out.
 */
export function fileFaults(execArgv: readonly string[], known: readonly string[]): FileFault[] {
  return environmentFiles(execArgv).flatMap((file) => {
    const bytes = read(file);
    return bytes ? faultsIn(file, bytes, known) : [];
  });
}

/** The files that Node was told to read variables from. */
export function environmentFiles(execArgv: readonly string[]): string[] {
  return execArgv.flatMap((argument, i) => {
    const [, file] = /^--env-file(?:-if-exists)?(?:=(.*))?$/.exec(argument) ?? [undefined, undefined];
    if (file !== undefined) return file;
    return /^--env-file(-if-exists)?$/.test(argument) ? (execArgv[i + 1] ?? []) : [];
  });
}

/** One that is not there, or cannot be read, is Node's to tell. */
function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function faultsIn(file: string, bytes: Buffer, known: readonly string[]): FileFault[] {
  if (bytes.includes(0)) {
    const problem = `${file} is saved as UTF-16 and cannot be read: save it as UTF-8 without BOM`;
    return [{ problem, isUnread: true }];
  }
  return bytes
    .toString('utf8')
    .split(/\r\n?|\n/)
    .flatMap((line, i) => {
      const name = /^\s*(?:export\s+)?(\w+)/.exec(line)?.[1] ?? '';
      if (!known.includes(name) || line.includes('=')) return [];
      return [
        { problem: `${name} has no "=" after it in line ${i + 1} of ${file}: write ${name}=value`, isUnread: false },
      ];
    });
}
