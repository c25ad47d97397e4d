import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const MARK = '# Written by npm run sandbox: the stand-ins of Discord and CardPlusPay. No money moves.';

/** Writes variables where `npm start` reads them, but never over a file that somebody else has written. */
export function writeEnvFile(file: string, variables: Readonly<Record<string, string>>): 'written' | 'theirs' {
  if (existsSync(file) && !readFileSync(file, 'utf8').startsWith(MARK)) return 'theirs';
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  writeFileSync(file, `${[MARK, ...lines].join('\n')}\n`, { mode: 0o600 });
  return 'written';
}
