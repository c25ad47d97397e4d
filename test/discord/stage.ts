import { randomBytes } from 'node:crypto';
import { type Client, Events, PermissionFlagsBits } from 'discord.js';
import { onTestFinished } from 'vitest';
import {
  type Actor,
  type DiscordStandIn,
  type Guild,
  startDiscord,
  type User,
} from '../../sandbox/discord/start-discord.ts';
import { createBrands } from '../../src/brands/index.ts';
import { createDiscordContext, type DiscordContext } from '../../src/discord/context.ts';
import { connect, createClient } from '../../src/discord/gateway/connection.ts';
import { createHealth } from '../../src/discord/gateway/health.ts';
import { registerEverywhere, registerOnJoin } from '../../src/discord/gateway/register-commands.ts';
import { createArrivals } from '../../src/discord/interactions/arrival.ts';
import { type Command, definitionsOf } from '../../src/discord/interactions/handler.ts';
import { createRouter } from '../../src/discord/interactions/router.ts';
import type { DirectMessages } from '../../src/discord/messages/direct-messages.ts';
import type { LivePlace } from '../../src/discord/messages/live-replies.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { buttonFor, buttonRow, menuRow, message, type View } from '../../src/views/kit/message.ts';

/** The real discord.js, with the bot's own connection, router and registration, against the stand-in. */
export interface Stage {
  readonly discord: DiscordStandIn;
  readonly client: Client<true>;
  /** As `main.ts` has it, with no channel set for admins. */
  readonly ctx: DiscordContext;
  readonly directMessages: DirectMessages;
  /** Where orders are shown, as it is kept. */
  readonly places: Map<string, LivePlace>;
  readonly guild: Guild;
  /** Has Manage Server. */
  readonly alice: User;
  readonly bob: User;
  here(user: User): Actor;
  inDms(user: User): Actor;
  /** What was logged, newest last. */
  readonly log: Logged[];
  /** What the log says of one event. */
  logged(text: string): Logged | undefined;
}

export interface Logged {
  readonly level: string;
  readonly facts: Record<string, unknown>;
  readonly text: string;
}

export interface StageOptions {
  /** The guild is on the list unless told otherwise. */
  readonly isAllowed?: boolean;
  /** The guild itself unless told otherwise. */
  readonly ownerGuild?: string;
  /** The application has the Server Members intent, and the bot asks for it. */
  readonly membersIntent?: boolean;
  /** A time that only goes forward, by which presses are late. */
  time?(): number;
  /** As long as this holds, the bot registers its commands in guilds that it joins. */
  isServing?(): boolean;
}

export async function startStage(
  commands: readonly Command[] = [],
  { isAllowed = true, ownerGuild, membersIntent = false, time, isServing = () => true }: StageOptions = {},
): Promise<Stage> {
  const discord = await startDiscord({ membersIntent });
  const guild = discord.addGuild({ name: 'Team' });
  const alice = discord.addMember(guild.id, {
    name: 'Alice',
    permissions: PermissionFlagsBits.ManageGuild,
  });
  const bob = discord.addMember(guild.id, { name: 'Bob' });
  const entries: Logged[] = [];
  const log = createListeningLog(entries);
  const apiUrl = discord.url;
  const health = createHealth({ clock: systemClock, log });
  const client = await connect(createClient({ apiUrl, membersIntent, health, log }), discord.token);
  onTestFinished(async () => {
    await client.destroy();
    await discord.close();
  });
  const places = new Map<string, LivePlace>();
  const ctx: DiscordContext = {
    ...createDiscordContext({
      ...{ client, apiUrl, membersIntent, health, log, guilds: [guild.id], clock: systemClock },
      ...{ store: storeIn(places), random: randomBytes, dmsPerMinute: 3000 },
      adminsChannelOf: async () => undefined,
      brands: createBrands({ log }),
      approversOf: async () => [],
    }),
    newIncidentId: () => '7F3K2A',
  };
  const definitions = definitionsOf(commands);
  registerOnJoin(ctx, definitions, isServing);
  await registerEverywhere(ctx, definitions);
  const guilds = isAllowed ? [guild.id] : [];
  const routing = { ...ctx, guilds, ownerGuild: ownerGuild ?? guild.id };
  const router = createRouter(routing, commands, createArrivals(time));
  client.on(Events.InteractionCreate, router.route);
  return {
    ...{
      discord,
      client,
      ctx,
      directMessages: ctx.directMessages,
      places,
      guild,
      alice,
      bob,
      log: entries,
    },
    here: ({ id }) => discord.as(id, { guildId: guild.id, channelId: guild.general.id }),
    inDms: ({ id }) => discord.as(id, { dm: true }),
    logged: (text) => entries.find((entry) => entry.text.includes(text)),
  };
}

/** What is kept of live replies, in memory. */
function storeIn(places: Map<string, unknown>) {
  const expiring = <T>() => ({
    get: async (key: string) => places.get(key) as T | undefined,
    set: async (key: string, value: T) => void places.set(key, value),
  });
  return { expiring, sealedExpiring: expiring };
}

export function createListeningLog(entries: Logged[]) {
  const at = (level: string) => (facts: object, text: string) =>
    void entries.push({ level, facts: { ...facts }, text });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** A message with a title, and buttons by label and "verb:argument". */
export function view(title: string, buttons: Record<string, string> = {}): View {
  const each = Object.entries(buttons).map(([label, id]) => {
    const [verb = '', argument = ''] = id.split(':');
    return buttonFor(verb, argument, label);
  });
  return message({ title, rows: [buttonRow(...each)] });
}

export function menuView(title: string, id: string, values: readonly string[]): View {
  const options = values.map((value) => ({ label: value, value }));
  return message({ title, rows: [menuRow(id, 'Choose', options)] });
}

/** /try, which answers with what `run` gives. */
export function trial(run: Command['run'], more: Partial<Command> = {}): Command {
  return {
    definition: { name: 'try', description: 'Try' },
    acknowledge: 'ephemeral',
    run,
    ...more,
  };
}

/** Resolves when the test says so. */
export function createGate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}
