import { Component, h } from 'preact';

/** Whoever has shown it by a key goes on from there. @param {HTMLElement | null} shown */
const land = (shown) => shown?.focus({ preventScroll: true });

/** @param {string} name @param {() => void} show @param {any} [inner] */
const cover = (name, show, inner) =>
  h('button', { class: name, type: 'button', 'aria-label': 'Spoiler: press to show', onClick: show }, inner);

/** Words, hidden until they are pressed. @extends {Component<{ plain: string, children?: any }, { open: boolean }>} */
export class Spoiler extends Component {
  /** @override */
  state = { open: false };
  show = () => this.setState({ open: true });
  /** @override */
  render() {
    const { children, plain } = this.props;
    if (this.state.open) return h('span', { class: 'spoiler is-open', tabIndex: -1, ref: land }, children);
    return cover('spoiler', this.show, h('span', { 'aria-hidden': 'true' }, plain));
  }
}

/** Anything larger, hidden until it is pressed. @extends {Component<{ children?: any }, { open: boolean }>} */
export class SpoilerBox extends Component {
  /** @override */
  state = { open: false };
  show = () => this.setState({ open: true });
  /** @override */
  render() {
    const { children } = this.props;
    if (this.state.open) return h('div', { class: 'spoiler-box', tabIndex: -1, ref: land }, children);
    return h(
      'div',
      { class: 'spoiler-box' },
      h('div', { class: 'covered' }, children),
      cover('cover', this.show, h('span', { 'aria-hidden': 'true' }, 'Spoiler')),
    );
  }
}
