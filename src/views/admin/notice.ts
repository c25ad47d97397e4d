import type { Words } from '../../i18n/index.ts';
import type { NoticeContent, Stop, Stranger } from '../../orders/index.ts';
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

/**
 * What the admins of the owner guild read, and those who may approve. `quorum`: whether anybody may decide, where that
 * is the question. `asked`: who is asked for an approval.
 */
export function noticeView(
  content: NoticeContent,
  quorum: Quorum,
  words: Words,
  asked?: Asked,
): View {
  switch (content.kind) {
    case 'review':
      return reviewView(content.order, quorum, words);
    case 'approval':
      return approvalView(content.order, words, asked);
    case 'reminder':
      return reminderView(content, words);
    case 'stop':
      return stopView(content.stop, words);
    case 'stranger':
      return strangerView(content, words);
    case 'amount_differs':
      return amountDiffersView(content, words);
    case 'case':
      return caseView(content.record, content.order, words);
    case 'settings_broken':
      return brokenView(content, words);
    case 'charged_more':
      return chargedMoreView(content, words);
    case 'audit_hash':
      return auditHashView(content, words);
  }
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
    buttons: [
      !resumed &&
        buttonFor('purchases.resume', stop.id, words.buttons.resumePurchases, { main: true }),
    ],
  });
}

function strangerView(
  { stranger, perhaps }: { stranger: Stranger; perhaps: readonly string[] },
  words: Words,
): View {
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
}

function amountDiffersView(
  { order, listed }: Extract<NoticeContent, { kind: 'amount_differs' }>,
  words: Words,
): View {
  const w = words.admin.amountDiffers;
  const { reference, remote } = order;
  return message({
    tone: 'bad',
    title: w.title(numberOf(listed)),
    reference,
    facts: [remote && w.recorded(remote.charged), w.listed(listed.charged)],
    next: w.next,
  });
}

function chargedMoreView(
  { order }: Extract<NoticeContent, { kind: 'charged_more' }>,
  words: Words,
): View {
  const w = words.admin.chargedMore;
  const { reference, quote, remote } = order;
  return message({
    tone: 'bad',
    title: w.title(whatOf(order, words)),
    reference,
    facts: [w.quoted(quote.charged), remote && w.charged(remote.charged)],
    next: w.next,
  });
}

function brokenView(
  { breakage, isMended }: Extract<NoticeContent, { kind: 'settings_broken' }>,
  words: Words,
): View {
  const { names, broken: w } = words.settings;
  const { setting, since } = breakage;
  const name = names[setting];
  return message({
    tone: isMended ? 'good' : 'bad',
    title: isMended ? w.mendedTitle(name) : w.title(name),
    facts: [isMended ? w.mended : troubleText(breakage, words), w.since(moment(since))],
    next: !isMended && (setting === 'budgets' ? w.budgetsNext : w.next),
  });
}
