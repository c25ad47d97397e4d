import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, matchesGlob, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { dockerfileAt, type Instruction, root } from './dockerfile.ts';

/**
 * The Dockerfile's steps without Docker: each stage is a folder with the machine's own programs mounted into it, read-only,
 * in the place of the base image; RUN runs in there by chroot. What Docker itself adds (layers, its network) is not shown.
 */

/** What stands for the base image. */
const MACHINE = ['bin', 'etc', 'lib', 'lib64', 'sbin', 'usr'];
const NODE = '/opt/node/bin';

export interface Image {
  /** The folder of the last stage. */
  readonly folder: string;
  readonly env: Record<string, string>;
  readonly user: string;
  readonly workdir: string;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly healthcheck: readonly string[];
}

interface Stage {
  readonly folder: string;
  name: string;
  workdir: string;
  user: string;
  env: Record<string, string>;
  entrypoint: string[];
  cmd: string[];
  healthcheck: string[];
}

export interface Inside {
  readonly env: Record<string, string>;
  readonly workdir: string;
  /** Files and folders of the host, by their places inside, which are there already. */
  readonly binds?: Readonly<Record<string, string>>;
  /** As Docker's `--read-only`: all but what is bound. */
  readonly isReadOnly?: boolean;
  /** `uid:gid`, without any right that root has; default: root. */
  readonly user?: string;
}

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/** Runs a command with a stage as its root folder. The process that comes of it is the command itself. */
export function spawnInside(folder: string, command: readonly string[], inside: Inside) {
  const { env, workdir, binds = {}, isReadOnly, user } = inside;
  const bind = (host: string, place: string) => `mount --bind ${quoted(host)} ${quoted(join(folder, place))}`;
  const lock = (place: string) => `mount -o remount,bind,ro ${quoted(join(folder, place))}`;
  const mounts = [
    bind(folder, ''),
    ...MACHINE.filter(isFolder).flatMap((name) => [bind(`/${name}`, name), lock(name)]),
    bind('/proc', 'proc'),
    `mount --rbind /dev ${quoted(join(folder, 'dev'))}`,
    bind(process.execPath, `${NODE}/node`),
    ...Object.entries(binds).map(([place, host]) => bind(host, place)),
    ...(isReadOnly ? [lock('')] : []),
  ];
  const [uid, gid] = user?.split(':') ?? [];
  const drop = user ? `setpriv --reuid ${uid} --regid ${gid} --clear-groups --no-new-privs --bounding-set -all ` : '';
  const script = `cd ${quoted(workdir)} && exec ${drop}${command.map(quoted).join(' ')}`;
  const all = [...mounts, `exec chroot ${quoted(folder)} /bin/sh -c ${quoted(script)}`].join(' && ');
  return spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', all], {
    env: { PATH: `${NODE}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`, HOME: '/root', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const isFolder = (name: string) => existsSync(`/${name}`) && !lstatSync(`/${name}`).isSymbolicLink();

/** Whether this machine lets a process have mounts of its own. */
export const canMount = () => spawnSync('unshare', ['--mount', 'true']).status === 0;

/** Builds every stage, in order, and gives the last. */
export async function buildPlainly(at: string): Promise<Image> {
  const stages: Stage[] = [];
  for (const instructions of dockerfileAt('Dockerfile').stages) {
    const stage = beginStage(at, stages.length, instructions[0]);
    stages.push(stage);
    for (const each of instructions.slice(1)) await take(stage, stages, each);
  }
  const last = stages.at(-1);
  if (!last) throw new Error('the Dockerfile has no stage');
  return last;
}

function beginStage(at: string, index: number, from: Instruction | undefined): Stage {
  const folder = mkdtempSync(join(at, `stage-${index}-`));
  for (const name of [...MACHINE, 'dev', 'proc', 'tmp', 'root/.npm', 'run/secrets', NODE]) {
    const host = `/${name}`;
    if (existsSync(host) && lstatSync(host).isSymbolicLink()) symlinkSync(readlinkSync(host), join(folder, name));
    else mkdirSync(join(folder, name), { recursive: true });
  }
  // Something to mount them on.
  for (const file of [`${NODE}/node`, 'root/.npmrc']) writeFileSync(join(folder, file), '');
  const name = / AS (\w+)$/.exec(from?.text ?? '')?.[1] ?? String(index);
  return { folder, name, workdir: '/', user: '0:0', env: {}, entrypoint: [], cmd: [], healthcheck: [] };
}

async function take(stage: Stage, stages: readonly Stage[], each: Instruction) {
  const words: Record<string, () => unknown> = {
    WORKDIR() {
      stage.workdir = each.text;
      mkdirSync(join(stage.folder, each.text), { recursive: true });
    },
    USER: () => Object.assign(stage, { user: each.text }),
    ENV: () =>
      Object.assign(stage.env, Object.fromEntries(each.text.split(/\s+/).map((pair) => pair.split(/=(.*)/s, 2)))),
    ENTRYPOINT: () => Object.assign(stage, { entrypoint: JSON.parse(each.text) }),
    CMD: () => Object.assign(stage, { cmd: JSON.parse(each.text) }),
    HEALTHCHECK: () => Object.assign(stage, { healthcheck: JSON.parse(each.text.replace(/^CMD /, '')) }),
    COPY: () => copy(stage, stages, each),
    RUN: () => run(stage, each.text),
    LABEL: () => undefined,
    VOLUME: () => undefined,
    STOPSIGNAL: () => undefined,
  };
  const word = words[each.keyword];
  if (!word) throw new Error(`what ${each.keyword} does is not known here`);
  await word();
}

function copy(stage: Stage, stages: readonly Stage[], { flags, text: given }: Instruction): void {
  const [, from] = /^--from=(\w+)$/.exec(flags.join(' ')) ?? [];
  const sources = given.split(' ');
  const goal = sources.pop() ?? '';
  const origin = stages.find(({ name }) => name === from)?.folder;
  const goalPath = join(stage.folder, goal.startsWith('/') ? goal : join(stage.workdir, goal));
  for (const source of sources) {
    const path = origin === undefined ? join(root, source) : join(origin, source);
    const isFolder = lstatSync(path).isDirectory();
    const to = goal.endsWith('/') ? join(goalPath, isFolder ? '' : source) : goalPath;
    mkdirSync(dirname(to), { recursive: true });
    const filter = (file: string) => origin !== undefined || isSent(relative(root, file));
    cpSync(path, to, { recursive: true, verbatimSymlinks: true, filter });
    if (!existsSync(to)) throw new Error(`COPY ${given}: .dockerignore leaves out ${source}`);
  }
}

const ignored = readFileSync(join(root, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'));

/** Whether Docker is given this file to build from: the last line that fits it, or a folder above it, decides. */
export function isSent(path: string): boolean {
  const parts = path.split('/');
  const above = parts.map((_, i) => parts.slice(0, i + 1).join('/'));
  // To Docker, an asterisk is also a name that begins with a point.
  const fits = (pattern: string) => pattern === '*' || above.some((each) => matchesGlob(each, pattern));
  const last = ignored.findLast((line) => fits(line.replace(/^!/, '')));
  return last === undefined || last.startsWith('!');
}

/** With npm's own settings and cache: where packages come from is the machine's to say. */
async function run(stage: Stage, command: string): Promise<void> {
  const { HOME = '', NODE_EXTRA_CA_CERTS } = process.env;
  const settings = Object.entries(process.env).filter(([name]) => /^npm_config_/i.test(name)) as [string, string][];
  const env = {
    ...stage.env,
    ...Object.fromEntries(settings),
    ...(NODE_EXTRA_CA_CERTS && { NODE_EXTRA_CA_CERTS }),
    npm_config_prefer_offline: 'true',
  };
  const binds = {
    ...(existsSync(`${HOME}/.npm`) && { 'root/.npm': `${HOME}/.npm` }),
    ...(existsSync(`${HOME}/.npmrc`) && { 'root/.npmrc': `${HOME}/.npmrc` }),
  };
  const child = spawnInside(stage.folder, ['/bin/sh', '-c', command], { env, binds, workdir: stage.workdir });
  const closed = once(child, 'close');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await closed;
  if (code !== 0) throw new Error(`RUN ${command} ended with ${code}:\n${out}${err}`);
}
