import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formCodes } from './api.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

/** In #general the bot may ping all roles, and everyone. */
const mayMention = ({ discord, guild }: Stage) => discord.setBotMay(guild.general.id, Flag.MentionEveryone, true);

const words = (content: string) => ({ flags: 1 << 15, components: [{ type: 10, content }] });

describe('a ping', () => {
  const post = async (channelId: string, body: unknown) => {
    const { body: made } = await stage.api.post(`/channels/${channelId}/messages`, body);
    return stage.discord.channelMessages(channelId).find(({ id }) => id === made.id);
  };

  it('reaches people and roles that the text names, as far as it is allowed', async () => {
    const { discord, guild, alice, bob } = stage;
    mayMention(stage);
    const [leads, buyers] = ['Leads', 'Buyers'].map((name) => discord.addRole(guild.id, { name }));
    const text = `<@&${leads?.id}> <@&${buyers?.id}> <@${alice.id}> <@${bob.id}> @here`;
    const allowed_mentions = { parse: [], roles: [leads?.id], users: [bob.id] };
    const message = await post(guild.general.id, { ...words(text), allowed_mentions });
    expect(message?.pinged).toEqual([bob.id, leads?.id]);
    const path = `/channels/${guild.general.id}/messages/${message?.id}`;
    expect((await stage.api.get(path)).body).toMatchObject({
      mentions: [{ id: bob.id }],
      mention_roles: [leads?.id],
      mention_everyone: false,
    });
  });

  it('comes with the message only: what is edited in later is a mention and pings nobody', async () => {
    const { guild, alice, bob } = stage;
    const message = await post(guild.general.id, words(`<@${alice.id}>`));
    const path = `/channels/${guild.general.id}/messages/${message?.id}`;
    await stage.api.patch(path, words(`<@${alice.id}> <@${bob.id}>`));
    expect(message?.mentioned).toEqual([alice.id, bob.id]);
    expect(message?.pinged).toEqual([alice.id]);
  });

  it('of a role that is not mentionable takes the right to mention everyone', async () => {
    const { discord, guild } = stage;
    const quiet = discord.addChannel(guild.id, 'quiet');
    mayMention(stage);
    const leads = discord.addRole(guild.id, { name: 'Leads' });
    const open = discord.addRole(guild.id, { name: 'Open', mentionable: true });
    const text = words(`<@&${leads.id}> <@&${open.id}> @everyone`);
    expect((await post(quiet.id, text))?.pinged).toEqual([open.id]);
    expect((await post(guild.general.id, text))?.pinged).toEqual([leads.id, open.id, 'everyone']);
  });

  it('never reaches somebody who is not there, and in a direct message only its reader', async () => {
    const { discord, guild, alice, bob, api } = stage;
    discord.removeMember(guild.id, bob.id);
    const text = words(`<@${alice.id}> <@${bob.id}> <@123>`);
    expect((await post(guild.general.id, text))?.pinged).toEqual([alice.id]);
    const { body: dm } = await api.post('/users/@me/channels', { recipient_id: alice.id });
    expect((await post(dm.id, text))?.pinged).toEqual([alice.id]);
  });

  it('does not come with an answer that only its asker sees, nor with one that was deferred', async () => {
    const { alice, bob } = stage;
    const text = `<@${alice.id}> <@${bob.id}>`;
    const hidden = await stage.answered(4, { content: text, flags: 64 });
    expect((await hidden.exchange).message()?.pinged).toEqual([]);
    const deferred = await stage.answered(5);
    await stage.api.patch(`${deferred.webhook}/messages/@original`, { content: text });
    expect((await deferred.exchange).message()).toMatchObject({
      mentioned: [alice.id, bob.id],
      pinged: [],
    });
  });
});

describe('a reply', () => {
  it('says to which message, which has to be in the same channel', async () => {
    const { discord, guild, api } = stage;
    const path = `/channels/${guild.general.id}/messages`;
    const { body: first } = await api.post(path, { content: 'asked' });
    const reply = (id: string, more = {}) =>
      api.post(path, { content: 'reminded', message_reference: { message_id: id, ...more } });
    expect((await reply(first.id)).body).toMatchObject({
      type: 19,
      message_reference: { message_id: first.id, channel_id: guild.general.id },
    });
    expect(discord.channelMessages(guild.general.id)[1]?.repliesTo).toBe(first.id);
    await api.delete(`${path}/${first.id}`);
    expect(formCodes(await reply(first.id))).toEqual(['REPLIES_UNKNOWN_MESSAGE']);
    expect((await reply(first.id, { fail_if_not_exists: false })).body).toMatchObject({ type: 0 });
  });
});
