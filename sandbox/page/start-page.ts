import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DiscordStandIn } from '../discord/start-discord.ts';
import { createActs } from './acts.ts';
import type { Cast } from './cast.ts';
import { clientFile } from './client-files.ts';
import type { Truth } from './contract.ts';
import { createDismissals } from './dismissals.ts';
import { createEvents } from './events.ts';
import { fileType } from './file-type.ts';
import { createForms } from './forms.ts';
import { checkComesFromHere, safeHeaders } from './guard.ts';
import { sendJson } from './json.ts';
import type { Posts } from './post.ts';
import { createReadMarks } from './read-marks.ts';
import { Refusal } from './refusal.ts';
import { personView } from './view/person-view.ts';

/** The side panel: the only part of the page that knows what the bot is for. */
export interface Panel {
  truth(): Truth;
  posts: Posts;
  /** Called after each change, until the returned function is called. */
  on(changed: () => void): () => void;
}

interface Options {
  discord: DiscordStandIn;
  cast: Cast;
  panel: Panel;
  /** A free one is taken when it is not free. */
  port: number;
}

export interface Page {
  /** With a slash at the end. */
  url: string;
  close(): Promise<void>;
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port === 0) throw error;
    return listen(server, 0);
  }
  return (server.address() as AddressInfo).port;
}

/** Serves the page on loopback: what people see at the Discord stand-in, and what they do there. */
export async function startPage({ discord, cast, panel, port }: Options): Promise<Page> {
  const [marks, forms, dismissals] = [createReadMarks(), createForms(), createDismissals()];
  const looks = { discord, cast, marks, forms, dismissals };
  const view = (userId: string) => personView(looks, userId);
  const events = createEvents({ view, truth: panel.truth });
  const acts = createActs({ ...looks, changed: events.changed });
  const posts: Posts = { ...acts, ...panel.posts };
  const stops = [discord.on('change', events.changed), panel.on(events.changed)];

  function asked({ searchParams }: URL): string {
    const as = searchParams.get('as') ?? cast[0]?.id;
    if (as === undefined || !cast.some(({ id }) => id === as)) throw new Refusal(404, 'Nobody here is that.');
    return as;
  }

  function sendFile(url: URL, response: ServerResponse): void {
    const sight = discord.sight(asked(url));
    const [, , fileId] = url.pathname.split('/');
    const places = sight.guilds().flatMap((guild) => sight.channels(guild.id));
    const file = [...places, sight.dm()]
      .flatMap(({ id }) => sight.messages(id))
      .flatMap(({ attachments }) => attachments)
      .find(({ id }) => id === fileId);
    if (!file) throw new Refusal(404, 'There is no such file for this person.');
    // A bot's file is never a page of this site.
    const type = fileType(file);
    const isSafe = /^(image\/(png|jpeg|gif|webp)|text\/(plain|csv))\b/.test(type);
    response.writeHead(200, {
      'content-type': isSafe ? type : 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
    });
    response.end(file.bytes);
  }

  async function get(url: URL, response: ServerResponse): Promise<void> {
    if (url.pathname === '/events') return events.open(asked(url), response);
    if (url.pathname === '/state') return sendJson(response, 200, view(asked(url)));
    if (url.pathname === '/truth') return sendJson(response, 200, panel.truth());
    if (url.pathname.startsWith('/files/')) return sendFile(url, response);
    const { type, bytes } = await clientFile(url.pathname);
    response.writeHead(200, { 'content-type': type });
    response.end(bytes);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value);
    checkComesFromHere(request, bound);
    const url = new URL(request.url ?? '/', 'http://page');
    if (request.method !== 'POST') return get(url, response);
    const handle = Object.hasOwn(posts, url.pathname) ? posts[url.pathname] : undefined;
    if (!handle) throw new Refusal(404, 'There is nothing to do there.');
    sendJson(response, 200, await handle(request));
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      const status = error instanceof Refusal ? error.status : 500;
      sendJson(response, status, { error: (error as Error).message });
    });
  });
  const bound = await listen(server, port);

  return {
    url: `http://127.0.0.1:${bound}/`,
    async close() {
      for (const stop of stops) stop();
      events.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
