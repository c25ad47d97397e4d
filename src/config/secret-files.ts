import { readFileSync, statSync } from 'node:fs';

/** What may stand in a file instead: whoever lists processes or variables does not see what is in it. */
export const secretNames = ['DISCORD_TOKEN', 'CARDPLUSPAY_API_KEY', 'STORE_URL', 'ENCRYPTION_KEY'] as const;

/** The private half of signed requests is in a file only. */
const SIGNING_KEY_FILE = 'CARDPLUSPAY_SIGNING_KEY_FILE';

/** Every file that is named because a secret is in it, by the variable that names it. */
export function namedSecretFiles(given: NodeJS.ProcessEnv): { readonly variable: string; readonly path: string }[] {
  return [...secretNames.map(fileNameOf), SIGNING_KEY_FILE].flatMap((variable) => {
    const path = given[variable]?.trim();
    return path ? [{ variable, path }] : [];
  });
}

/** The variable that names the file of a secret. */
export const fileNameOf = (name: string) => `${name}_FILE`;
/** The other of the two that say the same; undefined for all that have but one name. */
export const twinOf = (name: string): string | undefined =>
  secretNames.find((secret) => fileNameOf(secret) === name) ??
  (secretNames.some((secret) => secret === name) ? fileNameOf(name) : undefined);

/** More than any secret takes: the file is another one. */
const MOST_BYTES = 64 * 1024;

export interface SecretFiles {
  /** The secrets that were in files, by their own names. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Those whose file was of no use. */
  readonly unread: readonly string[];
  readonly problems: readonly string[];
}

/** Reads every secret that a file is named for. What is in a file is never told, and its path neither: it may be the secret. */
export function readSecretFiles(given: NodeJS.ProcessEnv): SecretFiles {
  const secrets: Record<string, string> = {};
  const wrong = new Map<string, string>();
  for (const name of secretNames) {
    const path = given[fileNameOf(name)];
    if (path === undefined) continue;
    const read = given[name] === undefined ? secretIn(path) : { problem: `and ${name} are both set: keep one of them` };
    if ('secret' in read) secrets[name] = read.secret;
    else wrong.set(name, `${fileNameOf(name)} ${read.problem}`);
  }
  return { secrets, unread: [...wrong.keys()], problems: [...wrong.values()] };
}

/** Without the line break at its end, which every editor writes. */
function secretIn(path: string): { secret: string } | { problem: string } {
  try {
    const file = statSync(path);
    if (file.isDirectory()) return { problem: FOLDER };
    // A pipe has no size, and a device may have no end.
    if (!file.isFile() && !file.isFIFO()) return { problem: 'must name a file' };
    if (file.size > MOST_BYTES) return { problem: 'names a file that is too large for a secret' };
    const secret = readFileSync(path, 'utf8').trim();
    return secret ? { secret } : { problem: 'names a file that is empty' };
  } catch (error) {
    return { problem: faults[(error as NodeJS.ErrnoException).code ?? ''] ?? 'names a file that cannot be read' };
  }
}

const FOLDER = 'names a folder, not a file (Docker makes one where the file to mount is missing)';
const faults: Readonly<Record<string, string>> = {
  ENOENT: 'names a file that is not there',
  ENOTDIR: 'names a file that is not there',
  EACCES: 'names a file that Cardigan may not read: give its user the right to',
  EISDIR: FOLDER,
};
