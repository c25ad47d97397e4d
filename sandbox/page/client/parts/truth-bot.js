/** @import { BotView } from '../../contract.ts' */
/** @import { App } from '../app.js' */
import { h } from 'preact';
import { stamp } from '../times.js';

const states = {
  starting: 'Starting',
  serving: 'Serving',
  stopping: 'Stopping',
  stopped: 'Stopped',
  killed: 'Killed',
  crashed: 'Ended by itself',
};

/** The bot's process, and its log. @param {App} app @param {BotView} bot */
export function botPart(app, { state, pid, since, starts, lines }) {
  const runs = pid !== null;
  return h(
    'section',
    { 'aria-labelledby': 'truth-bot' },
    h('h3', { id: 'truth-bot' }, 'The bot'),
    h(
      'p',
      { class: `bot-state is-${state}`, role: 'status' },
      h('span', { class: 'lamp', 'aria-hidden': 'true' }),
      h('strong', null, states[state]),
      h(
        'span',
        { class: 'quiet' },
        `since ${stamp(since, Date.now())}${runs ? ` · process ${pid}` : ''} · start ${starts}`,
      ),
    ),
    h(
      'div',
      { class: 'row' },
      h(
        'button',
        {
          type: 'button',
          class: 'button secondary',
          disabled: !runs,
          onClick: () => void app.does.bot('restart'),
        },
        'Restart the bot',
      ),
      // One button, so that the focus stays on it.
      h(
        'button',
        {
          type: 'button',
          class: runs ? 'button danger' : 'button success',
          onClick: () => void app.does.bot(runs ? 'kill' : 'start'),
        },
        runs ? 'Kill the bot' : 'Start the bot',
      ),
    ),
    h(
      'details',
      { class: 'log-lines' },
      h('summary', null, 'Its log'),
      h(
        'pre',
        { tabIndex: 0, 'aria-label': "The bot's log" },
        lines
          .slice(-30)
          .map(({ at, level, text }) =>
            h('span', { class: `line is-${level}` }, `${stamp(at, at)} ${level} ${text}\n`),
          ),
      ),
    ),
  );
}
