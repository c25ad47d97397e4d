/** @import { Choice, CommandView, FileValue, GuildView, OptionView } from '../../contract.ts' */
/** @import { RefObject } from 'preact' */
/** @import { App } from '../app.js' */
/** @import { Composing } from '../composing.js' */
import { Component, createRef, h } from 'preact';
import { valuesOf } from '../command-line.js';
import { createCompletions } from '../completions.js';
import { meaningOf, situationOf } from '../composer-keys.js';
import { empty, firstWrong, foundOf, movedBy, nextOf, optionOf, unknownCommand } from '../composing.js';
import { comboboxOf } from './combobox.js';
import { CommandFields } from './command-fields.js';
import { ComposerButtons } from './composer-buttons.js';
import { ComposerSuggestions } from './composer-suggestions.js';
import { SayField } from './say-field.js';

/** @typedef {{ app: App, commands: CommandView[], guild: GuildView | undefined, name: string }} Props */

/** Where one writes, and fills in commands. @extends {Component<Props, Composing>} */
export class Composer extends Component {
  /** @override */
  state = empty;
  completions = createCompletions((offered) => this.setState(offered));

  /** @override */
  componentWillUnmount() {
    this.completions.stop();
  }

  /** @type {RefObject<HTMLFormElement | null>} */
  form = createRef();

  /** @param {string} selector */
  focusOn = (selector) =>
    /** @type {HTMLElement | null | undefined} */ (this.form.current?.querySelector(selector))?.focus();

  /** @param {string} [option] */
  focus = (option) => this.focusOn(option ? `[data-option="${option}"]` : '.say');

  get found() {
    return foundOf(this.state, this.props.commands);
  }

  get count() {
    return this.state.command ? this.state.choices.length : this.found.length;
  }

  /** @param {string} text */
  type = (text) => {
    const named = this.props.commands.find(({ name }) => text === `/${name} `);
    if (named) return this.take(named);
    this.setState({ text, at: 0, isListOpen: text.startsWith('/'), wrong: '' });
  };

  /** @param {CommandView} command */
  take = (command) => {
    const needsMore = command.options.some(({ required }) => required);
    this.setState({ ...empty, command }, () =>
      needsMore ? this.focus(command.options[0]?.name) : this.focusOn('.send'),
    );
  };

  sendText = () => {
    const text = this.state.text.trim();
    if (text === '') return;
    const found = this.found[Math.max(this.state.at, 0)] ?? this.found[0];
    if (found) return this.take(found);
    if (text.startsWith('/')) return this.setState({ wrong: unknownCommand(text, this.props.commands) });
    this.setState(empty);
    void this.props.app.does.say(text);
  };

  /** @param {OptionView} option */
  suggest(option) {
    const { app, guild } = this.props;
    const { command, fields } = this.state;
    if (command) this.completions.suggest(app, { command, option, fields, guild });
  }

  /** @param {OptionView} option */
  enter = (option) => {
    this.setState({ active: option.name, choices: [], isListOpen: true, at: -1, note: '' });
    if (this.state.fields[option.name]?.value === undefined) this.suggest(option);
  };

  /** @param {OptionView} option @param {string} text */
  fill = (option, text) => {
    const fields = { ...this.state.fields, [option.name]: { text } };
    this.setState({ fields, isListOpen: true, wrong: '' }, () => this.suggest(option));
  };

  /** @param {Choice} choice */
  pick = ({ name, value }) => {
    const option = optionOf(this.state);
    if (!option) return;
    this.completions.stop();
    const fields = { ...this.state.fields, [option.name]: { text: name, value } };
    const next = nextOf({ ...this.state, fields }) ?? option;
    this.setState({ fields, choices: [], at: -1, isListOpen: false, wrong: '' }, () => this.focus(next.name));
  };

  /** @param {OptionView} option @param {FileValue} file */
  put = (option, file) => {
    const fields = { ...this.state.fields, [option.name]: { text: file.name, value: file } };
    this.setState({ fields, wrong: '' });
  };

  /** @param {OptionView} option */
  add = (option) => {
    this.setState({ opened: [...this.state.opened, option.name] }, () => this.focus(option.name));
  };

  send = () => {
    const { command, fields } = this.state;
    if (!command) return this.sendText();
    const first = firstWrong(command, fields);
    if (first) return this.setState({ wrong: first.wrong }, () => this.focus(first.name));
    this.setState(empty, () => this.focus());
    void this.props.app.does.command(command.name, valuesOf(command.options, fields));
  };

  leave = (text = '') => {
    this.completions.stop();
    this.setState({ ...empty, text, isListOpen: text.startsWith('/') }, () => this.focus());
  };

  takeMarked() {
    const { command, choices, at } = this.state;
    const [choice, found] = [choices[at], this.found[at]];
    if (command && choice) this.pick(choice);
    else if (found) this.take(found);
  }

  /** @param {number} step */
  mark = (step) => this.setState({ at: movedBy(this.state.at, step, this.count) });

  meanings = {
    close: () => this.setState({ isListOpen: false }),
    leave: () => this.leave(),
    next: () => this.mark(1),
    previous: () => this.mark(-1),
    take: () => this.takeMarked(),
    send: () => this.send(),
    back: () => this.leave(`/${this.state.command?.name}`),
  };

  /** @param {KeyboardEvent} event */
  onKeyDown = (event) => {
    const meaning = meaningOf(event, situationOf(event.target, this.state, this.count));
    if (!meaning) return;
    event.preventDefault();
    if (event.key === 'Escape') event.stopPropagation();
    this.meanings[meaning]();
  };

  /** @param {FocusEvent} event */
  onFocusOut = ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node) || !this.form.current?.contains(relatedTarget))
      this.setState({ isListOpen: false });
  };

  /** @override */
  render() {
    const { state, found, type, take, pick, enter, fill, put, add } = this;
    const { command, text, wrong } = state;
    const combobox = comboboxOf(state, this.count);
    const open = () => this.setState({ isListOpen: this.state.text.startsWith('/') });
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
      h(ComposerSuggestions, { state, found, take, pick }),
      wrong && h('p', { class: 'wrong', role: 'alert' }, wrong),
      h(
        'div',
        { class: 'writing' },
        command
          ? h(CommandFields, { command, state, combobox, enter, fill, put, add })
          : h(SayField, { name: this.props.name, text, combobox, open, type }),
        h(ComposerButtons, { command, leave: () => this.leave() }),
      ),
    );
  }
}
