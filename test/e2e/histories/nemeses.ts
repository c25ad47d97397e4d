import { inject } from 'vitest';
import type { BotProcess } from '../bot-process.ts';
import { dmsOnly, later, type Town } from '../town.ts';
import { pickFrom } from './random.ts';

const pause = (ms: number) => new Promise((turn) => setTimeout(turn, ms));

/** The bot that serves now, through all that happens to it. */
export interface Held {
  readonly town: Town;
  bot: BotProcess;
}

async function startAnew(held: Held, more?: Record<string, string>): Promise<void> {
  await held.bot.stop('SIGKILL');
  held.bot = await held.town.restart(more);
}

const lostAnswers = [
  ...(['reset-after-commit', 'hang-after-commit', '500-before-commit', 'broken-off-after-commit'] as const),
  ...(['reset-before-commit', 'out-of-stock', 'success-false-after-commit', 'slow'] as const),
];

/** What is done to a bot while people press. */
export const nemeses = {
  'kill -9': (held: Held) => startAnew(held),
  async freeze({ bot }: Held, random: () => number) {
    bot.signal('SIGSTOP');
    await pause(1_000 + random() * 4_000);
    bot.signal('SIGCONT');
  },
  async 'an answer of CardPlusPay'({ town }: Held, random: () => number) {
    town.vendor.fault(pickFrom(random, lostAnswers), { delayMs: 3_000 });
  },
  async 'an answer of Discord'({ town }: Held, random: () => number) {
    const how = pickFrom(random, ['hang', 'reset', 500] as const);
    town.discord.fail({ method: 'POST', path: dmsOnly(town), with: how, after: random() < 0.5 });
  },
  'the clock': (held: Held, random: () => number) => startAnew(held, later(random() < 0.5 ? 2 : -2)),
  /** Of two on PostgreSQL the first dies; on SQLite there is one. */
  async 'the other process'(held: Held) {
    if (inject('townStore') !== 'postgres') return startAnew(held);
    const second = await held.town.standBy();
    await held.bot.stop('SIGKILL');
    await second.ready();
    held.bot = second;
  },
} satisfies Record<string, (held: Held, random: () => number) => Promise<void>>;
export type Nemesis = keyof typeof nemeses;
export const nemesisNames = Object.keys(nemeses) as Nemesis[];
