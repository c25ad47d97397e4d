import { describe, expect, it } from 'vitest';
import { channelState, goneRoles, roleCounts } from '../../src/discord/directory.ts';
import { bind } from '../../src/lib/bind.ts';
import { startStage } from './stage.ts';

async function open() {
  const stage = await startStage();
  const { ctx, guild } = stage;
  const places = bind(ctx, { channel: channelState, goneRoles, roleCounts });
  const channel = (id: string) => places.channel(guild.id, id);
  return { ...stage, places, channel };
}

describe('a channel', () => {
  it('is open, or closed with what Cardigan lacks there', async () => {
    const { discord, guild, channel } = await open();
    expect(await channel(guild.general.id)).toEqual({ is: 'open' });
    const muted = discord.addChannel(guild.id, 'muted', { botMayPost: false });
    const hidden = discord.addChannel(guild.id, 'hidden', { botMaySee: false });
    const name = async (id: string) => JSON.stringify(await channel(id));
    await expect.poll(() => name(muted.id)).toContain('"name":"muted","lacks":"send"');
    await expect.poll(() => name(hidden.id)).toContain('"is":"closed"');
  });

  it('is gone once it is deleted, and where it belongs to another server', async () => {
    const { discord, guild, channel } = await open();
    const { id } = discord.addChannel(guild.id, 'short');
    await expect.poll(() => channel(id)).toEqual({ is: 'open' });
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

  it('is held by somebody or by nobody', async () => {
    const { discord, guild, bob, places } = await open();
    const held = discord.addRole(guild.id, { name: 'Approvers' });
    const unheld = discord.addRole(guild.id, { name: 'Nobody' });
    discord.setRoles(guild.id, bob.id, [held.id]);
    expect(await places.roleCounts(guild.id, [held.id, unheld.id])).toEqual([1, 0]);
  });
});
