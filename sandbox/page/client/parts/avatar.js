import { h } from 'preact';

const HUES = 8;

/** @type {Map<string, number>} */
const hues = new Map();

/** Given in the order in which people appear, so that neighbours differ. @param {string} id */
function hueOf(id) {
  const hue = hues.get(id) ?? hues.size % HUES;
  hues.set(id, hue);
  return hue;
}

/** @param {{ id: string, letter: string, isBot?: boolean, isOnline?: boolean }} props */
export const Avatar = ({ id, letter, isBot = false, isOnline }) =>
  h(
    'span',
    { class: isBot ? 'avatar is-bot' : `avatar hue-${hueOf(id)}`, 'aria-hidden': 'true' },
    isBot ? h('img', { src: '/icon.svg', alt: '' }) : letter,
    isOnline !== undefined && h('span', { class: isOnline ? 'presence is-online' : 'presence' }),
  );

/** @param {{ count: number, what: string }} props */
export const Count = ({ count, what }) =>
  count > 0 &&
  h('span', { class: 'count' }, String(count), h('span', { class: 'for-ears' }, ` ${count === 1 ? what : `${what}s`}`));
