import { openStore } from '../../src/store/open.ts';
import { keepWriting, moveOrders } from './contract/order.ts';
import { beforeEachPostgresCall } from './postgres-calls.ts';
import { beforeEachSqliteCall } from './sqlite-calls.ts';

// A process of its own for tests that need one: `store-child.ts <what> <url> [call]`, the key in the environment.
const [what, url = '', call] = process.argv.slice(2);
const say = (line: unknown) => process.stdout.write(`${line}\n`);
const store = await openStore({ url, encryptionKey: process.env.ENCRYPTION_KEY }).catch((error) => {
  say(error.code);
  process.exit(1);
});
const beforeEachCall = url.startsWith('sqlite') ? beforeEachSqliteCall : beforeEachPostgresCall;

if (what === 'move') {
  let calls = 0;
  beforeEachCall(() => {
    if (++calls === Number(call)) process.kill(process.pid, 'SIGKILL');
  });
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
