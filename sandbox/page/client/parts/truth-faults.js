/** @import { Truth } from '../../contract.ts' */
/** @import { App } from '../app.js' */
import { h } from 'preact';
import { PriceMover } from './price-mover.js';
import { botPart } from './truth-bot.js';

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

/** What can be made to go wrong. @param {App} app @param {Truth} truth */
export function faultsPart(app, { faults, products, account, bot }) {
  const { fault } = app.does;
  const me = app.state.view?.people.find(({ id }) => id === app.state.me);
  return h(
    'section',
    { 'aria-labelledby': 'truth-faults' },
    h('h3', { id: 'truth-faults' }, 'Make something go wrong'),
    botPart(app, bot),
    toggle(
      'Lose the next answer',
      'Charged, but the bot never hears back',
      faults.losesNextAnswer,
      (on) => void fault('lose-next-answer', { on }),
    ),
    toggle(
      'Delay the next answer',
      'By 8 seconds: enough time to kill the bot',
      faults.slowsNextAnswer,
      (on) => void fault('slow-next-answer', { on }),
    ),
    me &&
      toggle(
        "Close this member's DMs",
        `${me.name} can't receive direct messages`,
        faults.closedDms.includes(me.id),
        (closed) => void fault('close-dms', { member: me.id, closed }),
      ),
    h(PriceMover, { app, products, currency: account.currency }),
  );
}
