import { describe, expect, it } from 'vitest';
import { CARD, card, pressOn, publicIn, showing } from './approving.ts';
import { revealedTo } from './campaigning.ts';
import { claimOf, panelFor, startCampaign } from './dropping.ts';
import {
  confirm,
  dmsOnly,
  eventually,
  finished,
  press,
  pressConfirm,
  purchases,
  quote,
  startTown,
  type Town,
  toldAside,
} from './town.ts';

const ITEM = 'google-play-usd-5';
const ONE_WANTED = 'Approval needed: 1 × Google Play US 5 USD';
const CALLBACK = { method: 'POST', path: /\/callback$/ };

describe('a token that Discord does not take', () => {
  it('once, as by a proxy, stops nothing: the codes arrive, and the bot goes on', async () => {
    const town = await startTown();
    town.discord.fail({ method: 'POST', path: dmsOnly(town), with: 401 });
    const receipt = await confirm(town.alice, await quote(town.alice, ITEM));
    expect(receipt.text).toContain('Sent to your direct messages.');
    expect(town.alice.dms()).toHaveLength(1);
    await confirm(town.ada, await quote(town.ada, ITEM));
    expect(town.ada.dms()).toHaveLength(1);
    expect(town.bot.isRunning()).toBe(true);
    expect(town.bot.output()).toContain('Discord answered 401 to one request');
  });

  it('any more ends the process, which says why and leaves the order to the next one', async () => {
    const town = await startTown();
    town.vendor.fault('slow', { delayMs: 1_000 });
    await pressConfirm(town.alice, await quote(town.alice, ITEM));
    await eventually(
      () => purchases(town) === 1,
      () => 'the purchase went out',
    );
    const refused = town.discord.fail({ path: /./, with: 401, times: Number.POSITIVE_INFINITY });
    expect(await town.bot.ended()).toBe(1);
    expect(town.bot.output()).toContain('Discord refuses the bot token');
    expect(town.bot.output()).toContain('Cardigan has stopped');
    const next = town.launch();
    expect(await next.ended()).toBe(1);
    expect(next.output()).toContain('- DISCORD_TOKEN was refused by Discord');
    refused.lift();
    await town.restart();
    await eventually(
      () => town.alice.dms().length === 1,
      () => 'the codes by direct message',
    );
    expect(purchases(town)).toBe(1);
  });

  it('at the gateway, as after it was reset, ends the process too', async () => {
    const town = await startTown();
    town.discord.resetToken();
    expect(await town.bot.ended()).toBe(1);
    expect(town.bot.output()).toContain('the bot token is no longer valid: DISCORD_TOKEN');
  });
});

describe('an acknowledgement whose answer was lost', () => {
  it.each([
    ['a fault of Discord’s own', 500],
    ['a broken connection', 'reset'],
  ] as const)('by %s leaves nobody with "thinking…": the quote comes, and is bought once', async (_, how) => {
    const town = await startTown();
    town.discord.fail({ ...CALLBACK, with: how, after: true });
    const quoted = await quote(town.alice, ITEM);
    expect(quoted.text).toContain('Buy 1 × Google Play US 5 USD for $4.90?');
    town.discord.fail({ ...CALLBACK, with: how, after: true });
    expect((await finished(await pressConfirm(town.alice, quoted))).text).toContain('Bought:');
    expect(purchases(town)).toBe(1);
    expect(town.alice.dms()).toHaveLength(1);
  });
});

describe('a terminal that closes', () => {
  it('ends the bot in order, with its purchase on record', async () => {
    const town = await startTown();
    town.vendor.fault('slow', { delayMs: 1_500 });
    await pressConfirm(town.alice, await quote(town.alice, ITEM));
    await eventually(
      () => purchases(town) === 1,
      () => 'the purchase went out',
    );
    expect(await town.bot.stop('SIGHUP')).toBe(0);
    expect(town.bot.output()).toContain('Cardigan has stopped');
    expect(town.alice.dms()).toHaveLength(1);
    await town.restart();
    expect((await (await town.alice.here.run('orders')).settled()).text).toContain('delivered');
    expect(purchases(town)).toBe(1);
  });
});

describe('a question for approval', () => {
  const MISSING = { status: 403, code: 50013, message: 'Missing Permissions' };

  it('that its channel does not take goes to the next place at once, and who asked reads where it is', async () => {
    const town = await startTown();
    const { discord, guildId, channelId, adminsId, bob } = town;
    const admins = { id: adminsId };
    const path = new RegExp(`^/channels/${channelId}/messages$`);
    discord.fail({ method: 'POST', path, with: MISSING, times: 99 });
    const exchange = await pressOn(bob.here, await quote(bob, CARD), 'Request');
    const waiting = await showing(exchange, 'Waiting for approval');
    expect(waiting.text).toContain(`Waiting for approval in <#${admins.id}>`);
    const cards = discord.channelMessages(admins.id);
    expect(cards).toHaveLength(1);
    const [wanted] = cards;
    if (!wanted) throw new Error('no card');
    await pressOn(discord.as(town.ada.id, { guildId, channelId: admins.id }), wanted, 'Approve');
    await showing(exchange, 'Sent to your direct messages.');
    expect(purchases(town)).toBe(1);
  });

  it('that Discord does not take is not said to be anywhere, until it stands', async () => {
    const town = await startTown();
    const { discord, channelId, bob } = town;
    const path = /^\/channels\/\d+\/messages$/;
    const broken = discord.fail({ method: 'POST', path, with: 500, times: Number.POSITIVE_INFINITY });
    const exchange = await pressOn(bob.here, await quote(bob, CARD), 'Request');
    const waiting = await showing(exchange, 'Waiting for approval');
    expect(waiting.text).toContain("Discord hasn't accepted the message to approvers yet");
    expect(waiting.text).not.toContain('<#');
    broken.lift();
    await showing(exchange, `Waiting for approval in <#${channelId}>`);
    await card(town, ONE_WANTED);
    expect(purchases(town)).toBe(0);
  });

  it('whose channel is deleted is asked elsewhere, and who asked reads where', async () => {
    const town = await startTown();
    const { discord, guildId, bob } = town;
    const gone = discord.addChannel(guildId, 'gone');
    const here = discord.as(bob.id, { guildId, channelId: gone.id });
    const exchange = await pressOn(here, await quote({ ...bob, here }, CARD), 'Request');
    await showing(exchange, `Waiting for approval in <#${gone.id}>`);
    discord.deleteChannel(guildId, gone.id);
    // Its next start looks at once, and it looks every minute.
    await town.bot.stop();
    await town.restart();
    const wanted = await card(town, ONE_WANTED, town.adminsId);
    await pressOn(town.ada.inAdmins, wanted, 'Approve');
    await eventually(
      () => bob.dms().some(({ text }) => town.vendor.issuedCodes().some((code) => text.includes(code))),
      () => `the codes by direct message:\n${town.bot.output()}`,
    );
    expect(purchases(town)).toBe(1);
  });
});

describe('a campaign whose channel is no more', () => {
  const LOST = 'Nobody can see this campaign';

  async function lost(command: 'reward drop' | 'reward giveaway', values: Record<string, string | number>) {
    const town = await startTown();
    const { discord, guildId, adminsId, alice } = town;
    const admins = { id: adminsId };
    const quiz = discord.addChannel(guildId, 'quiz');
    const id = await startCampaign(alice, command, { ...values, channel: quiz.id });
    await card(town, 'Google Play US 5 USD', quiz.id);
    discord.deleteChannel(guildId, quiz.id);
    const notice = await card(town, LOST, admins.id);
    const dm = await eventually(
      () => alice.dms().find(({ text }) => text.includes(LOST)),
      () => `a direct message:\n${town.bot.output()}`,
    );
    return { town, admins, id, notice, dm };
  }

  it('is told to whoever runs it and to the admins, once, and can be moved: people claim there', async () => {
    const { town, admins, id, notice, dm } = await lost('reward drop', { cards: 2 });
    const { alice, ada, bob, discord, guildId } = town;
    expect(dm.text).toContain('Run /reward list in the server');
    expect(notice.text).toContain(`Organised by <@${alice.id}>`);
    const lounge = discord.addChannel(guildId, 'lounge');
    const closed = discord.addChannel(guildId, 'closed', { botMayPost: false });
    const panel = await press(discord.as(ada.id, { guildId, channelId: admins.id }), notice, 'Manage');
    expect(panel.text).toContain('Move it to another channel, or end it');
    const there = discord.as(ada.id, { guildId, channelId: admins.id });
    const refused = await there.submit(await pressOn(there, panel, 'Move'), { channel: closed.id });
    expect(await toldAside(refused)).toContain('Cardigan is missing a permission in');
    const moved = await there.submit(await pressOn(there, panel, 'Move'), { channel: lounge.id });
    expect((await moved.settled()).text).toContain('Moved.');
    await card(town, 'Google Play US 5 USD', lounge.id);
    await card(town, 'it has a channel again', admins.id);
    await claimOf(bob, id);
    await revealedTo(town, [bob], id);
    expect(publicIn(town, admins.id).filter(({ text }) => text.includes(LOST))).toHaveLength(1);
    expect(alice.dms().filter(({ text }) => text.includes(LOST))).toHaveLength(1);
  });

  it('is not drawn where nobody could read it, and can be ended', async () => {
    const { town, admins, id } = await lost('reward giveaway', { winners: 1, ends: '1 minute' });
    const ended = await press(town.alice.here, await panelFor(town.alice, id), 'Cancel');
    expect(ended.text).toContain('cancelled');
    await card(town, 'it has a channel again, or has ended', admins.id);
    expect(purchases(town)).toBe(0);
  });
});

describe('a message that Cardigan may not edit', () => {
  it('is posted nowhere else, what is lacking is logged, and it is true once the permission is back', async () => {
    const town = await startTown();
    const { discord, alice, bob, channelId } = town;
    const id = await startCampaign(alice, 'reward drop', { cards: 2 });
    const drop = await card(town, 'Google Play US 5 USD');
    const path = new RegExp(`^/channels/${channelId}/messages/${drop.id}$`);
    const why = { status: 403, code: 50013, message: 'Missing Permissions' };
    const forbidden = discord.fail({ method: 'PATCH', path, with: why, times: Number.POSITIVE_INFINITY });
    discord.setBotMayPost(channelId, false);
    await claimOf(bob, id);
    await eventually(
      () => forbidden.hits === 2,
      () => `two edits, ${forbidden.hits} so far`,
    );
    expect(town.bot.output()).toContain('Discord: forbidden (lacks send 403, code 50013)');
    expect(publicIn(town).filter(({ text }) => text.includes('Google Play US 5 USD'))).toHaveLength(1);
    discord.setBotMayPost(channelId, true);
    forbidden.lift();
    expect((await card(town, '1 of 2')).id).toBe(drop.id);
  });
});

describe('an edit that Discord limits without saying when', () => {
  it('waits longer each time, and the message is true in the end', async () => {
    const town = await startTown();
    const { discord, alice, bob, channelId } = town;
    const id = await startCampaign(alice, 'reward drop', { cards: 2 });
    const drop = await card(town, 'Google Play US 5 USD');
    const old = { status: 429, code: 30046, message: 'Maximum number of edits to messages older than 1 hour reached' };
    const path = new RegExp(`^/channels/${channelId}/messages/${drop.id}$`);
    const limit = discord.fail({ method: 'PATCH', path, with: old, times: Number.POSITIVE_INFINITY });
    await claimOf(bob, id);
    for (const hits of [1, 2])
      await eventually(
        () => limit.hits >= hits,
        () => `${hits} edits, ${limit.hits} so far`,
      );
    limit.lift();
    await card(town, '1 of 2');
    const edits = discord.requests.filter(({ method, path: each }) => method === 'PATCH' && path.test(each));
    const first = edits.findIndex(({ status }) => status === 429);
    const [at = 0, again = 0, taken = 0] = edits.slice(first).map((each) => each.at);
    expect(again - at).toBeGreaterThan(9_000);
    expect(taken - again).toBeGreaterThan(19_000);
  });
});

describe('a server that Discord has an outage of', () => {
  it('is served again after it, also by a bot that has started meanwhile, and what waits goes on', async () => {
    const town = await startTown();
    const { discord, guildId, bob } = town;
    await pressOn(bob.here, await quote(bob, CARD), 'Request');
    const wanted = await card(town, ONE_WANTED);
    discord.startOutage(guildId);
    await town.bot.stop();
    await town.restart();
    discord.endOutage(guildId);
    await pressOn(town.ada.here, wanted, 'Approve');
    await eventually(
      () => bob.dms().some(({ text }) => town.vendor.issuedCodes().some((code) => text.includes(code))),
      () => `the codes by direct message:\n${town.bot.output()}`,
    );
    expect(purchases(town)).toBe(1);
  });
});

describe('a gateway that goes away', () => {
  it.each([
    ['asks to reconnect', (town: Town) => town.discord.askToReconnect()],
    ['calls the session invalid', (town: Town) => town.discord.invalidateSessions()],
  ])('and %s loses no purchase, and the next press is heard', async (_, goAway) => {
    const town = await startTown();
    town.vendor.fault('slow', { delayMs: 1_000 });
    await pressConfirm(town.alice, await quote(town.alice, ITEM));
    goAway(town);
    await eventually(
      () => town.alice.dms().length === 1,
      () => `the codes by direct message:\n${town.bot.output()}`,
    );
    await eventually(
      () => town.discord.connections === 1,
      () => 'a connection',
    );
    expect((await quote(town.ada, ITEM)).text).toContain('Buy 1 × Google Play US 5 USD for $4.90?');
    expect(purchases(town)).toBe(1);
  });
});

describe('sessions that are used up', () => {
  it('end the start, which says so', async () => {
    const town = await startTown();
    await town.bot.stop();
    town.discord.limitSessions({ remaining: 0 });
    const bot = town.launch();
    expect(await bot.ended()).toBe(1);
    expect(bot.output()).toContain('- Discord does not let Cardigan sign in again for up to a day');
    expect(bot.output()).not.toContain('check the network');
    // When that is over is in the log.
    expect(bot.output()).toMatch(/"left":0,"resetsAt":"\d{4}-/);
  });
});
