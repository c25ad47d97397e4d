import { Component, h } from 'preact';
import { everySecond, timeText } from '../times.js';

/** A moment, in the reader's zone and alive. @extends {Component<{ at: number, style: string }>} */
export class Moment extends Component {
  /** @override */
  componentDidMount() {
    if (this.props.style === 'R') this.stop = everySecond(() => this.setState({}));
  }
  /** @override */
  componentWillUnmount() {
    this.stop?.();
  }
  /** @override */
  render() {
    const { at, style } = this.props;
    const now = Date.now();
    const full = timeText(at, 'F', now);
    return h('time', { class: 'moment', dateTime: new Date(at).toISOString(), title: full }, timeText(at, style, now));
  }
}
