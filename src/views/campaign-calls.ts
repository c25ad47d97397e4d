import type { Words } from '../i18n/words.ts';
import type { CampaignContent } from '../rewards/ports.ts';
import { nameOf } from './campaign-what.ts';
import { moment, who } from './text.ts';
import type { View } from './view.ts';
import { buttonFor, buttonRow, message } from './view.ts';

/** Calls those who were drawn; more of them, who take a place that became free, by a message of their own. */
export function winnersView(
  content: Extract<CampaignContent, { kind: 'winners' }>,
  words: Words,
): View {
  const { campaign, number, users, until, isOpen } = content;
  const { won: w, buttons } = words.campaigns;
  const { id, reference } = campaign;
  const name = nameOf(campaign);
  return message({
    tone: isOpen ? 'good' : 'plain',
    title: number === 1 ? w.title(name) : w.again(name, number),
    reference,
    facts: [
      w.said(users.map(who).join(', ')),
      isOpen ? until && w.until(moment(until)) : w.over,
    ].map((fact) => fact || undefined),
    rows: [
      isOpen
        ? buttonRow(buttonFor('giveaway.claim', id, buttons.claimWon, { main: true }))
        : undefined,
    ],
    mentions: { users },
  });
}

/** Calls those whose card could not be sent to them. Where nobody is to know who sends it, it does not say so. */
export function waitsView(
  content: Extract<CampaignContent, { kind: 'waits' }>,
  words: Words,
): View {
  const { campaign, number, reference, users, isOpen } = content;
  const { waits: w, buttons } = words.campaigns;
  const { id, requester, gift } = campaign;
  return message({
    tone: isOpen ? 'waiting' : 'good',
    title: w.title(number),
    // Of the order: there may be several such messages of a campaign.
    reference,
    facts: [
      w.said(users.map(who).join(', ')),
      gift.receipt === 'public' ? w.from(who(requester)) : undefined,
      isOpen ? undefined : w.over,
    ],
    next: isOpen ? w.next : undefined,
    rows: [
      isOpen
        ? buttonRow(buttonFor('campaign.fetch', id, buttons.fetch, { main: true }))
        : undefined,
    ],
    mentions: { users },
  });
}
