/** @import { AttachmentView } from '../../contract.ts' */
import { h } from 'preact';
import { SpoilerBox } from './spoiler.js';

/** Discord's mark of a file that is a spoiler. */
const SPOILER = 'SPOILER_';

/** @param {AttachmentView} file */
export const isPicture = ({ contentType }) => contentType.startsWith('image/');

/** An attached picture; a press downloads it. @param {{ file: AttachmentView }} props */
export function Picture({ file: { filename, url, description } }) {
  const picture = h(
    'a',
    { class: 'picture', href: url, download: filename },
    h('img', { src: url, alt: description || filename }),
  );
  return filename.startsWith(SPOILER) ? h(SpoilerBox, null, picture) : picture;
}
