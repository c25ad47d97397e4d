/** @import { GuildView, MemberView } from '../../contract.ts' */
/** @import { App } from '../app.js' */
import { h } from 'preact';
import { Avatar } from './avatar.js';

/** @param {MemberView} member */
const row = ({ id, name, letter, isBot, isOnline, roles }) =>
  h(
    'li',
    { key: id, class: isOnline ? 'member' : 'member is-away', tabIndex: -1, 'data-item': true },
    h(Avatar, { id, letter, isBot, isOnline }),
    h(
      'span',
      { class: 'member-words' },
      h('span', null, h('strong', null, name), isBot && h('span', { class: 'app-tag' }, 'APP')),
      h('span', { class: 'quiet' }, isBot && !isOnline ? 'offline' : roles.join(', ')),
    ),
  );

/** @param {string} title @param {MemberView[]} members */
const group = (title, members) =>
  members.length > 0 && [
    h('h3', { key: title }, `${title} · ${members.length}`),
    h('ul', { key: `${title}-list` }, members.map(row)),
  ];

/** @param {{ app: App, guild: GuildView }} props */
export const Members = ({ app, guild }) =>
  h(
    'aside',
    {
      class: app.state.drawer === 'members' ? 'members is-drawn' : 'members',
      id: 'members',
      'aria-label': 'Members',
      'data-arrows': 'y',
      tabIndex: 0,
    },
    h('h2', { class: 'for-ears' }, 'Members'),
    group(
      'Admins',
      guild.members.filter(({ isAdmin, isBot }) => isAdmin && !isBot),
    ),
    group(
      'Members',
      guild.members.filter(({ isAdmin, isBot }) => !isAdmin && !isBot),
    ),
    group(
      'Apps',
      guild.members.filter(({ isBot }) => isBot),
    ),
  );
