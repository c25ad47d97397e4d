import type { BotProcess } from './bot-process.ts';

/** Any free port of this machine: the log says which. */
export const listens = { HEALTH_ADDRESS: '127.0.0.1:0' };

/** Where a bot listens, as its log says. */
export function addressOf(bot: BotProcess): string {
  const [, address] = /"address":"([^"]+)","msg":"health and metrics/.exec(bot.output()) ?? [];
  if (!address) throw new Error(`it listens nowhere:\n${bot.output()}`);
  return `http://${address}`;
}

interface Readiness {
  readonly status: number;
  readonly not_ready: readonly string[];
  readonly checks: Readonly<Record<string, { ok: boolean; is: string }>>;
}

export async function readiness(bot: BotProcess): Promise<Readiness> {
  const response = await fetch(`${addressOf(bot)}/readyz`);
  return { ...((await response.json()) as Omit<Readiness, 'status'>), status: response.status };
}

/** What is not ready; with nothing of it the status says so too. */
export async function notReady(bot: BotProcess): Promise<string> {
  const { status, not_ready: names } = await readiness(bot);
  return `${status} ${names.join()}`.trim();
}

export const metricsOf = async (bot: BotProcess): Promise<string> => (await fetch(`${addressOf(bot)}/metrics`)).text();
