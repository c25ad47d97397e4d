import { type Client, MessageFlags, REST, type RESTOptions, Routes } from 'discord.js';
import { Agent } from 'undici-v6';
import type { View } from '../../views/index.ts';
import { calling } from '../errors.ts';
import type { CommandMentions } from '../messages/command-mentions.ts';
import { answerBody, type PictureOf } from '../messages/message.ts';
import { type Health, invalidRequestWarningInterval, noteOf } from './health.ts';
import { rejectOnRateLimit, send, waitToldBy } from './requests.ts';
import { createSendRate } from './send-rate.ts';

/** Documented as outside of the bot's 50 a second; what their own limit is, Discord does not say. */
const PER_SECOND = 200;
/** With more at once, acknowledgements come too late: both share the machine and the line. */
const IN_FLIGHT = 24;
/** Of each try, from when it is sent. */
const ANSWERS_WITHIN_MS = 10_000;
/** As long as a token lasts; what waits for its turn is not given up before. */
const TOKEN_LASTS_MS = 15 * 60_000;

export type Webhooks = ReturnType<typeof createWebhooks>;

interface Deps {
  client: Client<true>;
  apiUrl: string;
  health: Health;
  commandMentions: CommandMentions;
  pictureOf: PictureOf;
}

/**
 * What the token of an interaction opens: its answer, and messages beside it. It has connections, limits and time-outs of
 * its own, so that what needs the bot's token never waits behind answers, and none of it can cost the bot that token.
 */
export function createWebhooks({ client, apiUrl, health, commandMentions, pictureOf }: Deps) {
  const rate = createSendRate({ perSecond: PER_SECOND, inFlight: IN_FLIGHT });

  const makeRequest: RESTOptions['makeRequest'] = (url, init) =>
    rate.run(async () => {
      const answer = await withinTime(url, init);
      const told = waitToldBy(url, answer);
      if (told) {
        health.toldToWait(told);
        // What is about one token (`user`) or one channel (`shared`) only that waits for: discord.js sees to it.
        if (told.scope === 'global' || told.scope === 'address') rate.slowDown(told.forMs ?? 1_000);
      }
      return answer;
    });
  const rest = new REST({
    api: apiUrl,
    agent: new Agent({ connections: IN_FLIGHT }),
    makeRequest,
    rejectOnRateLimit,
    invalidRequestWarningInterval,
    timeout: TOKEN_LASTS_MS,
    // Its own is one of 50, with a window in which all wait for the next.
    globalRequestsPerSecond: Number.MAX_SAFE_INTEGER,
  });
  noteOf(rest, health);

  const application = () => client.application.id;
  return {
    /** `@original`, or the id of a message that was added. Throws DiscordFailure. */
    async edit(token: string, message: string, view: View, guild?: string): Promise<void> {
      const route = Routes.webhookMessage(application(), token, message);
      const body = answerBody(commandMentions.on(view, guild), pictureOf);
      await calling(rest.patch(route, { ...body, auth: false }));
    },
    /** Adds a message that only the asker sees, and gives its id. Throws DiscordFailure. */
    async add(token: string, view: View, guild?: string): Promise<string> {
      const route = Routes.webhook(application(), token);
      const query = new URLSearchParams({ wait: 'true' });
      const body = answerBody(commandMentions.on(view, guild), pictureOf, MessageFlags.Ephemeral);
      const { id } = (await calling(rest.post(route, { ...body, query, auth: false }))) as { id: string };
      return id;
    },
  };
}

/** discord.js tries again what is aborted. */
async function withinTime(...[url, init]: Parameters<RESTOptions['makeRequest']>) {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), ANSWERS_WITHIN_MS);
  try {
    return await send(url, { ...init, signal: over.signal });
  } finally {
    clearTimeout(timer);
  }
}
