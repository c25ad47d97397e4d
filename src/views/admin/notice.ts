import type { Words } from '../../i18n/index.ts';
import type { NoticeContent, Stop } from '../../orders/index.ts';
import type { Asked } from '../approvals/card.ts';
import { reminderView } from '../approvals/notify.ts';
import { approvalView } from '../approvals/order-card.ts';
import { buttonFor, message, type View } from '../kit/message.ts';
import { moment, plain, who } from '../kit/text.ts';
import { numberOf, placedAt, whatOf } from '../orders/facts.ts';
import { troubleText } from '../policy/settings.ts';
import { auditHashView } from './audit.ts';
import { caseView } from './cases.ts';
import { type Quorum, reviewView } from './review.ts';

type Kind = NoticeContent['kind'];
type Rest = [words: Words, quorum: Quorum, asked: Asked | undefined];

const views: {
  [K in Kind]: (content: Extract<NoticeContent, { kind: K }>, ...rest: Rest) => View;
} = {
  review: ({ order }, words, quorum) => reviewView(order, quorum, words),
  approval: ({ order }, words, _, asked) => approvalView(order, words, asked),
  reminder: reminderView,
  stop: ({ stop }, words) => stopView(stop, words),
  case: ({ record, order }, words) => caseView(record, order, words),
  audit_hash: auditHashView,
  stranger({ stranger, perhaps }, words) {
    const w = words.admin.stranger;
    const when = placedAt(stranger.createdAt);
    return message({
      tone: 'bad',
      title: w.title(numberOf(stranger)),
      facts: [
        stranger.charged && w.charged(stranger.charged),
        when && w.placed(when),
        perhaps.length > 0 && w.perhaps(perhaps.slice(0, 10).join(', ')),
      ],
      next: w.next,
    });
  },
  amount_differs({ order, listed }, words) {
    const w = words.admin.amountDiffers;
    const { reference, remote } = order;
    return message({
      tone: 'bad',
      title: w.title(numberOf(listed)),
      reference,
      facts: [remote && w.recorded(remote.charged), w.listed(listed.charged)],
      next: w.next,
    });
  },
  charged_more({ order }, words) {
    const w = words.admin.chargedMore;
    const { reference, quote, remote } = order;
    return message({
      tone: 'bad',
      title: w.title(whatOf(order, words)),
      reference,
      facts: [w.quoted(quote.charged), remote && w.charged(remote.charged)],
      next: w.next,
    });
  },
  settings_broken({ breakage, isMended }, words) {
    const { names, broken: w } = words.settings;
    const { setting, since } = breakage;
    const name = names[setting];
    return message({
      tone: isMended ? 'good' : 'bad',
      title: isMended ? w.mendedTitle(name) : w.title(name),
      facts: [isMended ? w.mended : troubleText(breakage, words), w.since(moment(since))],
      next: !isMended && (setting === 'budgets' ? w.budgetsNext : w.next),
    });
  },
};

/**
 * What the admins of the owner guild read, and those who may approve. `quorum`: whether anybody may decide, where that
 * is the question. `asked`: who is asked for an approval.
 */
export function noticeView(content: NoticeContent, quorum: Quorum, words: Words, asked?: Asked): View {
  // Each kind has its own view; the type of NoticeContent keeps the two together.
  const view = views[content.kind] as (content: NoticeContent, ...rest: Rest) => View;
  return view(content, words, quorum, asked);
}

/** How a stop of all purchases stands. */
export function stopView(stop: Stop, words: Words, title?: string): View {
  const w = words.admin.stop;
  const { why, at, by, detail, resumed } = stop;
  return message({
    tone: resumed ? 'good' : 'bad',
    title: resumed ? w.resumedTitle : (title ?? w.title),
    facts: [
      w.why[why],
      w.by(who(by), moment(at)),
      detail && w.reason(plain(detail, 200)),
      resumed && w.resumed(who(resumed.by), moment(resumed.at)),
    ],
    next: resumed ? w.resumedNext : w.next[why],
    buttons: [!resumed && buttonFor('purchases.resume', stop.id, words.buttons.resumePurchases, { main: true })],
  });
}
