import type { Campaign, Entry, ExportRow, Template } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import { amountText, csv, tame } from '../../lib/index.ts';
import type { CardsOnHand } from '../../orders/index.ts';
import { menuRow, message, type View } from '../kit/message.ts';
import { type ListPage, pickListView } from '../kit/page.ts';
import { clipped, dotted, type Fact, firstOf, moment, plain, who } from '../kit/text.ts';
import { campaignWhat } from './facts.ts';
import { templateMenu } from './templates.ts';

interface CampaignList extends ListPage {
  readonly campaigns: readonly Campaign[];
  /** Who looks: of what they asked for themselves, it is not said by whom it is. */
  readonly user: string;
  /** Cards on hand, where they may see them. */
  readonly onHand?: readonly CardsOnHand[];
  /** Those of the server that can be run again. */
  readonly templates?: readonly Template[];
  /** Of all servers, so that each says its own. */
  readonly everywhere?: boolean;
}

/** Campaigns, newest first, with a menu to open one. */
export function campaignListView(list: CampaignList, words: Words): View {
  const { campaignList: w, campaignPanel } = words;
  const row = (campaign: Campaign) => rowText(campaign, list, words);
  const option = (campaign: Campaign) => ({
    label: w.option(campaignWhat(campaign, words, asItIs), campaign.reference),
    value: campaign.id,
    description: w.optionHint(campaignPanel.state[campaign.state], campaign.charged),
  });
  const before = onHandFacts(list.onHand ?? [], words);
  const more = templateMenu(list.templates ?? [], words);
  return pickListView({ verbs: 'campaigns', all: list.campaigns, row, option, before, more }, w, list, words);
}

const MOST_ON_HAND = 10;

/** What the server has of what nobody claimed, by item and count. */
function onHandFacts(onHand: readonly CardsOnHand[], { campaignList: { onHand: w } }: Words): Fact[] {
  const line = ({ count, name, faceValue }: CardsOnHand) => w.row(count, plain(name, 80), faceValue);
  return onHand.length === 0 ? [] : [w.title, ...firstOf(onHand, MOST_ON_HAND, line, w.more)];
}

/** In a menu nothing formats. */
const asItIs = (name: string) => name;

function rowText(campaign: Campaign, { user, everywhere }: CampaignList, words: Words): string {
  const { campaignList: w, campaignPanel } = words;
  const { charged, state, reference, requester, startsAt = 0, history } = campaign;
  const what = campaignWhat(campaign, words);
  return dotted(
    w.row(what, charged, campaignPanel.state[state], reference),
    everywhere && w.server(campaign.guild),
    requester !== user && w.by(who(requester)),
    state === 'scheduled' ? w.starts(moment(startsAt, 'R')) : moment(history[0]?.at ?? startsAt, 'R'),
  );
}

/** Discord's menus have no room for more. */
export const MOST_TO_REPLACE = 25;

interface Replaceable extends Entry {
  /** As the server shows them, where it does. */
  readonly name?: string | undefined;
}

/** Whoever was drawn and has not claimed, to pick one who gives way. `more`: those who found no room. */
export function replacingView(
  campaign: Campaign,
  { winners, more }: { winners: readonly Replaceable[]; more: number },
  words: Words,
): View {
  const { replacing: w } = words;
  const { id, reference } = campaign;
  const what = campaignWhat(campaign, words);
  if (winners.length === 0) return message({ title: w.none, reference, facts: [what], next: w.noneNext });
  const options = winners.map(({ user, name, rank = 0, until }) => ({
    label: w.option(clipped(name ?? w.unknown(user), 60), rank),
    value: user,
    ...(until !== undefined && { description: w.until(timeText(until)) }),
  }));
  return message({
    title: w.title,
    reference,
    facts: [what, more > 0 && w.more(more)],
    next: w.next,
    rows: [menuRow(`campaign.replaced:${id}`, w.pick, options)],
  });
}

/** Menus show no Discord timestamps. */
const timeText = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

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
