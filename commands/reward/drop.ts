import { en } from '../../src/i18n/index.ts';
import type { App } from '../app.ts';
import { type Subcommand, subcommand } from '../shared/define.ts';
import { giftItem, giftItemOption } from '../shared/item-option.ts';
import { choiceOption, required, wholeOption } from '../shared/option.ts';
import { QUOTE_CALLS } from '../shared/vendor-calls.ts';
import { panelOf } from './decide.ts';
import { countOption, offerOf, offerOptions, timeOption } from './offer-options.ts';
import { claimPress } from './status.ts';

const words = en.commands.reward.drop;
/** Everybody waits for it: longer than that is a giveaway. */
const LONGEST_DRAW_S = 600;

/** Cards for the first who claim; the panel that comes of it is confirmed like any other campaign. */
export const drop = (app: App): Subcommand =>
  subcommand(words, {
    options: {
      item: required(giftItemOption(app)),
      cards: required(countOption),
      ...offerOptions,
      ends: timeOption,
      'draw-seconds': wholeOption(LONGEST_DRAW_S),
      buy: choiceOption(words.buying),
    },
    vendorCalls: QUOTE_CALLS,
    async run(moment, { item, cards, 'draw-seconds': drawSeconds, buy, ...shared }) {
      const campaign = await app.campaigns.offer({
        ...offerOf(moment, shared),
        kind: 'drop',
        itemCode: giftItem(app, item),
        cards,
        ...(drawSeconds !== undefined && { drawSeconds }),
        ...(buy === 'start' && { buysAtStart: true }),
      });
      return panelOf(app, moment, campaign);
    },
    presses: {
      'drop.claim': {
        ...claimPress(app, app.campaigns.claimDrop),
        refuse: ({ asker }, id) => app.campaigns.requireAnyLeft(id, asker),
      },
    },
  });
