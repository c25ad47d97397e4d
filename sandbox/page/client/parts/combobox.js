/** @import { Composing } from '../composing.js' */

/** What makes a field one that suggestions belong to. @param {Composing} state @param {number} count Of suggestions. */
export function comboboxOf({ isListOpen, at }, count) {
  const hasList = isListOpen && count > 0;
  return {
    role: 'combobox',
    autoComplete: 'off',
    spellcheck: false,
    'aria-autocomplete': 'list',
    'aria-expanded': hasList,
    'aria-controls': 'suggestions',
    'aria-activedescendant': hasList && at >= 0 ? `suggestion-${at}` : undefined,
  };
}
