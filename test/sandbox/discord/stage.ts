import {
  type Actor,
  type DiscordStandIn,
  type Exchange,
  type Guild,
  startDiscord,
  type User,
} from '../../../sandbox/discord/start-discord.ts';
import { type Answered, type Api, createApi } from './api.ts';
import { connectRaw, type EventData, type RawGateway } from './raw-gateway.ts';

/** A use of the bot that nobody has answered yet, with the ways to answer it. */
export interface Pending {
  id: string;
  token: string;
  event: EventData;
  exchange: Promise<Exchange>;
  callback: (type: number, data?: unknown) => Promise<Answered>;
  webhook: string;
}

/** A stand-in with a guild, two members and a command, and a bare connection instead of a bot. */
export interface Stage {
  discord: DiscordStandIn;
  api: Api;
  gateway: RawGateway;
  guild: Guild;
  alice: User;
  bob: User;
  inGeneral: (user: User) => Actor;
  /** Starts something that ends in an interaction, and hands it out unanswered. */
  begin: (start: () => Promise<Exchange>) => Promise<Pending>;
  /** Runs /buy and answers it. */
  answered: (type: number, data?: unknown) => Promise<Pending>;
  close: () => Promise<void>;
}

export const setStage = async (): Promise<Stage> => {
  // What they try is asked for many times in a moment; the limits have tests of their own.
  const discord = await startDiscord({ limits: 'off' });
  const api = createApi(discord);
  const guild = discord.addGuild({ name: 'Team' });
  const alice = discord.addMember(guild.id, { name: 'Alice' });
  const bob = discord.addMember(guild.id, { name: 'Bob' });
  await api.put(`/applications/${discord.applicationId}/guilds/${guild.id}/commands`, [
    { name: 'buy', description: 'Buy' },
  ]);
  const gateway = await connectRaw(discord);
  await gateway.event('GUILD_CREATE');
  const inGeneral = (user: User) => discord.as(user.id, { guildId: guild.id, channelId: guild.general.id });
  let seen = 0;

  const begin = async (start: () => Promise<Exchange>): Promise<Pending> => {
    const exchange = start();
    const event = await Promise.race([
      gateway.event('INTERACTION_CREATE', seen),
      // A start that fails has no event to wait for.
      exchange.then(() => gateway.event('INTERACTION_CREATE', seen)),
    ]);
    seen += 1;
    const { id, token } = event;
    const callback = (type: number, data?: unknown) =>
      api.post(`/interactions/${id}/${token}/callback`, { type, data });
    const webhook = `/webhooks/${discord.applicationId}/${token}`;
    return { id, token, event, exchange, callback, webhook };
  };

  const answered = async (type: number, data?: unknown): Promise<Pending> => {
    const pending = await begin(() => inGeneral(alice).run('buy'));
    const { status, body } = await pending.callback(type, data);
    if (status !== 204) throw new Error(`callback: ${status} ${JSON.stringify(body)}`);
    await pending.exchange;
    return pending;
  };

  const close = async (): Promise<void> => {
    gateway.close();
    await discord.close();
  };
  return { discord, api, gateway, guild, alice, bob, inGeneral, begin, answered, close };
};
