import { createInterface } from 'node:readline';
import { startCardPlusPay } from './cardpluspay/start-cardpluspay.ts';
import { endWith, optionsOf } from './command-line.ts';
import { createConsole } from './console.ts';
import { startDiscord } from './discord/start-discord.ts';
import { writeEnvFile } from './env-file.ts';

const VENDOR_PORT = 4610;
const DISCORD_PORT = 4620;
const MANAGE_GUILD = 1n << 5n;

/** On its usual port, or on a free one when that is taken. */
async function onPort<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
  try {
    return await start(port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return start(0);
  }
}

const { env: envFile } = optionsOf(
  { env: { type: 'string' } },
  'Usage: npm run sandbox -- [--env FILE]: FILE gets the lines that Cardigan needs, such as .env.',
);

const vendor = await onPort(VENDOR_PORT, (port) => startCardPlusPay({ port }));
const discord = await onPort(DISCORD_PORT, (port) => startDiscord({ port, membersIntent: true }));
// The same guild each time, so that the lines printed below stay true.
const guild = discord.addGuild({ name: 'Quiz club', id: '1000000000000000100' });
const admins = discord.addRole(guild.id, { name: 'Admins', permissions: MANAGE_GUILD, mentionable: true });
discord.addChannel(guild.id, 'cardigan-admins', { seenBy: [admins.id] });
const person = (name: string, roles: readonly string[] = []) => {
  const member = discord.addMember(guild.id, { name });
  discord.setRoles(guild.id, member.id, roles);
  return member;
};
const people = [person('alice', [admins.id]), person('ada', [admins.id]), person('bob')];
const variables = {
  DISCORD_TOKEN: discord.token,
  DISCORD_GUILD_IDS: guild.id,
  DISCORD_API_URL: discord.url,
  CARDPLUSPAY_API_KEY: vendor.apiKey,
  CARDPLUSPAY_BASE_URL: vendor.url,
  STORE_URL: 'sqlite://data/sandbox.db',
};

/** Where the lines are now. */
function handOver(file: string): string {
  try {
    if (writeEnvFile(file, variables) === 'written') return `${file} has what Cardigan needs to find them.`;
  } catch (error) {
    endWith(`${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
  return endWith(`${file} is not from the sandbox, and stays as it is: move it away, or name another file.`);
}

const lineOf = ([name, value]: [string, string]) => `${name}=${value}`;
const where = envFile
  ? handOver(envFile)
  : `Put these lines into .env:\n\n${Object.entries(variables).map(lineOf).join('\n')}`;

console.log(`Both stand-ins are running. No money moves. ${where}

Then run \`npm start\` in a second terminal, and come back here.`);

const talk = createConsole({ discord, vendor, guild, people, write: (text) => console.log(text) });
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => void talk(line));

async function stop(): Promise<void> {
  lines.close();
  await Promise.all([discord.close(), vendor.close()]);
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
