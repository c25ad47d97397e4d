import type { ServerResponse } from 'node:http';
import type { Truth, View } from './contract.ts';

const EVERY_MS = 50;
/** Proxies and sleepy networks cut what is silent; here it only shows a closed page. */
const STILL_HERE_MS = 20_000;

interface Sources {
  view(userId: string): View;
  truth(): Truth;
}

interface Listener {
  userId: string;
  response: ServerResponse;
  /** What was sent last, without its time. */
  sent: { view?: string; truth?: string };
}

export type Events = ReturnType<typeof createEvents>;

const timeless = (state: View | Truth): string => JSON.stringify({ ...state, now: 0 });

/** Tells connected pages what they see, whole, after a change; not more often than people can look. */
export function createEvents({ view, truth }: Sources) {
  const listeners = new Set<Listener>();
  let timer: NodeJS.Timeout | undefined;

  function send({ response, sent }: Listener, name: 'view' | 'truth', state: View | Truth): void {
    const text = timeless(state);
    if (sent[name] === text) return;
    sent[name] = text;
    response.write(`event: ${name}\ndata: ${JSON.stringify(state)}\n\n`);
  }

  function tell(some: Iterable<Listener>): void {
    const views = new Map<string, View>();
    const panel = truth();
    for (const listener of some) {
      // Who doesn't read gets the newest when they do again.
      if (listener.response.writableNeedDrain) continue;
      const { userId } = listener;
      const seen = views.get(userId) ?? view(userId);
      views.set(userId, seen);
      send(listener, 'view', seen);
      send(listener, 'truth', panel);
    }
  }

  const heartbeat = setInterval(() => {
    for (const { response } of listeners) response.write(': still here\n\n');
  }, STILL_HERE_MS);

  return {
    open(userId: string, response: ServerResponse): void {
      const listener: Listener = { userId, response, sent: {} };
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      response.write('retry: 1000\n\n');
      tell([listener]);
      listeners.add(listener);
      response.on('drain', () => tell([listener]));
      response.on('close', () => listeners.delete(listener));
    },
    changed(): void {
      timer ??= setTimeout(() => {
        timer = undefined;
        if (listeners.size > 0) tell(listeners);
      }, EVERY_MS);
    },
    close(): void {
      clearTimeout(timer);
      clearInterval(heartbeat);
      for (const { response } of listeners) response.end();
    },
  };
}
