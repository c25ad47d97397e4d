import type { LoggedError } from './logged-error.ts';

/** Only repeats the word beside it. */
const levels = [
  { from: 60, word: 'FATAL', colour: 31 },
  { from: 50, word: 'ERROR', colour: 31 },
  { from: 40, word: 'WARN', colour: 33 },
  { from: 30, word: 'INFO', colour: 32 },
  { from: 20, word: 'DEBUG', colour: 36 },
];
const trace = { word: 'TRACE', colour: 36 };
const WIDTH = 5;

/** A line of the log, JSON as pino writes it, for whoever sits at a terminal. What is no such line stays as it is. */
export function readableLine(line: string, hasColours: boolean): string {
  const event = parsed(line);
  if (!event) return line;
  const { level, time, msg, err, ...facts } = event;
  const { word, colour } = levels.find(({ from }) => Number(level) >= from) ?? trace;
  const padded = word.padEnd(WIDTH);
  const parts = [
    clockTime(Number(time)),
    hasColours ? `\u001b[${colour}m${padded}\u001b[39m` : padded,
    plain(String(msg ?? '')),
    ...Object.entries(facts).map(([name, value]) => `${plain(name)}=${valueText(value)}`),
    ...(err === undefined ? [] : [errorText(err as LoggedError)]),
  ];
  return `${parts.filter(Boolean).join(' ')}\n`;
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const event: unknown = JSON.parse(line);
    return typeof event === 'object' && event !== null ? (event as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const two = (part: number) => String(part).padStart(2, '0');

/** As the clock on the wall has it, with the day: a terminal is left open for weeks. */
function clockTime(time: number): string {
  const at = new Date(time);
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
}

const valueText = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return plain(typeof value === 'string' && !/^[^\s"=]+$/.test(text) ? JSON.stringify(text) : text);
};

/** What it was, where, and what was behind it: the whole stack is in the JSON. */
function errorText({ type, message, code, status, stack, cause }: LoggedError): string {
  const numbers = [
    code !== undefined && code !== message && `code ${code}`,
    status !== undefined && `status ${status}`,
  ];
  const details = numbers.filter(Boolean).join(', ');
  const what = [type, message].filter(Boolean).join(': ');
  const [frame = ''] = (stack ?? '').split('\n').filter((one) => !/node:internal|node_modules/.test(one));
  const own = [what, details && `(${details})`, frame].filter(Boolean).join(' ');
  return plain(cause ? `${own}, because of ` : own) + (cause ? errorText(cause) : '');
}

/** Whatever a name or an answer holds, it is one line and tells the terminal nothing. */
const plain = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
