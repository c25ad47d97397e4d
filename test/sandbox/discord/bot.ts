import { type BaseInteraction, Client, Events, GatewayIntentBits } from 'discord.js';
import type { DiscordStandIn } from '../../../sandbox/discord/start-discord.ts';

export const createClient = (discord: DiscordStandIn): Client =>
  new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: discord.url } });

/** A real discord.js client, logged in and ready, whose interactions go to `handle`. */
export const startBot = async (
  discord: DiscordStandIn,
  handle: (interaction: BaseInteraction) => Promise<unknown> = async () => {},
): Promise<{ client: Client<true>; failures: unknown[]; stop: () => Promise<void> }> => {
  const client = createClient(discord);
  const failures: unknown[] = [];
  client.on(Events.Error, (error) => failures.push(error));
  client.on(Events.InteractionCreate, (interaction) => {
    handle(interaction).catch((error: unknown) => failures.push(error));
  });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  return { client: await ready, failures, stop: () => client.destroy() };
};
