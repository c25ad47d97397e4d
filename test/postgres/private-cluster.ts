import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;

/** A PostgreSQL server of a test's own, to be stopped and started. */
export interface PrivateCluster {
  readonly url: string;
  start(): Promise<void>;
  /** As by a power cut: connections break, what was not committed is gone. */
  crash(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * The folder with PostgreSQL's own programs, as Debian puts it; undefined where there is none, or nobody to run them as.
 * That is said; with REQUIRE_POSTGRES=1 it throws.
 */
export function findPrograms(env: NodeJS.ProcessEnv): string | undefined {
  const [folder] = globSync('/usr/lib/postgresql/*/bin/initdb')
    .map((file) => join(file, '..'))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  // PostgreSQL does not run as root.
  if (folder && (!isRoot || existsSync('/usr/sbin/runuser') || existsSync('/sbin/runuser'))) {
    return folder;
  }
  const missing = 'No PostgreSQL programs to run a server of the tests’ own';
  if (env.REQUIRE_POSTGRES === '1') throw new Error(`${missing}, and REQUIRE_POSTGRES=1.`);
  process.stderr.write(`\n${missing}: SKIPPING the tests that restart PostgreSQL.\n\n`);
  return undefined;
}

export async function startPrivateCluster(programs: string): Promise<PrivateCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-postgres-'));
  const data = join(folder, 'data');
  const port = await freePort();
  const as = (program: string, ...values: string[]) => {
    const command = [join(programs, program), ...values];
    // Its own working folder, for the one that it is called in may be closed to it.
    return isRoot
      ? run('runuser', ['-u', 'postgres', '--', ...command], { cwd: '/' })
      : run(command[0] as string, command.slice(1), { cwd: '/' });
  };
  if (isRoot) await run('chown', ['postgres', folder]);
  await as('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '--no-instructions');
  const settings = [
    ...[`port=${port}`, 'listen_addresses=127.0.0.1', "unix_socket_directories=''"],
    // A crash of the server loses nothing without it; only one of the machine would.
    'fsync=off',
  ];
  const options = settings.map((setting) => `-c ${setting}`).join(' ');
  const start = async () => {
    await as('pg_ctl', 'start', '-w', '-D', data, '-l', join(folder, 'log'), '-o', options);
  };
  const crash = async () => {
    await as('pg_ctl', 'stop', '-w', '-D', data, '-m', 'immediate');
  };
  await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    crash,
    async remove() {
      await crash().catch(() => undefined); // it may be stopped already
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL takes no port 0. */
function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
