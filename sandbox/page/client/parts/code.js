import { Component, h } from 'preact';

/** @typedef {{ text: string, isBlock?: boolean, tell(text: string): void }} CodeProps */

/** Code that a press copies. @extends {Component<CodeProps, { copied: boolean }>} */
export class Code extends Component {
  /** @override */
  state = { copied: false };
  /** @override */
  componentWillUnmount() {
    clearTimeout(this.timer);
  }
  copy = async () => {
    // Where the browser lets nobody copy, the text can still be selected.
    await navigator.clipboard?.writeText(this.props.text).catch(() => undefined);
    this.props.tell('Copied');
    this.setState({ copied: true });
    this.timer = setTimeout(() => this.setState({ copied: false }), 1500);
  };
  block() {
    const { text } = this.props;
    return h(
      'div',
      { class: 'fence' },
      h('pre', { tabIndex: 0, role: 'group', 'aria-label': 'Code' }, h('code', null, text)),
      h('button', { type: 'button', class: 'copy', onClick: this.copy }, this.state.copied ? 'Copied' : 'Copy'),
    );
  }
  /** @override */
  render() {
    const { text, isBlock } = this.props;
    if (isBlock) return this.block();
    return h(
      'button',
      { class: 'code', type: 'button', title: 'Copy', onClick: this.copy },
      h('code', null, text),
      h('span', { class: 'for-ears' }, ', press to copy'),
      this.state.copied && h('span', { class: 'copied', 'aria-hidden': 'true' }, 'Copied'),
    );
  }
}
