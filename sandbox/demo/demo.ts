import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCardPlusPay } from '../cardpluspay/start-cardpluspay.ts';
import { startDiscord } from '../discord/start-discord.ts';
import { type Page, startPage } from '../page/start-page.ts';
import { createBot } from '../page/truth/bot.ts';
import { createPanel } from '../page/truth/panel.ts';
import { whenGone } from '../page/truth/when-gone.ts';
import { buildQuizClub } from '../quiz-club.ts';
import { createCalendar } from './calendar.ts';
import { liveWeek } from './week.ts';

/** Nothing here is worth waiting for: no money moves, and the store is thrown away. */
const PATIENCE_MS = 2_000;

interface Options {
  port: number;
  /** Without its week of history. */
  isEmpty: boolean;
  startOver(): void;
}

export type Demo = Awaited<ReturnType<typeof startDemo>>;

/** Both stand-ins, the real bot between them on a throw-away store, and the page. */
export async function startDemo({ port, isEmpty, startOver }: Options) {
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-demo-'));
  const calendar = createCalendar(join(folder, 'behind'));
  const [vendor, discord] = await Promise.all([
    startCardPlusPay({ now: calendar.now }),
    startDiscord({ membersIntent: true }),
  ]);
  const daysAgo = (days: number): void => discord.advance(calendar.daysAgo(days));
  if (!isEmpty) daysAgo(7);
  const club = buildQuizClub(discord);
  const base = {
    PATH: process.env.PATH,
    DISCORD_TOKEN: discord.token,
    DISCORD_GUILD_IDS: club.guildId,
    DISCORD_API_URL: discord.url,
    DISCORD_MEMBERS_INTENT: 'true',
    CARDPLUSPAY_API_KEY: vendor.apiKey,
    CARDPLUSPAY_BASE_URL: vendor.url,
    STORE_URL: `sqlite://${join(folder, 'demo.db')}`,
    // So that what was lost is found while somebody looks on.
    PURCHASE_TIMEOUT_S: '15',
    RECONCILE_FOR_S: '60',
  };
  // Nothing else: a .env with real keys must not leak into this.
  const env: NodeJS.ProcessEnv = { ...base, ...(!isEmpty && calendar.environment) };
  const bot = createBot({
    command: process.execPath,
    args: ['bundle/run.js', 'main'],
    cwd: join(import.meta.dirname, '../..'),
    env,
    readyText: 'Cardigan is ready',
  });
  // The bot and its folder go with this process, however it ends.
  const callOff = whenGone('sleep 1; rm -rf "$1"', folder);
  const tidy = (): void => {
    bot.kill();
    rmSync(folder, { recursive: true, force: true });
    callOff();
  };
  process.on('exit', tidy);
  bot.start();
  if (!isEmpty) {
    await bot.serving();
    await liveWeek({ discord, vendor, club, daysAgo }).catch((error: unknown) => {
      // Half a week is better than no demo.
      process.stderr.write(`  Only a part of the week could be set up: ${(error as Error).message}\n`);
      daysAgo(0);
    });
    // Whoever starts it again has one whose clock nobody has touched.
    delete env.NODE_OPTIONS;
  }
  const panel = createPanel({ discord, vendor, cast: club.cast, bot, startOver });
  const page: Page = await startPage({ discord, cast: club.cast, panel, port });

  return {
    page,
    kill: bot.kill,
    async end(): Promise<void> {
      await page.close();
      await bot.end(PATIENCE_MS);
      await Promise.all([discord.close(), vendor.close()]);
      process.off('exit', tidy);
      tidy();
    },
  };
}
