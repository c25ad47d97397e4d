import type { Words } from '../../i18n/index.ts';
import type { NoticeContent } from '../../orders/index.ts';
import { buttonFor, message, type View } from '../kit/message.ts';
import { type Modal, modal } from '../kit/modal.ts';
import { moment, who } from '../kit/text.ts';
import { numberOf, placedAt } from '../orders/facts.ts';

type StrangerContent = Extract<NoticeContent, { kind: 'stranger' }>;

const MOST_NAMED = 10;

/** An order at CardPlusPay that no record here knows; after a restore it is a question, until somebody has settled it. */
export function strangerView(content: StrangerContent, words: Words): View {
  const w = words.admin.stranger;
  const { stranger, perhaps, isAsked, ignored, attached } = content;
  const when = placedAt(stranger.createdAt);
  const isSettled = attached !== undefined || ignored !== undefined;
  const isOpen = isAsked === true && !isSettled;
  return message({
    tone: isOpen ? 'waiting' : isSettled ? 'good' : 'bad',
    title: isSettled ? w.settledTitle(numberOf(stranger)) : w.title(numberOf(stranger)),
    facts: [
      stranger.charged && w.charged(stranger.charged),
      when && w.placed(when),
      !isSettled && perhaps.length > 0 && w.perhaps(perhaps.slice(0, MOST_NAMED).join(', ')),
      attached !== undefined && w.attached(attached),
      attached === undefined && ignored && w.ignored(who(ignored.by), moment(ignored.at)),
    ],
    next: isSettled ? undefined : isAsked ? w.askedNext : w.next,
    buttons: isOpen ? settleButtons(String(stranger.orderId), words) : [],
  });
}

const settleButtons = (id: string, { buttons }: Words) => [
  buttonFor('stranger.attach', id, buttons.strangerAttach, { main: true }),
  buttonFor('stranger.ignore', id, buttons.strangerIgnore),
];

/** Asks which order here it is. Its submit asks once more. */
export function attachModal(orderId: string, words: Words): Modal {
  const { attachTitle, attachLabel: label } = words.admin.stranger;
  return modal('stranger.attach', orderId, attachTitle, [{ kind: 'text', id: 'reference', label, maxLength: 40 }]);
}

/** Asks once more before it is said to be nobody's here. */
export function askIgnoreView(orderId: number, words: Words): View {
  const w = words.admin.stranger;
  return message({
    tone: 'waiting',
    title: w.ignoreAsk(String(orderId)),
    next: w.ignoreNext,
    buttons: [buttonFor('stranger.ignore.yes', String(orderId), words.buttons.strangerIgnore, { main: true })],
  });
}

/** Said to whoever has settled it so. */
export function ignoredView(orderId: number, words: Words): View {
  const w = words.admin.stranger;
  return message({ tone: 'good', title: w.settledTitle(String(orderId)), facts: [w.ignoredDone] });
}
