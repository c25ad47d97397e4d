import type { Words } from '../i18n/words.ts';
import { approvalEndsAt } from '../orders/approval.ts';
import type { Waiting, WaitingPage } from '../orders/awaiting.ts';
import { askedAt } from '../orders/awaiting.ts';
import type { Member, Order } from '../orders/order.ts';
import { decidedOf, whyFact } from './approval.ts';
import { packPage } from './button-id.ts';
import { asksFact, votersFact, wantedFact, whatOf } from './order-facts.ts';
import { reasonModal } from './reason-modal.ts';
import { messageLink, moment, plain, who } from './text.ts';
import type { Entry, View } from './view.ts';
import { buttonFor, buttonRow, message } from './view.ts';

/** The text of more may not fit a message, and names and reasons are cut shorter than on a card. */
export const WAITING_A_PAGE = 3;
const SHORT = 60;

interface Options {
  /** Who looks. */
  readonly member: Pick<Member, 'user' | 'guild'>;
  /** What they have decided just now. */
  readonly decided?: Order | undefined;
}

/** What waits for somebody, each with the buttons of its card. `decided` is said first. */
export function approvalListView(list: WaitingPage, options: Options, words: Words): View {
  const { approvals: w, facts, buttons } = words;
  const { page, pages, total, waiting } = list;
  const { decided } = options;
  return message({
    tone: total > 0 ? 'waiting' : 'plain',
    title: total > 0 ? w.title(total) : w.none,
    facts: [
      ...(decided ? decisionFacts(decided, words) : []),
      pages > 1 ? facts.page(page + 1, pages) : undefined,
    ],
    entries: waiting.map((each) => entryOf(each, page, options, words)),
    next: total > 0 ? w.next : w.noneNext,
    rows: [
      buttonRow(
        page > 0 ? buttonFor('approvals.page', String(page - 1), buttons.previous) : undefined,
        page + 1 < pages ? buttonFor('approvals.page', String(page + 1), buttons.next) : undefined,
      ),
    ],
  });
}

/** A button carries the page as well: that is where the list goes on. */
function entryOf(waiting: Waiting, page: number, { member }: Options, words: Words): Entry {
  const { order, actions, voice, card } = waiting;
  const { approval: a, approvals: w, facts, buttons } = words;
  const { id, quote, reference } = order;
  const { charged, quantity, each } = quote;
  const here = packPage(id, page);
  const times = w.since(moment(askedAt(order), 'R'), moment(approvalEndsAt(order), 'R'));
  return {
    facts: [
      `**${words.order.what(quantity, plain(quote.name, SHORT))}** · \`${reference}\``,
      a.toPay(charged, quantity, each),
      asksFact(order, words),
      order.reason && facts.forReason(plain(order.reason, SHORT)),
      whyFact(order, words),
      wantedFact(order, words),
      votersFact(order, words),
      voice === undefined ? w.alreadyYours : undefined,
      voice !== undefined && voice !== member.user ? w.inTheNameOf(who(voice)) : undefined,
      card ? `${times} · ${w.card(messageLink(member.guild, card))}` : times,
    ],
    row: buttonRow(
      actions.includes('approve')
        ? buttonFor('approvals.approve', here, buttons.approve(charged))
        : undefined,
      actions.includes('reject') ? buttonFor('approvals.reject', here, buttons.reject) : undefined,
    ),
  };
}

/** What became of an order that somebody has just decided about: it may take others to decide as well. */
function decisionFacts(order: Order, words: Words): (string | undefined)[] {
  const decided = decidedOf(order, words);
  const title = decided ? decided.title : words.approvals.counted(whatOf(order, words));
  return [
    `**${title}** · \`${order.reference}\``,
    // Without the reason, which they have just typed themselves.
    decided ? decided.end : wantedFact(order, words),
  ];
}

/** Asks why an order of the list is rejected. Its submit rejects it, and shows the list again. */
export function rejectListedModal(here: string, words: Words) {
  const { modalTitle, modalReason } = words.approval;
  return reasonModal('approvals.reject', here, { title: modalTitle, label: modalReason });
}
