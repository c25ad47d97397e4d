import type { Deed, Entry } from '../approvals/audit-entry.ts';
import type { Words } from '../i18n/words.ts';
import { reasons, statuses } from '../orders/order.ts';
import type { NoticeContent } from '../orders/ports.ts';
import type { State } from '../rewards/campaign.ts';
import { states } from '../rewards/campaign.ts';
import { campaignReasons } from '../rewards/campaign-reasons.ts';
import type { SettingChange } from './setting-change.ts';
import { settingChange } from './setting-change.ts';
import { clipped, inCode, moment, plain, who } from './text.ts';
import type { View } from './view.ts';
import { buttonFor, buttonRow, message } from './view.ts';

export interface AuditList {
  readonly entries: readonly Entry[];
  /** What the buttons carry: the list itself, and the pages before and after this one, where there are any. */
  readonly list: string;
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
}

/** A page of who did what, newest first. */
export function auditView({ entries, list, previous, next }: AuditList, words: Words): View {
  const { audit: w, buttons } = words;
  const turn = (to: string | undefined, label: string) =>
    to === undefined ? undefined : buttonFor('audit.page', to, label);
  if (entries.length === 0 && previous === undefined) {
    return message({ title: w.none, next: w.noneNext });
  }
  return message({
    title: w.title,
    facts: entries.map((entry) => rowText(entry, words)),
    next: w.next,
    rows: [
      buttonRow(
        turn(previous, buttons.previous),
        turn(next, buttons.next),
        buttonFor('audit.file', list, buttons.auditFile),
      ),
    ],
  });
}

/** Ten rows have to fit a message; the file has all of it. */
const short = (text: string) => plain(text, 25);

function rowText({ number, deed }: Entry, words: Words): string {
  const { audit: w } = words;
  const { at, by, for: behalf, about, amount, change, detail } = deed;
  const person = behalf === undefined ? who(by) : w.onBehalf(who(by), who(behalf));
  const parts = [
    w.row(number, moment(at), person, doneText(deed, words)),
    about?.reference && w.order(about.reference),
    about && about.member !== by ? personText(about, words) : undefined,
    about?.campaign && about.item && plain(about.item, 60),
    about?.recipient && w.recipient(who(about.recipient)),
    amount && w.amount(amount),
    change ? changeText(change, words) : detail && plain(detail, 60),
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

/** Ten rows have to fit a message: what is longer is in the file. */
function changeText(change: SettingChange, words: Words): string {
  const { audit: w } = words;
  const said = settingChange(change, words);
  if (!said) return w.change(short(change.field), short(change.from), short(change.to));
  return w.change(said.field, clipped(said.from, 70), clipped(said.to, 70));
}

function personText(about: NonNullable<Deed['about']>, { audit: w }: Words): string {
  const member = who(about.member);
  if (about.campaign !== undefined) return w.runs(member);
  return about.order === undefined ? member : w.asks(member);
}

/** What was done, in words: a step of an order as its timeline says it, or one of a campaign. */
export function doneText({ what, why }: Pick<Deed, 'what' | 'why'>, words: Words): string {
  const { audit: w, orders, admin } = words;
  const status = statuses.find((each) => what === `order.${each}`);
  if (status) {
    const reason = reasons.find((each) => each === why);
    return reason ? w.because(orders.state[status], orders.reasons[reason]) : orders.state[status];
  }
  const state = states.find((each) => what === `campaign.${each}`);
  if (state) return campaignText(state, why, words);
  // Of the other stops the reason is news: they came by themselves.
  const stop = what === 'stop.stopped' && (why === 'unknown_outcomes' || why === 'books_ahead');
  return stop ? `${w.what(what)}. ${admin.stop.why[why]}` : w.what(what);
}

/** The state that the step led to, and why. What is known by its code alone is still said. */
function campaignText(state: State, why: string | undefined, words: Words): string {
  const { audit: w, orders, campaignPanel } = words;
  const done = w.campaign(campaignPanel.state[state]);
  if (why === undefined) return done;
  const known = campaignReasons.find((each) => each === why);
  if (known) return w.because(done, w.campaignReasons[known]);
  const reason = reasons.find((each) => each === why);
  return w.because(done, reason ? orders.reasons[reason] : why);
}

/** The newest hash of a day, for the admins to keep. */
export function auditHashView(
  { day, number, hash }: Extract<NoticeContent, { kind: 'audit_hash' }>,
  { audit: { posted } }: Words,
): View {
  return message({
    title: posted.title(day, number),
    facts: [posted.hash(inCode(hash))],
    next: posted.next(number, hash),
  });
}
