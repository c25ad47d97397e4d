/** @import { View } from '../../contract.ts' */
/** @import { Block, Inline } from '../markdown.js' */

import { h } from 'preact';
import { blocks } from '../markdown.js';
import { Code } from './code.js';
import { Moment } from './moment.js';
import { Spoiler } from './spoiler.js';

/** @typedef {{ names: View['names'], me: string, go(place: string): void, tell(text: string): void }} Reading */

/** @type {Map<string, Block[]>} */
const parsed = new Map();

/** @param {string} text */
function blocksOf(text) {
  const known = parsed.get(text);
  if (known) return known;
  if (parsed.size > 2000) parsed.clear();
  const made = blocks(text);
  parsed.set(text, made);
  return made;
}

/** @param {readonly Inline[]} parts @returns {string} */
const plainOf = (parts) =>
  parts.map((part) => ('inner' in part ? plainOf(part.inner) : 'text' in part ? part.text : '…')).join('');

/** @param {string} id @param {Reading} reading */
function channelLink(id, { names, go }) {
  const name = names.channels[id];
  if (name === undefined) return h('span', { class: 'mention' }, '# no access');
  return h('button', { class: 'mention', type: 'button', onClick: () => go(id) }, `# ${name}`);
}

/** @param {Inline} part @param {Reading} reading @returns {any} */
function drawInline(part, reading) {
  const { names, me, tell } = reading;
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'bold':
      return h('strong', null, drawInlines(part.inner, reading));
    case 'italic':
      return h('em', null, drawInlines(part.inner, reading));
    case 'underline':
      return h('u', null, drawInlines(part.inner, reading));
    case 'strike':
      return h('s', null, drawInlines(part.inner, reading));
    case 'spoiler':
      return h(Spoiler, { plain: plainOf(part.inner) }, drawInlines(part.inner, reading));
    case 'code':
      return h(Code, { text: part.text, tell });
    case 'time':
      return h(Moment, { at: part.at, style: part.style });
    case 'user': {
      const name = names.users[part.id] ?? 'unknown user';
      return h('span', { class: part.id === me ? 'mention is-me' : 'mention' }, `@${name}`);
    }
    case 'role':
      return h('span', { class: 'mention' }, `@${names.roles[part.id] ?? 'unknown role'}`);
    case 'channel':
      return channelLink(part.id, reading);
    case 'command':
      return h('span', { class: 'mention' }, `/${part.name}`);
    case 'everyone':
      return h('span', { class: 'mention' }, part.text);
    case 'link':
      return h(
        'a',
        { href: part.href, target: '_blank', rel: 'noreferrer noopener' },
        drawInlines(part.inner, reading),
      );
  }
}

/** @param {readonly Inline[]} parts @param {Reading} reading */
const drawInlines = (parts, reading) => parts.map((part) => drawInline(part, reading));

/** @param {Inline[][]} lines @param {Reading} reading */
const drawLines = (lines, reading) =>
  lines.flatMap((line, index) => [...(index > 0 ? [h('br', null)] : []), ...drawInlines(line, reading)]);

/** @param {Block} block @param {Reading} reading @returns {any} */
function drawBlock(block, reading) {
  switch (block.kind) {
    case 'lines':
      return h('p', null, drawLines(block.lines, reading));
    case 'heading':
      // Not a heading of the page: it would stand between those that people jump by.
      return h('p', { class: `heading level-${block.level}` }, h('strong', null, drawInlines(block.inner, reading)));
    case 'small':
      return h('p', { class: 'small' }, drawInlines(block.inner, reading));
    case 'quote':
      return h(
        'blockquote',
        null,
        block.blocks.map((one) => drawBlock(one, reading)),
      );
    case 'list': {
      const items = block.items.map((item) => h('li', null, drawInlines(item, reading)));
      return block.isOrdered ? h('ol', { start: block.start }, items) : h('ul', null, items);
    }
    case 'fence':
      return h(Code, { text: block.text, isBlock: true, tell: reading.tell });
  }
}

/** Discord's markdown. @param {{ text: string, reading: Reading }} props */
export const Markdown = ({ text, reading }) =>
  h(
    'div',
    { class: 'markdown' },
    blocksOf(text).map((block) => drawBlock(block, reading)),
  );
