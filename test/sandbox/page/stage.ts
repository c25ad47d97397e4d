import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import { startCardPlusPay } from '../../../sandbox/cardpluspay/start-cardpluspay.ts';
import { startDiscord } from '../../../sandbox/discord/start-discord.ts';
import type { MessageView, Truth, View } from '../../../sandbox/page/contract.ts';
import { startPage } from '../../../sandbox/page/start-page.ts';
import { createBot } from '../../../sandbox/page/truth/bot.ts';
import { createPanel } from '../../../sandbox/page/truth/panel.ts';
import { buildQuizClub } from '../../../sandbox/quiz-club.ts';
import { startTownBot } from './town-bot.ts';

/** A process that says it is ready, and ends when it is told to. */
const script = `
  process.on('SIGTERM', () => process.exit(0));
  setInterval(() => {}, 1000);
  console.log(JSON.stringify({ level: 30, time: Date.now(), msg: 'ready', as: process.pid }));
`;

export type Client = ReturnType<typeof createClient>;

/** What a browser does, over HTTP. */
export function createClient(url: string) {
  const get = async <T>(path: string): Promise<T> => (await fetch(url + path)).json() as Promise<T>;
  const state = (as?: string) => get<View>(as === undefined ? 'state' : `state?as=${as}`);

  /** Status and JSON of a POST. */
  async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  /** The status of a request whose headers fetch would not let through. */
  const status = (path: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      request(url + path, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .once('error', reject)
        .end();
    });

  /** The newest state by server-sent events, until the test ends. */
  async function follow(as: string) {
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    const answer = await fetch(`${url}events?as=${as}`, { signal: stop.signal });
    const newest: { view?: View; truth?: Truth; views: number } = { views: 0 };
    void (async () => {
      let rest = '';
      for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const events = (rest + chunk).split('\n\n');
        rest = events.pop() ?? '';
        for (const event of events) {
          const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
          if (name === 'view') newest.views += 1;
          if (name && data) Object.assign(newest, { [name]: JSON.parse(data) });
        }
      }
    })().catch(() => {});
    return newest;
  }

  return { get, post, state, status, follow, truth: () => get<Truth>('truth') };
}

/** Both stand-ins, the quiz club with a small bot in it, and the page, until the test ends. */
export async function setStage({ port = 0 } = {}) {
  const [discord, vendor] = await Promise.all([startDiscord(), startCardPlusPay()]);
  const { guildId, cast } = buildQuizClub(discord);
  const townBot = await startTownBot(discord, guildId);
  const bot = createBot({
    ...{ command: process.execPath, args: ['-e', script], cwd: import.meta.dirname },
    ...{ env: {}, readyText: 'ready' },
  });
  const panel = createPanel({ discord, vendor, cast, bot });
  const page = await startPage({ discord, cast, panel, port });
  onTestFinished(async () => {
    await page.close();
    await townBot.stop();
    await bot.end(0);
    await Promise.all([discord.close(), vendor.close()]);
  });
  const client = createClient(page.url);
  const ids = Object.fromEntries((await client.state()).people.map(({ name, id }) => [name, id]));
  const who = (name: string): string => ids[name] ?? '';

  /** The id of a channel of the club, as an admin sees it. */
  const channel = async (name: string): Promise<string> => {
    const [club] = (await client.state(who('Ada'))).guilds;
    return club?.channels.find((one) => one.name === name)?.id ?? '';
  };
  const general = await channel('general');

  return {
    ...{ discord, vendor, bot, page, client, who, channel, general, guildId },
    run: (name: string, command: string, options = {}) =>
      client.post('act/command', { as: who(name), place: general, name: command, options }),
    /** What somebody sees in a place, #general if none is named. */
    async sees(name: string, place = general): Promise<MessageView[]> {
      return (await client.state(who(name))).messages[place] ?? [];
    },
    async dmsOf(name: string): Promise<MessageView[]> {
      const { dms, messages } = await client.state(who(name));
      return messages[dms[0]?.id ?? ''] ?? [];
    },
  };
}

export type Stage = Awaited<ReturnType<typeof setStage>>;
