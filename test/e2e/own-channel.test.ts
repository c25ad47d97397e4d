import { describe, expect, it } from 'vitest';
import { CARD } from './approving.ts';
import { startTown } from './town.ts';

const NOT_THEIRS = "You can't post in that channel";

/** A town with a channel that everybody reads, and only the bot and admins write in. */
async function announced() {
  const town = await startTown();
  const { id } = town.discord.addChannel(town.guildId, 'announcements', { readOnly: true });
  const there = town.discord.as(town.bob.id, { guildId: town.guildId, channelId: id });
  return { town, id, there };
}

describe('whoever may not write in a channel', () => {
  it('has nothing posted there by Cardigan: no drop, no giveaway, no bulk send', async () => {
    const { town, id, there } = await announced();
    const { bob } = town;
    const runs = [
      bob.here.run('reward drop', { item: CARD, cards: 1, channel: id, message: '@everyone free' }),
      bob.here.run('reward giveaway', { item: CARD, winners: 1, ends: '2 hours', channel: id }),
      bob.here.run('reward bulk', { item: CARD, channel: id }),
      // Where they are, too.
      there.run('reward drop', { item: CARD, cards: 1 }),
      there.run('reward send', { item: CARD, member: town.alice.id, receipt: 'public' }),
    ];
    for (const run of runs) expect((await (await run).settled()).text).toContain(NOT_THEIRS);
  });

  it('has it posted where they may write, and sends one card privately from anywhere', async () => {
    const { town, there } = await announced();
    const { bob, channelId } = town;
    const drop = await (await there.run('reward drop', { item: CARD, cards: 1, channel: channelId })).settled();
    expect(drop.text).toContain(`<#${channelId}>`);
    expect(drop.text).not.toContain(NOT_THEIRS);
    const sent = await (await there.run('reward send', { item: CARD, member: town.alice.id })).settled();
    expect(sent.text).not.toContain(NOT_THEIRS);
    expect((await (await bob.here.run('reward drop', { item: CARD, cards: 1 })).settled()).text).toContain('USD');
  });
});
