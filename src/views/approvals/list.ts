import type { Campaign, WaitingCampaign } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import type { Member, Money } from '../../lib/index.ts';
import type { Listed, Order, WaitingOrder, WaitingPage } from '../../orders/index.ts';
import { approvalEndsAt } from '../../policy/index.ts';
import { campaignWhat } from '../campaigns/facts.ts';
import { packPage } from '../kit/custom-id.ts';
import { buttonFor, type ListItem, message, titled, type View } from '../kit/message.ts';
import { besides, pageFact, turnButtons } from '../kit/page.ts';
import { dotted, type Fact, messageLink, moment, plain, who } from '../kit/text.ts';
import { asksFact, becauseText, votersFact, wantedFact, whatOf } from '../orders/facts.ts';
import { changeText } from './card.ts';
import { decidedOf, whyFact } from './order-card.ts';

/** The text of more may not fit a message, and names and reasons are cut shorter than on a card. */
export const WAITING_A_PAGE = 3;
const SHORT = 60;

interface Options {
  /** Who looks. */
  readonly member: Pick<Member, 'user' | 'guild'>;
  /** What they have decided just now. */
  readonly decided?: Order | Campaign | undefined;
}

/** What waits for somebody, each with the buttons of its card. `decided` is said first. */
export function approvalListView(list: WaitingPage<WaitingCampaign>, options: Options, words: Words): View {
  const { approvals: w } = words;
  const { page, pages, total, waiting } = list;
  const { decided } = options;
  return message({
    tone: total > 0 ? 'waiting' : 'plain',
    title: total > 0 ? w.title(total) : w.none,
    facts: [...(decided ? decisionFacts(decided, words) : []), pageFact(page, pages, words)],
    entries: waiting.map((each) => entryOf(each, page, options, words)),
    next: total > 0 ? w.next : w.noneNext,
    buttons: turnButtons('approvals.page', besides(page, pages), words),
  });
}

function entryOf(waiting: WaitingOrder | WaitingCampaign, page: number, { member }: Options, words: Words): ListItem {
  const voice = voiceFacts(waiting, member, words);
  if ('order' in waiting) {
    const facts = [...orderFacts(waiting, words), ...voice, orderTimes(waiting, member, words)];
    const { id, quote } = waiting.order;
    return { facts, buttons: decisions('', id, quote.charged, waiting, page, words) };
  }
  const { campaign, askedAt } = waiting;
  const { approvals: w } = words;
  const times = w.since(moment(askedAt, 'R'), moment(campaign.approval?.endsAt ?? 0, 'R'));
  return {
    facts: [...campaignFacts(campaign, words), ...voice, times],
    buttons: decisions('_campaign', campaign.id, campaign.charged, waiting, page, words),
  };
}

function voiceFacts({ voice }: Listed, member: Pick<Member, 'user'>, { approvals: w }: Words) {
  if (voice === undefined) return [w.alreadyYours];
  return voice === member.user ? [] : [w.inTheNameOf(who(voice))];
}

/** A button carries the page as well: that is where the list goes on. */
function decisions(
  what: '' | '_campaign',
  id: string,
  charged: Money,
  { actions }: Listed,
  page: number,
  { buttons }: Words,
) {
  const here = packPage(id, page);
  return [
    actions.includes('approve') && buttonFor(`approvals.approve${what}`, here, buttons.approve(charged)),
    actions.includes('reject') && buttonFor(`approvals.reject${what}`, here, buttons.reject),
  ];
}

function orderTimes(
  { order, card, askedAt }: WaitingOrder,
  { guild }: Pick<Member, 'guild'>,
  { approvals: w }: Words,
): string {
  const times = w.since(moment(askedAt, 'R'), moment(approvalEndsAt(order), 'R'));
  return dotted(times, card && w.card(messageLink(guild, card)));
}

function orderFacts({ order }: WaitingOrder, words: Words): Fact[] {
  const { quote, reference } = order;
  const { charged, quantity, each } = quote;
  return [
    titled(words.order.what(quantity, plain(quote.name, SHORT)), reference),
    words.approval.toPay(charged, quantity, each),
    asksFact(order, words),
    order.reason && words.facts.forReason(plain(order.reason, SHORT)),
    whyFact(order, words),
    wantedFact(order, words),
    votersFact(order, words),
  ];
}

/** What became of what somebody has just decided about: it may take others to decide as well. */
function decisionFacts(order: Order | Campaign, words: Words): Fact[] {
  if ('kind' in order) return campaignDecisionFacts(order, words);
  const decided = decidedOf(order, words);
  const title = decided ? decided.title : words.approvals.counted(whatOf(order, words));
  return [
    titled(title, order.reference),
    // Without the reason, which they have just typed themselves.
    decided ? decided.end : wantedFact(order, words),
  ];
}

/** What a campaign that waits for approval would cost, who asks for it and why, one a line. Its words are for who gets a card. */
function campaignFacts(campaign: Campaign, words: Words): Fact[] {
  const { approval, charged, reference, requester } = campaign;
  const { approval: w } = words;
  const because = becauseText(approval?.because ?? [], charged.currency, words);
  return [
    titled(campaignWhat(campaign, words), reference),
    w.toPayInAll(charged),
    w.asks(who(requester)),
    w.why(because),
    wantedFact(campaign, words),
    votersFact(campaign, words),
  ];
}

/** What became of a campaign that somebody has just decided about. */
function campaignDecisionFacts(campaign: Campaign, words: Words): Fact[] {
  const { state, reference } = campaign;
  const what = campaignWhat(campaign, words);
  const isWaiting = state === 'awaiting_approval';
  const end = state === 'rejected' || state === 'expired' ? state : 'approved';
  const title = isWaiting ? words.approvals.counted(what) : words.approval.decidedTitles[end](what);
  return [titled(title, reference), isWaiting ? wantedFact(campaign, words) : endText(campaign, words)];
}

/** How it was decided, by whom and when. */
function endText({ state, history }: Campaign, words: Words): string | undefined {
  const { approval: w } = words;
  const step = history.findLast(({ why }) => why === 'approved' || why === 'rejected');
  const last = history.at(-1);
  if (!last) return undefined;
  if (state === 'expired') return w.decided.expired('', moment(last.at));
  if (state !== 'rejected') return step && w.decided.approved(who(step.by), moment(step.at));
  const when = moment(last.at);
  return changeText(last.why, when, words) ?? w.decided.rejected(who(last.by), when);
}

/** What somebody has rejected, told to them. */
export function campaignRejectedView(campaign: Campaign, words: Words): View {
  const { state, reference, history } = campaign;
  const { approval: w } = words;
  const { why, detail } = history.at(-1) ?? {};
  const end = state === 'expired' ? state : 'rejected';
  return message({
    title: w.decidedTitles[end](campaignWhat(campaign, words)),
    reference,
    facts: [endText(campaign, words), why === 'rejected' && detail !== undefined && w.because(plain(detail, 300))],
    next: w.rejectedNext,
  });
}
