import { PermissionFlagsBits as Flag } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { rightsIn } from '../../src/discord/channels.ts';
import { channelState, goneRoles, roleCounts, unheardRoles } from '../../src/discord/directory.ts';
import { bind } from '../../src/lib/bind.ts';
import { startStage } from './stage.ts';

async function open() {
  const stage = await startStage();
  const { ctx, guild } = stage;
  const places = bind(ctx, { channel: channelState, goneRoles, unheardRoles, roleCounts });
  const channel = (id: string) => places.channel(guild.id, id);
  return { ...stage, places, channel };
}

describe('a channel', () => {
  it('is open, or closed with what Cardigan lacks there', async () => {
    const { discord, guild, channel } = await open();
    expect(await channel(guild.general.id)).toEqual({ is: 'open', isPublic: true });
    const muted = discord.addChannel(guild.id, 'muted', { botMayPost: false });
    const hidden = discord.addChannel(guild.id, 'hidden', { botMaySee: false });
    const name = async (id: string) => JSON.stringify(await channel(id));
    await expect.poll(() => name(muted.id)).toContain('"name":"muted","lacks":["send"]');
    await expect.poll(() => name(hidden.id)).toContain('"is":"closed","name":"hidden","lacks":["view"]');
  });

  it('is limited where Cardigan may write but lacks what else it uses, and read by all or not', async () => {
    const { discord, guild, alice, channel } = await open();
    const files = discord.addChannel(guild.id, 'no-files', { botMayNot: Flag.AttachFiles | Flag.ReadMessageHistory });
    await expect
      .poll(() => channel(files.id))
      .toEqual({ is: 'limited', name: 'no-files', lacks: ['attach', 'history'], isPublic: true });
    const staff = discord.addChannel(guild.id, 'staff', { seenBy: [alice.id] });
    await expect.poll(() => channel(staff.id)).toEqual({ is: 'open' });
  });

  it('that is a thread takes another right to write in', async () => {
    const { client, guild, discord } = await open();
    const { id } = discord.addChannel(guild.id, 'quiz', { botMayPost: false });
    await expect.poll(() => client.channels.cache.has(id)).toBe(true);
    const there = client.guilds.cache.get(guild.id);
    const parent = there?.channels.cache.get(id);
    const thread = await client.channels.fetch(discord.addThread(id, 'talk').id);
    if (!there || !parent || !thread?.isThread()) throw new Error('no channel');
    expect(rightsIn(there, parent)).toEqual(['send']);
    expect(rightsIn(there, thread)).toEqual([]);
    const mute = discord.addChannel(guild.id, 'mute', { botMayNot: Flag.SendMessagesInThreads });
    await expect.poll(() => client.channels.cache.has(mute.id)).toBe(true);
    const silent = await client.channels.fetch(discord.addThread(mute.id, 'talk').id);
    if (!silent?.isThread()) throw new Error('no thread');
    expect(rightsIn(there, silent)).toEqual(['send_in_threads']);
  });

  it('is gone once it is deleted, and where it belongs to another server', async () => {
    const { discord, guild, channel } = await open();
    const { id } = discord.addChannel(guild.id, 'short');
    await expect.poll(() => channel(id)).toEqual({ is: 'open', isPublic: true });
    discord.deleteChannel(guild.id, id);
    await expect.poll(() => channel(id)).toEqual({ is: 'gone' });
    const other = discord.addGuild({ name: 'Others' });
    await expect.poll(() => channel(other.general.id)).toEqual({ is: 'gone' });
  });

  it('is unknown in a server that Discord does not tell about', async () => {
    const { discord, places, guild } = await open();
    const path = /\/guilds\/\d+$/;
    discord.fail({ path, with: 500, times: 20 });
    expect(await places.channel('999', guild.general.id)).toEqual({ is: 'unknown' });
    expect(await places.goneRoles('999', ['1'])).toBe('unknown');
    expect(await places.roleCounts('999', ['1'])).toBe('unknown');
    expect(await places.unheardRoles('999', [], undefined)).toBe('unknown');
  });
});

describe('a role', () => {
  it('is gone once it is deleted', async () => {
    const { discord, guild, places } = await open();
    const { id } = discord.addRole(guild.id, { name: 'Approvers' });
    const gone = () => places.goneRoles(guild.id, [id]);
    await expect.poll(gone).toEqual([]);
    discord.deleteRole(guild.id, id);
    await expect.poll(gone).toEqual([id]);
  });

  it('that approves is not pinged unless anyone may mention it or Cardigan may mention all, there', async () => {
    const { discord, guild, places, client } = await open();
    const quiet = discord.addChannel(guild.id, 'approvals', { botMayMention: false });
    const loud = discord.addRole(guild.id, { name: 'Open', mentionable: true });
    const shut = discord.addRole(guild.id, { name: 'Shut' });
    await expect.poll(() => client.channels.cache.has(quiet.id)).toBe(true);
    const unheard = (ids: readonly string[], channel?: string) => places.unheardRoles(guild.id, ids, channel);
    await expect.poll(() => unheard([loud.id, shut.id], quiet.id)).toEqual([shut.id]);
    // Everywhere else, too, until it has the right.
    expect(await unheard([loud.id, shut.id])).toEqual([shut.id]);
    discord.setPermissions(guild.id, discord.applicationId, Flag.MentionEveryone);
    await expect.poll(() => unheard([loud.id, shut.id])).toEqual([]);
    // Without any, those with Manage Server: Alice's own.
    expect(await unheard([], quiet.id)).toHaveLength(1);
  });

  it('is held by somebody or by nobody', async () => {
    const { discord, guild, bob, places } = await open();
    const held = discord.addRole(guild.id, { name: 'Approvers' });
    const unheld = discord.addRole(guild.id, { name: 'Nobody' });
    discord.setRoles(guild.id, bob.id, [held.id]);
    expect(await places.roleCounts(guild.id, [held.id, unheld.id])).toEqual([1, 0]);
  });
});
