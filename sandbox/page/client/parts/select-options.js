/** @import { Entry } from '../menu-entries.js' */
import { h } from 'preact';

/** @param {Entry} entry @param {boolean} isChosen @param {() => void} pick */
function option({ value, label, note }, isChosen, pick) {
  /** @param {KeyboardEvent} event */
  const onKeyDown = (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    pick();
  };
  return h(
    'div',
    {
      key: value,
      role: 'option',
      tabIndex: -1,
      'data-item': true,
      'aria-selected': isChosen,
      onClick: pick,
      onKeyDown,
    },
    h('span', { class: 'option-label' }, label),
    note && h('span', { class: 'option-note' }, note),
  );
}

/**
 * What an open menu shows: with a field to search in where it is long, and with Done where it takes several.
 *
 * @param {{ label: string, found: Entry[], chosen: string[], words: string, isLong: boolean, takesMany: boolean,
 *   onWords(words: string): void, onPick(value: string): void, onDone(): void }} props
 */
export const SelectOptions = ({ label, found, chosen, words, isLong, takesMany, ...on }) =>
  h(
    'div',
    { class: 'options' },
    isLong &&
      h('input', {
        class: 'filter',
        'aria-label': `Search: ${label}`,
        placeholder: 'Search',
        value: words,
        /** @param {any} event */
        onInput: ({ target }) => on.onWords(target.value),
      }),
    h(
      'div',
      {
        role: 'listbox',
        tabIndex: -1,
        'aria-label': label,
        'aria-multiselectable': takesMany,
        'data-arrows': 'y',
      },
      found.map((entry) => option(entry, chosen.includes(entry.value), () => on.onPick(entry.value))),
    ),
    found.length === 0 && h('p', { class: 'quiet' }, 'No matches.'),
    takesMany && h('button', { type: 'button', class: 'done', onClick: on.onDone }, 'Done'),
  );
