import type { Words } from '../i18n/words.ts';
import type { Order, Step } from '../orders/order.ts';
import { moment, who } from './text.ts';

/** What happened to an order, one step a line, under its heading; of a long story the middle is left out. */
export function timelineFacts({ history }: Order, words: Words, most = 20): string[] {
  const steps = history.map((step) => stepText(step, words));
  const first = most / 4;
  const shown =
    steps.length <= most ? steps : [...steps.slice(0, first), '…', ...steps.slice(first - most)];
  return [`**${words.orders.timeline}**`, ...shown];
}

function stepText(step: Step, words: Words): string {
  const { at, status, why } = step;
  const because = why ? ` (${words.orders.reasons[why]})` : '';
  return `${moment(at)} · ${words.orders.state[status]}${because} · ${doneBy(step, words)}`;
}

/** Who did it, and in whose name. */
export function doneBy({ by, for: voice }: Pick<Step, 'by' | 'for'>, { approval }: Words): string {
  return voice === undefined ? who(by) : approval.inTheNameOf(who(by), who(voice));
}
