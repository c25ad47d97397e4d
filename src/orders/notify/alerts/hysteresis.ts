import Big from 'big.js';

/** Over only once there is so much more than the line: what goes up and down around it is told once. */
const OVER_AT = '1.1';

/** What follows of a level and its line, where the alert is on or is not. */
export type Crossing = 'on' | 'over' | 'same';

/**
 * Hysteresis: on below the line, over from a tenth above it. Both are exact decimal text, whatever their unit, the line
 * never less than 0; one that has moved counts as it is now.
 */
export function crossingOf(isOn: boolean, level: string, line: string): Crossing {
  if (!isOn) return new Big(level).lt(line) ? 'on' : 'same';
  return new Big(level).gte(new Big(line).times(OVER_AT)) ? 'over' : 'same';
}
