import type { Words } from '../i18n/words.ts';
import type { Money } from '../money.ts';
import { approvalEndsAt } from '../orders/approval.ts';
import type { Listed, Waiting, WaitingPage } from '../orders/awaiting.ts';
import type { Member, Order } from '../orders/order.ts';
import type { WaitingCampaign } from '../rewards/awaiting-campaigns.ts';
import type { Campaign } from '../rewards/campaign.ts';
import { decidedOf, whyFact } from './approval.ts';
import { packPage } from './button-id.ts';
import { asksFact, votersFact, wantedFact, whatOf } from './order-facts.ts';
import { messageLink, moment, plain, who } from './text.ts';
import type { Entry, View } from './view.ts';
import { buttonFor, buttonRow, message } from './view.ts';
import { campaignDecision, campaignWaits } from './waiting-campaign.ts';

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
export function approvalListView(
  list: WaitingPage<WaitingCampaign>,
  options: Options,
  words: Words,
): View {
  const { approvals: w, facts, buttons } = words;
  const { page, pages, total, waiting } = list;
  const { decided } = options;
  return message({
    tone: total > 0 ? 'waiting' : 'plain',
    title: total > 0 ? w.title(total) : w.none,
    facts: [
      ...(decided ? decisionFacts(decided, words) : []),
      pages > 1 ? facts.page(page + 1, pages) : undefined,
    ],
    entries: waiting.map((each) => entryOf(each, page, options, words)),
    next: total > 0 ? w.next : w.noneNext,
    rows: [
      buttonRow(
        page > 0 ? buttonFor('approvals.page', String(page - 1), buttons.previous) : undefined,
        page + 1 < pages ? buttonFor('approvals.page', String(page + 1), buttons.next) : undefined,
      ),
    ],
  });
}

function entryOf(
  waiting: Waiting | WaitingCampaign,
  page: number,
  { member }: Options,
  words: Words,
): Entry {
  const voice = voiceFacts(waiting, member, words);
  if ('order' in waiting) {
    const facts = [...orderFacts(waiting, words), ...voice, orderTimes(waiting, member, words)];
    const { id, quote } = waiting.order;
    return { facts, row: decisions('', id, quote.charged, waiting, page, words) };
  }
  const { campaign, askedAt } = waiting;
  const { approvals: w } = words;
  const times = w.since(moment(askedAt, 'R'), moment(campaign.approval?.endsAt ?? 0, 'R'));
  return {
    facts: [...campaignWaits(campaign, words), ...voice, times],
    row: decisions('_campaign', campaign.id, campaign.charged, waiting, page, words),
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
  return buttonRow(
    actions.includes('approve')
      ? buttonFor(`approvals.approve${what}`, here, buttons.approve(charged))
      : undefined,
    actions.includes('reject')
      ? buttonFor(`approvals.reject${what}`, here, buttons.reject)
      : undefined,
  );
}

function orderTimes(
  { order, card, askedAt }: Waiting,
  { guild }: Pick<Member, 'guild'>,
  { approvals: w }: Words,
): string {
  const times = w.since(moment(askedAt, 'R'), moment(approvalEndsAt(order), 'R'));
  return card ? `${times} · ${w.card(messageLink(guild, card))}` : times;
}

function orderFacts({ order }: Waiting, words: Words): (string | undefined)[] {
  const { approval: a, facts } = words;
  const { quote, reference } = order;
  const { charged, quantity, each } = quote;
  return [
    `**${words.order.what(quantity, plain(quote.name, SHORT))}** · \`${reference}\``,
    a.toPay(charged, quantity, each),
    asksFact(order, words),
    order.reason && facts.forReason(plain(order.reason, SHORT)),
    whyFact(order, words),
    wantedFact(order, words),
    votersFact(order, words),
  ];
}

/** What became of what somebody has just decided about: it may take others to decide as well. */
function decisionFacts(order: Order | Campaign, words: Words): (string | undefined)[] {
  if ('kind' in order) return campaignDecision(order, words);
  const decided = decidedOf(order, words);
  const title = decided ? decided.title : words.approvals.counted(whatOf(order, words));
  return [
    `**${title}** · \`${order.reference}\``,
    // Without the reason, which they have just typed themselves.
    decided ? decided.end : wantedFact(order, words),
  ];
}
