import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { commandDefinitions } from '../../commands/definitions.ts';
import {
  type CardPlusPayOptions,
  type CardPlusPayStandIn,
  startCardPlusPay,
} from '../../sandbox/cardpluspay/start-cardpluspay.ts';
import { type DiscordStandIn, startDiscord } from '../../sandbox/discord/start-discord.ts';
import { makeBackup } from '../../src/backup/index.ts';
import { createPatient } from '../../src/cli/patient.ts';
import { type Examination, examine } from '../../src/doctor/index.ts';
import { systemClock } from '../../src/lib/index.ts';
import { comparisonSchema } from '../../src/orders/model/records.ts';
import { defaultPolicy, type Policy, settingsGuard, settingsSchema } from '../../src/policy/index.ts';
import { openStore, type Store } from '../../src/store/index.ts';

const MANAGE_GUILD = 1n << 5n;
const GIGABYTE = 1024 ** 3;

/** What the machine says of itself, where a test cannot change it. */
type Told = Pick<NonNullable<Parameters<typeof createPatient>[0]>, 'node' | 'user' | 'freeBytes'>;

/** Cardigan set up as it should be, between both stand-ins, on a store of its own: nothing is wrong yet. */
export interface Clinic {
  readonly discord: DiscordStandIn;
  readonly vendor: CardPlusPayStandIn;
  readonly folder: string;
  readonly database: string;
  readonly guildId: string;
  readonly adminsId: string;
  readonly approvalsId: string;
  /** The role that approves, which Alice has. */
  readonly approversId: string;
  readonly alice: string;
  /** Changed before the examination. */
  readonly environment: Record<string, string>;
  readonly execArgv: string[];
  readonly told: Told;
  /** Puts something on record, as the bot does. */
  record(write: (store: Store) => Promise<unknown>): Promise<void>;
  setPolicy(change: Partial<Policy>): Promise<void>;
  examine(): Promise<Examination>;
}

export async function openClinic(options: { vendor?: CardPlusPayOptions } = {}): Promise<Clinic> {
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-doctor-'));
  const storeFolder = join(folder, 'data');
  mkdirSync(storeFolder, { mode: 0o700 });
  const database = join(storeFolder, 'cardigan.db');
  const [discord, vendor] = await Promise.all([startDiscord(), startCardPlusPay(options.vendor)]);
  onTestFinished(async () => {
    await Promise.all([discord.close(), vendor.close()]);
    rmSync(folder, { recursive: true, force: true });
  });
  const places = await prepareServer(discord);
  const environment: Record<string, string> = {
    DISCORD_TOKEN: discord.token,
    DISCORD_GUILD_IDS: places.guildId,
    DISCORD_API_URL: discord.url,
    CARDPLUSPAY_API_KEY: vendor.apiKey,
    CARDPLUSPAY_BASE_URL: vendor.url,
    STORE_URL: `sqlite://${database}`,
    BACKUP_FOLDER: join(folder, 'backups'),
  };
  const execArgv = [`--env-file-if-exists=${writeEnvFile(folder, environment)}`];
  const told: Told = { user: process.getuid?.(), freeBytes: async () => 20 * GIGABYTE };
  const record = async (write: (store: Store) => Promise<unknown>) => {
    const store = await openStore({ url: environment.STORE_URL ?? '', encryptionKey: environment.ENCRYPTION_KEY });
    await write(store);
    await store.close();
  };
  const setPolicy = (change: Partial<Policy>) => record((store) => writePolicy(store, places.guildId, change));
  await setPolicy({ approvers: [places.approversId], approvalsChannel: places.approvalsId });
  await record((store) => writeComparison(store, Date.now()));
  await makeBackup({ store: { url: environment.STORE_URL ?? '' }, folder: join(folder, 'backups'), keep: 1 });
  return {
    ...{ discord, vendor, folder, database, environment, execArgv, told, record, setPolicy },
    ...places,
    async examine() {
      const { patient, close } = createPatient({ env: environment, execArgv, ...told });
      try {
        return await examine({ ...patient, clock: systemClock, audience: 'operator' });
      } finally {
        await close();
      }
    },
  };
}

async function prepareServer(discord: DiscordStandIn) {
  const { id: guildId } = discord.addGuild({ name: 'Quiz club' });
  const alice = discord.addMember(guildId, { name: 'alice', permissions: MANAGE_GUILD }).id;
  const approversId = discord.addRole(guildId, { name: 'Approvers', mentionable: true }).id;
  discord.setRoles(guildId, alice, [approversId]);
  const adminsId = discord.addChannel(guildId, 'cardigan-admins', { seenBy: [alice] }).id;
  const approvalsId = discord.addChannel(guildId, 'approvals', { seenBy: [alice] }).id;
  await register(discord, guildId);
  return { guildId, alice, approversId, adminsId, approvalsId };
}

/** As a start does. */
async function register({ url, token, applicationId }: DiscordStandIn, guildId: string): Promise<void> {
  const answer = await fetch(`${url}/v10/applications/${applicationId}/guilds/${guildId}/commands`, {
    method: 'PUT',
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(commandDefinitions()),
  });
  if (!answer.ok) throw new Error(`Discord's stand-in took no commands: ${await answer.text()}`);
}

function writeEnvFile(folder: string, environment: Record<string, string>): string {
  const file = join(folder, '.env');
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(file, lines.join(''), { mode: 0o600 });
  chmodSync(file, 0o600);
  return file;
}

async function writePolicy(store: Store, guild: string, change: Partial<Policy>): Promise<void> {
  const records = store.records('settings', settingsSchema);
  const known = await records.get(guild);
  const policy = { ...(known?.policy ?? defaultPolicy), ...change };
  const next = { guild, policy, changes: [], audited: 0 };
  await records.write(guild, next, { seen: known?.version ?? 0, ...settingsGuard(next) });
}

/** The account was compared with what is on record at that time, when it had orders up to this one. */
export async function writeComparison(store: Store, at: number, upTo = 0): Promise<void> {
  const records = store.records('books', comparisonSchema);
  const seen = (await records.get('account'))?.version ?? 0;
  await records.write('account', { marks: [{ at, upTo }], waiting: [] }, { seen, tags: [], holds: [] });
}

/** For what is only put on record: now, and names that nobody guesses. */
export const stillClock = { clock: systemClock, random: randomBytes };
