import type { Figure } from '../figure.ts';
import { catalog } from './catalog.ts';
import { costs } from './costs.ts';
import { endurance } from './endurance.ts';
import { history } from './history.ts';
import { presses } from './presses.ts';
import { processes } from './processes.ts';
import { confirm, purchases } from './purchases.ts';
import { start } from './start.ts';

/** In the order in which they are measured and shown. */
export const figures: readonly Figure[] = [
  start,
  presses,
  confirm,
  purchases,
  costs,
  catalog,
  endurance,
  history,
  processes,
];
