import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { Refusal } from './refusal.ts';

const root = join(import.meta.dirname, 'client');

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** A file of `client/` by its path there. It is read anew each time, so that a reload shows what was changed. */
export async function clientFile(path: string): Promise<{ type: string; bytes: Buffer }> {
  const file = normalize(join(root, path === '/' ? 'index.html' : path));
  const type = types[extname(file)];
  if (!type || !file.startsWith(root + sep)) throw new Refusal(404, 'There is no such file.');
  try {
    return { type, bytes: await readFile(file) };
  } catch {
    throw new Refusal(404, 'There is no such file.');
  }
}
