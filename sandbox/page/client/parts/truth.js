/** @import { BotView, OrderView, ProductView, Truth } from '../../contract.ts' */
/** @import { App } from '../app.js' */
import { h } from 'preact';
import { stamp } from '../times.js';
import { Calls } from './calls.js';
import { PriceMover } from './price-mover.js';

const states = {
  starting: 'Starting',
  serving: 'Serving',
  stopping: 'Stopping',
  stopped: 'Stopped',
  killed: 'Killed',
  crashed: 'Ended by itself',
};

/** @param {App} app @param {BotView} bot */
function botPart(app, { state, pid, since, starts, lines }) {
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

/** @param {string} label @param {string} about @param {boolean} isOn @param {(on: boolean) => void} turn */
const toggle = (label, about, isOn, turn) =>
  h(
    'button',
    {
      type: 'button',
      class: 'switch',
      role: 'switch',
      'aria-checked': isOn,
      onClick: () => turn(!isOn),
    },
    h('span', { class: 'knob', 'aria-hidden': 'true' }),
    h('span', null, h('strong', null, label), h('span', { class: 'quiet' }, about)),
  );

/** @param {App} app @param {Truth} truth */
function faultsPart(app, { faults, products, account }) {
  const { fault } = app.does;
  const me = app.state.view?.people.find(({ id }) => id === app.state.me);
  return h(
    'section',
    { 'aria-labelledby': 'truth-faults' },
    h('h3', { id: 'truth-faults' }, 'Break something'),
    toggle(
      'Lose the answer of the next purchase',
      'Charged, and the bot never hears of it',
      faults.losesNextAnswer,
      (on) => void fault('lose-next-answer', { on }),
    ),
    toggle(
      'Slow the answer of the next purchase',
      'By 8 seconds: time to kill the bot meanwhile',
      faults.slowsNextAnswer,
      (on) => void fault('slow-next-answer', { on }),
    ),
    me &&
      toggle(
        "Close this member's DMs",
        `${me.name} takes no direct messages`,
        faults.closedDms.includes(me.id),
        (closed) => void fault('close-dms', { member: me.id, closed }),
      ),
    h(PriceMover, { app, products, currency: account.currency }),
  );
}

/** @param {OrderView} order */
const orderRow = ({ number, item, quantity, amount, status, at, codes }) =>
  h(
    'li',
    { key: number, class: 'order' },
    h('p', null, h('strong', null, number), h('span', { class: `state is-${status}` }, status)),
    h('p', { class: 'quiet' }, `${quantity} × ${item} · ${amount} · ${stamp(at, Date.now())}`),
    codes.length > 0 &&
      h(
        'div',
        { class: 'secret', tabIndex: 0, role: 'group', 'aria-label': `Codes of ${number}` },
        h(
          'span',
          { class: 'secret-words' },
          codes.map((code) => h('span', { key: code }, code)),
        ),
        h(
          'span',
          { class: 'secret-cover', 'aria-hidden': 'true' },
          `${codes.length === 1 ? '1 code' : `${codes.length} codes`}, hover to see`,
        ),
      ),
  );

/** @param {ProductView[]} products @param {string} currency */
const stock = (products, currency) =>
  h(
    'details',
    { class: 'stock' },
    h('summary', null, `Stock and prices of ${products.length} cards`),
    h(
      'div',
      { class: 'table', tabIndex: 0, role: 'region', 'aria-label': 'Stock and prices' },
      h(
        'table',
        null,
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            h('th', { scope: 'col' }, 'Card'),
            h('th', { scope: 'col' }, `Price, ${currency}`),
            h('th', { scope: 'col' }, 'Stock'),
          ),
        ),
        h(
          'tbody',
          null,
          products.map(({ item, name, price, stock }) =>
            h(
              'tr',
              { key: item },
              h('th', { scope: 'row', title: item }, name),
              h('td', null, price),
              h('td', null, stock ?? 'no end'),
            ),
          ),
        ),
      ),
    ),
  );

/** @param {Truth} truth */
const accountPart = ({ account, orders, products }) =>
  h(
    'section',
    { 'aria-labelledby': 'truth-account' },
    h('h3', { id: 'truth-account' }, 'At CardPlusPay'),
    h(
      'p',
      { class: 'balance' },
      h('span', { class: 'quiet' }, 'Balance'),
      h('strong', null, `${account.balance} ${account.currency}`),
    ),
    orders.length > 0
      ? h('ul', { class: 'orders' }, orders.map(orderRow))
      : h('p', { class: 'quiet' }, 'No orders yet.'),
    stock(products, account.currency),
  );

/** What really is, whoever one is. @param {{ app: App, truth: Truth }} props */
export const TruthPanel = ({ app, truth }) =>
  h(
    'aside',
    {
      class: app.state.drawer === 'truth' ? 'truth is-drawn' : 'truth',
      id: 'truth',
      tabIndex: -1,
      'aria-labelledby': 'truth-title',
    },
    h(
      'div',
      { class: 'truth-top', tabIndex: 0, role: 'region', 'aria-labelledby': 'truth-title' },
      h('h2', { id: 'truth-title' }, 'What really happens'),
      botPart(app, truth.bot),
      faultsPart(app, truth),
      accountPart(truth),
    ),
    h(Calls, { calls: truth.calls }),
  );
