/** @import { GuildView, MessageView } from '../../contract.ts' */
/** @import { App } from '../app.js' */
import { Fragment, h } from 'preact';
import { Guide } from '../guide/guide.js';
import { Composer } from './composer.js';
import { Message } from './message.js';

const TOGETHER_MS = 7 * 60_000;

/** @param {App} app */
export function whereIs(app) {
  const { view } = app.state;
  const place = app.place();
  const guild = view?.guilds.find(({ channels }) => channels.some(({ id }) => id === place));
  const channel = guild?.channels.find(({ id }) => id === place);
  const dm = view?.dms.find(({ id }) => id === place);
  return { place, guild, channel, dm, name: channel ? `#${channel.name}` : (dm?.with.name ?? '') };
}

/** @param {MessageView} message @param {MessageView | undefined} before */
const isFirst = (message, before) =>
  !before ||
  before.author.id !== message.author.id ||
  before.isOnlyForMe !== message.isOnlyForMe ||
  message.usedCommand !== null ||
  message.repliesTo !== null ||
  message.at - before.at > TOGETHER_MS;

/** @param {App} app */
function header(app) {
  const { channel, dm, name } = whereIs(app);
  const { showsMembers } = app.state;
  const sign = channel ? (channel.isPrivate ? 'lock' : 'hash') : 'at';
  return h(
    'header',
    { class: 'place' },
    h(
      'button',
      {
        type: 'button',
        class: 'icon-button only-narrow',
        'aria-label': 'Channels and messages',
        onClick: () => app.does.drawer('rooms'),
      },
      h('span', { class: 'icon menu', 'aria-hidden': 'true' }),
    ),
    h('span', { class: `icon ${sign}`, 'aria-hidden': 'true' }),
    h('h1', { tabIndex: -1 }, channel?.name ?? dm?.with.name),
    channel?.isPrivate && h('span', { class: 'quiet wide-only' }, 'Only admins see this channel'),
    dm && h('span', { class: 'quiet wide-only' }, 'Only you can see these messages'),
    h('span', { class: 'spread' }),
    channel &&
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': `Members of ${name}`,
          'aria-pressed': showsMembers,
          title: 'Members',
          onClick: () => (innerWidth < 900 ? app.does.drawer('members') : app.does.toggleMembers()),
        },
        h('span', { class: 'icon people', 'aria-hidden': 'true' }),
      ),
  );
}

/** @param {App} app */
function welcome(app) {
  const { channel, dm } = whereIs(app);
  const bot = dm?.with.name;
  return h(
    'div',
    { class: 'welcome' },
    h('span', { class: `icon big ${channel ? 'hash' : 'at'}`, 'aria-hidden': 'true' }),
    h('h2', null, channel ? `Welcome to #${channel.name}` : bot),
    h(
      'p',
      null,
      channel ? 'Type / to see what the bot can do here.' : `Messages for you alone, such as your gift card codes.`,
    ),
  );
}

/** What this client says by itself. @param {App} app @param {string} place */
const ownWords = (app, place) => [
  ...app.state.sending
    .filter((one) => one.place === place)
    .map(({ what }) => h('p', { class: 'own-words', role: 'status' }, `Sending ${what}…`)),
  ...app.state.notices
    .filter((one) => one.place === place)
    .map(({ id, text }) =>
      h(
        'div',
        { class: 'own-words is-bad', role: 'alert', key: `notice-${id}` },
        h('span', null, text),
        ' ',
        h('button', { type: 'button', class: 'as-link', onClick: () => app.does.dismissNotice(id) }, 'Dismiss'),
      ),
    ),
];

/** @param {App} app @param {MessageView[]} messages @param {GuildView | undefined} guild */
function list(app, messages, guild) {
  const { view } = app.state;
  if (!view) return [];
  const reading = { names: view.names, me: view.me, go: app.does.go, tell: app.does.tell };
  return messages.map((message, index) =>
    h(Message, {
      key: message.id,
      message,
      isFirst: isFirst(message, messages[index - 1]),
      guild,
      app,
      reading,
    }),
  );
}

/** The channel or the direct messages that one looks at. @param {{ app: App }} props */
export function Chat({ app }) {
  const { view, showsHint } = app.state;
  const { place, guild, dm, name } = whereIs(app);
  const messages = view?.messages[place] ?? [];
  const commands = guild?.commands ?? dm?.commands ?? [];
  // Messages of a channel can belong to a guild only; a direct message's menus know nobody.
  return h(
    'main',
    { class: 'chat', id: 'chat', 'aria-label': name },
    header(app),
    showsHint && app.state.truth && h(Guide, { app }),
    h(
      'div',
      {
        class: 'log',
        key: `${view?.me}/${place}`,
        role: 'log',
        tabIndex: 0,
        'aria-label': `Messages in ${name}`,
        'data-arrows': 'y',
      },
      view && h(Fragment, null, welcome(app), list(app, messages, guild), ownWords(app, place)),
    ),
    view && h(Composer, { key: `composer-${view.me}-${place}`, app, commands, guild, name }),
  );
}
