import type { CampaignContent } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import { hoursUntilReminder, isApprovedByOthers, type NoticeContent, type Order } from '../../orders/index.ts';
import { approvalEndsAt, sentTo } from '../../policy/index.ts';
import { campaignWhat } from '../campaigns/facts.ts';
import { message, type View } from '../kit/message.ts';
import { messageLink, moment, plain, who } from '../kit/text.ts';
import { approvedFact, faceFact, giftFacts, reasonFact, wantedFact, whatOf } from '../orders/facts.ts';

type ReminderOf<Content> = Extract<Content, { kind: 'reminder' }>;

export function reminderView({ order, number, card }: ReminderOf<NoticeContent>, words: Words): View {
  return reminder(order, whatOf(order, words), { number, card }, words);
}

export function campaignReminderView({ campaign, number, card }: ReminderOf<CampaignContent>, words: Words): View {
  return reminder(campaign, campaignWhat(campaign, words), { number, card }, words);
}

/** A short word beside the card of what still waits, with the way to the card. */
function reminder(
  waiting: Pick<Order, 'guild' | 'reference' | 'approval'>,
  what: string,
  { number, card }: Pick<ReminderOf<NoticeContent>, 'number' | 'card'>,
  words: Words,
): View {
  const { approval: w } = words;
  return message({
    tone: 'waiting',
    title: w.reminder.title(hoursUntilReminder(number), what),
    reference: waiting.reference,
    facts: [wantedFact(waiting, words), w.ends(moment(approvalEndsAt(waiting)))],
    next: w.reminder.next(messageLink(waiting.guild, card)),
  });
}

/** Others have approved it: told to its requester at once, for what comes of it can take a while. */
export function approvedView(order: Order, words: Words): View {
  const { charged, quantity, each } = order.quote;
  const to = sentTo(order);
  return message({
    tone: 'good',
    title: words.approval.decidedTitles.approved(whatOf(order, words)),
    reference: order.reference,
    facts: [
      words.facts.youPay(charged, quantity, each),
      faceFact(order.quote, words),
      reasonFact(order, words),
      ...giftFacts(order, words),
      approvedFact(order, words),
    ],
    next: to === undefined ? words.approval.approvedNext : words.gift.approvedNext(who(to)),
  });
}

/**
 * How an order stands, for a requester who takes no direct messages, in the channel where they asked. Everybody there
 * reads it: it says no more than that they should look.
 */
export function channelNotificationView(order: Order, words: Words): View {
  const { requester, reference } = order;
  return message({
    title: words.approval.inChannel.title,
    reference,
    facts: [`${who(requester)}, ${sentenceOf(order, words)}`],
    next: words.approval.inChannel.next,
    mentions: { users: [requester] },
  });
}

function sentenceOf(order: Order, words: Words): string {
  const w = words.approval.inChannel;
  const { status, approval, channel } = order;
  if (isApprovedByOthers(order)) return w.approved;
  if (status === 'expired' && order.approvedAt === undefined) return w.nobodyDecided;
  const { why, detail } = order.history.at(-1) ?? {};
  // In another channel not everybody may be meant to read the reason.
  const isReadHere = approval?.channel === channel;
  if (why === 'rejected' && detail && isReadHere) return w.rejectedBecause(plain(detail, 300));
  if (status === 'held' && order.gift) return words.gift.heldInChannel;
  return w.by[status as keyof typeof w.by] ?? w.other(words.orders.state[status]);
}
