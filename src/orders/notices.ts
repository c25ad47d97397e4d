import type { Clock } from '../clock.ts';
import type { Records } from '../store/records.ts';
import { walk } from '../store/records.ts';
import { createApprovalNotices, STANDING } from './approval-notices.ts';
import type { Breakages } from './breakage.ts';
import type { Case } from './case.ts';
import { caseLists } from './case.ts';
import type { Notice, Place } from './notice.ts';
import { createNoticeContents } from './notice-content.ts';
import type { NoticeList } from './notice-list.ts';
import { createNoticeList, OPEN } from './notice-list.ts';
import {
  approvalKey,
  atFirst,
  breakageKey,
  caseKey,
  isOver,
  isSettled,
  nonceOf,
  reviewKey,
  stateOf,
} from './notice-state.ts';
import type { Order } from './order.ts';
import type { OrderBook } from './order-book.ts';
import type { NoticeBoard, NoticeContent, OrderLog } from './ports.ts';
import type { Rules } from './rules.ts';
import type { Stops } from './stops.ts';

const FIRST_GAP_MS = 5_000;
const LONGEST_GAP_MS = 15 * 60_000;

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
  log: OrderLog;
}

export function createNotices(parts: Parts): Notices {
  const { records, book, stops, breakages, cases, board, clock, log } = parts;
  const contents = createNoticeContents(parts);

  const { tell, isTold } = createNoticeList(parts);

  /** Of several processes one writes the message: the one that wrote down that it does. */
  async function begin(notice: Notice): Promise<Notice | undefined> {
    const tries = notice.tries + 1;
    const gap = Math.min(LONGEST_GAP_MS, FIRST_GAP_MS * 2 ** (tries - 1));
    return save({ ...notice, tries, nextAt: clock.now() + gap }, OPEN);
  }

  async function save(notice: Notice, list?: string): Promise<Notice | undefined> {
    const { version: seen, ...next } = notice;
    const guard = { seen, tags: list === undefined ? [] : [list], holds: [] };
    const written = await records.write(notice.key, next, guard);
    return written.ok ? { ...next, version: written.version } : undefined;
  }

  /** Where the message stands now; nothing when it could not be written. */
  async function put(notice: Notice, content: NoticeContent): Promise<Place | undefined> {
    const { key, place, tries } = notice;
    if (place && (await board.edit(place, content))) return place;
    // Somebody deleted it. What still waits for people is posted anew; what is over needs no message.
    if (place && (isSettled(content) || content.kind === 'reminder')) return place;
    const nonce = nonceOf(key + (place ? place.message : ''));
    const isAsked = content.kind === 'approval' && !isOver(content);
    const how = { nonce, pings: isAsked && place === undefined };
    if (tries === 1) return board.post(content, { ...how, mayBeOut: false });
    // What may be out is looked for by what it said; Discord gives it back as it was.
    const first = atFirst(content);
    const posted = await board.post(first, { ...how, mayBeOut: true });
    if (posted && stateOf(first) !== stateOf(content)) await board.edit(posted, content);
    return posted;
  }

  async function bring(notice: Notice): Promise<void> {
    if (clock.now() < notice.nextAt) return;
    const content = await contents.of(notice);
    if (!content) return void (await save(notice));
    const says = stateOf(content);
    if (notice.says === says) return;
    const begun = await begin(notice);
    if (begun) await write(begun, content, says);
  }

  async function write(notice: Notice, content: NoticeContent, says: string): Promise<void> {
    const { key } = notice;
    try {
      const told = { ...notice, says, tries: 0, nextAt: clock.now() };
      if (says === 'past') {
        await takeAway(notice, content);
        return void (await save(told));
      }
      const place = await put(notice, await contents.inFull(content));
      if (!place) return log.warn({ notice: key }, 'there is no channel to write it in');
      await save({ ...told, place }, listOf(content));
    } catch (err) {
      log.warn({ notice: key, err }, 'the admins could not be told; it is tried again');
    }
  }

  /** A reminder that is past only stands in the way of what is not. */
  async function takeAway({ place, tries }: Notice, content: NoticeContent): Promise<void> {
    if (place || tries > 1) await board.remove(content, place);
  }

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
