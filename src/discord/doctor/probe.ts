import { type REST, type RESTPostAPIApplicationCommandsJSONBody, Routes } from 'discord.js';
import type { CommandsSeen, DiscordProbe, Told } from '../../doctor/index.ts';
import { inviteLink, inviteThatPings, isNotIn } from '../gateway/access.ts';
import { commandDifferences } from '../gateway/register-commands.ts';
import { seeApplication } from './application.ts';
import { type AskDiscord, createAsk } from './rest.ts';
import { seeServer, seeThread } from './server.ts';

type Definitions = readonly RESTPostAPIApplicationCommandsJSONBody[];

interface ProbeDeps {
  readonly rest: Pick<REST, 'queueRequest'>;
  readonly membersIntent: boolean;
  /** What is to be registered in each server. */
  definitions(): Definitions;
}

/** Discord by REST alone: no session is begun, and nothing is written. */
export function createDiscordProbe({ rest, membersIntent, definitions }: ProbeDeps): DiscordProbe {
  const ask = createAsk(rest);
  const application = () => seeApplication(ask, membersIntent);
  let known: Promise<Told<string>> | undefined;
  /** Its user: an application from before 2016 has another id. */
  const bot = () => {
    known ??= askOwnId(ask);
    return known;
  };
  const asBot = async <T>(see: (own: { ask: AskDiscord; bot: string }) => Promise<Told<T>>): Promise<Told<T>> => {
    const own = await bot();
    return own.is === 'told' ? see({ ask, bot: own.value }) : own;
  };
  return {
    application,
    signIns: () => askSignIns(ask),
    server: (id) => asBot((own) => seeServer(own, id)),
    thread: (server, id) => asBot((own) => seeThread(own, server, id)),
    commands: (own, server) => askCommands(ask, definitions(), Routes.applicationGuildCommands(own, server)),
    link: (id, { pings } = { pings: false }) => (pings ? inviteThatPings(id) : inviteLink(id)),
  };
}

async function askOwnId(ask: AskDiscord): Promise<Told<string>> {
  const told = await ask<{ id: string }>(Routes.user());
  return told.is === 'told' ? { is: 'told', value: told.value.id } : told;
}

interface SessionStarts {
  readonly session_start_limit: { readonly remaining: number; readonly reset_after: number };
}

async function askSignIns(ask: AskDiscord): Promise<Told<{ left: number; resetAt: number }>> {
  const told = await ask<SessionStarts>(Routes.gatewayBot());
  if (told.is !== 'told') return told;
  const { remaining: left, reset_after: afterMs } = told.value.session_start_limit;
  return { is: 'told', value: { left, resetAt: (told.at ?? Date.now()) + afterMs } };
}

async function askCommands(ask: AskDiscord, definitions: Definitions, route: `/${string}`) {
  const query = new URLSearchParams({ with_localizations: 'true' });
  const missing = (failure: Parameters<typeof isNotIn>[0]) => (isNotIn(failure) ? ('none' as const) : undefined);
  const told = await ask<Definitions, 'none'>(route, { query, missing });
  if (told.is !== 'told') return told;
  const { value } = told;
  const seen: CommandsSeen | 'none' = value === 'none' ? 'none' : commandDifferences(definitions, value);
  return { is: 'told' as const, value: seen };
}
