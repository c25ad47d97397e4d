/** @import { Truth } from '../../contract.ts' */
/** @import { App } from '../app.js' */
import { h } from 'preact';
import { Calls } from './calls.js';
import { accountPart } from './truth-account.js';
import { faultsPart } from './truth-faults.js';

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
      h('h2', { id: 'truth-title' }, 'Behind the scenes'),
      accountPart(truth),
      faultsPart(app, truth),
    ),
    h(Calls, { calls: truth.calls, lines: truth.bot.lines }),
  );
