import { type Calls, openTown, type TownOptions } from './calls.ts';

/**
 * The stand-ins' own process: what they do takes nothing from the event loop of the bot. It answers the calls that come by
 * IPC, and ends with whoever started it, with all processes that it was told of.
 */
const owned = new Set<number>();
const town = await openTown(JSON.parse(process.argv[2] ?? '{}') as TownOptions);

interface Call {
  id: number;
  name: keyof Calls | 'own';
  args: unknown[];
}

async function answer({ id, name, args }: Call): Promise<void> {
  try {
    if (name === 'own') owned.add(Number(args[0]));
    const method = name === 'own' ? () => undefined : (town[name] as (...given: unknown[]) => unknown);
    process.send?.({ id, result: await method(...args) });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

process.on('message', (call: Call) => void answer(call));
process.on('disconnect', () => {
  for (const pid of owned) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  process.exit(0);
});
process.send?.({ id: 0 });
