import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { confirm, quote, startTown } from './town.ts';

/** Stands before a server of this machine, and keeps what came in on each connection. */
async function startListener(to: number) {
  const heard: string[] = [];
  const server = createServer((socket) => {
    const own = heard.push('') - 1;
    const onward = connect(to, '127.0.0.1');
    socket.on('data', (chunk) => {
      heard[own] += chunk.toString('latin1');
    });
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) end.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { heard, port: (server.address() as AddressInfo).port };
}

const requestsIn = (heard: string) => heard.match(/(GET|POST) \/\S+ HTTP\/1\.1\r/g) ?? [];

it('what npm start runs sends each purchase on a connection of its own, and keeps those for everything else', async () => {
  const town = await startTown();
  const url = new URL(town.vendor.url);
  const { heard, port } = await startListener(Number(url.port));
  url.port = String(port);
  await town.bot.stop();
  await town.restart({ CARDPLUSPAY_BASE_URL: url.href });

  for (let round = 0; round < 3; round++) await confirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
  const connections = heard.map(requestsIn);
  const isPurchase = (request: string) => /^POST \S+\/orders HTTP/.test(request);
  const withPurchase = connections.filter((requests) => requests.some(isPurchase));
  expect(withPurchase).toHaveLength(3);
  for (const requests of withPurchase) expect(requests).toHaveLength(1);
  const others = connections.filter((requests) => !requests.some(isPurchase));
  expect(others.flat().length).toBeGreaterThan(others.length);
});
