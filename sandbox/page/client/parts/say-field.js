import { h } from 'preact';

/** Where one writes plain text, or begins a command. @param {{ name: string, text: string, combobox: object, open(): void, type(text: string): void }} props */
export const SayField = ({ name, text, combobox, open, type }) =>
  h('input', {
    ...combobox,
    class: 'say',
    id: 'say',
    'aria-label': `Message ${name}. Type a slash for commands.`,
    placeholder: `Message ${name}, or / for commands`,
    maxLength: 2000,
    value: text,
    onFocus: open,
    /** @param {any} event */
    onInput: ({ target }) => type(target.value),
  });
