/** @import { App } from '../app.js' */
import { Fragment, h } from 'preact';
import { Chat, whereIs } from './chat.js';
import { Members } from './members.js';
import { Modal } from './modal.js';
import { Rooms } from './rooms.js';
import { TopBar } from './top-bar.js';
import { TruthPanel } from './truth.js';

/** @param {string} id @param {string} label */
const skip = (id, label) =>
  h(
    'a',
    {
      class: 'skip',
      href: `#${id}`,
      /** @param {Event} event */
      onClick: (event) => {
        event.preventDefault();
        document.getElementById(id)?.focus();
      },
    },
    label,
  );

/** @param {App} app */
const frameClass = ({ state }) =>
  [
    'frame',
    state.showsTruth && 'with-truth',
    state.showsMembers && 'with-members',
    state.drawer && `drawn-${state.drawer}`,
  ]
    .filter(Boolean)
    .join(' ');

/** @param {{ app: App }} props */
export function Page({ app }) {
  const { view, truth, drawer, said } = app.state;
  const { guild } = whereIs(app);
  const formGuild = view?.modal
    ? (view.guilds.find(({ channels }) => channels.some(({ id }) => id === view.modal?.place)) ?? view.guilds[0])
    : undefined;
  return h(
    Fragment,
    null,
    skip('say', 'Skip to the message field'),
    skip('truth', 'Skip to what happens behind the scenes'),
    h(TopBar, { app }),
    h(
      'div',
      { class: frameClass(app) },
      view ? h(Rooms, { app, view }) : h('div', { class: 'rooms' }),
      h(Chat, { app }),
      guild && h(Members, { app, guild }),
      truth && h(TruthPanel, { app, truth }),
      drawer &&
        h('button', {
          type: 'button',
          class: 'veil',
          'aria-label': 'Close the side panel',
          onClick: () => app.does.drawer(null),
        }),
    ),
    h('p', { class: 'for-ears', role: 'status' }, said),
    view?.modal && h(Modal, { key: view.modal.id, modal: view.modal, app, guild: formGuild, names: view.names }),
  );
}
