/** @import { Person } from '../../contract.ts' */
/** @import { App } from '../app.js' */
import { h } from 'preact';
import { Avatar, Count } from './avatar.js';

/** @param {App} app @param {Person} person */
const chip = ({ state, does }, { id, name, letter, note, unread }) =>
  h(
    'button',
    {
      type: 'button',
      key: id,
      role: 'radio',
      class: 'person',
      'data-item': true,
      'aria-checked': id === state.me,
      tabIndex: id === state.me ? 0 : -1,
      title: `Switch to ${name}, ${note}`,
      onClick: () => does.be(id),
    },
    h(Avatar, { id, letter }),
    h('span', { class: 'person-words' }, h('strong', null, name), h('span', null, note)),
    h(Count, { count: id === state.me ? 0 : unread, what: 'new message' }),
  );

/** @param {{ app: App }} props */
export const TopBar = ({ app }) => {
  const { people, theme, showsTruth, isThere, isStartingOver } = app.state;
  return h(
    'header',
    { class: 'top-bar' },
    h(
      'div',
      { class: 'brand' },
      h('img', { src: '/icon.svg', alt: '' }),
      h('span', { class: 'brand-name wide-only' }, 'Cardigan'),
      h('strong', { class: 'demo-tag' }, 'Demo: no money moves'),
    ),
    h(
      'div',
      { class: 'people', role: 'radiogroup', 'aria-label': 'Who you are', 'data-arrows': 'x' },
      h('span', { class: 'people-label wide-only', 'aria-hidden': 'true' }, 'You are'),
      people.map((person) => chip(app, person)),
    ),
    h(
      'div',
      { class: 'tools' },
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': 'Start over',
          title: 'Start over from the beginning',
          disabled: isStartingOver,
          onClick: () => void app.does.startOver(),
        },
        h('span', { class: 'icon again', 'aria-hidden': 'true' }),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': 'What to try',
          title: 'What to try',
          onClick: () => app.does.hint(true),
        },
        h('span', { class: 'icon question', 'aria-hidden': 'true' }),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': theme === 'dark' ? 'Light theme' : 'Dark theme',
          title: theme === 'dark' ? 'Light theme' : 'Dark theme',
          onClick: app.does.toggleTheme,
        },
        h('span', { class: `icon ${theme === 'dark' ? 'sun' : 'moon'}`, 'aria-hidden': 'true' }),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': 'Behind the scenes',
          title: 'Behind the scenes',
          'aria-pressed': showsTruth,
          onClick: () => (innerWidth < 1100 ? app.does.drawer('truth') : app.does.toggleTruth()),
        },
        h('span', { class: 'icon under', 'aria-hidden': 'true' }),
      ),
    ),
    isStartingOver
      ? h('p', { class: 'gone is-well', role: 'status' }, 'Starting over. This takes a few seconds.')
      : !isThere &&
          h('p', { class: 'gone', role: 'alert' }, "The demo isn't running. Start it again with npm run demo."),
  );
};
