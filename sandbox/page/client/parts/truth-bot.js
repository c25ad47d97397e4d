/** @import { BotView } from '../../contract.ts' */
/** @import { App } from '../app.js' */
import { h } from 'preact';
import { stamp } from '../times.js';

const states = {
  starting: 'Starting',
  serving: 'Running',
  stopping: 'Stopping',
  stopped: 'Stopped',
  killed: 'Killed',
  crashed: 'Crashed',
};

/** The bot's process. @param {App} app @param {BotView} bot */
export function botPart(app, { state, pid, since }) {
  const runs = pid !== null;
  return h(
    'div',
    { class: 'bot', role: 'group', 'aria-label': 'The bot' },
    h(
      'p',
      { class: `bot-state is-${state}`, role: 'status' },
      h('span', { class: 'lamp', 'aria-hidden': 'true' }),
      h('strong', null, `Bot: ${states[state].toLowerCase()}`),
      h('span', { class: 'quiet' }, `since ${stamp(since, Date.now())}${runs ? ` · process ${pid}` : ''}`),
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
  );
}
