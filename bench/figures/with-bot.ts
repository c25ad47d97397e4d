import { type BotOptions, type BotProcess, type Kind, makeFolder, startBot } from '../bot-process.ts';
import type { TownOptions } from '../town/calls.ts';
import { startTown, type TownProcess } from '../town/town-process.ts';

interface Running {
  town: TownProcess;
  bot: BotProcess;
}

/** Stand-ins and a bot on an empty store, both ended after. */
export async function withBot<T>(
  kind: Kind,
  { town: townOptions = {}, bot: botOptions = {} }: { town?: TownOptions; bot?: BotOptions },
  measure: (running: Running) => Promise<T>,
): Promise<T> {
  const folder = makeFolder();
  const town = await startTown(townOptions);
  try {
    const bot = await startBot(kind, town, folder.path, botOptions);
    try {
      return await measure({ town, bot });
    } finally {
      await bot.stop();
    }
  } finally {
    await town.end();
    folder.remove();
  }
}
