/** What is wrong with a backup, or in the way of one; whoever asked puts it into words. */
export interface BackupFaults {
  no_backup: { path: string };
  no_manifest: { path: string };
  /** The file is not what was written. */
  changed: { path: string };
  /** What was copied is not what it should be: it was thrown away. */
  not_whole: { path: string };
  unwritable: { path: string };
  full: { path: string };
  /** The key would lie beside what it opens. */
  key_beside: { path: string };
  key_there: { path: string };
  no_key: { path: string };
}

type Params<Code extends keyof BackupFaults> = BackupFaults[Code];

export class BackupError<Code extends keyof BackupFaults = keyof BackupFaults> extends Error {
  override readonly name = 'BackupError';
  readonly code: Code;
  readonly params: Params<Code>;

  constructor(code: Code, params: Params<Code>, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.params = params;
  }
}

/** Of what the file system threw about that path. */
export function ofFile(error: unknown, path: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
  return new BackupError(isFull ? 'full' : 'unwritable', { path }, { cause: error });
}
