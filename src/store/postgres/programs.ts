import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { StoreError } from '../store-error.ts';

export type Program = 'pg_dump' | 'pg_restore' | 'psql';

export interface Running {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Rejects with a StoreError unless it ended well. */
  readonly done: Promise<void>;
  kill(): void;
}

/** How libpq is told of an address: by the environment, for arguments can be read by everybody on the machine. */
export function libpqEnvironment(url: string): Record<string, string> {
  const address = new URL(url);
  const param = (name: string): string => address.searchParams.get(name) ?? '';
  const given = {
    PGHOST: param('host') || decodeURIComponent(address.hostname.replace(/^\[(.*)\]$/, '$1')),
    PGPORT: param('port') || address.port,
    PGUSER: decodeURIComponent(address.username),
    PGPASSWORD: decodeURIComponent(address.password),
    PGDATABASE: decodeURIComponent(address.pathname.slice(1)),
    PGSSLMODE: param('sslmode'),
    PGSSLROOTCERT: param('sslrootcert'),
    PGSSLCERT: param('sslcert'),
    PGSSLKEY: param('sslkey'),
    PGAPPNAME: 'cardigan backup',
    PGCONNECT_TIMEOUT: '10',
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}

/** Where programs are found, and where libpq keeps what the operator has told it: nothing else of this process. */
const inherited = ['PATH', 'HOME', 'PGPASSFILE', 'LANG', 'LC_ALL', 'TMPDIR'];

/** Starts one of PostgreSQL's own programs. */
export function startProgram(program: Program, args: readonly string[], url?: string): Running {
  const env = Object.fromEntries(inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  const child = spawn(program, args, {
    env: { ...env, ...(url && libpqEnvironment(url)) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // It may end before it has read everything: how it ended says why.
  child.stdin.on('error', () => undefined);
  const said = text(child.stderr).catch(() => '');
  const ended = Promise.race([
    once(child, 'close').then(([code]) => code as number | null),
    once(child, 'error').then(([error]) => Promise.reject(missing(program, error))),
  ]);
  const done = ended.then(async (code) => {
    if (code !== 0) throw failed(program, code, await said);
  });
  done.catch(() => undefined);
  return { stdin: child.stdin, stdout: child.stdout, done, kill: () => child.kill() };
}

function missing(program: Program, error: unknown): StoreError {
  const isThere = (error as NodeJS.ErrnoException).code !== 'ENOENT';
  return new StoreError(
    'no_program',
    isThere
      ? `${program} cannot be started.`
      : `${program} is not installed here: install PostgreSQL's client programs, of the server's version or a newer one (Debian: apt install postgresql-client).`,
  );
}

const causes: readonly [RegExp, ConstructorParameters<typeof StoreError>[0], string][] = [
  [
    /server version mismatch|unsupported version/,
    'no_program',
    "is older than the PostgreSQL server: install the client programs of the server's version or a newer one.",
  ],
  [/No space left/i, 'full', 'found no room on the disk: free some space.'],
  [/password|authentication|no pg_hba/i, 'denied', 'was refused by the database: mend user and password of STORE_URL.'],
  [/could not connect|connection to server|could not translate/i, 'unreachable', 'could not reach the database.'],
  [/permission denied/i, 'unwritable', 'lacks a right in the database: give it to the user of STORE_URL.'],
];

/** What it said is not shown: it may quote what is stored. */
function failed(program: Program, code: number | null, said: string): StoreError {
  const [, kind = 'broken', words = `failed (exit code ${code}).`] = causes.find(([sign]) => sign.test(said)) ?? [];
  return new StoreError(kind, `${program} ${words}`);
}
