import type { BotView } from '../contract.ts';

export type LogLine = BotView['lines'][number];

const levelOf = (level: number): LogLine['level'] => {
  if (level >= 50) return 'error';
  if (level >= 40) return 'warn';
  return level >= 30 ? 'info' : 'debug';
};

const fact = ([name, value]: [string, unknown]): string => {
  const { type, message } = (value ?? {}) as { type?: unknown; message?: unknown };
  if (name === 'err' && typeof type === 'string') return [type, message].filter(Boolean).join(': ');
  return `${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
};

/** A line of the bot's log (JSON with `level`, `time`, `msg` and facts) as people read it; any other as it is. */
export const readLogLine = (line: string, isError: boolean): LogLine => {
  const asItIs: LogLine = { at: Date.now(), level: isError ? 'error' : 'info', text: line };
  if (!line.startsWith('{')) return asItIs;
  try {
    const { level, time, msg, ...facts } = JSON.parse(line) as Record<string, unknown>;
    const words = [String(msg ?? ''), ...Object.entries(facts).map(fact)].filter(Boolean);
    return { at: Number(time) || Date.now(), level: levelOf(Number(level)), text: words.join(' ') };
  } catch {
    return asItIs;
  }
};
