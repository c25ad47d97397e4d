/** @import { App } from '../app.js' */
/** @import { Base, Step, Tour } from './tours.js' */
import { Component, h } from 'preact';
import { keep, recall } from '../kept.js';
import { createHand } from './hand.js';
import { tours } from './tours.js';

/** @typedef {{ app: App }} Props */
/** @typedef {{ open: string, at: Record<string, number>, bases: Record<string, Base>, isBusy: boolean, trouble: string }} State */

/** What was done before this page was loaded again, in the same demo. @param {App} app */
function remembered(app) {
  try {
    const { demo, at } = JSON.parse(recall('guide') ?? '{}');
    return demo === app.state.truth?.demo ? at : {};
  } catch {
    return {};
  }
}

/** @param {App} app @returns {Base} */
const baseOf = ({ state: { truth } }) => ({ orders: truth?.orders.length ?? 0, starts: truth?.bot.starts ?? 0 });

/** What to try: each step can be done for you, and is ticked off once it is. @extends {Component<Props, State>} */
export class Guide extends Component {
  /** @override @type {State} */
  state = { open: 'buy', at: remembered(this.props.app), bases: {}, isBusy: false, trouble: '' };

  /** @param {Tour} tour */
  at = ({ id, steps }) => Math.min(this.state.at[id] ?? 0, steps.length);

  get tour() {
    return tours.find(({ id }) => id === this.state.open) ?? /** @type {Tour} */ (tours[0]);
  }

  /** @param {Tour} tour @param {number} step */
  tick(tour, step) {
    if (this.at(tour) !== step) return;
    const at = { ...this.state.at, [tour.id]: step + 1 };
    keep('guide', JSON.stringify({ demo: this.props.app.state.truth?.demo, at }));
    this.setState({ at, trouble: '' });
  }

  /** Whoever does a step by hand has it ticked off, too. @override */
  componentDidUpdate() {
    const { tour, state } = this;
    const { app } = this.props;
    const base = state.bases[tour.id];
    const step = tour.steps[this.at(tour)];
    if (!state.isBusy && base && step?.isDone?.(app, base)) this.tick(tour, this.at(tour));
  }

  /** @param {string} id */
  open = (id) => this.setState({ open: id, trouble: '' });

  /** @param {Tour} tour @param {Step} step */
  act = async (tour, step) => {
    const { app } = this.props;
    if (this.state.isBusy) return;
    const bases = { ...this.state.bases, [tour.id]: this.state.bases[tour.id] ?? baseOf(app) };
    this.setState({ isBusy: true, trouble: '', bases });
    try {
      await step.act(createHand(app), app);
      this.tick(tour, this.at(tour));
    } catch (error) {
      this.setState({ trouble: /** @type {Error} */ (error).message });
    }
    this.setState({ isBusy: false });
  };

  /** @param {Tour} tour */
  again = ({ id }) => {
    const { [id]: _, ...bases } = this.state.bases;
    this.setState({ at: { ...this.state.at, [id]: 0 }, bases, trouble: '' });
  };

  tabs() {
    return h(
      'div',
      { class: 'tabs', role: 'tablist', 'aria-label': 'What to try', 'data-arrows': 'x' },
      tours.map((tour) =>
        h(
          'button',
          {
            type: 'button',
            key: tour.id,
            role: 'tab',
            id: `tour-${tour.id}`,
            'data-item': true,
            'aria-selected': tour === this.tour,
            'aria-controls': 'tour',
            tabIndex: tour === this.tour ? 0 : -1,
            onClick: () => this.open(tour.id),
          },
          this.at(tour) === tour.steps.length && [
            h('span', { class: 'tick', 'aria-hidden': 'true' }, '✓ '),
            h('span', { class: 'for-ears' }, 'Done: '),
          ],
          tour.title,
        ),
      ),
    );
  }

  /** @param {Tour} tour */
  steps(tour) {
    const at = this.at(tour);
    const step = tour.steps[at];
    return h(
      'div',
      { role: 'tabpanel', id: 'tour', class: 'tour', 'aria-labelledby': `tour-${tour.id}` },
      h(
        'p',
        { class: 'tour-step', role: 'status' },
        h('strong', null, step ? `${at + 1} of ${tour.steps.length} ` : '✓ '),
        step?.say ?? tour.end,
      ),
      step
        ? h(
            'button',
            {
              type: 'button',
              class: 'button primary',
              disabled: this.state.isBusy,
              onClick: () => void this.act(tour, step),
            },
            this.state.isBusy ? 'Doing it…' : step.label,
          )
        : h('button', { type: 'button', class: 'button secondary', onClick: () => this.again(tour) }, 'Do it again'),
    );
  }

  /** @override */
  render() {
    const { tour } = this;
    return h(
      'section',
      { class: 'guide', 'aria-label': 'What to try' },
      this.tabs(),
      this.steps(tour),
      this.state.trouble && h('p', { class: 'wrong', role: 'alert' }, this.state.trouble),
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button close',
          'aria-label': 'Close the guide',
          onClick: () => this.props.app.does.hint(false),
        },
        h('span', { class: 'icon cross', 'aria-hidden': 'true' }),
      ),
    );
  }
}
