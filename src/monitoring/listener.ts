import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { isLoopback } from '../lib/index.ts';
import { addressText, type HealthAddress, isForThisMachine } from './address.ts';

/** A page: its status, its kind and its text. */
export interface HealthPage {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export type HealthPages = Readonly<Record<string, () => HealthPage | Promise<HealthPage>>>;

/** Why it cannot listen, and how to mend it. */
export class HealthAddressError extends Error {
  override readonly name = 'HealthAddressError';
}

export const plainPage = (status: number, text: string): HealthPage => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${text}\n`,
});

/** Whoever asks is a program that asks a moment and is gone: nothing here waits for a slow one. */
const WITHIN_MS = 5_000;
const MOST_CONNECTIONS = 32;
const MOST_OF_HEADERS = 8_192;

/** Answers `GET` and `HEAD` for a few pages, and reads nothing that comes with them. */
export function createListener(address: HealthAddress, pages: HealthPages) {
  const limits = { maxHeaderSize: MOST_OF_HEADERS, headersTimeout: WITHIN_MS, requestTimeout: WITHIN_MS };
  const often = { connectionsCheckingInterval: WITHIN_MS, keepAliveTimeout: WITHIN_MS };
  const isAsked = isForThisMachine(address) ? namesThisMachine : () => true;
  const server = createServer(
    { ...limits, ...often },
    (request, response) => void answerPage(isAsked(request) ? pages : undefined, request, response),
  );
  server.maxConnections = MOST_CONNECTIONS;
  // It is no work of the bot's: it ends when the bot does.
  server.unref();

  return {
    /** Gives where it listens. Throws HealthAddressError. */
    async open(): Promise<string> {
      await listenAt(server, address);
      return addressText({ ...address, port: (server.address() as AddressInfo).port });
    },
    async close(): Promise<void> {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

const why: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something else listens there. Stop that, or choose another port; each process of Cardigan needs its own',
  EACCES: 'this user may not listen there. Choose a port from 1024 on',
  EADDRNOTAVAIL: 'this machine has no such address. Choose one that it has, such as 127.0.0.1',
};

function listenAt(server: Server, { host, port }: HealthAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = why[error.code ?? ''] ?? `it cannot be listened at (${error.code})`;
      reject(new HealthAddressError(`HEALTH_ADDRESS is ${addressText({ host, port })}, but ${reason}`));
    });
    server.listen({ host, port }, resolve);
  });
}

/**
 * A page in a browser on this machine may have a name of its own lead here, and read what only programs of this machine are
 * told: whoever means this machine says so.
 */
function namesThisMachine({ headers: { host = '' } }: IncomingMessage): boolean {
  const { hostname } = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : { hostname: '' };
  return isLoopback(hostname) || isIP(hostname) !== 0;
}

const elsewhere = plainPage(421, 'ask by the address of this machine, such as 127.0.0.1');

async function answerPage(
  pages: HealthPages | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', url = '' } = request;
  const hasBody = 'content-length' in request.headers || 'transfer-encoding' in request.headers;
  const { status, type, body } = pages ? await pageFor(pages, method, url) : elsewhere;
  const length = Buffer.byteLength(body);
  response.writeHead(status, {
    'content-type': type,
    'content-length': length,
    'cache-control': 'no-store',
    ...(status === 405 && { allow: 'GET, HEAD' }),
    ...(hasBody && { connection: 'close' }),
  });
  response.end(method === 'HEAD' ? undefined : body);
  // What comes with it is thrown away with the connection.
  if (hasBody) response.once('finish', () => request.destroy());
}

async function pageFor(pages: HealthPages, method: string, url: string): Promise<HealthPage> {
  if (method !== 'GET' && method !== 'HEAD') return plainPage(405, 'only GET and HEAD');
  const [path = ''] = url.split('?');
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
  if (!page) return plainPage(404, `there is ${Object.keys(pages).join(', ')}`);
  try {
    return await page();
  } catch {
    return plainPage(500, 'this could not be told');
  }
}
