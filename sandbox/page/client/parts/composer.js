/** @import { Choice, CommandView, GuildView, OptionView } from '../../contract.ts' */
/** @import { App } from '../app.js' */
/** @import { Fields } from '../command-line.js' */

import { Component, h } from 'preact';
import { fitting, mustBePicked, pickable, valuesOf, wrongWith } from '../command-line.js';
import { Suggestions } from './suggestions.js';

const COMPLETE_AFTER_MS = 120;

/** @typedef {{ app: App, commands: CommandView[], guild: GuildView | undefined, name: string }} Props */
/**
 * @typedef State
 * @property {string} text
 * @property {CommandView | null} command
 * @property {Fields} fields
 * @property {string} active The option that is being filled in.
 * @property {string[]} opened Optional ones that were asked for.
 * @property {Choice[]} choices
 * @property {string} note Beneath the choices: that they are being fetched, or could not be.
 * @property {number} at Which suggestion Enter takes; -1: none.
 * @property {boolean} isListOpen
 * @property {string} wrong
 */

/** @type {State} */
const empty = {
  text: '',
  command: null,
  fields: {},
  active: '',
  opened: [],
  choices: [],
  note: '',
  at: 0,
  isListOpen: false,
  wrong: '',
};

/** Where one writes, and fills in commands. @extends {Component<Props, State>} */
export class Composer extends Component {
  /** @override */
  state = empty;
  asked = 0;
  timer = 0;

  /** @override */
  componentWillUnmount() {
    clearTimeout(this.timer);
    this.asked += 1;
  }

  /** @param {HTMLFormElement | null} form */
  form = (form) => {
    this.element = form;
  };

  /** @param {string} [option] */
  focus = (option) => {
    const find = option ? `[data-option="${option}"]` : '.say';
    /** @type {HTMLElement | null | undefined} */ (this.element?.querySelector(find))?.focus();
  };

  get option() {
    return this.state.command?.options.find(({ name }) => name === this.state.active);
  }

  /** Options that have a field. */
  get shown() {
    const { command, fields, opened } = this.state;
    return (command?.options ?? []).filter(
      ({ name, required }) => required || opened.includes(name) || fields[name]?.text,
    );
  }

  get found() {
    const { text, command } = this.state;
    if (command || !text.startsWith('/')) return [];
    return fitting(this.props.commands, text.slice(1));
  }

  // ---- plain text, and the list behind / ----

  /** @param {string} text */
  type = (text) => {
    const named = this.props.commands.find(({ name }) => text === `/${name} `);
    if (named) return this.take(named);
    this.setState({ text, at: 0, isListOpen: text.startsWith('/'), wrong: '' });
  };

  /** @param {CommandView} command */
  take = (command) => {
    const [first] = command.options;
    this.setState({ ...empty, command }, () =>
      this.focus(first?.required ? first.name : (command.options[0]?.name ?? undefined)),
    );
    if (command.options.every(({ required }) => !required))
      this.setState({}, () =>
        /** @type {HTMLElement | null | undefined} */ (
          this.element?.querySelector('.send')
        )?.focus(),
      );
  };

  sendText = () => {
    const text = this.state.text.trim();
    if (text === '') return;
    const [first] = this.found;
    if (first) return this.take(this.found[Math.max(this.state.at, 0)] ?? first);
    if (text.startsWith('/'))
      return this.setState({
        wrong: this.props.commands.length
          ? `There is no command ${text}. Type / to see them all.`
          : 'The bot has no commands here.',
      });
    this.setState(empty);
    void this.props.app.does.say(text);
  };

  // ---- a command's options ----

  /** @param {OptionView} option */
  enter = (option) => {
    this.setState({ active: option.name, choices: [], isListOpen: true, at: -1, note: '' });
    if (this.state.fields[option.name]?.value === undefined)
      this.suggest(option, this.state.fields[option.name]?.text ?? '');
  };

  /** @param {OptionView} option @param {string} text */
  fill = (option, text) => {
    this.setState(
      { fields: { ...this.state.fields, [option.name]: { text } }, isListOpen: true, wrong: '' },
      () => this.suggest(option, text),
    );
  };

  /** @param {OptionView} option @param {string} text */
  suggest(option, text) {
    clearTimeout(this.timer);
    this.asked += 1;
    const at = option.required || text !== '' ? 0 : -1;
    if (!option.completes) {
      const words = text.toLowerCase();
      const choices = pickable(option, this.props.guild).filter(({ name }) =>
        name.toLowerCase().includes(words),
      );
      return this.setState({ choices, at: choices.length > 0 ? at : -1, note: '' });
    }
    this.timer = window.setTimeout(
      () => void this.fetch(option, text, at, this.asked),
      COMPLETE_AFTER_MS,
    );
  }

  /** @param {OptionView} option @param {string} text @param {number} at @param {number} asked */
  async fetch(option, text, at, asked) {
    const { command, fields } = this.state;
    if (!command) return;
    const others = command.options.filter(
      (one) => one.name !== option.name && !wrongWith(one, fields[one.name]),
    );
    const options = { ...valuesOf(others, fields), [option.name]: text };
    const answer = await this.props.app.does.complete({
      name: command.name,
      options,
      focused: option.name,
    });
    if (asked !== this.asked) return;
    const choices = 'choices' in answer ? answer.choices : [];
    const note = 'error' in answer ? String(answer.error) : '';
    this.setState({ choices, at: choices.length > 0 ? at : -1, note });
  }

  /** @param {Choice} choice */
  pick = ({ name, value }) => {
    const { option } = this;
    if (!option) return;
    this.asked += 1;
    const fields = { ...this.state.fields, [option.name]: { text: name, value } };
    const next = this.shown.find(
      (one) => one.name !== option.name && wrongWith(one, fields[one.name]),
    );
    this.setState({ fields, choices: [], at: -1, isListOpen: false, wrong: '' }, () =>
      this.focus(next?.name ?? option.name),
    );
  };

  /** @param {OptionView} option */
  add = (option) => {
    this.setState({ opened: [...this.state.opened, option.name] }, () => this.focus(option.name));
  };

  send = () => {
    const { command, fields } = this.state;
    if (!command) return this.sendText();
    for (const option of command.options) {
      const wrong = wrongWith(option, fields[option.name]);
      if (wrong) return this.setState({ wrong }, () => this.focus(option.name));
    }
    this.setState(empty, () => this.focus());
    void this.props.app.does.command(command.name, valuesOf(command.options, fields));
  };

  cancel = (text = '') => {
    this.asked += 1;
    this.setState({ ...empty, text, isListOpen: text.startsWith('/') }, () => this.focus());
  };

  // ---- keys ----

  get count() {
    return this.state.command ? this.state.choices.length : this.found.length;
  }

  takeAt() {
    const { command, choices, at } = this.state;
    const choice = choices[at];
    if (command && choice) this.pick(choice);
    const found = this.found[at];
    if (!command && found) this.take(found);
  }

  /** @param {KeyboardEvent} event */
  onKeyDown = (event) => {
    const { isListOpen, at, command } = this.state;
    const hasList = isListOpen && this.count > 0;
    const isField = event.target instanceof HTMLInputElement;
    const done = () => event.preventDefault();
    if (event.key === 'Escape' && (hasList || command)) {
      done();
      event.stopPropagation();
      if (hasList && isField) this.setState({ isListOpen: false });
      else this.cancel();
    } else if (!isField) return;
    else if (hasList && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      done();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.setState({
        at: at < 0 && step < 0 ? this.count - 1 : (at + step + this.count) % this.count,
      });
    } else if (event.key === 'Enter') {
      done();
      if (hasList && at >= 0) this.takeAt();
      else this.send();
    } else if (event.key === 'Tab' && !event.shiftKey && hasList && at >= 0) {
      done();
      this.takeAt();
    } else if (event.key === 'Backspace' && command && this.isAtStart(event.target)) {
      done();
      this.cancel(`/${command.name}`);
    }
  };

  /** @param {EventTarget | null} field */
  isAtStart = (field) =>
    field instanceof HTMLInputElement &&
    field.value === '' &&
    field.dataset.option === this.shown[0]?.name;

  /** @param {FocusEvent} event */
  onFocusOut = ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node) || !this.element?.contains(relatedTarget))
      this.setState({ isListOpen: false });
  };

  // ---- looks ----

  /** @param {object} more */
  combobox = (more) => ({
    role: 'combobox',
    autoComplete: 'off',
    spellcheck: false,
    'aria-autocomplete': 'list',
    'aria-expanded': this.state.isListOpen && this.count > 0,
    'aria-controls': 'suggestions',
    'aria-activedescendant':
      this.state.isListOpen && this.count > 0 && this.state.at >= 0
        ? `suggestion-${this.state.at}`
        : undefined,
    ...more,
  });

  /** @param {OptionView} option */
  field = (option) => {
    const { fields, wrong } = this.state;
    const { text = '', value = undefined } = fields[option.name] ?? {};
    const isWrong = wrong.startsWith(option.name);
    return h(
      'label',
      { class: isWrong ? 'option-field is-wrong' : 'option-field', key: option.name },
      h('span', null, option.name),
      h(
        'input',
        this.combobox({
          'data-option': option.name,
          'aria-label': `${option.name}${option.required ? ', required' : ''}. ${option.description}`,
          'aria-invalid': isWrong,
          'aria-required': option.required,
          inputMode: option.type === 'integer' ? 'numeric' : undefined,
          class: value === undefined ? '' : 'is-picked',
          value: text,
          size: Math.min(Math.max(text.length, 5), 30),
          onFocus: () => this.enter(option),
          /** @param {any} event */
          onInput: ({ target }) => this.fill(option, target.value),
        }),
      ),
    );
  };

  /** @param {CommandView} command */
  line = (command) => {
    const more = command.options.filter((option) => !this.shown.includes(option));
    return h(
      'div',
      {
        class: 'command-line',
        role: 'group',
        'aria-label': `/${command.name}: ${command.description}`,
      },
      h('span', { class: 'command-name' }, `/${command.name}`),
      this.shown.map(this.field),
      more.map((option) =>
        h(
          'button',
          {
            type: 'button',
            class: 'add',
            key: `add-${option.name}`,
            title: option.description,
            onClick: () => this.add(option),
          },
          h('span', { 'aria-hidden': 'true' }, '+ '),
          h('span', { class: 'for-ears' }, 'Add the option '),
          option.name,
        ),
      ),
    );
  };

  list() {
    const { command, choices, at, isListOpen, note } = this.state;
    if (!isListOpen) return null;
    const { option } = this;
    if (!command)
      return h(Suggestions, {
        title: 'Commands',
        at,
        entries: this.found.map(({ name, description }) => ({
          key: name,
          name: `/${name}`,
          note: description,
        })),
        onPick: (index) => this.found[index] && this.take(this.found[index]),
      });
    if (!option) return null;
    const limits = [
      option.required ? 'required' : 'optional',
      option.min !== null && option.max !== null && `${option.min} to ${option.max}`,
    ];
    const nothing = mustBePicked(option) && choices.length === 0 ? 'Nothing fits.' : '';
    return h(Suggestions, {
      title: option.name,
      about: option.description,
      limits: limits.filter(Boolean).join(', '),
      at,
      note: note || nothing,
      entries: choices.map(({ name, value }) => ({ key: String(value), name, note: '' })),
      onPick: (index) => choices[index] && this.pick(choices[index]),
    });
  }

  /** @override */
  render() {
    const { command, text, wrong } = this.state;
    const { name } = this.props;
    return h(
      'form',
      {
        class: 'composer',
        ref: this.form,
        onKeyDown: this.onKeyDown,
        onFocusOut: this.onFocusOut,
        /** @param {Event} event */
        onSubmit: (event) => {
          event.preventDefault();
          this.send();
        },
      },
      this.list(),
      wrong && h('p', { class: 'wrong', role: 'alert' }, wrong),
      h(
        'div',
        { class: 'writing' },
        command
          ? this.line(command)
          : h(
              'input',
              this.combobox({
                class: 'say',
                id: 'say',
                'aria-label': `Message ${name}. Type a slash for commands.`,
                placeholder: `Message ${name}, or / for commands`,
                maxLength: 2000,
                value: text,
                onFocus: () => this.setState({ isListOpen: this.state.text.startsWith('/') }),
                /** @param {any} event */
                onInput: ({ target }) => this.type(target.value),
              }),
            ),
        command &&
          h(
            'button',
            {
              type: 'button',
              class: 'icon-button',
              'aria-label': 'Leave the command',
              onClick: () => this.cancel(),
            },
            h('span', { class: 'icon cross', 'aria-hidden': 'true' }),
          ),
        h(
          'button',
          {
            type: 'submit',
            class: 'send',
            'aria-label': command ? `Send /${command.name}` : 'Send',
          },
          h('span', { class: 'icon arrow', 'aria-hidden': 'true' }),
        ),
      ),
    );
  }
}
