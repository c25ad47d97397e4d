import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { Agent, buildConnector, Dispatcher } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { createCardPlusPay } from '../../src/cardpluspay/client.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { attemptAt, CODE, errorWithCode, failureOf, KEY, orderData, success } from './scripted-vendor.ts';

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) {
    await end();
  }
});

/** Starts a server on a free port of this machine. Its connections end with the test. */
async function listening<T extends Server>(
  server: T,
  port = 0,
): Promise<{ server: T; port: number; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('error', () => {}); // resets are what these tests are about
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  endings.push(async () => {
    for (const socket of sockets) {
      socket.destroy();
    }
    await new Promise((resolve) => server.close(resolve));
  });
  return { server, port: (server.address() as AddressInfo).port, sockets };
}

function clientFor(
  port: number,
  { clock = systemClock, protocol = 'http:' }: { clock?: Clock; protocol?: string } = {},
) {
  const baseUrl = `${protocol}//127.0.0.1:${port}/v1/`;
  const client = createCardPlusPay({ baseUrl, apiKey: KEY, clock });
  endings.push(() => client.close());
  return client;
}

const vendor: RequestListener = (request, response) => {
  const data = request.url === '/v1/balance' ? { balance: '1', currency: 'USD' } : orderData;
  request.resume().on('end', () => response.end(JSON.stringify(success(data))));
};
const REQUEST = { itemCode: 'ACME-5', quantity: 1 };

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('connections', () => {
  test('two reads, one after the other, share one', async () => {
    const { port, sockets } = await listening(createHttpServer(vendor));
    const client = clientFor(port);
    await client.balance();
    await client.balance();
    expect(sockets).toHaveLength(1);
  });

  test('each purchase has its own, and says that it closes it', async () => {
    const said: (string | undefined)[] = [];
    const { port, sockets } = await listening(
      createHttpServer((request, response) => {
        said.push(request.headers.connection);
        vendor(request, response);
      }),
    );
    const client = clientFor(port);
    await client.balance();
    const { attempt, sealed } = attemptAt(Date.now());
    await client.createOrder(REQUEST, attempt);
    await client.createOrder(REQUEST, attempt);
    expect(sockets).toHaveLength(3);
    expect(said).toEqual(['keep-alive', 'close', 'close']);
    expect(sealed).toHaveLength(2);
  });
});

describe('a purchase', () => {
  test('that no server takes is not sent', async () => {
    const { attempt } = attemptAt(Date.now(), { tryForMs: 200 });
    const error = await failureOf(clientFor(await freePort()).createOrder(REQUEST, attempt));
    expect(error).toMatchObject({ code: 'network', outcome: 'not_sent' });
  });

  test('that no server takes at any of the addresses of a name is not sent', async () => {
    const baseUrl = `http://localhost:${await freePort()}`;
    const client = createCardPlusPay({ baseUrl, apiKey: KEY, clock: systemClock });
    endings.push(() => client.close());
    const { attempt } = attemptAt(Date.now(), { tryForMs: 200 });
    const error = await failureOf(client.createOrder(REQUEST, attempt));
    expect(error).toMatchObject({ code: 'network', outcome: 'not_sent' });
  });

  test('whose host becomes unreachable when the connection stood already is unknown', async () => {
    class Unplugged extends Dispatcher {
      override dispatch(_: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) {
        handler.onRequestStart?.({} as Dispatcher.DispatchController, undefined);
        const controller = {} as Dispatcher.DispatchController;
        handler.onResponseError?.(controller, errorWithCode('EHOSTUNREACH', { syscall: 'read' }));
        return true;
      }
    }
    const options = { baseUrl: 'https://vendor.test', apiKey: KEY, clock: systemClock };
    const client = createCardPlusPay({ ...options, purchaseDispatcher: new Unplugged() });
    endings.push(() => client.close());
    const error = await failureOf(client.createOrder(REQUEST, attemptAt(Date.now()).attempt));
    expect(error).toMatchObject({ code: 'network', outcome: 'unknown' });
  });

  test('that no server takes at first is sent once one does', async () => {
    const port = await freePort();
    let posts = 0;
    const server = createHttpServer((request, response) => {
      posts += 1;
      vendor(request, response);
    });
    const sleep = async () => {
      if (!server.listening) {
        await listening(server, port);
      }
    };
    const { attempt } = attemptAt(Date.now());
    const order = await clientFor(port, { clock: { now: Date.now, sleep } }).createOrder(REQUEST, attempt);
    expect(order.orderId).toBe(123);
    expect(posts).toBe(1);
  });

  test.each([
    ['is not answered', ''],
    ['is answered with headers only', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n'],
  ])('that %s in time leaves the outcome unknown and is not repeated', async (_, text) => {
    const { port, sockets } = await listening(createServer((socket) => socket.once('data', () => socket.write(text))));
    const { attempt, sealed } = attemptAt(Date.now(), { lastsMs: 400 });
    const error = await failureOf(clientFor(port).createOrder(REQUEST, attempt));
    expect(error).toMatchObject({ code: 'timeout', outcome: 'unknown' });
    expect(sockets).toHaveLength(1);
    const broken = { status: 200, body: Buffer.alloc(0), complete: false };
    expect(sealed).toEqual(text === '' ? [] : [broken]);
  });

  const half = JSON.stringify(success(orderData)).slice(0, 120);
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 400\r\n\r\n';

  test('whose answer breaks off leaves the outcome unknown, and what arrived is sealed', async () => {
    expect(half).toContain(CODE);
    const { port, sockets } = await listening(
      createServer((socket) => socket.once('data', () => socket.end(head + half))),
    );
    const { attempt, sealed } = attemptAt(Date.now());
    const error = await failureOf(clientFor(port).createOrder(REQUEST, attempt));
    expect(error).toMatchObject({ code: 'network', outcome: 'unknown', status: 200 });
    expect(sealed).toEqual([{ status: 200, body: Buffer.from(half), complete: false }]);
    expect(sockets).toHaveLength(1);
  });

  test.each([
    ['before its answer', ''],
    ['in the middle of its answer', head + half],
  ])('that is reset %s leaves the outcome unknown and is not repeated', async (_, text) => {
    const reset = (socket: Socket) =>
      socket.once('data', () => socket.write(text || ' ', () => socket.resetAndDestroy()));
    const { port, sockets } = await listening(createServer(reset));
    const { attempt, sealed } = attemptAt(Date.now());
    const error = await failureOf(clientFor(port).createOrder(REQUEST, attempt));
    expect(error).toMatchObject({ code: 'network', outcome: 'unknown' });
    expect(sockets).toHaveLength(1);
    // how much of it arrives is up to the network; none of it passes for a whole answer
    expect(sealed.every(({ complete, body }) => !complete && half.startsWith(body.toString()))).toBe(true);
  });

  test('that is answered with something else than HTTP leaves the outcome unknown, and its error says nothing of it', async () => {
    const { port } = await listening(
      createServer((socket) => socket.once('data', () => socket.end(`${CODE} ${KEY}\r\n\r\n`))),
    );
    const { attempt } = attemptAt(Date.now());
    const error = await failureOf(clientFor(port).createOrder(REQUEST, attempt));
    expect(error).toMatchObject({ code: 'network', outcome: 'unknown' });
  });

  test('whose TLS handshake fails leaves the outcome unknown', async () => {
    const { port } = await listening(createHttpServer(vendor));
    const { attempt } = attemptAt(Date.now());
    const error = await failureOf(clientFor(port, { protocol: 'https:' }).createOrder(REQUEST, attempt));
    expect(error).toMatchObject({ code: 'network', outcome: 'unknown' });
  });

  test('of a process that froze while it connected never leaves: not one byte', async () => {
    const received: Buffer[] = [];
    let closed = 0;
    const { port } = await listening(
      createServer((socket) => {
        socket
          .on('data', (bytes) => received.push(bytes))
          .on('close', () => {
            closed += 1;
          });
      }),
    );
    let frozenFor = 0;
    const connect = buildConnector({ allowH2: false });
    const purchaseDispatcher = new Agent({
      pipelining: 0,
      connect(options, callback) {
        frozenFor = 3_600_000;
        connect(options, callback);
      },
    });
    endings.push(() => purchaseDispatcher.close());
    const clock = { ...systemClock, now: () => Date.now() + frozenFor };
    const baseUrl = `http://127.0.0.1:${port}/v1`;
    const client = createCardPlusPay({ baseUrl, apiKey: KEY, clock, purchaseDispatcher });
    const { attempt, sealed } = attemptAt(Date.now());
    const error = await failureOf(client.createOrder(REQUEST, attempt));
    expect(error).toMatchObject({ code: 'too_late', outcome: 'not_sent' });
    await expect.poll(() => closed).toBe(1);
    expect(received).toEqual([]);
    expect(sealed).toEqual([]);
  });
});

test('a read whose connection the server has closed meanwhile is sent again', async () => {
  let requests = 0;
  const { port } = await listening(
    createHttpServer((request, response) => {
      requests += 1;
      if (requests === 2) {
        request.socket.destroy();
      } else {
        vendor(request, response);
      }
    }),
  );
  const client = clientFor(port);
  await client.balance();
  expect((await client.balance()).amount).toBe('1');
  expect(requests).toBe(3);
});

test('an answer that came while the process was frozen past the deadline is read, not thrown away', async () => {
  const vendorElsewhere = new Worker(
    `const { parentPort } = require('node:worker_threads');
     const server = require('node:http').createServer((request, response) => {
       parentPort.postMessage('asked');
       setTimeout(() => response.end(${JSON.stringify(JSON.stringify(success(orderData)))}), 100);
     });
     server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`,
    { eval: true },
  );
  endings.push(() => vendorElsewhere.terminate());
  const [port] = await once(vendorElsewhere, 'message');
  const client = clientFor(port);
  const deadline = Date.now() + 4_000;
  vendorElsewhere.once('message', () => {
    const asleep = new Int32Array(new SharedArrayBuffer(4));
    Atomics.wait(asleep, 0, 0, deadline + 500 - Date.now());
  });
  const attempt = { ...attemptAt(Date.now()).attempt, deadline };
  const placed = await client.createOrder(REQUEST, attempt);
  expect(Date.now()).toBeGreaterThan(deadline);
  expect(placed.codes.map(({ code }) => code)).toEqual([CODE]);
});
