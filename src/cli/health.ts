import { get } from 'node:http';
import { parseArgs } from 'node:util';
import { healthUrl, parseHealthAddress } from '../monitoring/index.ts';

/*
 * Asks the bot of this machine whether it is well, in one line and by the exit code: for containers and scripts, which then
 * need no other program. It reads HEALTH_ADDRESS and nothing else.
 */

const USAGE = 'npm run health [-- --live]: whether Cardigan is ready, or, with --live, whether it runs at all';
const WITHIN_MS = 3_000;
const [WELL, NOT_WELL] = [0, 1];

interface Answer {
  readonly status: number;
  readonly text: string;
}

function ask(url: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(WITHIN_MS);
    const request = get(url, { signal, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text })).once('error', reject);
    });
    request.once('error', reject);
  });
}

/** What is not ready, as `/readyz` names it. */
function reasonIn(text: string): string {
  const { checks = {}, not_ready: names = [] } = JSON.parse(text);
  return names.map((name: string) => `${name}: ${checks[name]?.is}`).join('; ');
}

async function health(args: string[]): Promise<{ code: number; said: string }> {
  const { live } = parseArgs({ args, options: { live: { type: 'boolean' } } }).values;
  const address = parseHealthAddress(process.env.HEALTH_ADDRESS ?? '');
  if (!address) return { code: NOT_WELL, said: 'HEALTH_ADDRESS is not set to an address: there is nobody to ask' };
  const url = `${healthUrl(address)}${live ? '/livez' : '/readyz'}`;
  const { status, text } = await ask(url);
  if (status === 200) return { code: WELL, said: live ? 'Cardigan runs' : 'Cardigan is ready' };
  return { code: NOT_WELL, said: `Cardigan is not ready: ${reasonIn(text)}` };
}

/** In words, where nobody has answered. */
function silence(error: unknown): string {
  const { code = '', name, message } = error as NodeJS.ErrnoException;
  if (code.startsWith('ERR_PARSE_ARGS')) return `${message.split('. ')[0]}. ${USAGE}`;
  const isLate = name === 'AbortError' || name === 'TimeoutError';
  return `Cardigan gives no answer${isLate ? ' in time' : ` (${code || name})`}`;
}

const asked = health(process.argv.slice(2)).catch((error: unknown) => ({ code: NOT_WELL, said: silence(error) }));
const { code, said } = await asked;
process.stdout.write(`${said}\n`);
process.exitCode = code;
