/** @import { Component as Part, GuildView, ModalView, View } from '../../contract.ts' */
/** @import { App } from '../app.js' */
import { Component, h } from 'preact';
import { presetsOf } from '../menu-entries.js';
import { Markdown } from './markdown.js';
import { Select } from './select.js';

/** @param {Part} top */
const inputOf = (top) => top.component ?? top.components?.[0];

/** @param {ModalView} modal @returns {Record<string, string | string[]>} */
const firstValues = ({ components }) =>
  Object.fromEntries(
    components.flatMap((top) => {
      const input = inputOf(top);
      if (!input?.custom_id) return [];
      return [[input.custom_id, input.type === 4 ? (input.value ?? '') : presetsOf(input)]];
    }),
  );

/** @param {string} label @param {Part} input @param {string | string[]} value @returns {string | undefined} */
function wrongWith(label, input, value) {
  const isRequired = input.required !== false;
  if (value.length === 0) return isRequired ? `“${label}” must be filled in.` : undefined;
  if (typeof value !== 'string') {
    const least = input.min_values ?? 1;
    return value.length < least ? `“${label}” takes at least ${least}.` : undefined;
  }
  const least = input.min_length ?? 0;
  return value.length < least ? `“${label}” takes at least ${least} characters.` : undefined;
}

/** @typedef {{ modal: ModalView, app: App, guild: GuildView | undefined, names: View['names'] }} Props */
/** @typedef {{ values: Record<string, string | string[]>, wrong: string, isSending: boolean }} State */

/** A form that the bot has opened. @extends {Component<Props, State>} */
export class Modal extends Component {
  /** @override */
  state = { values: firstValues(this.props.modal), wrong: '', isSending: false };
  before = document.activeElement;

  /** @param {HTMLDialogElement | null} dialog */
  dialog = (dialog) => {
    if (!dialog || dialog.open) return;
    dialog.showModal();
    /** @type {HTMLElement | null} */ (dialog.querySelector('input, textarea, .opener'))?.focus();
  };

  /** @override */
  componentWillUnmount() {
    const { before } = this;
    // Not at once: while the form is there, nothing else takes the focus.
    setTimeout(() => {
      const isThere = before instanceof HTMLElement && before.isConnected;
      (isThere ? before : document.getElementById('say'))?.focus();
    });
  }

  dismiss = () => void this.props.app.does.dismiss({ modal: this.props.modal.id });

  /** @param {Event} event */
  submit = async (event) => {
    event.preventDefault();
    const { modal, app } = this.props;
    const { values } = this.state;
    for (const top of modal.components) {
      const input = inputOf(top);
      if (!input?.custom_id) continue;
      const wrong = wrongWith(top.label ?? input.label ?? '', input, values[input.custom_id] ?? '');
      if (wrong) return this.setState({ wrong });
    }
    this.setState({ isSending: true, wrong: '' });
    const answer = await app.does.submit(modal.id, values);
    this.setState({ isSending: false, wrong: 'error' in answer ? answer.error : '' });
  };

  /** @param {string} id @param {string | string[]} value */
  set = (id, value) => this.setState({ values: { ...this.state.values, [id]: value } });

  /** @param {Part} input @param {string} id @param {string} label @param {string} about */
  control(input, id, label, about) {
    const { guild, names } = this.props;
    const value = this.state.values[id] ?? '';
    if (input.type !== 4)
      return h(Select, {
        part: input,
        guild,
        names,
        label,
        chosen: [value].flat(),
        onChosen: (values) => this.set(id, values),
      });
    return h(input.style === 2 ? 'textarea' : 'input', {
      id: `field-${id}`,
      value,
      rows: input.style === 2 ? 4 : undefined,
      placeholder: input.placeholder,
      maxLength: input.max_length ?? 4000,
      'aria-required': input.required !== false,
      'aria-describedby': about ? `about-${id}` : undefined,
      /** @param {any} event */
      onInput: ({ target }) => this.set(id, target.value),
    });
  }

  /** @param {Part} top */
  field = (top) => {
    const { names, app } = this.props;
    if (top.type === 10) {
      const reading = { names, me: app.state.me, go: app.does.go, tell: app.does.tell };
      return h(Markdown, { text: top.content ?? '', reading });
    }
    const input = inputOf(top);
    if (!input?.custom_id) return null;
    const label = top.label ?? input.label ?? '';
    const isRequired = input.required !== false;
    return h(
      'div',
      { class: 'field', key: input.custom_id },
      h(
        input.type === 4 ? 'label' : 'span',
        { for: input.type === 4 ? `field-${input.custom_id}` : undefined, class: 'field-label' },
        label,
        isRequired && h('span', { class: 'required', 'aria-hidden': 'true' }, ' *'),
      ),
      top.description && h('p', { class: 'quiet', id: `about-${input.custom_id}` }, top.description),
      this.control(input, input.custom_id, label, top.description ?? ''),
    );
  };

  /** @override */
  render() {
    const { modal } = this.props;
    const { wrong, isSending } = this.state;
    return h(
      'dialog',
      {
        class: 'modal',
        'aria-labelledby': 'modal-title',
        ref: this.dialog,
        /** @param {Event} event */
        onCancel: (event) => {
          event.preventDefault();
          this.dismiss();
        },
      },
      h(
        'form',
        { onSubmit: this.submit, noValidate: true },
        h('h2', { id: 'modal-title' }, modal.title),
        modal.components.map(this.field),
        wrong && h('p', { class: 'wrong', role: 'alert' }, wrong),
        h(
          'div',
          { class: 'modal-buttons' },
          h('button', { type: 'button', class: 'button secondary', onClick: this.dismiss }, 'Cancel'),
          h('button', { type: 'submit', class: 'button primary', 'aria-busy': isSending }, 'Submit'),
        ),
      ),
    );
  }
}
