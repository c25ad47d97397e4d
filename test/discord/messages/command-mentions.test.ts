import { describe, expect, it } from 'vitest';
import { createCommandMentions, withoutMentions } from '../../../src/discord/messages/command-mentions.ts';
import { message } from '../../../src/views/kit/message.ts';
import { plain } from '../../../src/views/kit/text.ts';
import { checkLimits, texts } from '../../views/seen.ts';
import { startStage, trial, view } from '../stage.ts';

const subcommand = (name: string) => ({ type: 1, name });
const commands = [
  { id: '11', name: 'orders' },
  { id: '12', name: 'buy', options: [{ type: 3, name: 'item' }] },
  { id: '13', name: 'reward', options: [subcommand('list'), subcommand('send')] },
];
const mentions = createCommandMentions(['1', '2']);
mentions.learn('1', commands);
const sent = (text: string, guild = '1') => texts(mentions.on(message({ title: text }), guild)).join('');

describe('a command in a message', () => {
  it.each([
    ['Run /orders.', 'Run </orders:11>.'],
    ['(/orders)', '(</orders:11>)'],
    ['/buy again', '</buy:12> again'],
    ['See /reward list for it, or /reward send', 'See </reward list:13> for it, or </reward send:13>'],
    ['/orders, /buy', '</orders:11>, </buy:12>'],
  ])('can be pressed: %s', (text, shown) => {
    expect(sent(text)).toBe(`**${shown}**`);
  });

  it.each([
    ['one that there is not', '/order'],
    ['one that needs a subcommand', '/reward'],
    ['an option in code', '`/orders`'],
    ['a block of code', '```\n/orders\n```'],
    ['a path', 'docs/orders and ./orders and /orders/7'],
    ['an address', 'https://example.com/orders'],
    ['a link', '[how](https://example.com/orders)'],
    ['a mention', '</orders:7>'],
  ])('is words, where it is %s', (_, text) => {
    expect(sent(text)).toBe(`**${text}**`);
  });

  it('is words where somebody wrote it', () => {
    const text = plain('prize for /buy, (/orders) and "/reward list"');
    expect(sent(text)).toBe(`**${text}**`);
  });

  it('is words in a guild whose commands are not known, and in a direct message those of the first guild', () => {
    expect(sent('/orders', '2')).toBe('**/orders**');
    expect(texts(mentions.on(message({ title: '/orders' })))).toEqual(['**</orders:11>**']);
    const none = createCommandMentions(['1']);
    expect(texts(none.on(message({ title: '/orders' })))).toEqual(['**/orders**']);
  });

  it('never makes a message too long', () => {
    const long = message({ title: 'Much', facts: ['/orders '.repeat(300)], choices: [], next: 'x'.repeat(1500) });
    checkLimits(long);
    checkLimits(mentions.on(long, '1'));
    expect(mentions.on(long, '1')).toBe(long);
  });

  it('is read as it is typed', () => {
    expect(withoutMentions(sent('See /reward list'))).toBe('**See /reward list**');
  });
});

describe('a message at Discord', () => {
  it('names the command by the id that Discord gave it in this guild', async () => {
    const stage = await startStage([trial(async () => view('Or run /try again'))]);
    const exchange = await stage.here(stage.alice).run('try');
    const { text, components } = await exchange.settled();
    const [command] = stage.discord.commands(stage.guild.id);
    expect(text).toContain('Or run /try again');
    expect(JSON.stringify(components)).toContain(`Or run </try:${command?.id}> again`);
  });

  it('is known again by its words, whatever ids its commands had', async () => {
    const stage = await startStage([trial(async () => undefined)]);
    const news = view('See /try');
    await stage.directMessages.send(stage.alice.id, news);
    stage.ctx.commandMentions.learn(stage.guild.id, [{ id: '99', name: 'try' }]);
    expect(await stage.directMessages.find(stage.alice.id, news)).toBeDefined();
  });
});
