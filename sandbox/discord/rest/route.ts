import type { UploadedFile } from '../compose.ts';
import type { World } from '../world.ts';

export interface Call {
  world: World;
  /** The value of a `:name` in the route's path. */
  param: (name: string) => string;
  query: URLSearchParams;
  body: unknown;
  files: readonly UploadedFile[];
}

export interface Answer {
  status: number;
  /** Sent as JSON; absent: no body. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Route {
  method: string;
  path: string;
  /** Without the bot's token: the path carries a token of its own. */
  open?: boolean;
  handle: (call: Call) => Answer;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const noContent: Answer = { status: 204 };

/** The values of a path's `:names`, or undefined if it is another path. */
export const matchPath = (path: string, actual: string): Record<string, string> | undefined => {
  const [wanted, given] = [path.split('/'), actual.split('/')];
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decodeURIComponent(given[index] ?? '');
    if (part.startsWith(':')) values[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return values;
};
