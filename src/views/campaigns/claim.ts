import type { Campaign, CampaignContent, CardState, ClaimStatus } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import type { Action } from '../../orders/index.ts';
import { buttonFor, message, type View } from '../kit/message.ts';
import { type Fact, moment, who } from '../kit/text.ts';
import { rewardView } from '../orders/gift.ts';
import { campaignWhat, nameOf } from './facts.ts';

interface Looker {
  readonly user: string;
  /** What they may do with the order of their card, where there is one. */
  readonly actions: readonly Action[];
}

/** How somebody stands in a campaign: after their press, and again as it goes on. Only they see it. */
export function claimView(campaign: Campaign, where: ClaimStatus, looker: Looker, words: Words): View {
  const { claim: w } = words;
  const said = { reference: campaign.reference, facts: [campaignWhat(campaign, words)] };
  switch (where.is) {
    case 'here':
      return rewardView(where.order, looker, words);
    case 'entered':
      return enteredView(campaign, where, words);
    case 'won':
      return wonView(campaign, where.until, words);
    case 'lapsed': {
      const { title, why, next } = w.lapsed;
      return message({ ...said, title, facts: [...said.facts, why[where.why]], next });
    }
    case 'not_entered': {
      const { title, over, next } = w.notEntered;
      return message({ ...said, title, next: campaign.draw?.drawn ? over : next });
    }
    case 'left':
    case 'failed':
      return message({ ...said, ...w[where.is] });
    case 'drawing':
      return message({ ...said, ...w.drawing, tone: 'waiting' });
    case 'not_drawn':
      return message({ ...said, ...w.notDrawn });
    default: {
      const next = where.is === 'try_again' ? w.tryAgain(moment(where.at, 'R')) : w[key[where.is]];
      return message({ ...said, tone: 'waiting', title: w.has(campaign.places), next });
    }
  }
}

function wonView(campaign: Campaign, until: number, words: Words): View {
  const { won: w } = words.claim;
  return message({
    tone: 'good',
    title: w.title,
    reference: campaign.reference,
    facts: [campaignWhat(campaign, words), w.expires(moment(until, 'R'))],
    next: w.next,
    buttons: [buttonFor('giveaway.claim', campaign.id, w.claim, { main: true })],
  });
}

const key = {
  buying: 'buying',
  behind: 'behind',
  earlier_unclear: 'earlierUnclear',
  unclear: 'unclear',
  out_of_stock: 'outOfStock',
  in_the_way: 'inTheWay',
  paused: 'paused',
  stopped: 'stopped',
  codes_late: 'codesLate',
} as const satisfies Record<CardState, keyof Words['claim']>;

function enteredView(
  campaign: Campaign,
  { drawnAt = 0, entrants }: Extract<ClaimStatus, { is: 'entered' }>,
  words: Words,
): View {
  const { entered: w } = words.claim;
  const { id, kind, reference } = campaign;
  const what = campaignWhat(campaign, words);
  const at = moment(drawnAt, 'R');
  const isDrop = kind === 'drop';
  return message({
    tone: 'good',
    title: w.title,
    reference,
    facts: isDrop ? [what] : [what, w.count(entrants), w.drawn(at)],
    next: isDrop ? w.drop(at) : w.next,
    buttons: [!isDrop && buttonFor('giveaway.leave', id, w.leave)],
  });
}

/** Calls those who were drawn; more of them, who take a place that became free, by a message of their own. */
export function winnersView(content: Extract<CampaignContent, { kind: 'winners' }>, words: Words): View {
  const { campaign, number, users, until, isOpen } = content;
  const { won: w, buttons } = words.campaigns;
  const name = nameOf(campaign);
  const title = number === 1 ? w.title(name) : w.again(name, number);
  return message({
    tone: isOpen ? 'good' : 'plain',
    title: isOpen ? title : words.campaignOver.winners.title(users.length, name),
    reference: campaign.reference,
    facts: isOpen
      ? [w.said(users.map(who).join(', ')), until !== undefined && w.until(moment(until), moment(until, 'R'))]
      : becameFacts(content, words),
    buttons: [isOpen && buttonFor('giveaway.claim', campaign.id, buttons.claimWon, { main: true })],
    mentions: { users },
  });
}

type Became = NonNullable<Extract<CampaignContent, { kind: 'winners' }>['became']>[number];

/** Who has won it, and of the others what became of them: as many in a line as share it. */
function becameFacts(
  { campaign, users, became = [] }: Extract<CampaignContent, { kind: 'winners' }>,
  words: Words,
): Fact[] {
  const { winners: w } = words.campaignOver;
  if (became.length === 0) return [w.nobody, users.map(who).join(', ')];
  const claimed = became.filter(({ is }) => is === 'claimed');
  const others = Map.groupBy(
    became.filter(({ is }) => is !== 'claimed'),
    (each) => whyNot(each, words),
  );
  return [
    claimed.length > 0 && w.won(named(claimed), nameOf(campaign)),
    ...[...others].map(([why, some]) => w.not(named(some), why)),
  ];
}

const named = (some: readonly Became[]) => some.map(({ user }) => who(user)).join(', ');

function whyNot({ is, why }: Became, { campaignFile, campaignOver }: Words): string {
  if (why) return campaignFile.why[why];
  return is === 'failed' ? campaignFile.state.failed : campaignOver.winners.unclaimed;
}

/** Calls those whose card could not be sent to them. Where nobody is to know who sends it, it does not say so. */
export function waitsView(content: Extract<CampaignContent, { kind: 'waits' }>, words: Words): View {
  const { campaign, number, reference, users, isOpen } = content;
  const { waits: w, buttons } = words.campaigns;
  const { id, requester, gift } = campaign;
  return message({
    tone: isOpen ? 'waiting' : 'good',
    title: w.title(number),
    // Of the order: there may be several such messages of a campaign.
    reference,
    facts: [w.said(users.map(who).join(', ')), gift.receipt === 'public' && w.from(who(requester)), !isOpen && w.over],
    next: isOpen && w.next,
    buttons: [isOpen && buttonFor('campaign.fetch', id, buttons.fetch, { main: true })],
    mentions: { users },
  });
}
