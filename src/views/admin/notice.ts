import type { Words } from '../../i18n/index.ts';
import type { DmStop, NoticeContent, Stop } from '../../orders/index.ts';
import type { Asked } from '../approvals/card.ts';
import { reminderView } from '../approvals/notify.ts';
import { approvalView } from '../approvals/order-card.ts';
import { buttonFor, inWords, message, type View } from '../kit/message.ts';
import { dotted, moment, plain, who } from '../kit/text.ts';
import { numberOf, vendorFact, whatOf } from '../orders/facts.ts';
import { troubleText } from '../policy/settings.ts';
import { alertView, waitingView } from './alerts.ts';
import { auditHashView } from './audit.ts';
import { caseView } from './cases.ts';
import { type Quorum, reviewView } from './review.ts';
import { strangerView } from './stranger.ts';

type Kind = NoticeContent['kind'];
type Rest = [words: Words, quorum: Quorum, around: Around];

/** What a notice takes beside what it is about: who is asked for an approval, and where the bot gets the right to ping them. */
interface Around {
  readonly asked?: Asked | undefined;
  readonly invite?: string | undefined;
}

const views: {
  [K in Kind]: (content: Extract<NoticeContent, { kind: K }>, ...rest: Rest) => View;
} = {
  review: ({ order }, words, quorum) => reviewView(order, quorum, words),
  approval: ({ order, sequel }, words, _, { asked }) => approvalView(order, words, { asked, sequel }),
  reminder: (content, words) => reminderView(content, words),
  stop: ({ stop }, words) => stopView(stop, words),
  alert: ({ alert }, words) => alertView(alert, words),
  waiting: waitingView,
  dms_stopped: ({ stop }, words) => dmStopView(stop, words),
  case: ({ record, order }, words) => caseView(record, order, words),
  audit_hash: auditHashView,
  unreadable({ namespace, key, fault }, { unreadable: w }) {
    return message({
      tone: 'bad',
      title: w.title(namespace),
      facts: [w.record(plain(namespace), plain(key, 100)), w.why[fault], w.means(namespace)],
      next: fault === 'newer' ? w.nextNewer : w.next,
    });
  },
  stranger: strangerView,
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
      facts: [w.quoted(quote.charged), remote && dotted(w.charged(remote.charged), vendorFact(order, words))],
      next: w.next,
    });
  },
  charged_unclear({ order }, words) {
    const w = words.admin.chargedUnclear;
    const { reference, quote, remote } = order;
    return message({
      tone: 'bad',
      title: w.title(whatOf(order, words)),
      reference,
      facts: [
        w.quoted(quote.charged),
        remote?.stated ? w.stated(remote.stated) : w.unstated,
        remote && w.counts(remote.charged),
        vendorFact(order, words),
      ],
      next: w.next,
    });
  },
  answer_cut({ order, cut }, words) {
    const w = words.admin.answerCut;
    return message({
      tone: 'bad',
      title: w.title(whatOf(order, words)),
      reference: order.reference,
      facts: [...cut.map((field) => w.cut[field]), vendorFact(order, words)],
      next: w.next,
    });
  },
  catalog_odd({ skipped, cut, isCut }, words) {
    const w = words.admin.catalogOdd;
    const facts = [skipped > 0 && w.skipped(skipped), cut > 0 && w.cut(cut), isCut && w.isCut];
    return message({ tone: 'bad', title: w.title, facts, next: w.next });
  },
  code_twice({ order, other }, words) {
    const w = words.admin.codeTwice;
    const { reference } = order;
    return message({
      tone: 'bad',
      title: w.title(whatOf(order, words)),
      reference,
      facts: [w.both(reference, other), vendorFact(order, words)],
      next: w.next,
    });
  },
  unserved({ of, guild, reference, what, requester }, words) {
    const w = words.admin.unserved;
    return message({
      tone: 'bad',
      title: w.title[of](plain(what, 200)),
      reference,
      facts: [w.server(guild), w.asked(who(requester))],
      next: w.next[of],
    });
  },
  backup_failed({ at, madeAt }, { admin: { backupFailed: w } }) {
    if (madeAt !== undefined)
      return message({ tone: 'good', title: w.overTitle, facts: [w.at(moment(at)), w.over(moment(madeAt))] });
    return message({ tone: 'bad', title: w.title, facts: [w.at(moment(at))], next: w.next });
  },
  welcome(_, { welcome: w }) {
    return message({
      title: w.title,
      facts: w.facts,
      next: w.next,
      buttons: [buttonFor('setup.begin', '', w.begin, { main: true })],
    });
  },
  settings_broken({ breakage, isMended }, words, _, { invite }) {
    const { names, broken: w } = words.settings;
    const { setting, what, since } = breakage;
    const name = names[setting];
    const titles: Partial<Record<typeof what, string>> = w.titles;
    return message({
      tone: isMended ? 'good' : 'bad',
      title: isMended ? w.mendedTitle(name) : (titles[what] ?? w.title(name)),
      facts: [isMended ? w.mended : troubleText(breakage, words, invite), w.since(moment(since))],
      next: !isMended && (setting === 'budgets' ? w.budgetsNext : w.next),
    });
  },
};

/**
 * What the admins of the owner guild read, and those who may approve. `quorum`: whether anybody may decide, where that
 * is the question.
 */
export function noticeView(content: NoticeContent, quorum: Quorum, words: Words, around: Around = {}): View {
  // Each kind has its own view; the type of NoticeContent keeps the two together.
  const view = views[content.kind] as (content: NoticeContent, ...rest: Rest) => View;
  return view(content, words, quorum, around);
}

/** A notice as somebody reads it by direct message: without its buttons, which count in the server, and with why it is there. */
export function directNoticeView(view: View, server: string, words: Words): View {
  return inWords(view, [words.admin.direct.why(plain(server, 100)), words.admin.direct.next]);
}

/** How a stop of all purchases stands. */
export function stopView(stop: Stop, words: Words, title?: string): View {
  const w = words.admin.stop;
  const { why, at, by, detail, resumed } = stop;
  // Whoever paused them is named once.
  const isInTitle = why === 'asked' && !resumed && title === undefined;
  return message({
    tone: resumed ? 'good' : 'bad',
    title: isInTitle ? w.byTitle(who(by)) : resumed ? w.resumedTitle : (title ?? w.title),
    facts: [
      why !== 'asked' && !(why === 'restored' && detail) && w.why[why],
      isInTitle ? w.since(moment(at)) : w.by(who(by), moment(at)),
      detail && (why === 'restored' ? w.restored(plain(detail, 100)) : w.reason(plain(detail, 200))),
      resumed && w.resumed(who(resumed.by), moment(resumed.at)),
    ],
    next: resumed ? w.resumedNext : w.next[why],
    buttons: [!resumed && buttonFor('purchases.resume', stop.id, words.buttons.resumePurchases, { main: true })],
  });
}

/** Discord's code for a bot that may write to nobody whom it has not written to before. */
const BARRED = 20026;

/** How it stands with the direct messages of campaigns, since Discord took them for spam. */
export function dmStopView({ id, at, code, resumed }: DmStop, words: Words): View {
  const w = words.admin.dmStop;
  const isBarred = code === BARRED;
  return message({
    tone: resumed ? 'good' : 'bad',
    title: resumed ? w.resumedTitle : isBarred ? w.barredTitle : w.title,
    facts: [
      isBarred ? w.barred(moment(at)) : w.tooFast(moment(at)),
      w.means,
      resumed && w.resumed(who(resumed.by), moment(resumed.at)),
    ],
    next: resumed ? w.resumedNext : isBarred ? w.barredNext : w.next,
    buttons: [!resumed && buttonFor('dms.resume', id, words.buttons.resumeDms, { main: true })],
  });
}
