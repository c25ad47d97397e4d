import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { membersWhoReacted } from '../../src/discord/reactions.ts';
import { startStage } from './stage.ts';

async function open() {
  const stage = await startStage();
  const { discord, guild } = stage;
  const { id: channel } = guild.general;
  const ada = discord.addMember(guild.id, { name: 'Ada' });
  const { id: message } = discord.say(ada.id, channel, 'Who plays on Friday?');
  const add = (count: number) =>
    Array.from({ length: count }, (_, at) => discord.addMember(guild.id, { name: `Member ${at}` }).id);
  async function who(emoji?: string, place = { channel, message }, of = guild.id): Promise<unknown> {
    const found: string[] = [];
    try {
      for await (const user of membersWhoReacted(stage.ctx, of, place, emoji)) found.push(user);
    } catch (error) {
      return (error as { code?: string }).code;
    }
    return found;
  }
  return { stage, discord, channel, message, add, who };
}

describe('who reacted to a message', () => {
  it('is everybody, page by page, but bots', async () => {
    const { discord, message, add, who } = await open();
    const people = add(230);
    discord.react(message, '🎉', [...people, discord.applicationId]);
    expect(await who()).toEqual(people.toSorted());
    const pages = discord.requests.filter(({ path }) => path.includes('/reactions/'));
    expect(pages).toHaveLength(3);
  });

  it('is told for one emoji, however it is typed', async () => {
    const { discord, message, add, who } = await open();
    const [one = '', two = '', three = ''] = add(3);
    discord.react(message, '❤️', [one]);
    discord.react(message, 'party:123456789012345678', [two]);
    discord.react(message, '👍', [three]);
    expect(await who('❤')).toEqual([one]);
    expect(await who('<:party:123456789012345678>')).toEqual([two]);
    expect(await who(':party:')).toEqual([two]);
    expect(await who('👎')).toBe('nobody_reacted');
    expect(await who()).toEqual([one, two, three]);
  });

  it('counts super reactions, which Discord lists apart', async () => {
    const { stage, discord, message, add, who } = await open();
    const [usual = '', burst = ''] = add(2);
    discord.react(message, '🎉', [usual]);
    const { rest } = stage.ctx.client;
    const get = rest.get.bind(rest);
    rest.get = async (path, options) => {
      if (options?.query?.get('type') === '1') return [{ id: burst }];
      const told = await get(path, options);
      if (path.includes('/reactions/')) return told;
      return { reactions: [{ emoji: { id: null, name: '🎉' }, count_details: { burst: 1, normal: 1 } }] };
    };
    expect(await who()).toEqual([usual, burst]);
  });

  it('has an end where Discord gives the same page again and again', async () => {
    const { stage, discord, message, add, who } = await open();
    discord.react(message, '🎉', add(1));
    const { rest } = stage.ctx.client;
    const get = rest.get.bind(rest);
    const page = Array.from({ length: 100 }, (_, at) => ({ id: `${1000 + at}` }));
    rest.get = async (path, options) => (path.includes('/reactions/') ? page : get(path, options));
    expect(await who()).toBe('reactions_not_told');
  });

  it('is said in one word where it cannot be told', async () => {
    const { discord, channel, message, who } = await open();
    expect(await who()).toBe('nobody_reacted');
    expect(await who(undefined, { channel, message: '1' })).toBe('message_gone');
    expect(await who(undefined, { channel: '1', message })).toBe('message_unreadable');
    expect(await who(undefined, { channel, message }, '1')).toBe('message_unreadable');
    const fault = discord.fail({ method: 'GET', path: /messages/, with: 418, times: 20 });
    expect(await who()).toBe('reactions_not_told');
    fault.lift();
    discord.setBotMay(channel, PermissionFlagsBits.ReadMessageHistory, false);
    expect(await who()).toBe('message_unreadable');
  });
});
