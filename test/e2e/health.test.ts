import { describe, expect, it } from 'vitest';
import type { BotProcess } from './bot-process.ts';
import { confirm, quote, startTown } from './town.ts';

const listens = { HEALTH_ADDRESS: '127.0.0.1:0' };

/** Where a bot listens, as its log says. */
function addressOf(bot: BotProcess): string {
  const [, address] = /"address":"([^"]+)"/.exec(bot.output()) ?? [];
  if (!address) throw new Error(`it listens nowhere:\n${bot.output()}`);
  return `http://${address}`;
}

async function ready(bot: BotProcess) {
  const response = await fetch(`${addressOf(bot)}/readyz`);
  return { status: response.status, ...((await response.json()) as object) };
}

const metricsOf = async (bot: BotProcess) => (await fetch(`${addressOf(bot)}/metrics`)).text();

describe('health', () => {
  it('is well while the bot serves', async () => {
    const town = await startTown({ environment: listens });
    expect(await ready(town.bot)).toMatchObject({ status: 200, ready: true, not_ready: [] });
    await confirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
    expect(await metricsOf(town.bot)).toContain('cardigan_purchases_total{outcome="bought"} 1\n');
  });
});
