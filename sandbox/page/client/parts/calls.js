/** @import { BotView, CallView } from '../../contract.ts' */
import { Component, h } from 'preact';
import { stamp } from '../times.js';

const tabs = /** @type {const} */ ([
  ['cardpluspay', 'CardPlusPay'],
  ['discord', 'Discord'],
  ['bot', 'Bot log'],
]);

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** @param {CallView} call */
const outcome = ({ status, ms, note }) => {
  if (status !== null) return `${status} · ${ms ?? 0} ms`;
  return /lost|broke|no answer/.test(note) ? 'no answer' : 'waiting';
};

/** @param {CallView} call */
const toneOf = ({ status, note }) => {
  if (status === null) return /lost|broke|no answer/.test(note) ? 'is-bad' : 'is-waiting';
  return status < 400 ? 'is-good' : 'is-bad';
};

/** @param {CallView} call */
const row = (call) =>
  h(
    'li',
    { key: call.id },
    h(
      'details',
      { class: 'call' },
      h(
        'summary',
        { 'data-item': true },
        h('span', { class: 'method' }, call.method),
        h('span', { class: 'path' }, call.path),
        h('span', { class: `outcome ${toneOf(call)}` }, outcome(call)),
        call.note && h('span', { class: 'note' }, call.note),
      ),
      h('p', { class: 'quiet' }, clock.format(call.at)),
      call.body != null &&
        h('pre', { tabIndex: 0, 'aria-label': 'Body' }, h('code', null, JSON.stringify(call.body, null, 2))),
    ),
  );

const SHOWN_LINES = 30;

/** @param {BotView['lines']} lines */
const logLines = (lines) =>
  h(
    'pre',
    { 'aria-label': "The bot's log" },
    lines
      .slice(-SHOWN_LINES)
      .reverse()
      .map(({ at, level, text }) => h('span', { class: `line is-${level}` }, `${stamp(at, at)} ${level} ${text}\n`)),
  );

/** @typedef {CallView['to'] | 'bot'} Shown */

/** Calls and log lines as they come. @extends {Component<{ calls: CallView[], lines: BotView['lines'] }, { to: Shown }>} */
export class Calls extends Component {
  /** @override */
  state = { to: /** @type {Shown} */ ('cardpluspay') };
  /** @override */
  render() {
    const { to } = this.state;
    const calls = this.props.calls.filter((call) => call.to === to);
    return h(
      'section',
      { class: 'calls', 'aria-labelledby': 'truth-calls' },
      h('h3', { id: 'truth-calls' }, 'What the bot does'),
      h(
        'div',
        { class: 'tabs', role: 'tablist', 'aria-label': 'What the bot does', 'data-arrows': 'x' },
        tabs.map(([id, label]) =>
          h(
            'button',
            {
              type: 'button',
              key: id,
              role: 'tab',
              id: `tab-${id}`,
              'data-item': true,
              'aria-selected': id === to,
              'aria-controls': 'call-list',
              tabIndex: id === to ? 0 : -1,
              onClick: () => this.setState({ to: id }),
            },
            label,
          ),
        ),
      ),
      h(
        'div',
        { role: 'tabpanel', tabIndex: 0, id: 'call-list', 'aria-labelledby': `tab-${to}` },
        to === 'bot'
          ? logLines(this.props.lines)
          : calls.length > 0
            ? h('ul', { class: 'call-list', 'data-arrows': 'y' }, calls.map(row))
            : h('p', { class: 'quiet' }, 'Nothing yet.'),
      ),
    );
  }
}
