import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { CARD, card, pressOn, publicIn, showing } from './approving.ts';
import { codesIn } from './campaigning.ts';
import { claimOf, startCampaign } from './dropping.ts';
import { confirm, personIn, purchases, quote, startTown, type Town } from './town.ts';

/** A member who asks in that channel or thread. */
const bobIn = ({ discord, guildId, adminsId, bob }: Town, channelId: string) =>
  personIn(discord, { guildId, adminsId, channelId }, bob.id);
const WANTED = 'Approval needed: 1 × Google Play US 5 USD';

describe('Discord at a distance of 40 to 400 ms, as from another continent', () => {
  it('is answered in time, and one of many presses buys', async () => {
    const town = await startTown({ latency: { minMs: 40, maxMs: 400, seed: 13 } });
    const quoted = await quote(town.alice, CARD);
    const [receipt] = await Promise.all([
      confirm(town.alice, quoted),
      confirm(town.alice, quoted).catch(() => undefined),
    ]);
    expect(receipt.text).toContain('Sent to your direct messages.');
    const exchange = await pressOn(town.bob.here, await quote(town.bob, CARD), 'Request');
    await pressOn(town.ada.here, await card(town, WANTED), 'Approve');
    await showing(exchange, 'Sent to your direct messages.');
    expect(purchases(town)).toBe(2);
    const id = await startCampaign(town.alice, 'reward drop', { cards: 1 });
    const claims = () => Promise.all([claimOf(town.bob, id), claimOf(town.ada, id)]);
    await claims();
    // Whoever has it sees it with each press.
    const holders = async () => (await claims()).filter((message) => codesIn(town, [message]).length > 0).length;
    await expect.poll(holders).toBe(1);
    expect(purchases(town)).toBe(3);
    const { requests } = town.discord;
    const answers = requests.filter(({ path }) => path.endsWith('/callback'));
    expect(answers.filter(({ status }) => status !== 204 && status !== 200)).toEqual([]);
  });
});

describe('a thread, and a post of a forum', () => {
  it('have purchases and questions for approval as a channel has', async () => {
    const town = await startTown();
    const { discord, channelId, guildId, bob } = town;
    const forum = discord.addChannel(guildId, 'questions', { kind: 'forum', botMayPost: false });
    for (const { id } of [discord.addThread(channelId, 'Round one'), discord.addThread(forum.id, 'Who won?')]) {
      const asker = bobIn(town, id);
      const exchange = await pressOn(asker.here, await quote(asker, CARD), 'Request');
      await showing(exchange, `Waiting for approval in <#${id}>`);
      const wanted = await card(town, WANTED, id);
      const admin = discord.as(town.ada.id, { guildId, channelId: id });
      await pressOn(admin, wanted, 'Approve');
      await showing(exchange, 'Sent to your direct messages.');
    }
    expect(purchases(town)).toBe(2);
    expect(codesIn(town, bob.dms())).toHaveLength(2);
  });

  it('where Cardigan has no right to write have the question where it has', async () => {
    const town = await startTown();
    const { discord, guildId, adminsId, channelId } = town;
    const quiz = discord.addChannel(guildId, 'quiz', { botMayNot: Flag.SendMessagesInThreads });
    const thread = discord.addThread(quiz.id, 'Round one');
    const asker = bobIn(town, thread.id);
    const exchange = await pressOn(asker.here, await quote(asker, CARD), 'Request');
    await showing(exchange, `Waiting for approval in <#${adminsId}>`);
    expect(publicIn(town, thread.id)).toEqual([]);
    expect(publicIn(town, channelId)).toEqual([]);
  });
});
