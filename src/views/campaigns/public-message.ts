import { type Campaign, type DrawShown, drawsAt, isHeldByStop, isOver, type Stats } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import { buttonFor, message, type Tone, type View } from '../kit/message.ts';
import { type Fact, moment, plain } from '../kit/text.ts';
import { drawFacts, eligibilityFacts, nameOf, progressBar, whyHalted } from './facts.ts';

/**
 * How a campaign stands, for everybody who reads its channel: no amounts, no codes, and of names only those who were
 * drawn. Its first line changes once only, when it is over: until then it is found again by it.
 */
export function campaignView(campaign: Campaign, tally: Stats, words: Words, drawn?: DrawShown): View {
  const { reference, kind } = campaign;
  const { campaigns: w } = words;
  return message({
    tone: toneOf(campaign),
    title: titleOf(campaign, words),
    reference,
    picture: kind === 'bulk' ? undefined : campaign.parts[0]?.brand,
    facts: [
      saidIn(campaign),
      ...factsOf[kind](campaign, tally, words, drawn),
      kind !== 'bulk' && isHeldByStop(campaign) && w.heldByStop,
    ],
    next: kind === 'bulk' && tally.waiting > 0 && w.bulk.next,
    buttons: buttonsOf(campaign, tally, words),
    ...(drawn && { file: { name: `draw-${reference}.json`, text: drawn.file } }),
  });
}

function titleOf(campaign: Campaign, { campaigns: w, campaignPanel }: Words): string {
  const { kind, places, state } = campaign;
  const title = kind === 'bulk' ? w.bulk.title(places) : w[kind].title(places, nameOf(campaign));
  return isOver(state) ? campaignPanel.titled(title, campaignPanel.state[state]) : title;
}

/** The words of whoever runs it; of a bulk send they are for those who get a card. */
function saidIn({ kind, gift }: Campaign): string | undefined {
  return kind === 'bulk' || !gift.message ? undefined : plain(gift.message, 300);
}

function toneOf({ state }: Campaign): Tone {
  if (state === 'halted') return 'bad';
  if (state === 'ended') return 'good';
  return isOver(state) ? 'plain' : 'waiting';
}

function buttonsOf(campaign: Campaign, tally: Stats, words: Words) {
  const { id, kind, state, draw } = campaign;
  const { buttons: w } = words.campaigns;
  const manage = buttonFor('campaign.open', id, w.manage);
  // A bulk send whose rest failed may be tried once more.
  if (kind === 'bulk') return [revealButton(campaign, tally, words), (!isOver(state) || tally.failed > 0) && manage];
  if (isOver(state)) return [];
  if (kind === 'drop') {
    const disabled = !dropIsOpen(campaign, tally);
    return [buttonFor('drop.claim', id, w.claim, { main: true, disabled }), manage];
  }
  const disabled = !giveawayIsOpen(campaign);
  const enter = words.campaignOver.enter(w.enter, tally.entered);
  return [
    draw?.drawn ? undefined : buttonFor('giveaway.enter', id, enter, { main: true, disabled }),
    buttonFor('giveaway.mine', id, w.mine),
    manage,
  ];
}

/** Also once it is over: what somebody has seen may be gone from before their eyes. */
function revealButton({ id, state }: Campaign, { sent, waiting, openOrders }: Stats, words: Words) {
  const isAny = sent + waiting + openOrders > 0 || !isOver(state);
  return isAny && buttonFor('campaign.fetch', id, words.campaigns.buttons.fetch, { main: true });
}

/** Places that somebody has, also one who can get nothing any more. */
const taken = ({ due, ordered, failed }: Stats) => due + ordered + failed;

const isDrawing = ({ draw, drawSeconds }: Campaign) => drawSeconds !== undefined && !draw?.drawn;

/** Whether a press may still get somebody a card. */
function dropIsOpen(campaign: Campaign, tally: Stats): boolean {
  const { state, places } = campaign;
  return (state === 'running' || state === 'halted') && taken(tally) < places;
}

function dropFacts(campaign: Campaign, tally: Stats, words: Words, drawn?: DrawShown): Fact[] {
  const { drop: w } = words.campaigns;
  const { places, endsAt } = campaign;
  const isOpen = dropIsOpen(campaign, tally);
  const claimed = Math.min(taken(tally), places);
  const open = [
    howFact(campaign, words),
    isDrawing(campaign) && w.pressed(tally.entered),
    ...eligibilityFacts(campaign, words),
    endsAt !== undefined && words.campaigns.ends(moment(endsAt, 'R')),
  ];
  return [
    words.campaignOver.claimed(progressBar(claimed, places), w.claimed(claimed, places)),
    ...(isOpen ? open : []),
    dropStateFact(campaign, tally, words),
    ...drawFacts(campaign, words, drawn),
  ];
}

function howFact(campaign: Campaign, { campaigns: { drop: w } }: Words): string {
  const at = drawsAt(campaign);
  const { drawSeconds } = campaign;
  if (!isDrawing(campaign) || at === undefined || drawSeconds === undefined) return w.first;
  return w.drawing(drawSeconds, moment(at, 'R'));
}

function dropStateFact(campaign: Campaign, tally: Stats, words: Words): string | undefined {
  const { drop: w } = words.campaigns;
  const isAllClaimed = taken(tally) >= campaign.places;
  switch (campaign.state) {
    case 'running':
      return isAllClaimed ? w.allClaimed : undefined;
    case 'closing':
      return w.closing;
    case 'ended':
      return isAllClaimed ? w.allClaimed : w.over;
    default:
      return idleFact(campaign, w, words);
  }
}

/** Why nobody can press now, where it neither runs nor came to its end. */
function idleFact(campaign: Campaign, w: Words['campaigns']['drop' | 'giveaway'], words: Words) {
  switch (campaign.state) {
    case 'paused':
      return w.paused;
    case 'halted':
      return w.stopped(words.campaigns.because[whyHalted(campaign, words)]);
    case 'planned':
    case 'awaiting_approval':
    case 'scheduled':
      return w.waitsAgain;
    default:
      return w.cancelled;
  }
}

/** Whether somebody may still enter. */
function giveawayIsOpen({ state, draw }: Campaign): boolean {
  return (state === 'running' || state === 'halted') && !draw?.drawn;
}

function giveawayFacts(campaign: Campaign, tally: Stats, words: Words, drawn?: DrawShown): Fact[] {
  const { giveaway: w } = words.campaigns;
  const { places, endsAt, draw } = campaign;
  const isBefore = !draw?.drawn;
  return [
    places === 1 ? w.oneWinner : w.manyWinners(places),
    isBefore && endsAt !== undefined && w.drawnAt(moment(endsAt, 'R')),
    isBefore ? w.entered(tally.entered) : w.claimed(tally.due + tally.ordered, places),
    !isBefore && tally.failed > 0 && words.campaignOver.noCard(tally.failed),
    ...(isBefore ? eligibilityFacts(campaign, words) : []),
    giveawayStateFact(campaign, words),
    ...drawFacts(campaign, words, drawn),
  ];
}

function giveawayStateFact(campaign: Campaign, words: Words): string | undefined {
  const { giveaway: w } = words.campaigns;
  const { state } = campaign;
  if (state === 'running' || state === 'closing') return undefined;
  return state === 'ended' ? w.ended : idleFact(campaign, w, words);
}

/** How far cards for many people have come; who they are, only they know. */
export function bulkFacts(campaign: Campaign, tally: Stats, words: Words): Fact[] {
  const { campaigns } = words;
  const { bulk: w } = campaigns;
  const { state, places } = campaign;
  const { sent, waiting, onWay, due, failed, unclear } = tally;
  const isHalted = state === 'halted';
  return [
    w.sent(sent, places),
    waiting > 0 && w.waiting(waiting),
    onWay > 0 && w.onWay(onWay),
    due > 0 && w.due(due),
    failed > 0 && w.failed(failed),
    unclear > 0 && w.unclear(unclear),
    isHalted ? w.stopped(campaigns.because[whyHalted(campaign, words)]) : goingFact(campaign, words),
    isHalted && campaigns.askManager,
  ];
}

function goingFact(campaign: Campaign, { campaigns: w }: Words): string | undefined {
  if (isHeldByStop(campaign)) return w.heldByStop;
  return campaign.state === 'halted' ? undefined : w.bulk.state[campaign.state];
}

const factsOf = { bulk: bulkFacts, drop: dropFacts, giveaway: giveawayFacts };
