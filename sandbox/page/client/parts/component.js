/** @import { Component as Part, GuildView, MessageView } from '../../contract.ts' */
/** @import { App } from '../app.js' */
/** @import { Reading } from './markdown.js' */
import { h } from 'preact';
import { presetsOf } from '../menu-entries.js';
import { FileCard } from './file-card.js';
import { Markdown } from './markdown.js';
import { Select } from './select.js';
import { SpoilerBox } from './spoiler.js';

/** @typedef {{ message: MessageView, guild: GuildView | undefined, app: App, reading: Reading }} Around */

const styles = ['', 'primary', 'secondary', 'success', 'danger', 'link'];

/** @param {string} customId @param {Around} around */
const isWaiting = (customId, { message, app }) => app.state.pending.includes(`${message.id}/${customId}`);

/** @param {Part} part @param {Around} around */
function button(part, around) {
  const { message, app } = around;
  const style = styles[part.style ?? 2] ?? 'secondary';
  const words = [part.emoji?.name, part.label].filter(Boolean).join(' ');
  if (part.url !== undefined)
    return h('a', { class: 'button link', href: part.url, target: '_blank', rel: 'noreferrer noopener' }, words);
  const id = part.custom_id ?? '';
  const waits = isWaiting(id, around);
  return h(
    'button',
    {
      type: 'button',
      class: `button ${style}`,
      disabled: part.disabled,
      'aria-busy': waits,
      onClick: () => void app.does.press(message.id, id),
    },
    words,
  );
}

/** @param {Part} part @param {Around} around */
function menu(part, around) {
  const { message, guild, app, reading } = around;
  const id = part.custom_id ?? '';
  return h(Select, {
    key: id,
    part,
    guild,
    names: reading.names,
    label: part.placeholder ?? 'Choose',
    chosen: presetsOf(part),
    isWaiting: isWaiting(id, around),
    onChosen: (values) => void app.does.choose(message.id, id, values),
  });
}

/** @param {Part} part @param {Around} around */
function file(part, { message }) {
  const name = part.file?.url.replace('attachment://', '');
  const found = message.attachments.find(({ filename, url }) => filename === name || url === part.file?.url);
  const card = found && h(FileCard, { key: found.id, file: found });
  return part.spoiler ? h(SpoilerBox, null, card) : card;
}

/** @param {string | undefined} url @param {Around} around */
const mediaUrl = (url = '', { message }) =>
  message.attachments.find(({ filename }) => url === `attachment://${filename}`)?.url ?? url;

/** @param {Part} part @param {Around} around */
function section(part, around) {
  return h(
    'div',
    { class: 'section' },
    h('div', { class: 'section-words' }, drawParts(part.components, around)),
    part.accessory && h('div', { class: 'accessory' }, drawPart(part.accessory, around)),
  );
}

/** @param {Part} part @param {Around} around */
function container({ accent_color, components, spoiler }, around) {
  const colour = accent_color == null ? undefined : `#${accent_color.toString(16).padStart(6, '0')}`;
  const style = colour ? { '--accent-of': colour } : undefined;
  const box = h('div', { class: 'container', style }, drawParts(components, around));
  return spoiler ? h(SpoilerBox, null, box) : box;
}

/** @param {Part} part @param {Around} around @returns {any} */
export function drawPart(part, around) {
  switch (part.type) {
    case 1:
      return h('div', { class: 'row' }, drawParts(part.components, around));
    case 2:
      return button(part, around);
    case 3:
    case 5:
    case 6:
    case 7:
    case 8:
      return menu(part, around);
    case 9:
      return section(part, around);
    case 10:
      return h(Markdown, { text: part.content ?? '', reading: around.reading });
    case 11:
      return h('img', {
        class: 'thumbnail',
        src: mediaUrl(part.media?.url, around),
        alt: part.description ?? '',
      });
    case 12:
      return h(
        'div',
        { class: 'gallery' },
        (part.items ?? []).map(({ media, description = '', spoiler = false }) => {
          const picture = h('img', { src: mediaUrl(media.url, around), alt: description });
          return spoiler ? h(SpoilerBox, null, picture) : picture;
        }),
      );
    case 13:
      return file(part, around);
    case 14:
      return h('hr', {
        class: `gap-${part.spacing ?? 1}${part.divider === false ? ' is-bare' : ''}`,
      });
    case 17:
      return container(part, around);
    default:
      return null;
  }
}

/** @param {readonly Part[] | undefined} parts @param {Around} around @returns {any[]} */
export const drawParts = (parts, around) => (parts ?? []).map((part) => drawPart(part, around));
