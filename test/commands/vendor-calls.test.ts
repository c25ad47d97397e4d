import { describe, expect, it } from 'vitest';
import { createCommands } from '../../commands/index.ts';
import { indexHandlers } from '../../src/discord/interactions/handler.ts';
import { createApp } from './app.ts';

/** Every way in which a press comes to CardPlusPay, and about how often it asks. Anything new has its line here. */
const ways = {
  '/balance': 1,
  '/doctor': 3,
  '/stock': 2,
  '/buy': 3,
  '/why': 3,
  '/reward send': 3,
  '/reward drop': 3,
  '/reward giveaway': 3,
  '/reward bulk': 10,
  // Where a card is no longer in memory.
  'catalog.pick': 1,
  'product.stock': 2,
  'product.buy': 3,
  'stock.buy': 3,
  // Checked once more, and bought.
  'quote.confirm': 4,
  'campaign.confirm': 4,
  'campaign.go_on': 4,
  // The price of now.
  'campaign.reprice': 10,
  'campaign.retry': 10,
  'bulk.pick': 3,
  'gift.pick': 3,
  'gift.send': 3,
  'template.run': 3,
  '/reward again': 3,
  // Codes that come late, or are no longer kept here.
  'order.again': 3,
  'order.collect': 1,
  'order.reveal': 1,
  'campaign.fetch': 1,
  // The balance, for who decides.
  'approval.details': 1,
  'campaign.details': 1,
  // An order that an admin names.
  'review.ours': 2,
  'review.number': 2,
  'stranger.attach': 2,
  'review.ours.yes': 1,
};
const subcommands = ['send', 'drop', 'giveaway', 'bulk', 'again', 'list'];

describe('what asks CardPlusPay', () => {
  it('says about how often, and everything else does not', () => {
    const { commands, presses, submits } = indexHandlers(createCommands(createApp()));
    const typed = [...commands].flatMap(([name, command]) =>
      (name === 'reward' ? subcommands : [undefined]).map((subcommand) => [
        ['/', name, subcommand && ` ${subcommand}`].join(''),
        command.vendorCalls?.(subcommand === undefined ? {} : { subcommand }),
      ]),
    );
    const pressed = [...presses, ...submits].map(([verb, handler]) => [
      verb,
      'vendorCalls' in handler ? handler.vendorCalls : undefined,
    ]);
    const found = [...typed, ...pressed].filter(([, calls]) => calls);
    expect(Object.fromEntries(found)).toEqual(ways);
  });
});
