import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { commandDefinitions } from '../../commands/definitions.ts';
import { createCardPlusPay } from '../cardpluspay/index.ts';
import { type Config, ConfigError, environmentFiles, namedSecretFiles, readConfig } from '../config/index.ts';
import { createDiscordProbe, createDoctorRest } from '../discord/index.ts';
import {
  type BotProbes,
  createBackupProbe,
  createClockWatch,
  createVendorProbe,
  type Machine,
  type Patient,
  type StoreProbe,
} from '../doctor/index.ts';
import { systemClock } from '../lib/index.ts';
import { openStoreBeside, storeFiles } from '../store/index.ts';

type Outside = Pick<NodeJS.Process, 'env' | 'execArgv'> & Partial<Pick<Machine, 'node' | 'user' | 'freeBytes'>>;

interface Ready {
  readonly patient: Pick<Patient, 'machine' | 'bot'>;
  close(): Promise<void>;
}

/** What the command line examines: this machine and, where the environment is right, what it names. */
export function createPatient(outside: Outside): Ready {
  const { env, execArgv } = outside;
  const read = readOr(() => readConfig({ env, execArgv }));
  const machine: Machine = {
    problems: 'problems' in read ? read.problems : [],
    node: outside.node ?? { version: process.versions.node, wanted: wantedNode() },
    user: outside.user ?? process.getuid?.(),
    envFiles: environmentFiles(execArgv),
    secretFiles: namedSecretFiles(env),
    store: 'config' in read ? storeFiles(read.config.store) : undefined,
    lowDiskBytes: 'config' in read ? read.config.lowDiskBytes : 0,
    freeBytes: outside.freeBytes ?? freeBytes,
  };
  if ('problems' in read) return { patient: { machine }, close: async () => undefined };
  const { bot, close } = createBotProbes(read.config);
  return { patient: { machine, bot }, close };
}

function readOr(work: () => Config): { config: Config } | { problems: readonly string[] } {
  try {
    return { config: work() };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { problems: error.problems };
  }
}

function createBotProbes({ discord, cardPlusPay, store, backups }: Config): { bot: BotProbes; close(): Promise<void> } {
  const { guilds, membersIntent } = discord;
  const { rest, close: leaveDiscord } = createDoctorRest(discord);
  const { onClock, clockAhead } = createClockWatch();
  const giftCards = createCardPlusPay({ ...cardPlusPay, clock: systemClock, onClock });
  const { probe, close: closeStore } = createStoreProbe(store, backups);
  const isSigning = cardPlusPay.signing !== undefined;
  const bot: BotProbes = {
    discord: createDiscordProbe({ rest, membersIntent, definitions: commandDefinitions }),
    vendor: createVendorProbe({ giftCards, isSigning, clockAhead }),
    store: probe,
    servers: guilds,
    owner: guilds[0] ?? '',
    membersIntent,
    clock: systemClock,
  };
  const close = async () => {
    await Promise.allSettled([leaveDiscord(), giftCards.close(), closeStore()]);
  };
  return { bot, close };
}

/** Opened for reading at the first question, beside whoever serves it. */
function createStoreProbe(
  options: Config['store'],
  backups: Config['backups'],
): { probe: StoreProbe; close(): Promise<void> } {
  let opened: ReturnType<typeof openStoreBeside> | undefined;
  const open = () => {
    opened ??= openStoreBeside(options);
    return opened;
  };
  const probe: StoreProbe = {
    open,
    takesWrites: async () => (await open()).takesWrites(),
    backup: createBackupProbe(backups),
  };
  return { probe, close: async () => (await opened?.catch(() => undefined))?.close() };
}

/** Of the folder that is there, or will be made in. */
async function freeBytes(path: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw error;
    return freeBytes(parent);
  }
}

function wantedNode(): string {
  const { engines } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  return engines.node;
}
