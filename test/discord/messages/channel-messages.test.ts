import { type GuildTextBasedChannel, PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { rightsIn } from '../../../src/discord/channels.ts';
import { createChannelMessages } from '../../../src/discord/messages/channel-messages.ts';
import { TooManyEdits } from '../../../src/outbox/outbox.ts';
import { message } from '../../../src/views/kit/message.ts';
import { startStage } from '../stage.ts';

const NONCE_FORGOTTEN_MS = 10 * 60_000;
const first = { nonce: 'n', mayBeOut: false };
const again = { ...first, mayBeOut: true };

async function open() {
  const stage = await startStage();
  const { discord, guild, alice } = stage;
  const { commandMentions, brands } = stage.ctx;
  const poster = createChannelMessages(stage.client, commandMentions, brands.pictureOf);
  const { id: channel } = guild.general;
  const said = (title: string, body?: string) =>
    message({ title, ...(body && { facts: [body] }), mentions: { users: [alice.id] } });
  return {
    ...{ stage, poster, channel, said },
    post: (title: string, how: Parameters<typeof poster.post>[3] = first, body?: string) =>
      poster.post(guild.id, channel, said(`${title} <@${alice.id}>`, body), how),
    messages: () => discord.channelMessages(channel),
  };
}

describe('a message in a channel', () => {
  it('is there once, also when an earlier process may have sent it long ago', async () => {
    const { stage, post, messages } = await open();
    const place = await post('Drop');
    expect(place).toEqual({ channel: stage.guild.general.id, message: messages()[0]?.id });
    expect(await post('Drop')).toEqual(place);
    stage.discord.advance(NONCE_FORGOTTEN_MS);
    expect(await post('Drop', again)).toEqual(place);
    expect(messages()).toHaveLength(1);
  });

  it('is the same by its title, where what follows changes', async () => {
    const { stage, post, messages } = await open();
    const place = await post('Drop', first, '20 left');
    stage.discord.advance(NONCE_FORGOTTEN_MS);
    expect(await post('Drop', { ...again, sameBy: 'title' }, '3 left')).toEqual(place);
    expect(await post('Drop', again, '3 left')).not.toEqual(place);
    expect(messages()).toHaveLength(2);
  });

  it('pings whom it mentions when it comes, unless it is not to, and nobody when it is edited', async () => {
    const { stage, poster, post, said, messages } = await open();
    const { alice } = stage;
    const place = await post('Heard');
    await post('Unheard', { ...first, nonce: 'm', pings: false });
    if (!place) throw new Error('it is not there');
    expect(await poster.edit(place, said(`Edited <@${alice.id}>`))).toBe(true);
    expect(messages().map(({ pinged }) => pinged)).toEqual([[alice.id], []]);
    expect(messages()[0]?.text).toContain('Edited');
  });

  it.each([30046, 20022])(
    'that takes no more edits for now is there still: whoever edits it comes back later, %s',
    async (code) => {
      const { stage, poster, post, said, messages } = await open();
      const place = await post('Drop');
      if (!place) throw new Error('it is not there');
      const body = { status: 400, code, message: 'Too many edits' };
      const limit = stage.discord.fail({ method: 'PATCH', path: /\/messages\/\d+$/, with: body, times: 9 });
      await expect(poster.edit(place, said('Newer'))).rejects.toBeInstanceOf(TooManyEdits);
      expect(limit.hits).toBe(1);
      limit.lift();
      expect(await poster.edit(place, said('Newest'))).toBe(true);
      expect(messages()).toHaveLength(1);
    },
  );

  it('has the picture of a brand, which its edits keep without sending it again', async () => {
    const { stage, poster, channel, messages } = await open();
    const drop = (left: string) => message({ title: 'Drop', facts: [left], picture: 'Steam' });
    const place = await poster.post(stage.guild.id, channel, drop('2 left'), first);
    const [picture] = messages()[0]?.attachments ?? [];
    expect(picture?.filename).toBe('brand.png');
    if (!place) throw new Error('it is not there');
    const before = stage.discord.requests.length;
    expect(await poster.edit(place, drop('1 left'))).toBe(true);
    expect(messages()[0]?.text).toContain('1 left');
    expect(messages()[0]?.attachments).toEqual([picture]);
    expect(stage.discord.requests.length).toBe(before + 1);
  });

  it('gets its picture with an edit where it came without one, and loses it with one that has none', async () => {
    const { stage, poster, channel, messages } = await open();
    const place = await poster.post(stage.guild.id, channel, message({ title: 'Drop' }), first);
    if (!place) throw new Error('it is not there');
    expect(await poster.edit(place, message({ title: 'Drop', picture: 'Steam' }))).toBe(true);
    expect(messages()[0]?.attachments).toHaveLength(1);
    expect(await poster.edit(place, message({ title: 'Drop' }))).toBe(true);
    expect(messages()[0]?.attachments).toEqual([]);
  });

  it('goes without a picture where there is none to show', async () => {
    const { stage, channel, messages } = await open();
    const poster = createChannelMessages(stage.client, stage.ctx.commandMentions, () => undefined);
    await poster.post(stage.guild.id, channel, message({ title: 'Drop', facts: ['2 left'], picture: 'Steam' }), first);
    expect(messages()[0]?.text).toBe('**Drop**\n2 left');
    expect(messages()[0]?.attachments).toEqual([]);
  });

  it('is there without its picture where the bot may attach none', async () => {
    const { stage, poster, channel, messages } = await open();
    stage.discord.setBotMay(channel, PermissionFlagsBits.AttachFiles, false);
    const there = stage.client.guilds.cache.get(stage.guild.id);
    const lacks = () => there && rightsIn(there, there.channels.cache.get(channel) as GuildTextBasedChannel);
    await expect.poll(lacks).toContain('attach');
    const drop = (left: string) => message({ title: 'Drop', facts: [left], picture: 'Steam' });
    const place = await poster.post(stage.guild.id, channel, drop('2 left'), first);
    if (!place) throw new Error('it is not there');
    for (const left of ['1 left', 'none left']) {
      expect(await poster.edit(place, drop(left))).toBe(true);
      expect(messages()[0]?.text).toBe(`**Drop**\n${left}`);
    }
  });

  it('is found and removed, and one that is no more is neither edited nor removed again', async () => {
    const { stage, poster, channel, post, said, messages } = await open();
    const place = await post('Drop');
    if (!place) throw new Error('it is not there');
    const drop = said(`Drop <@${stage.alice.id}>`);
    expect(await poster.find(stage.guild.id, channel, drop)).toEqual(place);
    await poster.remove(place);
    expect(messages()).toEqual([]);
    expect(await poster.find(stage.guild.id, channel, drop)).toBeUndefined();
    expect(await poster.edit(place, drop)).toBe(false);
    await poster.remove(place);
    await poster.remove({ ...place, channel: '999' });
  });

  it('goes to no channel that is gone, closed, or of another server', async () => {
    const { stage, poster, said } = await open();
    const { discord, client, guild } = stage;
    const closed = discord.addChannel(guild.id, 'closed', { botMayPost: false });
    const other = discord.addGuild({ name: 'Others' });
    await expect.poll(() => client.channels.cache.has(other.general.id)).toBe(true);
    for (const channel of [closed.id, other.general.id, '999'])
      expect(await poster.post(guild.id, channel, said('Drop'), first)).toBeUndefined();
    expect(discord.channelMessages(other.general.id)).toEqual([]);
  });

  it('that Discord does not take is told about', async () => {
    const { stage, post } = await open();
    stage.discord.fail({ method: 'POST', path: /\/messages$/, with: 500, times: 20 });
    await expect(post('Drop')).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
