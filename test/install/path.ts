import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './dockerfile.ts';

/**
 * One step of a path that a reader takes by copy and paste. A comment before a block of a page says so, which nobody sees:
 * `<!-- path: terminal 1 -->`; with `, until "text"` it goes on running after it has written that; `, typed` goes to what
 * runs there; `, ctrl-c` ends it and needs no block.
 */
export interface Step {
  readonly terminal: string;
  readonly kind: 'run' | 'until' | 'typed' | 'ctrl-c';
  readonly text: string;
  /** What it writes before the next step. */
  readonly until?: string;
  readonly line: number;
}

const MARK =
  /<!-- path: terminal (\d+)(?:, (ctrl-c|typed))?(?:, until "([^"]+)")? -->\n(?:\s*```\w*\n([\s\S]*?)\n\s*```)?/g;

/** The steps of a page, in order. */
export function pathOf(page: string): Step[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(MARK)].map(({ 1: terminal = '', 2: how, 3: until, 4: block = '', index }) => ({
    terminal,
    kind: (how as 'ctrl-c' | 'typed' | undefined) ?? (until === undefined ? 'run' : 'until'),
    text: block.replaceAll(/^ {3}/gm, ''),
    ...(until !== undefined && { until }),
    line: text.slice(0, index).split('\n').length,
  }));
}

/** All blocks of a page that are for a shell. */
export const shellBlocksOf = (page: string): string[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^ *```sh\n([\s\S]*?)\n *```/gm)].map(([, block = '']) => block);
