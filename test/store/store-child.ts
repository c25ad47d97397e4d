import { openStore } from '../../src/store/open.ts';
import { keepWriting, moveOrders } from './contract/order.ts';
import { connectPlanted } from './planted.ts';
import { beforeEachPostgresCall } from './postgres-calls.ts';
import { beforeEachSqliteCall } from './sqlite-calls.ts';

// A process of its own for tests that need one: `store-child.ts <what> <url> [call]`, the key in the environment.
const [what, url = '', call] = process.argv.slice(2);
const say = (line: unknown) => process.stdout.write(`${line}\n`);
if (what === 'take over') await takeOver();
const store = await openStore({ url, encryptionKey: process.env.ENCRYPTION_KEY }).catch((error) => {
  say(error.code);
  process.exit(1);
});

/** As the version does that has the planted migrations; killed at its n-th call. */
async function takeOver(): Promise<never> {
  dieAt(Number(call));
  const database = await connectPlanted(url, () => say('takes over'));
  await database.close();
  process.exit(0);
}

function dieAt(last: number): void {
  let calls = 0;
  const beforeEachCall = url.startsWith('sqlite') ? beforeEachSqliteCall : beforeEachPostgresCall;
  beforeEachCall(() => {
    if (++calls === last) process.kill(process.pid, 'SIGKILL');
  });
}

if (what === 'move') {
  dieAt(Number(call));
  await moveOrders(store);
  await store.close();
} else if (what === 'write') {
  await keepWriting(store, say);
} else if (what === 'fingerprint') {
  say(store.fingerprint('AAAA-1111'));
  await store.close();
} else if (what === 'lock') {
  say((await store.lock('shard/0')) ? 'locked' : 'refused');
  process.stdin.resume();
} else {
  say('open');
  process.stdin.resume();
}
