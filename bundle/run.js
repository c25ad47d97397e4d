import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleFolder, entries, root } from './files.js';
import { nameSources } from './stack.js';

/**
 * `node bundle/run.js <entry> [arguments]`: runs the bundle of the present sources, and makes it first where there is none.
 * Where it cannot be made, such as without the development dependencies or in a folder that is read-only, the sources run
 * themselves: the same program, a second later.
 */
const [entry = ''] = process.argv.splice(2, 1);
const source = entries[entry];
if (!source) {
  process.stderr.write(`There is no ${entry}, but ${Object.keys(entries).join(', ')}.\n`);
  process.exit(2);
}
const folder = bundleFolder();
const bundle = join(folder, `${entry}.js`);

if (!existsSync(bundle)) {
  // Without what is in .env: it is nothing to a bundler.
  const env = { PATH: process.env.PATH ?? '' };
  spawnSync(process.execPath, [join(import.meta.dirname, 'build.js'), '--missing'], { env, stdio: ['ignore', 2, 2] });
}
const isBundled = existsSync(bundle);
if (isBundled) nameSources(folder);
else process.stderr.write('Cardigan runs from its sources, and starts slower: there is no bundle of them.\n');
// Compiled code beside the packages, where only their owner writes; where that cannot be, Node goes on without.
if (!process.env.NODE_COMPILE_CACHE) enableCompileCache(join(root, 'node_modules/.cache/node'));
await import(pathToFileURL(isBundled ? bundle : join(root, source)).href);
