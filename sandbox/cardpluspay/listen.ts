import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Answer, envelope, send } from './answer.ts';
import type { Incoming } from './routes.ts';

const BASE = '/v1';

function parseBody(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

async function read(req: IncomingMessage): Promise<Incoming> {
  const url = new URL(req.url ?? '/', 'http://stand-in');
  const path = url.pathname.slice(BASE.length).replace(/\/$/, '') || '/';
  return {
    method: req.method ?? 'GET',
    path: url.pathname.startsWith(BASE) ? path : url.pathname,
    query: url.searchParams,
    headers: req.headers,
    body: parseBody(await text(req)),
  };
}

export interface Listening {
  url: string;
  close(): Promise<void>;
}

/** Serves `respond` on loopback under /v1. `close` also ends connections that wait for an answer. */
export async function listen(
  port: number,
  respond: (request: Incoming) => Answer,
  now: () => number = Date.now,
): Promise<Listening> {
  const delays = new Set<NodeJS.Timeout>();
  const server: Server = createServer((req, res) => {
    res.setHeader('date', new Date(now()).toUTCString());
    const answer = read(req).then(respond, () => envelope(400, 'Bad request'));
    void answer.then((reply) => {
      if (!reply.delayMs) return send(res, reply);
      const timer = setTimeout(() => {
        delays.delete(timer);
        send(res, reply);
      }, reply.delayMs);
      delays.add(timer);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}${BASE}`,
    async close() {
      for (const timer of delays) clearTimeout(timer);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
