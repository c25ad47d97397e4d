import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const MOST = 25;

/** As V8 writes it. */
interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

/** Milliseconds that functions had themselves, without those that they called; what waits for nothing is left out. */
function ownTimes({ nodes, samples, timeDeltas }: Profile): Map<string, number> {
  const names = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      const place = url.startsWith('file:') ? ` ${relative(root, new URL(url).pathname)}:${lineNumber + 1}` : ` ${url}`;
      return [id, `${functionName || '(anonymous)'}${place}`];
    }),
  );
  const times = new Map<string, number>();
  for (const [i, id] of samples.entries()) {
    const name = names.get(id) ?? '';
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[i] ?? 0) / 1000);
  }
  return times;
}

/** What every process that left a profile in the folder spent its time on. */
export function describeProfiles(folder: string): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.cpuprofile'));
  return files
    .map((file) => {
      const times = ownTimes(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      times.delete('(idle) ');
      const most = [...times].sort(([, a], [, b]) => b - a).slice(0, MOST);
      return [file, ...most.map(([name, ms]) => `${ms.toFixed(0).padStart(7)} ms  ${name}`)].join('\n');
    })
    .join('\n\n');
}
