import type { OrderFault, OrderFaultOptions } from '../../../sandbox/cardpluspay/faults.ts';
import type { Status } from '../../../src/orders/model/order.ts';
import type { End, Left } from './facts.ts';
import type { Write } from './killing-write.ts';

/** One kill -9: at a write, or from outside while a request hangs. */
export type Death = { readonly left: Left } & (
  | { readonly write: Write; readonly when: 'before' | 'after'; readonly nth?: number }
  /** The POST has reached CardPlusPay, and the fault of the row keeps its answer back. */
  | { readonly hangs: 'purchase' }
  /** The direct message has reached Discord, which has taken it or not, and does not answer. */
  | { readonly hangs: 'message'; readonly taken: boolean }
  /** The same of the private answer with the codes. */
  | { readonly hangs: 'answer'; readonly taken: boolean }
);

export interface Row {
  /** Around which step. */
  readonly step: string;
  readonly killed: string;
  readonly quantity?: number;
  /** What CardPlusPay does with the POST. */
  readonly vendor?: readonly [OrderFault, OrderFaultOptions?];
  /** The requester takes no direct messages. */
  readonly closed?: true;
  /** What comes about between the last death and the next start. */
  readonly meanwhile?: 'booked' | 'nonce forgotten';
  /** One or several: after each the bot is started again. */
  readonly deaths: readonly Death[];
  readonly end: End;
}

const left = (status: Status, more: Partial<Left> = {}): Left => ({
  ...{ status, sealed: false, posts: 0, booked: 0, dms: 0 },
  ...more,
});
const unsent = left('buying');
const unbooked = left('buying', { posts: 1 });
const unanswered = left('buying', { posts: 1, booked: 1 });
const sealed = left('buying', { posts: 1, booked: 1, sealed: true });
const bought = left('bought', { posts: 1, booked: 1, sealed: true });
const dmOut: Left = { ...bought, dms: 1 };
const refused = left('buying', { posts: 1, sealed: true });

/** The same, with another status. */
const as = (status: Status, rest: Left): Left => ({ ...rest, status });

const delivered: End = {
  ...{ status: 'delivered', posts: 1, booked: 1, codes: 'one DM each', pins: 'all' },
  ...{ day: 'settled', lanes: 0, leaks: 0 },
};
/** Its codes are from GET /orders/{id}, which tells no PINs. */
const found: End = { ...delivered, pins: 'none' };
const revealed: End = { ...delivered, codes: 'on request, no DM' };
const nothing = { booked: 0, codes: 'none', pins: 'none', lanes: 0, leaks: 0 } as const;
const notFound: End = { ...nothing, status: 'not_found', posts: 1, day: 'set aside' };
const failed: End = { ...nothing, status: 'failed', posts: 1, day: 'settled' };

const toBuying = { order: 'buying' };
const toUnconfirmed = { order: 'unconfirmed' };
const toBought = { order: 'bought' };
const toDelivered = { order: 'delivered' };
const codesCame = { order: 'bought', why: 'codes_came' };
const before = (write: Write, left: Left, nth = 1): Death => ({ write, when: 'before', left, nth });
const after = (write: Write, left: Left, nth = 1): Death => ({ write, when: 'after', left, nth });
const purchaseHangs = (left: Left): Death => ({ hangs: 'purchase', left });
const answerHangs = (taken: boolean, left: Left): Death => ({ hangs: 'answer', taken, left });
const messageHangs = (taken: boolean, left: Left): Death => ({ hangs: 'message', taken, left });

const none = ['hang-before-commit'] as const;
const lost = ['hang-after-commit'] as const;
const late = ['codes-late', { looks: 0 }] as const;
const partlyLate = ['codes-partly-late', { missing: 1, looks: 0 }] as const;

const oneDeath: readonly Row[] = [
  {
    step: 'write of `buying`',
    killed: 'confirmed, before the amount is set aside',
    deaths: [before('day', left('approved'))],
    end: delivered,
  },
  {
    step: 'write of `buying`',
    killed: 'before it',
    deaths: [before(toBuying, left('approved'))],
    end: delivered,
  },
  {
    step: 'write of `buying`',
    killed: 'after it, the POST is not out',
    deaths: [after(toBuying, unsent)],
    end: { ...notFound, posts: 0 },
  },
  {
    step: 'POST sent',
    killed: 'CardPlusPay has not booked it, and never does',
    vendor: none,
    deaths: [purchaseHangs(unbooked)],
    end: notFound,
  },
  {
    step: 'POST sent',
    killed: 'CardPlusPay books it while the bot is dead',
    vendor: ['hang-late-commit'],
    meanwhile: 'booked',
    deaths: [purchaseHangs(unbooked)],
    end: found,
  },
  {
    step: 'POST sent',
    killed: 'CardPlusPay has booked it, no answer',
    vendor: lost,
    deaths: [purchaseHangs(unanswered)],
    end: found,
  },
  {
    step: 'POST answered',
    killed: 'the answer is here, nothing is sealed',
    deaths: [before('vault', unanswered)],
    end: found,
  },
  {
    step: 'POST answered',
    killed: 'half of the answer is sealed',
    vendor: ['broken-off-after-commit'],
    deaths: [after('vault', sealed)],
    end: found,
  },
  {
    step: 'POST answered',
    killed: 'a refusal is here, nothing is sealed',
    vendor: ['out-of-stock'],
    deaths: [before('vault', unbooked)],
    end: notFound,
  },
  {
    step: 'POST answered',
    killed: 'a refusal is sealed',
    vendor: ['out-of-stock'],
    deaths: [after('vault', refused)],
    end: failed,
  },
  {
    step: 'POST answered',
    killed: 'a refusal is recorded, the amount is still set aside',
    vendor: ['out-of-stock'],
    deaths: [after({ order: 'failed' }, as('failed', refused))],
    end: failed,
  },
  {
    step: 'vault write',
    killed: 'after it',
    deaths: [after('vault', sealed)],
    end: delivered,
  },
  {
    step: 'write of `bought`',
    killed: 'before it',
    deaths: [before(toBought, sealed)],
    end: delivered,
  },
  {
    step: 'write of `bought`',
    killed: 'after it, the day is not settled',
    deaths: [after(toBought, bought)],
    end: delivered,
  },
  {
    step: 'write of `bought`',
    killed: 'after it, the day is settled',
    deaths: [after('day', bought, 2)],
    end: delivered,
  },
  {
    step: 'DM sent',
    killed: 'Discord has not taken it',
    deaths: [messageHangs(false, bought)],
    end: delivered,
  },
  {
    step: 'DM sent',
    killed: 'Discord has taken it, no answer',
    deaths: [messageHangs(true, dmOut)],
    end: delivered,
  },
  {
    step: 'DM sent',
    killed: 'Discord has taken it, and forgets its nonce before the next start',
    meanwhile: 'nonce forgotten',
    deaths: [messageHangs(true, dmOut)],
    end: delivered,
  },
  {
    step: 'DM recorded',
    killed: 'before it',
    deaths: [before(toDelivered, dmOut)],
    end: delivered,
  },
  {
    step: 'DM recorded',
    killed: 'after it',
    deaths: [after(toDelivered, as('delivered', dmOut))],
    end: delivered,
  },
];

const lateCodes: readonly Row[] = [
  {
    step: 'codes that come late',
    killed: 'bought, before the first is asked for',
    vendor: late,
    deaths: [after(toBought, bought)],
    end: found,
  },
  {
    step: 'codes that come late',
    killed: 'they are here, before the vault write',
    vendor: late,
    deaths: [before('vault', bought, 2)],
    end: found,
  },
  {
    step: 'codes that come late',
    killed: 'after the vault write',
    vendor: late,
    deaths: [after('vault', bought, 2)],
    end: found,
  },
  {
    step: 'codes that come late',
    killed: 'their recipient is written down',
    vendor: late,
    deaths: [after(codesCame, bought)],
    end: found,
  },
  {
    step: 'codes that come late',
    killed: 'Discord has taken their DM, no answer',
    vendor: late,
    deaths: [messageHangs(true, dmOut)],
    end: found,
  },
];

const partOfTheCodes: readonly Row[] = [
  {
    step: 'codes of which one is late',
    killed: 'the first DM is out, before it is recorded',
    vendor: partlyLate,
    deaths: [before({ order: 'bought', why: 'dm_sent' }, dmOut)],
    end: { ...delivered, pins: 'some' },
  },
  {
    step: 'codes of which one is late',
    killed: 'the first DM is recorded',
    vendor: partlyLate,
    deaths: [after({ order: 'bought', why: 'dm_sent' }, dmOut)],
    end: { ...delivered, pins: 'some' },
  },
  {
    step: 'codes of which one is late',
    killed: 'the late one is in the vault',
    vendor: partlyLate,
    deaths: [after('vault', dmOut, 2)],
    end: { ...delivered, pins: 'some' },
  },
  {
    step: 'codes of which one is late',
    killed: 'the second DM is out, before it is recorded',
    vendor: partlyLate,
    deaths: [before(toDelivered, { ...dmOut, dms: 2 })],
    end: { ...delivered, pins: 'some' },
  },
];

const closedInbox: readonly Row[] = [
  {
    step: 'closed inbox',
    killed: 'before the write of `held`',
    closed: true,
    deaths: [before({ order: 'held' }, bought)],
    end: revealed,
  },
  {
    step: 'closed inbox',
    killed: 'after the write of `held`',
    closed: true,
    deaths: [after({ order: 'held' }, as('held', bought))],
    end: revealed,
  },
];

/** Whoever confirms has the codes in an answer that only they see, too: it is not made up for. */
const privateAnswer: readonly Row[] = [
  {
    step: 'private answer',
    killed: 'the DM is out and `revealed` is recorded, no answer',
    deaths: [after({ order: 'delivered', why: 'revealed' }, as('delivered', dmOut))],
    end: delivered,
  },
  {
    step: 'private answer',
    killed: 'closed inbox, `revealed` is recorded, no answer',
    closed: true,
    deaths: [after({ order: 'held', why: 'revealed' }, as('held', bought))],
    end: revealed,
  },
  {
    step: 'private answer',
    killed: 'closed inbox, Discord does not take it, and never answers',
    closed: true,
    deaths: [answerHangs(false, as('held', bought))],
    end: revealed,
  },
  {
    step: 'private answer',
    killed: 'closed inbox, Discord has taken it, and never answers',
    closed: true,
    deaths: [answerHangs(true, as('held', bought))],
    end: revealed,
  },
];

const twoDeaths: readonly Row[] = [
  {
    step: 'second death',
    killed: 'before `buying`; then no answer to the POST of the restart',
    vendor: lost,
    deaths: [before(toBuying, left('approved')), purchaseHangs(unanswered)],
    end: found,
  },
  {
    step: 'second death',
    killed: 'no answer; then before `unconfirmed`',
    vendor: lost,
    deaths: [purchaseHangs(unanswered), before(toUnconfirmed, unanswered)],
    end: found,
  },
  {
    step: 'second death',
    killed: 'no answer; then after `unconfirmed`',
    vendor: lost,
    deaths: [purchaseHangs(unanswered), after(toUnconfirmed, as('unconfirmed', unanswered))],
    end: found,
  },
  {
    step: 'second death',
    killed: 'no answer; then it is found, before `bought`',
    vendor: lost,
    deaths: [purchaseHangs(unanswered), before(toBought, as('unconfirmed', unanswered))],
    end: found,
  },
  {
    step: 'second death',
    killed: 'no answer; then it is found, after `bought`, no code yet',
    vendor: lost,
    deaths: [purchaseHangs(unanswered), after(toBought, as('bought', unanswered))],
    end: found,
  },
  {
    step: 'second death',
    killed: 'no answer; then it is found, its codes are in the vault',
    vendor: lost,
    deaths: [purchaseHangs(unanswered), after('vault', bought)],
    end: found,
  },
  {
    step: 'second death',
    killed: 'never booked; then before `not_found`',
    vendor: none,
    deaths: [purchaseHangs(unbooked), before({ order: 'not_found' }, as('unconfirmed', unbooked))],
    end: notFound,
  },
  {
    step: 'second death',
    killed: 'never booked; then after `not_found`',
    vendor: none,
    deaths: [purchaseHangs(unbooked), after({ order: 'not_found' }, as('not_found', unbooked))],
    end: notFound,
  },
  {
    step: 'second death',
    killed: 'sealed; then before `bought`',
    deaths: [after('vault', sealed), before(toBought, sealed)],
    end: delivered,
  },
  {
    step: 'second death',
    killed: 'Discord has taken the DM; then before that is recorded',
    deaths: [messageHangs(true, dmOut), before(toDelivered, dmOut)],
    end: delivered,
  },
  {
    step: 'second death',
    killed: 'Discord has not taken the DM; then it has, no answer',
    deaths: [messageHangs(false, bought), messageHangs(true, dmOut)],
    end: delivered,
  },
];

export const rows: readonly Row[] = [
  ...oneDeath,
  ...lateCodes,
  ...partOfTheCodes,
  ...closedInbox,
  ...privateAnswer,
  ...twoDeaths,
];
