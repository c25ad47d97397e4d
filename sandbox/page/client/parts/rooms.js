/** @import { ChannelView, DmView, GuildView, View } from '../../contract.ts' */
/** @import { App } from '../app.js' */
import { h } from 'preact';
import { Avatar, Count } from './avatar.js';
import { whereIs } from './chat.js';

/** @param {App} app @param {ChannelView} channel */
const room = (app, { id, name, isPrivate, unread, pings }) =>
  h(
    'li',
    { key: id },
    h(
      'button',
      {
        type: 'button',
        class: unread > 0 ? 'room is-unread' : 'room',
        'data-item': true,
        'aria-current': id === app.place() ? 'page' : undefined,
        onClick: () => app.does.go(id),
      },
      h('span', { class: `icon ${isPrivate ? 'lock' : 'hash'}`, 'aria-hidden': 'true' }),
      h('span', { class: 'room-name' }, name),
      isPrivate && h('span', { class: 'for-ears' }, ', private'),
      unread > 0 && pings === 0 && h('span', { class: 'for-ears' }, ', unread'),
      h(Count, { count: pings, what: 'mention' }),
    ),
  );

/** @param {App} app @param {DmView} dm */
const direct = (app, dm) =>
  h(
    'li',
    { key: dm.id },
    h(
      'button',
      {
        type: 'button',
        class: dm.unread > 0 ? 'room is-unread' : 'room',
        'data-item': true,
        'aria-current': dm.id === app.place() ? 'page' : undefined,
        onClick: () => app.does.go(dm.id),
      },
      h(Avatar, { ...dm.with }),
      h('span', { class: 'room-name' }, dm.with.name),
      dm.isClosed && h('span', { class: 'closed-tag' }, 'closed'),
      h(Count, { count: dm.unread, what: 'new message' }),
    ),
  );

/** @param {App} app @param {GuildView[]} guilds @param {GuildView | undefined} here */
const rail = (app, guilds, here) =>
  h(
    'nav',
    { class: 'rail', 'aria-label': 'Servers', 'data-arrows': 'y' },
    guilds.map(({ id, name, letter, channels }) =>
      h(
        'button',
        {
          type: 'button',
          key: id,
          class: 'guild',
          'data-item': true,
          title: name,
          'aria-label': name,
          'aria-current': id === here?.id ? 'page' : undefined,
          onClick: () => channels[0] && app.does.go(channels[0].id),
        },
        letter,
      ),
    ),
  );

/** @param {App} app @param {View} view */
function meCard(app, { people, me }) {
  const person = people.find(({ id }) => id === me);
  if (!person) return null;
  const { id, letter, name, note } = person;
  const isClosed = app.state.view?.dms[0]?.isClosed;
  return h(
    'div',
    { class: 'me' },
    h(Avatar, { id, letter, isOnline: true }),
    h('p', null, h('strong', null, name), h('span', { class: 'quiet' }, isClosed ? `${note}, DMs closed` : note)),
  );
}

/** Servers, channels and direct messages. @param {{ app: App, view: View }} props */
export function Rooms({ app, view }) {
  const { guild } = whereIs(app);
  const home = guild ?? view.guilds[0];
  return h(
    'div',
    { class: app.state.drawer === 'rooms' ? 'rooms is-drawn' : 'rooms', id: 'rooms' },
    rail(app, view.guilds, guild),
    h(
      'nav',
      { class: 'channels', 'aria-label': 'Channels and direct messages', 'data-arrows': 'y' },
      h('h2', { class: 'guild-name' }, home?.name),
      h('h3', null, 'Channels'),
      h(
        'ul',
        null,
        (home?.channels ?? []).map((channel) => room(app, channel)),
      ),
      h('h3', null, 'Direct messages'),
      h(
        'ul',
        null,
        view.dms.map((dm) => direct(app, dm)),
      ),
      h('span', { class: 'spread' }),
      meCard(app, view),
    ),
  );
}
