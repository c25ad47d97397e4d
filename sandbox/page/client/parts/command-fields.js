/** @import { CommandView, FileValue, OptionView } from '../../contract.ts' */
/** @import { Composing } from '../composing.js' */
import { h } from 'preact';
import { shownOf } from '../composing.js';

/**
 * @typedef {{ state: Composing, combobox: object, enter(option: OptionView): void,
 *   fill(option: OptionView, text: string): void, put(option: OptionView, file: FileValue): void,
 *   add(option: OptionView): void }} Props
 */

/** @param {OptionView} option @param {Props} props */
function field(option, { state, combobox, enter, fill }) {
  const { fields, wrong } = state;
  const { text = '', value = undefined } = fields[option.name] ?? {};
  const isWrong = wrong.startsWith(option.name);
  return h(
    'label',
    { class: isWrong ? 'option-field is-wrong' : 'option-field', key: option.name },
    h('span', null, option.name),
    h('input', {
      ...combobox,
      'data-option': option.name,
      'aria-label': `${option.name}${option.required ? ', required' : ''}. ${option.description}`,
      'aria-invalid': isWrong,
      'aria-required': option.required,
      inputMode: option.type === 'integer' ? 'numeric' : undefined,
      class: value === undefined ? '' : 'is-picked',
      value: text,
      size: Math.min(Math.max(text.length, 5), 30),
      onFocus: () => enter(option),
      /** @param {any} event */
      onInput: ({ target }) => fill(option, target.value),
    }),
  );
}

/** What a file holds, as text: nothing here takes another kind. @param {OptionView} option @param {Props} props */
const filePicker = (option, { state, enter, put }) =>
  h(
    'label',
    {
      class: state.wrong.startsWith(option.name) ? 'option-field is-wrong' : 'option-field',
      key: option.name,
    },
    h('span', null, option.name),
    h('input', {
      type: 'file',
      'data-option': option.name,
      'aria-label': `${option.name}${option.required ? ', required' : ''}. ${option.description}`,
      onFocus: () => enter(option),
      /** @param {any} event */
      onChange: async ({ target }) => {
        const [file] = target.files;
        if (file) put(option, { name: file.name, bytes: await file.text() });
      },
    }),
  );

/** @param {OptionView} option @param {Props} props */
const adder = (option, { add }) =>
  h(
    'button',
    {
      type: 'button',
      class: 'add',
      key: `add-${option.name}`,
      title: option.description,
      onClick: () => add(option),
    },
    h('span', { 'aria-hidden': 'true' }, '+ '),
    h('span', { class: 'for-ears' }, 'Add the option '),
    option.name,
  );

/** A command that is being filled in: a field for each option, and buttons for those that may be added. @param {Props & { command: CommandView }} props */
export function CommandFields(props) {
  const { command, state } = props;
  const shown = shownOf(state);
  const more = command.options.filter((option) => !shown.includes(option));
  return h(
    'div',
    {
      class: 'command-line',
      role: 'group',
      'aria-label': `/${command.name}: ${command.description}`,
    },
    h('span', { class: 'command-name' }, `/${command.name}`),
    shown.map((option) => (option.type === 'attachment' ? filePicker(option, props) : field(option, props))),
    more.map((option) => adder(option, props)),
  );
}
