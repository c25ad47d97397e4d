import type { Clock, Log } from '../../lib/index.ts';
import type { Place } from '../../outbox/index.ts';
import { type Message, type Posting, syncMessage } from '../../outbox/index.ts';
import type { Breakages, Rules } from '../../policy/index.ts';
import { type Records, walk } from '../../store/index.ts';
import { type Case, caseLists } from '../model/case.ts';
import type { Stops } from '../model/kill-switch.ts';
import type { Notice } from '../model/notice.ts';
import type { Order } from '../model/order.ts';
import type { NoticeBoard, NoticeContent } from '../model/ports.ts';
import type { OrderBook } from '../repository.ts';
import { createApprovalNotices, STANDING } from './approval-cards.ts';
import { createNoticeContents } from './notice-content.ts';
import {
  approvalKey,
  atFirst,
  breakageKey,
  caseKey,
  createNoticeList,
  isOver,
  isSettled,
  type NoticeList,
  OPEN,
  reviewKey,
  stateOf,
} from './notice-state.ts';

export interface Notices extends NoticeList {
  /** Has those who may approve an order asked, and makes their card true, at once and in the background. */
  showApproval(order: Order): void;
  /** Has the notice of a case made true, at once and in the background. */
  showCase(record: Case): void;
  /** Where an order's card stands, once it does. */
  cardOf(order: Order): Promise<Place | undefined>;
  /** Posts what is to be told, and edits what has changed. Rejects for nothing but the store. */
  round(): Promise<void>;
}

interface Parts {
  records: Records<Notice>;
  book: OrderBook;
  stops: Stops;
  breakages: Breakages;
  rules: Pick<Rules, 'termsOf'>;
  cases: Pick<Records<Case>, 'get' | 'tagged'>;
  board: NoticeBoard;
  clock: Clock;
  log: Log;
}

export function createNotices(parts: Parts): Notices {
  const { records, book, stops, breakages, cases, board, clock, log } = parts;
  const contents = createNoticeContents(parts);

  const { tell, isTold } = createNoticeList(parts);

  /** What may be out is looked for by what it said; Discord gives it back as it was. */
  async function post(content: NoticeContent, how: Posting): Promise<Place | undefined> {
    if (!how.mayBeOut) return board.post(content, how);
    const first = atFirst(content);
    const posted = await board.post(first, how);
    if (posted && stateOf(first) !== stateOf(content)) await board.edit(posted, content);
    return posted;
  }

  function messageOf(content: NoticeContent): Message {
    const says = stateOf(content);
    const isAsked = content.kind === 'approval' && !isOver(content);
    const inFull = () => contents.inFull(content);
    return {
      ...{ says, list: listOf(content) },
      // What still waits for people is posted anew; what is over needs no message.
      isLasting: !isSettled(content) && content.kind !== 'reminder',
      post: async ({ isFirst, ...how }) =>
        post(await inFull(), { ...how, pings: isAsked && isFirst }),
      edit: async (place) => board.edit(place, await inFull()),
      // A reminder that is past only stands in the way of what is not.
      remove: says === 'past' ? (place) => board.remove(content, place) : undefined,
    };
  }

  const outbox = { records, open: OPEN, clock, log };

  const bring = (notice: Notice): Promise<void> =>
    syncMessage(outbox, notice, async () => {
      const content = await contents.of(notice);
      return content && messageOf(content);
    });

  const approvals = createApprovalNotices({ records, book, tell, bring, clock });

  async function tellOfReviews(): Promise<void> {
    for await (const order of book.walk('review')) {
      await tell(reviewKey(order), { kind: 'review', order: order.id });
    }
  }

  async function tellOfBreakages(): Promise<void> {
    for await (const breakage of breakages.all()) {
      await tell(breakageKey(breakage), { kind: 'settings_broken', breakage });
    }
  }

  async function tellOfCases(): Promise<void> {
    for await (const { id } of walk(cases, caseLists.open)) {
      await tell(caseKey(id), { kind: 'case', case: id });
    }
  }

  async function bringCase(id: string): Promise<void> {
    const notice = await records.get(caseKey(id));
    if (notice) await bring(notice);
  }

  async function tellOfStop(): Promise<void> {
    const stop = await stops.current();
    if (stop) await tell(`stop/${stop.id}`, { kind: 'stop', stop: stop.id });
  }

  return {
    tell,
    isTold,
    showApproval(order) {
      approvals
        .bringOf(order)
        .catch((err: unknown) =>
          log.warn({ order: order.id, err }, 'the card of an approval is left for the next round'),
        );
    },
    showCase({ id }) {
      bringCase(id).catch((err: unknown) =>
        log.warn({ case: id, err }, 'the notice of a case is left for the next round'),
      );
    },
    cardOf: async ({ id }) => (await records.get(approvalKey(id)))?.place,
    // What approvals, reviews, stops, broken settings and cases there are follows from their own records: no crash can come between them and their notice.
    async round() {
      await approvals.round();
      await tellOfReviews();
      await tellOfStop();
      await tellOfBreakages();
      await tellOfCases();
      for await (const notice of walk(records, OPEN)) await bring(notice);
    },
  };
}

/** The list that a notice stands in once it says what it should. */
function listOf(content: NoticeContent): string | undefined {
  if (isSettled(content)) return undefined;
  return content.kind === 'approval' || content.kind === 'reminder' ? STANDING : OPEN;
}
