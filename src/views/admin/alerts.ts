import type { Words } from '../../i18n/index.ts';
import { money } from '../../lib/index.ts';
import type { Alert, AlertFacts, AlertKind, NoticeContent } from '../../orders/index.ts';
import { message, type View } from '../kit/message.ts';
import { type Fact, messageLink, moment, sizeText } from '../kit/text.ts';
import { whatOf } from '../orders/facts.ts';

type FactsOf<Kind extends AlertKind> = Extract<AlertFacts, { kind: Kind }>;

/** What one says while it is on. */
interface Said {
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly next: string;
}

type Views = { [K in AlertKind]: (facts: FactsOf<K>, at: number, words: Words) => Said };

const views: Views = {
  low_balance({ balance, threshold, lastsUntil, short }, at, { alerts: { lowBalance: w } }) {
    return {
      title: w.title(balance),
      facts: [
        w.seen(moment(at)),
        threshold !== undefined && w.threshold(money(threshold, balance.currency)),
        lastsUntil !== undefined && w.lasts(moment(lastsUntil, 'D'), moment(lastsUntil, 'R')),
        short && shortText(short, w),
      ],
      next: w.next,
    };
  },
  key_refused({ why }, at, { alerts: { since, keyRefused: w } }) {
    return { title: w.title, facts: [since(moment(at)), w.means], next: w.next[why] };
  },
  store_full({ free, size }, at, { alerts: { since, storeFull: w } }) {
    return {
      title: w.title(sizeText(free)),
      facts: [since(moment(at)), w.size(sizeText(size)), w.means],
      next: w.next,
    };
  },
};

function shortText(
  { kind, reference, startsAt, lacking }: NonNullable<FactsOf<'low_balance'>['short']>,
  w: Words['alerts']['lowBalance'],
): string {
  if (startsAt === undefined) return w.shortNow(kind, reference, lacking);
  return w.shortLater(kind, reference, moment(startsAt), lacking);
}

const overIn = (words: Words): Record<AlertKind, { readonly overTitle: string; readonly overNext: string }> => ({
  low_balance: words.alerts.lowBalance,
  key_refused: words.alerts.keyRefused,
  store_full: words.alerts.storeFull,
});

/** What is wrong with the account or the store or, once it is over, that it was. */
export function alertView({ at, facts, since, over }: Alert, words: Words): View {
  if (over) {
    const { overTitle, overNext } = overIn(words)[facts.kind];
    return message({
      tone: 'good',
      title: overTitle,
      facts: [words.alerts.over(moment(at), moment(over.at))],
      next: overNext,
    });
  }
  const said = since ?? { at, facts };
  // Each kind has its own view; the type of the facts keeps the two together.
  const view = views[facts.kind] as (facts: AlertFacts, at: number, words: Words) => Said;
  return message({ tone: 'bad', ...view(said.facts, said.at, words) });
}

type Waiting = Extract<NoticeContent, { kind: 'waiting' }>;

/** An order that waits for people: how it stands, and where they decide. Who asked for it is on its card. */
export function waitingView({ order, since, for: what, isOver }: Waiting, words: Words): View {
  const { waiting: w, since: sinceText } = words.alerts;
  const { reference, quote, guild, approval, status } = order;
  const about = whatOf(order, words);
  if (isOver)
    return message({
      tone: 'good',
      title: w.overTitle(about),
      reference,
      facts: [w.total(quote.charged), w.now(words.orders.state[status])],
    });
  const card = approval?.card && messageLink(guild, approval.card);
  return message({
    tone: 'waiting',
    title: w.title[what](about),
    reference,
    facts: [w.total(quote.charged), sinceText(moment(since))],
    next: what === 'approval' ? w.next.approval(card) : w.next.review(),
  });
}
