import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Upload } from '../compose.ts';
import { DiscordError } from '../errors.ts';
import type { Attachment } from '../message.ts';
import { tellChange, type World } from '../world.ts';
import { type ApiRequest, answerRequest } from './api.ts';
import { readBody } from './body.ts';
import { type Fault, type Faults, faultAnswer } from './faults.ts';
import type { Answer } from './route.ts';

const PREFIX = '/api/v10';

export interface LoggedRequest {
  at: number;
  method: string;
  /** After `/v10`, without the query. */
  path: string;
  query: string;
  /** The JSON that was sent, in multipart the one of `payload_json`. */
  body: unknown;
  files: { name: string; bytes: Uint8Array }[];
  /** The status that was answered; absent while it hangs or when the connection was broken off. */
  status?: number;
  /** The JSON that was answered, unless the answer was made to fail. */
  answer?: unknown;
  /** When that went out, or the connection was broken off on purpose. */
  endedAt?: number;
}

const sendAnswer = (response: ServerResponse, { status, body, headers }: Answer, now = Date.now()): void => {
  // discord.js parses whatever calls itself JSON, also an empty 204.
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { date: new Date(now).toUTCString(), ...type, ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
};

const failOn = (response: ServerResponse, fault: Fault): Answer | undefined => {
  const answer = faultAnswer(fault);
  if (answer === 'reset') response.socket?.resetAndDestroy();
  return typeof answer === 'string' ? undefined : answer;
};

/** `/attachments/:channel/:id/:name` of a message, `/ephemeral-attachments/:application/:id/:name` of a command. */
const fileAt = (world: World, path: string): Attachment | undefined => {
  const [, folder, owner, id = ''] = path.split('/');
  if (folder === 'ephemeral-attachments') return world.uploads.get(id);
  return [...world.messages.values()]
    .filter((message) => message.channelId === owner)
    .flatMap((message) => message.attachments)
    .find((one) => one.id === id);
};

const sendFile = (world: World, path: string, response: ServerResponse): void => {
  const file = fileAt(world, path);
  response.writeHead(file ? 200 : 404, { 'content-type': file?.contentType ?? 'text/plain' });
  response.end(file?.bytes);
};

const readOrRefuse = async (request: IncomingMessage): Promise<Upload | Answer> => {
  try {
    return await readBody(request);
  } catch (error) {
    if (error instanceof DiscordError) return { status: error.status, body: error.body, headers: error.headers };
    throw error;
  }
};

/** What the limits, the faults and the routes make of a request; nothing, where it hangs or was broken off. */
const respond = (world: World, faults: Faults, call: ApiRequest, entry: LoggedRequest, response: ServerResponse) => {
  const { method, path } = call;
  const taken = world.limits.take(call);
  if (taken.refused) {
    entry.answer = taken.refused.body;
    return { answer: taken.refused };
  }
  const fault = faults.take(method, path);
  const done = fault && !fault.after ? undefined : answerRequest(world, call);
  if (fault) return { fault, answer: failOn(response, fault) };
  entry.answer = done?.body;
  return { answer: done && { ...done, headers: { ...taken.headers, ...done.headers } } };
};

/** Discord's HTTP side: reads, logs, limits, fails on purpose, and otherwise answers by the routes. */
export const createRestServer = (world: World, faults: Faults, log: LoggedRequest[]): Server => {
  const serveApi = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const method = request.method ?? 'GET';
    const path = url.pathname.slice(PREFIX.length);
    const upload = await readOrRefuse(request);
    if ('status' in upload) return sendAnswer(response, upload);
    if (world.delay) await world.delay();
    const entry: LoggedRequest = {
      at: world.clock.now(),
      method,
      path,
      query: url.search,
      body: upload.body,
      files: upload.files.map(({ name, bytes }) => ({ name, bytes })),
    };
    log.push(entry);
    tellChange(world, { kind: 'request' });
    const { authorization } = request.headers;
    const call = { ...upload, method, path, query: url.searchParams, authorization };
    const { answer, fault } = respond(world, faults, call, entry, response);
    if (world.delay) await world.delay();
    if (answer) {
      entry.status = answer.status;
      world.limits.note(answer.status, answer.headers?.['x-ratelimit-scope']);
      sendAnswer(response, answer, world.clock.now() + world.dateSkewMs);
    }
    if (fault?.with !== 'hang') entry.endedAt = world.clock.now();
    tellChange(world, { kind: 'request' });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (/^\/(ephemeral-)?attachments\//.test(url.pathname)) return sendFile(world, url.pathname, response);
    if (!url.pathname.startsWith(`${PREFIX}/`)) return sendAnswer(response, { status: 404 });
    return serveApi(request, response, url);
  };

  return createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // A mistake of the stand-in itself: say so, so that no test takes it for Discord's word.
      sendAnswer(response, { status: 599, body: { code: 0, message: String(error) } });
    });
  });
};
