/** @import { Composing } from './composing.js' */
import { shownOf } from './composing.js';

/** @typedef {'close' | 'leave' | 'next' | 'previous' | 'take' | 'send' | 'back'} Meaning */

/**
 * Where one is as a key is pressed: whether suggestions are shown and one is marked; whether it is a field, and one with
 * nothing in it or before it.
 *
 * @param {EventTarget | null} target @param {Composing} state @param {number} count Of suggestions.
 */
export function situationOf(target, state, count) {
  const field = target instanceof HTMLInputElement ? target : undefined;
  const isFirst = field?.dataset.option === shownOf(state)[0]?.name;
  return {
    hasList: state.isListOpen && count > 0,
    isAtOne: state.at >= 0,
    isField: field !== undefined,
    isFirstEmpty: isFirst && field?.value === '',
    hasCommand: state.command !== null,
  };
}

/**
 * What a key means where one writes; undefined: what it always means.
 *
 * @param {{ key: string, shiftKey: boolean }} event @param {ReturnType<typeof situationOf>} at
 * @returns {Meaning | undefined}
 */
export function meaningOf({ key, shiftKey }, at) {
  const { hasList, isField, hasCommand } = at;
  if (key === 'Escape' && hasList && isField) return 'close';
  if (key === 'Escape' && (hasList || hasCommand)) return 'leave';
  if (!isField) return undefined;
  const takes = hasList && at.isAtOne;
  if (key === 'Enter') return takes ? 'take' : 'send';
  if (key === 'Tab' && !shiftKey && takes) return 'take';
  if (key === 'ArrowDown' && hasList) return 'next';
  if (key === 'ArrowUp' && hasList) return 'previous';
  return key === 'Backspace' && hasCommand && at.isFirstEmpty ? 'back' : undefined;
}
