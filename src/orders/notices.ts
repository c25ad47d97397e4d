import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Records } from '../store/records.ts';
import { walk } from '../store/records.ts';
import { whenAsked } from './approval.ts';
import type { Breakage, Breakages } from './breakage.ts';
import { enteredAt } from './looking.ts';
import type { About, Notice, Place } from './notice.ts';
import type { NoticeList } from './notice-list.ts';
import { createNoticeList, OPEN } from './notice-list.ts';
import type { Order } from './order.ts';
import type { OrderBook } from './order-book.ts';
import type { NoticeBoard, NoticeContent, OrderLog } from './ports.ts';
import type { Stops } from './stops.ts';

const FIRST_GAP_MS = 5_000;
const LONGEST_GAP_MS = 15 * 60_000;

export interface Notices extends NoticeList {
  /** Has those who may approve an order asked, and makes their card true, at once and in the background. */
  showApproval(order: Order): void;
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
  board: NoticeBoard;
  clock: Clock;
  log: OrderLog;
}

export function createNotices(parts: Parts): Notices {
  const { records, book, stops, breakages, board, clock, log } = parts;

  const { tell, isTold } = createNoticeList(parts);

  /** Undefined when what it is about is no more. */
  async function contentOf(about: About): Promise<NoticeContent | undefined> {
    switch (about.kind) {
      case 'stranger':
      case 'audit_hash':
        return about;
      case 'stop': {
        const stop = await stops.get(about.stop);
        return stop && { kind: 'stop', stop };
      }
      case 'settings_broken':
        return { ...about, isMended: !(await breakages.isBroken(about.breakage)) };
      default: {
        const order = await book.get(about.order);
        return order && { ...about, order };
      }
    }
  }

  /** Of several processes one writes the message: the one that wrote down that it does. */
  async function begin(notice: Notice): Promise<Notice | undefined> {
    const tries = notice.tries + 1;
    const gap = Math.min(LONGEST_GAP_MS, FIRST_GAP_MS * 2 ** (tries - 1));
    return save({ ...notice, tries, nextAt: clock.now() + gap }, true);
  }

  async function save(notice: Notice, isOpen: boolean): Promise<Notice | undefined> {
    const { version: seen, ...next } = notice;
    const guard = { seen, tags: isOpen ? [OPEN] : [], holds: [] };
    const written = await records.write(notice.key, next, guard);
    return written.ok ? { ...next, version: written.version } : undefined;
  }

  /** Where the message stands now; nothing when it could not be written. */
  async function put(notice: Notice, content: NoticeContent): Promise<Place | undefined> {
    const { key, place, tries } = notice;
    if (place && (await board.edit(place, content))) return place;
    // Somebody deleted it. What still waits for people is posted anew; what is over needs no message.
    if (place && isSettled(content)) return place;
    const nonce = nonceOf(key + (place ? place.message : ''));
    if (tries === 1) return board.post(content, { nonce, mayBeOut: false });
    // What may be out is looked for by what it said; Discord gives it back as it was.
    const posted = await board.post(atFirst(content), { nonce, mayBeOut: true });
    if (posted && isOver(content)) await board.edit(posted, content);
    return posted;
  }

  async function bring(notice: Notice): Promise<void> {
    if (clock.now() < notice.nextAt) return;
    const content = await contentOf(notice.about);
    if (!content) return void (await save(notice, false));
    const says = stateOf(content);
    if (notice.says === says) return;
    const begun = await begin(notice);
    if (begun) await write(begun, content, says);
  }

  async function write(notice: Notice, content: NoticeContent, says: string): Promise<void> {
    const { key } = notice;
    try {
      const place = await put(notice, content);
      if (!place) return log.warn({ notice: key }, 'there is no channel to write it in');
      const told = { ...notice, place, says, tries: 0, nextAt: clock.now() };
      await save(told, !isSettled(content));
    } catch (err) {
      log.warn({ notice: key, err }, 'the admins could not be told; it is tried again');
    }
  }

  async function tellOfReviews(): Promise<void> {
    for await (const order of book.walk('review')) {
      await tell(reviewKey(order), { kind: 'review', order: order.id });
    }
  }

  async function tellOfApprovals(): Promise<void> {
    for await (const order of book.walk('awaiting')) await tellOfApproval(order);
  }

  const tellOfApproval = ({ id }: Order) => tell(approvalKey(id), { kind: 'approval', order: id });

  async function bringApproval(order: Order): Promise<void> {
    if (order.status === 'awaiting_approval') await tellOfApproval(order);
    const notice = await records.get(approvalKey(order.id));
    if (notice) await bring(notice);
  }

  async function tellOfBreakages(): Promise<void> {
    for await (const breakage of breakages.all()) {
      await tell(breakageKey(breakage), { kind: 'settings_broken', breakage });
    }
  }

  async function tellOfStop(): Promise<void> {
    const stop = await stops.current();
    if (stop) await tell(`stop/${stop.id}`, { kind: 'stop', stop: stop.id });
  }

  return {
    tell,
    isTold,
    showApproval(order) {
      bringApproval(order).catch((err: unknown) =>
        log.warn({ order: order.id, err }, 'the card of an approval is left for the next round'),
      );
    },
    cardOf: async ({ id }) => (await records.get(approvalKey(id)))?.place,
    // What approvals, reviews, stops and broken settings there are follows from their own records: no crash can come between them and their notice.
    async round() {
      await tellOfApprovals();
      await tellOfReviews();
      await tellOfStop();
      await tellOfBreakages();
      for await (const notice of walk(records, OPEN)) await bring(notice);
    },
  };
}

const approvalKey = (order: string) => `approval/${order}`;

/** What is mended may break again. */
const breakageKey = ({ guild, setting, what, id, since }: Breakage) =>
  `settings/${guild}/${setting}/${what}/${id}/${since}`;

/** An order may come before people more than once. */
function reviewKey(order: Order): string {
  return `review/${order.id}/${enteredAt(order)}`;
}

/** Changes when the message has to. */
function stateOf(content: NoticeContent): string {
  const { kind } = content;
  if (kind === 'review' || kind === 'approval') {
    if (content.order.status !== waitsIn[kind]) return 'decided';
    const votes = content.order.approval?.votes.length ?? 0;
    return kind === 'approval' && votes > 0 ? `waiting/${votes}` : 'waiting';
  }
  if (content.kind === 'stop') return content.stop.resumed ? 'resumed' : 'stopped';
  if (content.kind === 'settings_broken') return content.isMended ? 'mended' : 'broken';
  return 'told';
}

const isOver = (content: NoticeContent) =>
  ['decided', 'resumed', 'mended'].includes(stateOf(content));

/** What a notice said before it was over, as far as that can still be told. */
function atFirst(content: NoticeContent): NoticeContent {
  if (content.kind === 'approval') return { ...content, order: whenAsked(content.order) };
  if (content.kind === 'settings_broken') return { ...content, isMended: false };
  if (content.kind !== 'stop') return content;
  const { resumed: _, ...stop } = content.stop;
  return { ...content, stop };
}

/** Nothing more will change about it. */
function isSettled(content: NoticeContent): boolean {
  const state = stateOf(content);
  return !state.startsWith('waiting') && !['stopped', 'broken'].includes(state);
}

const waitsIn = { review: 'needs_review', approval: 'awaiting_approval' } as const;

function nonceOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 24);
}
