import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join, normalize, sep } from 'node:path';
import { Refusal } from './refusal.ts';

const packages = createRequire(import.meta.url);
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

/** Packages that run in the browser as they are, served at `/modules/<name>.js`. */
const modules: Record<string, string> = {
  '/modules/preact.js': 'preact',
  '/modules/preact/hooks.js': 'preact/hooks',
};

/** A browser knows no package by its name alone, and the page's policy allows no import map. */
const withPaths = (source: string): string =>
  source.replaceAll(
    /(\b(?:from|import)\s*)(["'])(preact(?:\/hooks)?)\2/g,
    (_all, word: string, quote: string, name: string) => `${word}${quote}/modules/${name}.js${quote}`,
  );

const fileAt = (path: string): string => {
  const module = Object.hasOwn(modules, path) ? modules[path] : undefined;
  if (module) return packages.resolve(module);
  const file = normalize(join(root, path === '/' ? 'index.html' : path));
  if (!file.startsWith(root + sep)) throw new Refusal(404, 'There is no such file.');
  return file;
};

/** A file of `client/` by its path there, or a package. Read anew each time, so that a reload shows what was changed. */
export async function clientFile(path: string): Promise<{ type: string; bytes: Buffer }> {
  const type = types[extname(path === '/' ? 'index.html' : path)];
  if (!type) throw new Refusal(404, 'There is no such file.');
  const file = fileAt(path);
  const bytes = await readFile(file).catch(() => {
    throw new Refusal(404, 'There is no such file.');
  });
  const isScript = type === types['.js'];
  return { type, bytes: isScript ? Buffer.from(withPaths(bytes.toString('utf8'))) : bytes };
}
