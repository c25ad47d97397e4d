import { Agent, fetch, type Response } from 'undici-v6';
import { isLoopback, Problem } from '../../lib/index.ts';
import type { TextFile } from './handler.ts';

/** A list of ten thousand people, with a message for each, is well below it. */
const MOST_MB = 2;
export const MOST_BYTES = MOST_MB * 1024 * 1024;
const FETCHED_WITHIN_MS = 10_000;

/** Where Discord keeps the files that come with commands. */
const DISCORD_ORIGINS = ['https://cdn.discordapp.com', 'https://media.discordapp.net'];

/** A file as the command names it. What it says of its size and its place is not taken on trust. */
interface AttachedFile {
  readonly name: string;
  readonly size: number;
  readonly url: string;
}

/** Throws a Problem for a file that is too large, is no UTF-8 text or cannot be had. */
export type ReadFile = (file: AttachedFile) => Promise<TextFile>;

interface ReadFileDeps {
  /** On this machine itself, its files are there, too. */
  apiUrl: string;
  log: { warn(facts: object, message: string): void };
  withinMs?: number;
}

/** The files that come with commands. Nothing is fetched but from Discord: an address is only as good as who made it. */
export function createReadFile({ apiUrl, log, withinMs = FETCHED_WITHIN_MS }: ReadFileDeps): ReadFile {
  const origins = originsFor(apiUrl);
  const dispatcher = new Agent();

  async function fetched(url: string): Promise<Buffer> {
    if (!URL.canParse(url) || !origins.includes(new URL(url).origin)) {
      throw new TypeError('the file is not where Discord keeps files');
    }
    const signal = AbortSignal.timeout(withinMs);
    const answer = await fetch(url, { dispatcher, redirect: 'error', signal });
    if (!answer.ok) throw new TypeError(`the answer has the status ${answer.status}`);
    return bytesOf(answer);
  }

  return async ({ name, size, url }) => {
    if (size > MOST_BYTES) throw tooLarge();
    try {
      return { name, text: textOf(await fetched(url)) };
    } catch (error) {
      if (error instanceof Problem) throw error;
      // Not the error itself: its cause may hold the address, which opens the file to whoever has it.
      log.warn({ what: String(error) }, 'a file that came with a command could not be fetched');
      throw new Problem('file_unavailable', {});
    }
  };
}

function originsFor(apiUrl: string): readonly string[] {
  const { origin, hostname } = new URL(apiUrl);
  return isLoopback(hostname) ? [...DISCORD_ORIGINS, origin] : DISCORD_ORIGINS;
}

const tooLarge = () => new Problem('file_too_large', { most: `${MOST_MB} MB` });

async function bytesOf({ body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** UTF-8, or UTF-16 as spreadsheets save "Unicode text". Windows-1252 and the like look like each other: nobody can tell. */
function textOf(bytes: Buffer): string {
  let text: string;
  try {
    text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('file_unreadable', {});
  }
  if (text.includes('\0')) throw new Problem('file_unreadable', {});
  return text;
}

/** By its byte order mark, else by where its first sign has a NUL: no text begins with one. */
function encodingOf(bytes: Buffer): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second)) return 'utf-16be';
  return 'utf-8';
}
