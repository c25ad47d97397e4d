import { once } from 'node:events';
import { Client, type CloseEvent, Events, GatewayCloseCodes, GatewayIntentBits, Options } from 'discord.js';
import { Agent } from 'undici-v6';
import type { Log } from '../../lib/index.ts';
import { calling, DiscordFailure } from '../errors.ts';
import { type Health, invalidRequestWarningInterval, noteOf } from './health.ts';
import { createMakeRequest, rejectOnRateLimit } from './requests.ts';
import type { ShardOf } from './shards.ts';

interface ClientDeps {
  apiUrl: string;
  /** Asks for the Server Members intent, without which Discord lists no members. */
  membersIntent: boolean;
  health: Health;
  /** One of several connections, each for a part of the guilds. */
  sharding?: ShardOf;
  log: Log;
}

/** What is read again: guilds, roles, channels. Members whom the gateway tells of are not kept. */
const caches = Options.cacheWithLimits({
  ApplicationCommandManager: 0,
  ApplicationEmojiManager: 0,
  AutoModerationRuleManager: 0,
  BaseGuildEmojiManager: 0,
  DMMessageManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildForumThreadManager: 0,
  GuildInviteManager: 0,
  GuildMessageManager: 0,
  GuildScheduledEventManager: 0,
  GuildStickerManager: 0,
  GuildTextThreadManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadManager: 0,
  ThreadMemberManager: 0,
  VoiceStateManager: 0,
  GuildMemberManager: { maxSize: 0, keepOverLimit: ({ id, client }) => id === client.user.id },
  UserManager: { maxSize: 0, keepOverLimit: ({ id, client }) => id === client.user.id },
});

/** What an operator can do about a connection that Discord ends for good; other codes are ours to mend. */
const reasons: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: 'the bot token is no longer valid: DISCORD_TOKEN',
  [GatewayCloseCodes.DisallowedIntents]: 'the application was not granted an intent: DISCORD_MEMBERS_INTENT',
};

/** discord.js with the least that works: the intents that are needed, and the caches. */
export function createClient({ apiUrl, membersIntent, sharding, health, log }: ClientDeps): Client {
  const { Guilds, GuildMembers } = GatewayIntentBits;
  const onTokenRefused = () => {
    log.error(
      {},
      'Discord refuses the bot token: copy it again from the developer portal, page Bot, into DISCORD_TOKEN',
    );
    client.emit(Events.Invalidated);
  };
  const makeRequest = createMakeRequest({ apiUrl, onTokenRefused, health, log });
  const client: Client = new Client({
    intents: membersIntent ? [Guilds, GuildMembers] : [Guilds],
    ...(sharding && { shards: [sharding.shard], shardCount: sharding.count }),
    // The other undici in this process takes the global dispatcher, and cannot send the files of discord.js's own.
    rest: { api: apiUrl, agent: new Agent(), makeRequest, rejectOnRateLimit, invalidRequestWarningInterval },
    makeCache: caches,
  });
  noteOf(client.rest, health);
  // Without a listener, an `error` event ends the process.
  client.on(Events.Error, (err) => log.error({ err }, 'an error of the Discord connection'));
  client.on(Events.ShardError, (err) => log.error({ err }, 'an error of the gateway connection'));
  client.on(Events.ShardReconnecting, () => log.warn({}, 'the gateway connection broke; connecting again'));
  client.on(Events.ShardResume, () => log.info({}, 'the gateway connection is back'));
  client.on(Events.ShardReady, () => log.info({}, 'connected to the gateway'));
  client.on(Events.ShardDisconnect, ({ code }) => {
    log.error({ code, reason: reasons[code] }, 'Discord closed the connection for good');
  });
  return client;
}

/**
 * Resolves when the bot is connected. Throws DiscordFailure, `unauthorized` for a wrong token, `intent` where the
 * application was not granted one that it asks for.
 */
export async function connect(client: Client, token: string): Promise<Client<true>> {
  const over = new AbortController();
  try {
    const { signal } = over;
    const ready = once(client, Events.ClientReady, { signal });
    ready.catch(() => undefined); // when the login fails, that is the error to hear of
    const login = calling(client.login(token)).then(() => ready);
    await Promise.race([login, refused(client, signal)]);
  } finally {
    over.abort();
  }
  return client as Client<true>;
}

/** Rejects when the gateway closes the connection for good: discord.js waits for ever then. */
async function refused(client: Client, signal: AbortSignal): Promise<void> {
  const [{ code }] = (await once(client, Events.ShardDisconnect, { signal })) as [CloseEvent];
  const isIntent = code === GatewayCloseCodes.DisallowedIntents;
  throw new DiscordFailure(isIntent ? 'intent' : 'unavailable', 'gateway', undefined, code);
}

/** Leaves Discord. The break of the connection that this makes is none to warn of. */
export async function disconnect(client: Client): Promise<void> {
  client.removeAllListeners(Events.ShardReconnecting);
  await client.destroy();
}

/** npm passes on the Ctrl-C that the terminal has sent to the bot as well: both are one wish. */
const ONE_WISH_MS = 2_000;

/**
 * The first signal ends it in order, a later one at once: SIGHUP too, which comes when a terminal closes. Discord ends it in
 * order when it closes the connection for good or refuses the token, such as after that was reset: a supervisor sees a
 * failure, and the next start says what is wrong.
 */
export function endInOrder(bot: Client<true>, stop: () => Promise<void>): void {
  let endingSince: number | undefined;
  const end = (code: number) => {
    endingSince = performance.now();
    stop().then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
  const onSignal = () => {
    if (endingSince === undefined) end(0);
    else if (performance.now() - endingSince > ONE_WISH_MS) process.exit(1);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, onSignal);
  const onEnd = () => {
    if (endingSince === undefined) end(1);
  };
  bot.once(Events.ShardDisconnect, onEnd);
  bot.once(Events.Invalidated, onEnd);
}
