/** @import { Embed, GuildView, MessageView } from '../../contract.ts' */
/** @import { App } from '../app.js' */
/** @import { Reading } from './markdown.js' */
import { h } from 'preact';
import { stamp, timeText } from '../times.js';
import { Avatar } from './avatar.js';
import { drawParts } from './component.js';
import { FileCard } from './file-card.js';
import { Markdown } from './markdown.js';
import { isPicture, Picture } from './picture.js';

/** @typedef {{ message: MessageView, isFirst: boolean, guild: GuildView | undefined, app: App, reading: Reading }} Props */

/** @param {string | undefined} href @param {string} words */
const link = (href, words) => h('a', { href, target: '_blank', rel: 'noreferrer noopener' }, words);

/** @param {{ embed: Embed, reading: Reading }} props */
function EmbedCard({ embed, reading }) {
  const colour = embed.color == null ? undefined : `#${embed.color.toString(16).padStart(6, '0')}`;
  const { author, title, url, description, fields = [], footer, timestamp } = embed;
  const foot = [footer?.text, timestamp && timeText(Date.parse(timestamp), 'f', Date.now())];
  return h(
    'div',
    { class: 'container embed', style: colour ? { '--accent-of': colour } : undefined },
    author && h('p', { class: 'small' }, author.name),
    title && h('p', null, h('strong', null, /^https?:/.test(url ?? '') ? link(url, title) : title)),
    description && h(Markdown, { text: description, reading }),
    fields.length > 0 &&
      h(
        'dl',
        { class: 'fields' },
        fields.map(({ name, value, inline }) =>
          h(
            'div',
            { class: inline ? 'is-inline' : '' },
            h('dt', null, name),
            h('dd', null, h(Markdown, { text: value, reading })),
          ),
        ),
      ),
    foot.some(Boolean) && h('p', { class: 'small' }, foot.filter(Boolean).join(' · ')),
  );
}

/** @param {Props} props */
function above({ message }) {
  const { usedCommand, repliesTo } = message;
  if (usedCommand)
    return h(
      'p',
      { class: 'above' },
      h('strong', null, usedCommand.by),
      ' used ',
      h('span', { class: 'mention' }, `/${usedCommand.command}`),
    );
  if (!repliesTo) return null;
  return h(
    'p',
    { class: 'above' },
    repliesTo.id === null
      ? 'Replying to a deleted message'
      : ['Replying to ', h('strong', null, repliesTo.author), ` ${repliesTo.text.replaceAll('*', '')}`],
  );
}

/** Whatever is shown in a file component is not shown again below. @param {MessageView} message */
const looseFiles = ({ attachments, components }) => {
  const text = JSON.stringify(components);
  return attachments.filter(({ filename, url }) => !text.includes(`attachment://${filename}`) && !text.includes(url));
};

/** @param {Props} props */
function words(props) {
  const { message, reading } = props;
  const edited =
    message.editedAt !== null &&
    h('span', { class: 'edited', title: timeText(message.editedAt, 'F', Date.now()) }, '(edited)');
  if (message.isThinking)
    return h(
      'p',
      { class: 'thinking' },
      h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i', null), h('i', null), h('i', null)),
      `${message.author.name} is thinking…`,
    );
  return [
    message.content && h(Markdown, { text: message.content, reading }),
    message.embeds.map((embed) => h(EmbedCard, { embed, reading })),
    drawParts(message.components, props),
    looseFiles(message).map((file) => h(isPicture(file) ? Picture : FileCard, { key: file.id, file })),
    edited,
  ];
}

/** @param {App} app @param {MessageView} message */
const onlyForMe = (app, message) =>
  h(
    'p',
    { class: 'only-me' },
    h('span', { class: 'icon eye', 'aria-hidden': 'true' }),
    'Only you can see this · ',
    h(
      'button',
      {
        type: 'button',
        class: 'as-link',
        onClick: () => void app.does.dismiss({ message: message.id }),
      },
      'Dismiss message',
    ),
  );

/** @param {MessageView} message */
const classOf = ({ isOnlyForMe, pingsMe }, isFirst = true) =>
  ['message', isFirst && 'is-first', isOnlyForMe && 'is-only-me', pingsMe && 'pings-me'].filter(Boolean).join(' ');

/** @param {Props} props */
export function Message(props) {
  const { message, isFirst, app } = props;
  const { author, at } = message;
  const now = Date.now();
  const trouble = app.state.troubles[message.id];
  const label = `${author.name}, ${stamp(at, now)}${message.isOnlyForMe ? ', only you can see this' : ''}`;
  return h(
    'article',
    {
      class: classOf(message, isFirst),
      'aria-label': label,
      tabIndex: -1,
      'data-item': true,
      'data-message': message.id,
    },
    isFirst && above(props),
    isFirst && h(Avatar, { ...author }),
    h(
      'div',
      { class: 'body' },
      isFirst &&
        h(
          'p',
          { class: 'byline' },
          h('strong', null, author.name),
          author.isBot && h('span', { class: 'app-tag' }, 'APP'),
          h('time', { dateTime: new Date(at).toISOString(), title: timeText(at, 'F', now) }, stamp(at, now)),
        ),
      words(props),
      trouble && h('p', { class: 'trouble', role: 'alert' }, trouble),
      message.isOnlyForMe && onlyForMe(app, message),
    ),
  );
}
