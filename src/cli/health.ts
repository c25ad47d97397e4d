import { get } from 'node:http';
import { parseArgs } from 'node:util';
import { healthUrl, parseHealthAddress } from '../monitoring/index.ts';
import { runCommandLine } from './run.ts';

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

/** In words, where nobody has answered. */
function silence(error: unknown): string {
  const { code, name } = error as NodeJS.ErrnoException;
  const isLate = name === 'AbortError' || name === 'TimeoutError';
  return `Cardigan gives no answer${isLate ? ' in time' : ` (${code ?? name})`}`;
}

/** Gives the exit code. */
async function health(args: string[]): Promise<number> {
  const { live = false } = parseArgs({ args, options: { live: { type: 'boolean' } } }).values;
  const address = parseHealthAddress(process.env.HEALTH_ADDRESS ?? '');
  if (!address) return say('HEALTH_ADDRESS is not set to an address: there is nobody to ask', NOT_WELL);
  try {
    const { status, text } = await ask(`${healthUrl(address)}${live ? '/livez' : '/readyz'}`);
    if (status !== 200) return say(`Cardigan is not ready: ${reasonIn(text)}`, NOT_WELL);
    return say(live ? 'Cardigan runs' : 'Cardigan is ready', WELL);
  } catch (error) {
    return say(silence(error), NOT_WELL);
  }
}

function say(line: string, code: number): number {
  process.stdout.write(`${line}\n`);
  return code;
}

await runCommandLine(health, { usage: USAGE, failed: NOT_WELL, explain: () => undefined });
