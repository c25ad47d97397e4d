import type { DiscordStandIn } from '../../../sandbox/discord/start-discord.ts';

/** The fields of answers that tests look into by name; matchers see the rest as well. */
export interface Body {
  id: string;
  code: number;
  message: string;
  errors: unknown;
  name: string;
  content: string;
  username: string;
  description: string;
  version: string;
  url: string;
  permissions: string;
  bot: { id: string };
  roles: string[];
  options: unknown[];
  attachments: { id: string }[];
  name_localizations: unknown;
  interaction: unknown;
  resource: unknown;
}

export interface Answered {
  status: number;
  headers: Headers;
  /** Empty for an answer without a body. */
  body: Body;
  /** The body of an answer that is a list. */
  list: Body[];
}

/** Requests as curl would send them. */
export const createApi = (discord: DiscordStandIn, token = discord.token) => {
  const send = async (method: string, path: string, body?: unknown): Promise<Answered> => {
    const headers: Record<string, string> = { authorization: `Bot ${token}` };
    if (body !== undefined && !(body instanceof FormData)) headers['content-type'] = 'application/json';
    const answer = await fetch(`${discord.url}/v10${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = text === '' ? {} : JSON.parse(text);
    return { status: answer.status, headers: answer.headers, body: json, list: json };
  };
  return {
    get: (path: string) => send('GET', path),
    post: (path: string, body: unknown = {}) => send('POST', path, body),
    put: (path: string, body: unknown) => send('PUT', path, body),
    patch: (path: string, body: unknown) => send('PATCH', path, body),
    delete: (path: string) => send('DELETE', path),
  };
};

export type Api = ReturnType<typeof createApi>;

/** The codes of an "Invalid Form Body", wherever they hang. */
export const formCodes = ({ body }: Answered): string[] => {
  const walk = (tree: unknown): string[] => {
    if (tree === null || typeof tree !== 'object') return [];
    return Object.entries(tree).flatMap(([key, value]) =>
      key === '_errors' ? (value as { code: string }[]).map((one) => one.code) : walk(value),
    );
  };
  return walk(body.errors);
};
