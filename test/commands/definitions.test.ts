import { describe, expect, it } from 'vitest';
import { createCommands } from '../../commands/index.ts';
import { commandRules } from '../../sandbox/discord/rules/command.ts';
import { checkForm } from '../../sandbox/discord/rules/form.ts';
import { indexHandlers } from '../../src/discord/interactions/handler.ts';
import { createApp } from './app.ts';

const commands = createCommands(createApp());
const handlers = indexHandlers(commands);

describe('the commands', () => {
  it('have those that people buy with', () => {
    const names = [...handlers.commands.keys()];
    expect(names).toEqual(expect.arrayContaining(['balance', 'catalog', 'stock', 'buy', 'orders', 'order']));
  });

  it.each(commands.map((command) => [command.definition.name, command] as const))(
    '/%s is one that Discord takes, and answers its asker alone',
    (_, { definition, acknowledge }) => {
      expect(checkForm(commandRules(definition), definition)).toMatchObject({
        name: definition.name,
      });
      expect(acknowledge).toBe('ephemeral');
    },
  );

  it.each(commands.map((command) => [command.definition.name, command] as const))(
    '/%s completes exactly the options that say so',
    (_, { definition, complete = {} }) => {
      const leaves = (definition.options ?? []).flatMap((option) =>
        'options' in option ? [option, ...(option.options ?? [])] : [option],
      );
      const options = leaves.filter((option) => 'autocomplete' in option && option.autocomplete);
      const names = [...new Set(options.map(({ name }) => name))];
      expect(Object.keys(complete).sort()).toEqual(names.sort());
    },
  );
});

describe('the menus of people and messages', () => {
  it('have commands that Discord takes, with rights like those of /reward', () => {
    const reward = handlers.commands.get('reward')?.definition;
    const definitions = [...handlers.menus.values()].map(({ definition }) => definition);
    expect(definitions.map(({ type, name }) => [type, name])).toEqual([
      [2, 'Send a gift card'],
      [3, 'Reward its author'],
    ]);
    for (const definition of definitions) {
      expect(() => checkForm(commandRules(definition), definition)).not.toThrow();
      expect(definition.default_member_permissions).toBe(reward?.default_member_permissions);
    }
  });
});

describe('the options', () => {
  const STRING = 3;
  const INTEGER = 4;
  const USER = 6;
  const NUMBER = 10;
  const optionsOf = (name: string) => handlers.commands.get(name)?.definition.options ?? [];
  const item = { type: STRING, name: 'item', required: true, autocomplete: true, max_length: 100 };
  const quantity = {
    type: INTEGER,
    name: 'quantity',
    required: false,
    min_value: 1,
    max_value: 100,
  };

  it('of /balance are none, and of /orders the one choice beside what is one’s own', () => {
    const choices = [{ name: 'All servers: what is open in each', value: 'all' }];
    expect([optionsOf('balance'), optionsOf('orders')]).toMatchObject([[], [{ name: 'server', choices }]]);
  });

  it('of /order is a reference', () => {
    expect(optionsOf('order')).toMatchObject([{ type: STRING, name: 'reference', required: true }]);
  });

  it('of /approvals are none, and of /delegate a member and until when, both of which may be left out', () => {
    expect(optionsOf('approvals')).toEqual([]);
    expect(optionsOf('delegate')).toMatchObject([
      { type: USER, name: 'member', required: false },
      { type: STRING, name: 'until', required: false, autocomplete: true },
    ]);
  });

  it('of /stock are a card and how many', () => {
    expect(optionsOf('stock')).toMatchObject([item, quantity]);
  });

  it('of /buy are a card, how many, and what for', () => {
    expect(optionsOf('buy')).toMatchObject([
      item,
      quantity,
      { type: STRING, name: 'reason', required: false, max_length: 200 },
    ]);
  });

  it('of /reward send are a member, a card, words to them, and who reads that it was sent', () => {
    const [send] = optionsOf('reward');
    const options = send && 'options' in send ? send.options : [];
    expect(send).toMatchObject({ type: 1, name: 'send' });
    expect(options).toMatchObject([
      { type: USER, name: 'member', required: true },
      item,
      { type: STRING, name: 'message', required: false, max_length: 200 },
      { name: 'receipt', choices: [{ value: 'private' }, { value: 'public' }] },
    ]);
    expect(optionsOf('rewards')).toEqual([]);
  });

  it('of /audit are a person, an order, a time and a kind, none of them required', () => {
    const USER = 6;
    expect(optionsOf('audit')).toMatchObject([
      { type: USER, name: 'member', required: false },
      { type: STRING, name: 'order', required: false },
      { type: STRING, name: 'since', required: false },
      { type: STRING, name: 'kind', required: false },
    ]);
  });

  it('of /budget and /why name a member where somebody else is meant', () => {
    const member = { type: 6, name: 'member', required: false };
    expect(optionsOf('budget')).toMatchObject([member]);
    expect(optionsOf('why')).toMatchObject([item, { ...quantity, required: false }, member]);
  });

  it('of /catalog are words and filters, none of them required', () => {
    const text = (name: string) => ({ type: STRING, name, required: false });
    expect(optionsOf('catalog')).toMatchObject([
      text('query'),
      { ...text('brand'), autocomplete: true },
      text('currency'),
      text('region'),
      text('country'),
      { type: NUMBER, name: 'min', min_value: 0, required: false },
      { type: NUMBER, name: 'max', min_value: 0, required: false },
      {
        ...text('delivery'),
        choices: [
          { name: 'digital', value: 'DIGITAL' },
          { name: 'physical', value: 'PHYSICAL' },
        ],
      },
    ]);
  });
});

describe('the buttons, menus and forms that messages carry', () => {
  it('all have their handler', () => {
    expect([...handlers.presses.keys()].sort()).toEqual([
      ...['approval.approve', 'approval.cancel', 'approval.details', 'approval.reject'],
      ...['approvals.approve', 'approvals.approve_campaign', 'approvals.page'],
      ...['approvals.reject', 'approvals.reject_campaign'],
      ...['audit.file', 'audit.open', 'audit.page', 'audit.part'],
      ...['budget.all', 'budget.limit', 'budget.page', 'budget.remove', 'budget.set'],
      ...['bulk.pick', 'bulk.template'],
      ...['campaign.approve', 'campaign.ask', 'campaign.cancel', 'campaign.confirm'],
      ...['campaign.details', 'campaign.edit', 'campaign.end_early', 'campaign.export', 'campaign.fetch'],
      ...['campaign.go_on', 'campaign.move', 'campaign.open', 'campaign.pause', 'campaign.refresh'],
      ...['campaign.reject', 'campaign.replace', 'campaign.replaced', 'campaign.reprice', 'campaign.retry'],
      ...['campaigns.open', 'campaigns.page'],
      ...['case.report', 'case.sent', 'case.solve', 'cases.page', 'cases.sent', 'cases.solve'],
      ...['catalog.page', 'catalog.pick', 'delegate.end'],
      'dms.resume',
      ...['drop.claim', 'gift.pick', 'giveaway.claim', 'giveaway.enter', 'giveaway.leave', 'giveaway.mine'],
      ...['order.again', 'order.approve', 'order.collect', 'order.reject', 'order.resend', 'order.resend_sure'],
      ...['order.reveal', 'order.show', 'orders.open'],
      ...[
        'orders.page',
        'privacy.erase',
        'privacy.file',
        'privacy.keep',
        'privacy.sure',
        'product.buy',
        'product.stock',
        'purchases.resume',
        'quote.ask',
        'quote.cancel',
        'quote.confirm',
      ],
      ...['review.close', 'review.none', 'review.none.yes', 'review.number', 'review.open'],
      ...['review.ours', 'review.ours.yes', 'review.wait', 'review.wait.yes', 'rewards.open', 'rewards.page'],
      ...['settings.again', 'settings.all', 'settings.edit', 'settings.page', 'settings.pick', 'settings.show'],
      ...['setup.again', 'setup.amount', 'setup.begin', 'setup.done', 'setup.other', 'setup.pick', 'setup.show'],
      ...['stock.buy', 'stranger.attach', 'stranger.ignore', 'stranger.ignore.yes'],
      ...['template.delete', 'template.open', 'template.run', 'template.save'],
    ]);
    expect([...handlers.submits.keys()]).toEqual([
      'product.buy',
      'approval.reject',
      'order.reject',
      'campaign.reject',
      'gift.send',
      'template.save',
      'campaign.edit',
      'campaign.move',
      'approvals.reject',
      'approvals.reject_campaign',
      'budget.limit',
      'stranger.attach',
      'review.number',
      'review.close',
      'case.report',
      'case.solve',
      'cases.solve',
      'setup.other',
      'settings.edit',
    ]);
  });

  it.each([
    ['quote.confirm', '01K7'],
    ['quote.ask', '01K7'],
    ['quote.cancel', '01K7'],
    ['order.reveal', '01K7'],
    ['order.collect', '01K7'],
    ['order.show', '01K7'],
    ['order.resend', '01K7'],
    ['order.resend_sure', '01K7/3'],
  ])('%s works in a direct message, by the guild of its order', async (verb, argument) => {
    const app = createApp({ orders: { guildOf: async (id) => `guild of ${id}` } });
    const handler = indexHandlers(createCommands(app)).presses.get(verb);
    if (handler?.acknowledge !== 'ephemeral' && handler?.acknowledge !== 'update') throw new Error('not a button');
    expect(await handler.guildOf?.(argument)).toBe('guild of 01K7');
  });

  it('the form about a code that does not work opens in a direct message, and comes back from there', async () => {
    const app = createApp({ orders: { guildOf: async (id) => `guild of ${id}` } });
    const { presses, submits } = indexHandlers(createCommands(app));
    for (const handler of [presses.get('case.report'), submits.get('case.report')]) {
      expect(await handler?.guildOf?.('01K7')).toBe('guild of 01K7');
    }
  });
});
