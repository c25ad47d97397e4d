import type { Upload } from '../compose.ts';
import { DiscordError, refusal } from '../errors.ts';
import type { World } from '../world.ts';
import { type Answer, matchPath, type Route } from './route.ts';
import { accountRoutes } from './routes-account.ts';
import { channelRoutes } from './routes-channel.ts';
import { commandRoutes } from './routes-commands.ts';
import { guildRoutes } from './routes-guild.ts';
import { interactionRoutes } from './routes-interaction.ts';

/** Everything that is played; anything else is Discord's 404, so that a test notices. */
const routes: readonly Route[] = [
  ...accountRoutes,
  ...commandRoutes,
  ...interactionRoutes,
  ...channelRoutes,
  ...guildRoutes,
];

export interface ApiRequest extends Upload {
  method: string;
  /** After `/v10`, without the query. */
  path: string;
  query: URLSearchParams;
  authorization: string | undefined;
}

const findRoute = (method: string, path: string) => {
  for (const route of routes) {
    const values = route.method === method ? matchPath(route.path, path) : undefined;
    if (values) return { route, values };
  }
  throw refusal('notFound');
};

const run = (world: World, request: ApiRequest): Answer => {
  const { route, values } = findRoute(request.method, request.path);
  if (!route.open && request.authorization !== `Bot ${world.token}`) throw refusal('unauthorized');
  const { query, body, files } = request;
  return route.handle({ world, param: (name) => values[name] ?? '', query, body, files });
};

/** One request to the API, to its answer; what Discord would refuse is an answer too. */
export const answerRequest = (world: World, request: ApiRequest): Answer => {
  try {
    return run(world, request);
  } catch (error) {
    if (error instanceof DiscordError) return { status: error.status, body: error.body, headers: error.headers };
    throw error;
  }
};
