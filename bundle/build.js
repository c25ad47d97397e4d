import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleFolder, entries, isBundle, root } from './files.js';

/**
 * Makes one folder of a few large files from the sources and the packages they use: what `npm start` runs. `npm ci` does so
 * by itself (`prepare`). With `--missing` only where there is none of the present sources.
 */

/** Stay packages: one is needed with PostgreSQL only, the others are optional and not there. */
const external = ['pg', 'zlib-sync', 'bufferutil', 'utf-8-validate'];

/** Undefined where the development dependencies are not installed, or where there is no bundler for the machine. */
const bundler = () => import('rolldown').catch(() => undefined);

/**
 * The same version of a package, installed several times, is in the bundle once: discord.js and its parts bring the same
 * undici three times. Other versions stay apart.
 * @returns {import('rolldown').Plugin}
 */
function sharePackages() {
  /** @type {Map<string, string>} */
  const folders = new Map();
  return {
    name: 'share-packages',
    async resolveId(name, importer, { kind }) {
      // discord.js requires it, we import it: two files with the same classes.
      const wanted = name === '@discordjs/builders' ? 'require-call' : kind;
      if (wanted === 'new-url' || wanted === 'hot-accept') return null;
      const resolved = await this.resolve(name, importer, { kind: wanted });
      const [, folder = '', file = ''] =
        /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)(\/.*)$/.exec(resolved?.id ?? '') ?? [];
      if (!resolved || resolved.external || !folder || !existsSync(join(folder, 'package.json'))) return resolved;
      const { name: own, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const first = folders.get(`${own} ${version}`) ?? folder;
      folders.set(`${own} ${version}`, first);
      return { ...resolved, id: `${first}${file}` };
    },
  };
}

/** @param {typeof import('rolldown')} rolldown @param {string} folder */
async function bundle({ rolldown }, folder) {
  const made = await rolldown({
    cwd: root,
    input: Object.fromEntries(Object.entries(entries).map(([name, source]) => [name, join(root, source)])),
    platform: 'node',
    external,
    tsconfig: false,
    // discord.js has an `eval` for who shards by it.
    checks: { eval: false },
    plugins: [sharePackages()],
  });
  await made.write({
    dir: folder,
    format: 'esm',
    chunkFileNames: '[name].js',
    // A text with one letter beyond Latin 1 takes twice the memory, and the whole bundle is one text to V8.
    charset: 'ascii',
    comments: { legal: true, annotation: false, jsdoc: false },
    codeSplitting: {
      groups: [
        // Read only where HEALTH_ADDRESS is set.
        {
          name: 'prometheus',
          test: /[\\/]node_modules[\\/](prom-client|tdigest|bintrees|@opentelemetry)[\\/]/,
          priority: 1,
        },
        { name: 'packages', test: /[\\/]node_modules[\\/]/ },
      ],
    },
    sourcemap: true,
    sourcemapExcludeSources: true,
  });
  await made.close();
}

async function build() {
  const goal = bundleFolder();
  if (process.argv.includes('--missing') && existsSync(goal)) return;
  const found = await bundler();
  if (!found) {
    process.stdout.write('No bundle without rolldown, a development dependency: Cardigan will run from its sources.\n');
    return;
  }
  const dist = dirname(goal);
  mkdirSync(dist, { recursive: true });
  const fresh = mkdtempSync(join(dist, 'new-'));
  try {
    await bundle(found, fresh);
    // Of the packages, a stack trace names the functions: their map would take a moment and much memory to read.
    rmSync(join(fresh, 'packages.js.map'), { force: true });
    writeFileSync(join(fresh, 'package.json'), '{ "type": "module" }\n');
    // Whoever runs it may be somebody else.
    chmodSync(fresh, 0o755);
    // Somebody saved a file meanwhile: nobody knows what this was made of. Whoever starts next makes it anew.
    if (bundleFolder() !== goal) throw new Error('the sources changed while the bundle was made');
    put(fresh, goal);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  for (const old of readdirSync(dist))
    if (isBundle(old) && join(dist, old) !== goal) rmSync(join(dist, old), { recursive: true, force: true });
}

/** Whole, or not at all. Who came first has made the same. @param {string} fresh @param {string} goal */
function put(fresh, goal) {
  if (!process.argv.includes('--missing')) rmSync(goal, { recursive: true, force: true });
  try {
    renameSync(fresh, goal);
  } catch (error) {
    if (!existsSync(goal)) throw error;
  }
}

await build();
