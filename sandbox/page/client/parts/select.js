/** @import { Component as Part, GuildView, View } from '../../contract.ts' */
import { Component, h } from 'preact';
import { entriesOf, nameOf } from '../menu-entries.js';
import { SelectOptions } from './select-options.js';

/**
 * @typedef {{ part: Part, guild: GuildView | undefined, names: View['names'], label: string, chosen: string[],
 *   isWaiting?: boolean, onChosen(values: string[]): void }} Props
 */

/** A menu: of its options, or of people, roles and channels. @extends {Component<Props, { open: boolean, words: string, chosen: string[] }>} */
export class Select extends Component {
  /** @override */
  state = { open: false, words: '', chosen: this.props.chosen };

  get most() {
    return this.props.part.max_values ?? 1;
  }

  /** @param {HTMLElement | null} box */
  box = (box) => {
    this.element = box;
  };

  open = () => {
    this.setState({ open: true, words: '', chosen: this.props.chosen }, () => {
      const box = this.element;
      const first = box?.querySelector('.filter') ?? box?.querySelector('[aria-selected=true]');
      /** @type {HTMLElement | null | undefined} */ (first ?? box?.querySelector('[role=option]'))?.focus();
      box?.querySelector('.options')?.scrollIntoView({ block: 'nearest' });
    });
  };

  /** @param {boolean} andFocus */
  close = (andFocus) => {
    if (!this.state.open) return;
    const { chosen } = this.state;
    const least = this.props.part.min_values ?? 1;
    const isOther = chosen.join() !== this.props.chosen.join();
    this.setState({ open: false });
    if (isOther && chosen.length >= least && this.most > 1) this.props.onChosen(chosen);
    if (andFocus) /** @type {HTMLElement | null | undefined} */ (this.element?.querySelector('.opener'))?.focus();
  };

  /** @param {string} value */
  pick = (value) => {
    if (this.most === 1) {
      this.setState({ open: false });
      /** @type {HTMLElement | null | undefined} */ (this.element?.querySelector('.opener'))?.focus();
      const isOff = this.props.chosen.includes(value) && this.props.part.min_values === 0;
      if (isOff) this.props.onChosen([]);
      else if (!this.props.chosen.includes(value)) this.props.onChosen([value]);
      return;
    }
    const { chosen } = this.state;
    const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
    if (next.length <= this.most) this.setState({ chosen: next });
  };

  /** @param {KeyboardEvent} event */
  onKeyDown = (event) => {
    if (event.key === 'Escape' && this.state.open) {
      event.preventDefault();
      event.stopPropagation();
      this.close(true);
    }
    const isField = event.target instanceof HTMLInputElement;
    if (isField && event.key === 'ArrowDown') {
      event.preventDefault();
      /** @type {HTMLElement | null | undefined} */ (this.element?.querySelector('[role=option]'))?.focus();
    }
    if (isField && event.key === 'Enter') {
      event.preventDefault();
      const [first] = this.found();
      if (first) this.pick(first.value);
    }
  };

  /** @param {FocusEvent} event */
  onFocusOut = ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node) || !this.element?.contains(relatedTarget)) this.close(false);
  };

  found() {
    const { part, guild } = this.props;
    const words = this.state.words.toLowerCase();
    return entriesOf(part, guild).filter(({ label }) => label.toLowerCase().includes(words));
  }

  shown() {
    const { part, names, guild } = this.props;
    const chosen = this.state.open ? this.state.chosen : this.props.chosen;
    const entries = entriesOf(part, guild);
    const labels = chosen.map((id) => entries.find(({ value }) => value === id)?.label ?? nameOf(id, names));
    return labels.join(', ');
  }

  /** @override */
  render() {
    const { part, label, isWaiting } = this.props;
    const { open } = this.state;
    const shown = this.shown();
    return h(
      'div',
      { class: 'select', ref: this.box, onKeyDown: this.onKeyDown, onFocusOut: this.onFocusOut },
      h(
        'button',
        {
          type: 'button',
          class: shown ? 'opener' : 'opener is-empty',
          disabled: part.disabled,
          'aria-haspopup': 'listbox',
          'aria-expanded': open,
          'aria-busy': isWaiting,
          'aria-label': shown ? `${label}: ${shown}` : label,
          onClick: () => (open ? this.close(true) : this.open()),
        },
        h('span', null, shown || part.placeholder || 'Choose'),
        h('span', { class: 'icon chevron', 'aria-hidden': 'true' }),
      ),
      open &&
        h(SelectOptions, {
          label,
          found: this.found(),
          chosen: this.state.chosen,
          words: this.state.words,
          isLong: part.type !== 3 || this.found().length > 12,
          takesMany: this.most > 1,
          onWords: (words) => this.setState({ words }),
          onPick: this.pick,
          onDone: () => this.close(true),
        }),
    );
  }
}
