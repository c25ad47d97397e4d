import type { Words } from '../i18n/words.ts';
import type { Campaign } from '../rewards/campaign.ts';
import { isOver } from '../rewards/campaign-life.ts';
import type { DrawShown } from '../rewards/ports.ts';
import type { Tally } from '../rewards/tally.ts';
import { bulkFacts } from './campaign-bulk.ts';
import { dropFacts, dropIsOpen } from './campaign-drop.ts';
import { giveawayFacts, giveawayIsOpen } from './campaign-giveaway.ts';
import { nameOf } from './campaign-what.ts';
import { plain } from './text.ts';
import type { Row, Tone, View } from './view.ts';
import { buttonFor, buttonRow, message } from './view.ts';

/**
 * How a campaign stands, for everybody who reads its channel: no amounts, no codes, and of names only those who were
 * drawn. Its first line never changes, so that it is found again.
 */
export function campaignView(
  campaign: Campaign,
  tally: Tally,
  words: Words,
  drawn?: DrawShown,
): View {
  const { reference, places, kind } = campaign;
  const { campaigns: w } = words;
  const name = nameOf(campaign);
  return message({
    tone: toneOf(campaign),
    title: kind === 'bulk' ? w.bulk.title(places) : w[kind].title(places, name),
    reference,
    facts: [saidIn(campaign), ...factsOf(campaign, tally, words, drawn)],
    rows: [rowOf(campaign, tally, words)],
    ...(drawn && { file: { name: `draw-${reference}.json`, text: drawn.file } }),
  });
}

/** The words of whoever runs it; of a bulk send they are for those who get a card. */
function saidIn({ kind, gift }: Campaign): string | undefined {
  return kind === 'bulk' || !gift.message ? undefined : plain(gift.message, 300);
}

function factsOf(campaign: Campaign, tally: Tally, words: Words, drawn?: DrawShown) {
  switch (campaign.kind) {
    case 'bulk':
      return bulkFacts(campaign, tally, words);
    case 'drop':
      return dropFacts(campaign, tally, words, drawn);
    case 'giveaway':
      return giveawayFacts(campaign, tally, words, drawn);
  }
}

function toneOf({ state }: Campaign): Tone {
  if (state === 'halted') return 'bad';
  if (state === 'ended') return 'good';
  return isOver(state) ? 'plain' : 'waiting';
}

function rowOf(campaign: Campaign, tally: Tally, words: Words): Row | undefined {
  const { id, kind, state, draw } = campaign;
  const { buttons: w } = words.campaigns;
  const manage = buttonFor('campaign.open', id, w.manage);
  // A bulk send whose rest failed may be tried once more.
  if (isOver(state)) return kind === 'bulk' && tally.failed > 0 ? buttonRow(manage) : undefined;
  if (kind === 'bulk') return buttonRow(manage);
  if (kind === 'drop') {
    const disabled = !dropIsOpen(campaign, tally);
    return buttonRow(buttonFor('drop.claim', id, w.claim, { main: true, disabled }), manage);
  }
  const disabled = !giveawayIsOpen(campaign);
  return buttonRow(
    draw?.drawn ? undefined : buttonFor('giveaway.enter', id, w.enter, { main: true, disabled }),
    buttonFor('giveaway.mine', id, w.mine),
    manage,
  );
}
