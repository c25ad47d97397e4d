import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const file = (): FormData => {
  const form = new FormData();
  form.set('payload_json', JSON.stringify({ content: 'x', attachments: [{ id: '0', filename: 'cards.csv' }] }));
  form.set('files[0]', new File(['a,b'], 'cards.csv', { type: 'text/csv' }));
  return form;
};

describe('without a right', () => {
  it('files come into no message, whether new or edited', async () => {
    const { discord, guild, api } = stage;
    const { id } = discord.addChannel(guild.id, 'bare', { botMayNot: Flag.AttachFiles });
    const path = `/channels/${id}/messages`;
    expect(await api.post(path, file())).toMatchObject({ status: 403, body: { code: 50013 } });
    const made = (await api.post(path, { content: 'x' })).body;
    expect((await api.patch(`${path}/${made.id}`, file())).body.code).toBe(50013);
    discord.setBotMay(id, Flag.AttachFiles, true);
    expect((await api.patch(`${path}/${made.id}`, file())).status).toBe(200);
    // Who may not write may attach nothing either, whatever else is granted.
    discord.setBotMay(id, Flag.SendMessages, false);
    expect((await api.patch(`${path}/${made.id}`, file())).body.code).toBe(50013);
  });

  it('the history is empty, no message of it can be had, and none replied to', async () => {
    const { discord, guild, api } = stage;
    const { id } = discord.addChannel(guild.id, 'fresh', { botMayNot: Flag.ReadMessageHistory });
    const path = `/channels/${id}/messages`;
    const made = (await api.post(path, { content: 'asked' })).body;
    expect((await api.get(path)).list).toEqual([]);
    expect(await api.get(`${path}/${made.id}`)).toMatchObject({ status: 403, body: { code: 50001 } });
    const reply = { content: 'x', message_reference: { message_id: made.id, fail_if_not_exists: false } };
    expect(await api.post(path, reply)).toMatchObject({ status: 403, body: { code: 160002 } });
    // Its own it may edit all the same.
    expect((await api.patch(`${path}/${made.id}`, { content: 'y' })).status).toBe(200);
    discord.setBotMay(id, Flag.ReadMessageHistory, true);
    expect((await api.post(path, reply)).body).toMatchObject({ type: 19 });
  });

  it('a role and everyone are named in the text and mentioned to nobody', async () => {
    const { discord, guild, api } = stage;
    const { id } = discord.addChannel(guild.id, 'quiet');
    const [leads, open] = [
      discord.addRole(guild.id, { name: 'Leads' }),
      discord.addRole(guild.id, { name: 'Open', mentionable: true }),
    ];
    const content = `<@&${leads.id}> <@&${open.id}> @everyone`;
    expect((await api.post(`/channels/${id}/messages`, { content })).body).toMatchObject({
      ...{ content, mention_everyone: false, mention_roles: [open.id] },
    });
    expect(discord.channelMessages(id)[0]?.pinged).toEqual([open.id]);
    const loud = discord.addChannel(guild.id, 'loud', { botMayMention: true });
    expect((await api.post(`/channels/${loud.id}/messages`, { content })).body).toMatchObject({
      ...{ mention_everyone: true, mention_roles: [leads.id, open.id] },
    });
    const free = discord.addGuild({ name: 'Free', everyoneMayMention: true });
    await api.post(`/channels/${free.general.id}/messages`, { content: '@everyone' });
    expect(discord.channelMessages(free.general.id)[0]?.pinged).toEqual(['everyone']);
  });
});
