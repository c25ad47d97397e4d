import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMonitoring, type Monitoring, noMetrics, type ReadyChecks } from '../../src/monitoring/index.ts';

const well = { ok: true, is: 'well' };
const allWell: ReadyChecks = { discord: () => well, serving: () => well, presses: () => well, store: async () => well };

/** Something that listens, at a time of its own. */
async function start() {
  let now = 1_000_000;
  const said: { address?: string }[] = [];
  const log = { info: (facts: object) => said.push(facts), warn: () => undefined, error: () => undefined };
  const sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, ms / 20);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    });
  const monitoring: Monitoring = await createMonitoring({
    address: { host: '127.0.0.1', port: 0 },
    version: '1.2.3',
    caps: { order: '10', day: '50.5' },
    statuses: ['quoted', 'bought'],
    clock: { now: () => now, sleep },
    log,
  });
  await monitoring.open();
  onTestFinished(() => monitoring.close());
  const address = said[0]?.address ?? '';
  return {
    monitoring,
    address,
    later: (ms: number) => {
      now += ms;
    },
    get: (path: string, init?: RequestInit) => fetch(`http://${address}${path}`, init),
    metrics: async () => (await fetch(`http://${address}/metrics`)).text(),
    ready: async () => {
      const response = await fetch(`http://${address}/readyz`);
      const { not_ready: names } = (await response.json()) as { not_ready: string[] };
      return [response.status, ...names];
    },
  };
}

describe('the listener', () => {
  it('answers GET and HEAD for its pages, and nothing else', async () => {
    const { get } = await start();
    expect(await (await get('/livez')).text()).toBe('alive\n');
    const head = await get('/livez', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '6', '']);
    expect((await get('/livez?x=1')).status).toBe(200);
    expect((await get('/')).status).toBe(404);
    expect((await get('/constructor')).status).toBe(404);
    const post = await get('/metrics', { method: 'POST', body: 'x' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('reads no body, however large it says it is', async () => {
    const { address } = await start();
    const [host = '', port] = address.split(':');
    const socket = connect(Number(port), host);
    socket.write('GET /livez HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000000\r\n\r\n');
    expect(await text(socket)).toContain('alive');
  });

  it('refuses headers without end', async () => {
    const { address } = await start();
    const [host = '', port] = address.split(':');
    const socket = connect(Number(port), host);
    socket.write(`GET /livez HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`);
    expect(await text(socket)).toContain(' 431 ');
  });
});

describe('a page in a browser on this machine', () => {
  const asked = async (name: string) => {
    const { address } = await start();
    const [host = '', port] = address.split(':');
    const socket = connect(Number(port), host);
    socket.write(`GET /metrics HTTP/1.1\r\nhost: ${name}\r\nconnection: close\r\n\r\n`);
    return text(socket);
  };

  it.each(['evil.example:9464', '127.0.0.1.evil.example', ''])('reads nothing by the name "%s"', async (name) => {
    const said = await asked(name);
    expect(said).toMatch(/^HTTP\/1.1 4/);
    expect(said).not.toContain('cardigan_');
  });

  it.each(['localhost:9464', '127.0.0.1', '[::1]:9464', '192.0.2.7'])('is not what asks for "%s"', async (name) => {
    expect(await asked(name)).toContain('cardigan_');
  });
});

describe('readiness', () => {
  it('names what is not well, from the start to the end', async () => {
    const { ready, monitoring } = await start();
    expect(await ready()).toEqual([503, 'process']);
    monitoring.watch({ ...allWell, discord: () => ({ ok: false, is: 'away' }) });
    expect(await ready()).toEqual([503, 'discord']);
    monitoring.watch(allWell);
    expect(await ready()).toEqual([200]);
    monitoring.stopping();
    expect(await ready()).toEqual([503, 'process']);
  });

  it('writes to the store once in five seconds, for however many ask', async () => {
    const { ready, monitoring, later, metrics } = await start();
    let writes = 0;
    const store = async () => ({ ok: ++writes < 2, is: 'as it is' });
    monitoring.watch({ ...allWell, store });
    expect(await Promise.all([ready(), ready(), ready()])).toEqual([[200], [200], [200]]);
    later(4_999);
    expect([await ready(), writes]).toEqual([[200], 1]);
    later(1);
    expect([await ready(), writes]).toEqual([[503, 'store'], 2]);
    later(20_000);
    expect(await metrics()).toContain('cardigan_check_ok{check="store"} 0');
    later(40_000);
    expect(await metrics()).not.toContain('check="store"');
    expect(writes).toBe(2);
  });

  it('does not wait for a store that says nothing', async () => {
    const { ready, monitoring } = await start();
    monitoring.watch({ ...allWell, store: () => new Promise(() => undefined) });
    expect(await ready()).toEqual([503, 'store']);
  });
});

describe('metrics', () => {
  const figures = { reviews: 2, purchasesStopped: true, directMessagesStopped: false, orders: { quoted: 3 } };

  it('are 0 before anything has happened, and missing where nobody knows', async () => {
    const { metrics } = await start();
    const page = await metrics();
    expect(page).toContain('cardigan_purchases_total{outcome="bought"} 0\n');
    expect(page).toContain('cardigan_orders_entered_total{status="quoted"} 0\n');
    expect(page).toContain('cardigan_build_info{version="1.2.3"} 1\n');
    expect(page).toContain('cardigan_day_cap 50.5\n');
    expect(page).not.toMatch(/^cardigan_(reviews_open|account_balance|books_compared\w+|orders)[{ ]/m);
  });

  it('measure in seconds', async () => {
    const { metrics, monitoring } = await start();
    const measured = { command: 'buy', kind: 'press', outcome: 'answered' } as const;
    monitoring.metrics.interaction({ ...measured, acknowledgedAfterMs: 200, answeredAfterMs: 1_500 });
    monitoring.metrics.orderMoved('bought', { status: 'quoted', afterMs: 2_000 });
    monitoring.metrics.storeCalled('write', 3, true);
    monitoring.metrics.storeCalled('somethingElse', 3, true);
    const page = await metrics();
    for (const line of [
      'cardigan_interaction_acknowledgement_seconds_bucket{le="0.25",command="buy"} 1',
      'cardigan_interaction_answer_seconds_sum{command="buy"} 1.5',
      'cardigan_order_status_seconds_sum{status="quoted"} 2',
      'cardigan_store_errors_total{operation="write"} 1',
    ])
      expect(page).toContain(`${line}\n`);
    expect(page).not.toContain('somethingElse');
  });

  it('of the whole store are asked for every ten seconds, and are gone after a minute', async () => {
    const { metrics, monitoring, later } = await start();
    let asked = 0;
    const ask = async () => {
      asked += 1;
      return figures;
    };
    await Promise.all([monitoring.collect(ask), monitoring.collect(ask)]);
    later(9_999);
    await monitoring.collect(ask);
    expect(asked).toBe(1);
    const page = await metrics();
    expect(page).toContain('cardigan_reviews_open 2\n');
    expect(page).toContain('cardigan_purchases_stopped 1\n');
    expect(page).toContain('cardigan_orders{status="quoted"} 3\n');
    expect(page).not.toMatch(/^cardigan_codes_held /m);
    later(1);
    await monitoring.collect(() => Promise.reject(new Error('away')));
    expect(await metrics()).toContain('cardigan_reviews_open 2\n');
    later(50_000);
    expect(await metrics()).not.toMatch(/^cardigan_(reviews_open|orders|store_figures\w+)[{ ]/m);
  });

  it('are not there where nobody listens', async () => {
    const clock = { now: () => 0, sleep: async () => undefined };
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const caps = { order: '1', day: '1' };
    const off = await createMonitoring({ address: undefined, version: '1', caps, statuses: [], clock, log });
    expect(off.metrics).toBe(noMetrics);
    await off.open();
    await off.collect(() => Promise.reject(new Error('nobody is to ask')));
    await off.close();
  });
});
