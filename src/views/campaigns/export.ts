import type { Campaign, ExportRow } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import { amountText, csv, tame } from '../../lib/index.ts';
import { message, type View } from '../kit/message.ts';
import { campaignWhat } from './facts.ts';

/** The first line of a campaign's file. */
export function campaignFileHeader({ campaignFile: { columns: c } }: Words): string {
  const { user, state, card, order, each, at, received, how, rank } = c;
  return csv([[user, state, card, order, each, at, received, how, rank]]);
}

/** A line of it, whose fields a spreadsheet carries out none of. Times are ISO 8601 in UTC. */
export function campaignFileLine(row: ExportRow, words: Words): string {
  const { user, card, order, at, rank } = row;
  const { each, reference = '', receivedAt } = order ?? {};
  const price = each ? priceText(each) : '';
  const received = receivedAt === undefined ? '' : isoTime(receivedAt);
  const bought = [card, reference, price, isoTime(at), received, howText(row, words)];
  const line = [user, stateText(row, words), ...bought, rank === undefined ? '' : String(rank)];
  return csv([line.map(tame)]);
}

const isoTime = (at: number) => new Date(at).toISOString();

const priceText = (each: NonNullable<NonNullable<ExportRow['order']>['each']>) =>
  `${amountText(each)} ${each.currency}`;

function stateText({ state, why, order }: ExportRow, words: Words): string {
  const { campaignFile: w, orders } = words;
  if (!order) return why ? w.because(w.state[state], w.why[why]) : w.state[state];
  if (order.receivedAt !== undefined) return w.received;
  return order.isHere ? w.waits : orders.state[order.status];
}

function howText({ order }: ExportRow, { campaignFile: { how } }: Words): string {
  if (!order?.isHere) return '';
  if (order.receivedAt !== undefined) return order.byMessage ? how.message : how.shown;
  return order.lastMessage ? how[order.lastMessage] : '';
}

/** `text`: of header and lines. */
export function campaignFileView(
  campaign: Campaign,
  { text, rows }: { text: string; rows: number },
  words: Words,
): View {
  const { campaignFile: w } = words;
  const { reference } = campaign;
  if (rows === 0) return message({ title: w.none, reference, next: w.noneNext });
  return message({
    title: w.title(campaignWhat(campaign, words), rows),
    reference,
    next: w.next,
    file: { name: `campaign-${reference}.csv`, text },
  });
}
