import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Of different places in the code. Who logs the same error again and again asks for the same ones. */
const MOST_KNOWN = 1_000;
const PLACE = /file:\/\/\/[^\s()]+:\d+:\d+/;

/**
 * Stack traces name the sources' files and lines. `--enable-source-maps` would hold the maps of everything in memory, from
 * the start; here a map is read when an error's stack is looked at for the first time, and may be forgotten after that.
 * @param {string} folder
 */
export function nameSources(folder) {
  const url = `${pathToFileURL(folder).href}/`;
  /** @type {Map<string, string>} */
  const known = new Map();
  /** @type {Map<string, WeakRef<SourceMap>>} */
  const maps = new Map();

  const mapOf = (/** @type {string} */ file) => {
    const kept = maps.get(file)?.deref();
    if (kept) return kept;
    const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
    maps.set(file, new WeakRef(map));
    return map;
  };
  const placeOf = (/** @type {string} */ place) => {
    const [, address = '', line, column] = /^(.*):(\d+):(\d+)$/.exec(place) ?? [];
    const file = fileURLToPath(address);
    const origin = mapOf(file).findOrigin(Number(line), Number(column));
    if (!('fileName' in origin)) return place;
    const source = resolve(dirname(file), origin.fileName);
    return `${pathToFileURL(source).href}:${origin.lineNumber}:${origin.columnNumber}`;
  };
  const named = (/** @type {string} */ place) => {
    const before = known.get(place);
    if (before !== undefined) return before;
    const now = orElse(() => placeOf(place), place);
    if (known.size < MOST_KNOWN) known.set(place, now);
    return now;
  };

  Error.prepareStackTrace = (error, frames) => {
    const lines = frames.map(
      (frame) => `\n    at ${String(frame).replace(PLACE, (place) => (place.startsWith(url) ? named(place) : place))}`,
    );
    return `${orElse(() => String(error), 'Error')}${lines.join('')}`;
  };
}

/** @template T @param {() => T} make @param {T} other */
function orElse(make, other) {
  try {
    return make();
  } catch {
    return other;
  }
}
