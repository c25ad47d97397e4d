import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Upload } from '../compose.ts';
import { DiscordError } from '../errors.ts';
import type { Attachment } from '../message.ts';
import { tellChange, type World } from '../world.ts';
import { answerRequest } from './api.ts';
import { readBody } from './body.ts';
import { type Fault, type FaultAnswer, type Faults, faultAnswer } from './faults.ts';
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

const sendAnswer = (response: ServerResponse, { status, body, headers }: FaultAnswer): void => {
  // discord.js parses whatever calls itself JSON, also an empty 204.
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
};

const failOn = (response: ServerResponse, fault: Fault): FaultAnswer | undefined => {
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
    if (error instanceof DiscordError) return { status: error.status, body: error.body };
    throw error;
  }
};

/** Discord's HTTP side: reads, logs, fails on purpose, and otherwise answers by the routes. */
export const createRestServer = (world: World, faults: Faults, log: LoggedRequest[]): Server => {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const method = request.method ?? 'GET';
    if (/^\/(ephemeral-)?attachments\//.test(url.pathname)) return sendFile(world, url.pathname, response);
    if (!url.pathname.startsWith(`${PREFIX}/`)) return sendAnswer(response, { status: 404 });
    const path = url.pathname.slice(PREFIX.length);
    const upload = await readOrRefuse(request);
    if ('status' in upload) return sendAnswer(response, upload);
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
    const fault = faults.take(method, path);
    const { authorization } = request.headers;
    const call = { ...upload, method, path, query: url.searchParams, authorization };
    const answer = fault && !fault.after ? undefined : answerRequest(world, call);
    const sent = fault ? failOn(response, fault) : answer;
    if (sent) {
      entry.status = sent.status;
      if (!fault) entry.answer = sent.body;
      sendAnswer(response, sent);
    }
    if (fault?.with !== 'hang') entry.endedAt = world.clock.now();
    tellChange(world, { kind: 'request' });
  };

  return createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // A mistake of the stand-in itself: say so, so that no test takes it for Discord's word.
      sendAnswer(response, { status: 599, body: { code: 0, message: String(error) } });
    });
  });
};
