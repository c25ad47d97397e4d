import { h } from 'preact';

/**
 * What one may pick while typing; the field above keeps the focus.
 *
 * @param {{ title: string, about?: string, limits?: string, note?: string, at: number,
 *   entries: { key: string, name: string, note: string }[], onPick(index: number): void }} props
 */
export const Suggestions = ({ title, about, limits, note, at, entries, onPick }) =>
  h(
    'div',
    { class: 'suggestions' },
    h(
      'p',
      { class: 'suggestions-title' },
      h('strong', null, title),
      about && ` ${about}`,
      limits && h('span', { class: 'quiet' }, limits),
    ),
    h(
      'div',
      { role: 'listbox', id: 'suggestions', 'aria-label': title },
      entries.map((entry, index) =>
        h(
          'div',
          {
            key: entry.key,
            id: `suggestion-${index}`,
            role: 'option',
            'aria-selected': index === at,
            ref: index === at ? intoSight : undefined,
            // Not on a click: the field would lose the focus before it.
            onMouseDown: (/** @type {Event} */ event) => {
              event.preventDefault();
              onPick(index);
            },
          },
          h('span', { class: 'option-label' }, entry.name),
          entry.note && h('span', { class: 'option-note' }, entry.note),
        ),
      ),
    ),
    note && h('p', { class: 'quiet' }, note),
  );

/** @param {Element | null} element */
const intoSight = (element) => element?.scrollIntoView({ block: 'nearest' });
