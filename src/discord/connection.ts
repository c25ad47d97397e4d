import { once } from 'node:events';
import { Client, Events, GatewayIntentBits, Options } from 'discord.js';
import { Agent } from 'undici-v6';
import { calling } from './failure.ts';

export interface ConnectionLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** discord.js with the least that works: one intent, and caches of what is read again (guilds, roles, channels). */
export function createClient(apiUrl: string, log: ConnectionLog): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    // The other undici in this process takes the global dispatcher, and cannot send the files of discord.js's own.
    rest: { api: apiUrl, agent: new Agent() },
    makeCache: Options.cacheWithLimits({
      ...{ ApplicationCommandManager: 0, ApplicationEmojiManager: 0, AutoModerationRuleManager: 0 },
      ...{
        BaseGuildEmojiManager: 0,
        DMMessageManager: 0,
        GuildBanManager: 0,
        GuildEmojiManager: 0,
      },
      ...{ GuildForumThreadManager: 0, GuildInviteManager: 0, GuildMessageManager: 0 },
      ...{ GuildScheduledEventManager: 0, GuildStickerManager: 0, GuildTextThreadManager: 0 },
      ...{ MessageManager: 0, PresenceManager: 0, ReactionManager: 0, ReactionUserManager: 0 },
      ...{
        StageInstanceManager: 0,
        ThreadManager: 0,
        ThreadMemberManager: 0,
        VoiceStateManager: 0,
      },
      GuildMemberManager: {
        maxSize: 0,
        keepOverLimit: (member) => member.id === member.client.user.id,
      },
      UserManager: { maxSize: 0, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
  });
  // Without a listener, an `error` event ends the process.
  client.on(Events.Error, (err) => log.error({ err }, 'an error of the Discord connection'));
  client.on(Events.ShardError, (err) => log.error({ err }, 'an error of the gateway connection'));
  client.on(Events.ShardReconnecting, () =>
    log.warn({}, 'the gateway connection broke; connecting again'),
  );
  client.on(Events.ShardResume, () => log.info({}, 'the gateway connection is back'));
  client.on(Events.ShardReady, () => log.info({}, 'connected to the gateway'));
  client.on(Events.ShardDisconnect, ({ code }) => {
    log.error({ code }, 'Discord closed the connection for good');
  });
  return client;
}

/** Resolves when the bot is connected. Throws DiscordFailure, `unauthorized` for a wrong token. */
export async function connect(client: Client, token: string): Promise<Client<true>> {
  const ready = once(client, Events.ClientReady);
  ready.catch(() => undefined); // when the login fails, that is the error to hear of
  await calling(client.login(token));
  await ready;
  return client as Client<true>;
}

/** Leaves Discord. The break of the connection that this makes is none to warn of. */
export async function disconnect(client: Client): Promise<void> {
  client.removeAllListeners(Events.ShardReconnecting);
  await client.destroy();
}
