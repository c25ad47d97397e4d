import { connect, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * Answers every start of a connection with PostgreSQL's error of that SQLSTATE, and a detail that quotes what is stored.
 * Returns `host:port`.
 */
export function refuseWith(state: string, message: string): Promise<string> {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${state}\0M${message}\0DKey (value)=(stored text)\0\0`);
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(fields.length + 4, 1);
  return listen((socket) => socket.once('data', () => socket.end(Buffer.concat([head, fields]))).on('error', () => {}));
}

/** Passes everything on to the server, until it answers a COMMIT while `isOn`: then the connection breaks instead. */
export function loseCommits(server: URL, isOn: () => boolean): Promise<string> {
  return listen((socket) => {
    const upstream = connect(Number(server.port || 5432), server.hostname);
    let isCommitting = false;
    const cut = () => {
      socket.destroy();
      upstream.destroy();
    };
    socket.on('data', (bytes) => {
      isCommitting = bytes.includes('COMMIT') && isOn();
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (isCommitting) cut();
      else socket.write(bytes);
    });
    for (const end of [socket, upstream]) end.on('error', cut).on('close', cut);
  });
}

/** Passes everything on to the server, and nothing at all in either direction while `isSilent`: no end, no answer. */
export function fallSilent(server: URL, isSilent: () => boolean): Promise<string> {
  return listen((socket) => {
    const upstream = connect(Number(server.port || 5432), server.hostname);
    const pass = (from: Socket, to: Socket) =>
      from
        .on('data', (bytes) => isSilent() || to.write(bytes))
        .on('error', () => {})
        .on('close', () => isSilent() || to.destroy());
    pass(socket, upstream);
    pass(upstream, socket);
    onTestFinished(() => {
      socket.destroy();
      upstream.destroy();
    });
  });
}

function listen(serve: (socket: Socket) => void): Promise<string> {
  const server: Server = createServer(serve);
  onTestFinished(() => void server.close());
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (!address || typeof address === 'string') throw new Error('no port');
      resolve(`127.0.0.1:${address.port}`);
    });
  });
}
