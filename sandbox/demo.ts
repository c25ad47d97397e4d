import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startCardPlusPay } from './cardpluspay/start-cardpluspay.ts';
import { startDiscord } from './discord/start-discord.ts';
import { startPage } from './page/start-page.ts';
import { createBot } from './page/truth/bot.ts';
import { createPanel } from './page/truth/panel.ts';
import { whenGone } from './page/truth/when-gone.ts';
import { buildQuizClub } from './quiz-club.ts';

const PORT = '4630';
/** Nothing here is worth waiting for: no money moves, and the store is thrown away. */
const PATIENCE_MS = 2_000;
const TWICE_MS = 500;

const { values } = parseArgs({ options: { port: { type: 'string', default: PORT } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error('--port takes a number from 0 (any that is free) to 65535.');
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'cardigan-demo-'));
const [vendor, discord] = await Promise.all([startCardPlusPay(), startDiscord({ membersIntent: true })]);
const { guildId, cast } = buildQuizClub(discord);

const bot = createBot({
  command: process.execPath,
  args: ['bundle/run.js', 'main'],
  cwd: join(import.meta.dirname, '..'),
  // Nothing else: a .env with real keys must not leak into this.
  env: {
    PATH: process.env.PATH,
    DISCORD_TOKEN: discord.token,
    DISCORD_GUILD_IDS: guildId,
    DISCORD_API_URL: discord.url,
    DISCORD_MEMBERS_INTENT: 'true',
    CARDPLUSPAY_API_KEY: vendor.apiKey,
    CARDPLUSPAY_BASE_URL: vendor.url,
    STORE_URL: `sqlite://${join(folder, 'demo.db')}`,
    // So that what was lost is found while somebody looks on.
    PURCHASE_TIMEOUT_S: '15',
    RECONCILE_FOR_S: '60',
  },
  readyText: 'Cardigan is ready',
});
// The bot and its folder go with this process, however it ends.
const callOff = whenGone('sleep 1; rm -rf "$1"', folder);
process.on('exit', () => {
  bot.kill();
  rmSync(folder, { recursive: true, force: true });
  callOff();
});

let askedAt = 0;
async function end(): Promise<void> {
  // Asked twice: at once. But npm passes on the Ctrl-C that the terminal has sent here already.
  if (askedAt > 0 && Date.now() - askedAt > TWICE_MS) bot.kill();
  if (askedAt > 0) return;
  askedAt = Date.now();
  await bot.end(PATIENCE_MS);
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());

const panel = createPanel({ discord, vendor, cast, bot });
const page = await startPage({ discord, cast, panel, port });
bot.start();

console.log(`
  Cardigan's demo. No money moves, and nothing here reaches Discord or CardPlusPay.

  Open ${page.url}

  Ctrl-C ends it, and nothing of it stays behind.
`);
