/** @import { AttachmentView } from '../../contract.ts' */
import { Component, h } from 'preact';

/** @param {number} bytes */
const sizeText = (bytes) => (bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(1)} KB`);

/** A file with a look inside. @extends {Component<{ file: AttachmentView }, { open: boolean }>} */
export class FileCard extends Component {
  /** @override */
  state = { open: false };
  /** @override */
  render() {
    const { filename, size, url, text, description } = this.props.file;
    const { open } = this.state;
    return h(
      'div',
      { class: 'file' },
      h('span', { class: 'icon file', 'aria-hidden': 'true' }),
      h(
        'span',
        { class: 'file-words' },
        h('a', { href: url, download: filename, title: description || undefined }, filename),
        h('span', { class: 'quiet' }, sizeText(size)),
      ),
      text !== null &&
        h(
          'button',
          {
            type: 'button',
            class: 'button secondary',
            'aria-expanded': open,
            'aria-label': `${open ? 'Hide' : 'Show'} ${filename}`,
            onClick: () => this.setState({ open: !open }),
          },
          open ? 'Hide' : 'Show',
        ),
      open && h('pre', { tabIndex: 0, 'aria-label': filename }, h('code', null, text)),
    );
  }
}
