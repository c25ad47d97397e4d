import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import type { Answer } from './contract.ts';
import { readJson } from './json.ts';

/** What a POST to one path does: the answer's JSON. Throws a Refusal. */
export type Post = (request: IncomingMessage) => Promise<unknown>;
/** By path. */
export type Posts = Readonly<Record<string, Post>>;

export const post =
  <T>(shape: z.ZodType<T>, act: (body: T) => unknown): Post =>
  async (request) =>
    act(await readJson(request, shape));

export const done: Answer = { ok: true };
