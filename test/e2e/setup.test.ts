import { describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { eventually, press, quote, startTown, type Town } from './town.ts';

const CARD = 'google-play-usd-5';

/** Whoever sets a server up, and how often they have pressed, picked or typed a command. */
function walker({ alice }: Town) {
  let presses = 0;
  const counted = async (work: Promise<Message>): Promise<Message> => {
    presses += 1;
    return work;
  };
  return {
    presses: () => presses,
    run: () => counted(alice.here.run('setup').then((exchange) => exchange.settled())),
    press: (message: Message, label: string) => counted(press(alice.here, message, label)),
    pick: (message: Message, menu: string, ids: string[]) =>
      counted(alice.here.choose(message, menu, ids).then((exchange) => exchange.settled())),
  };
}

describe('/setup', () => {
  it('sets a server up in at most twelve presses, and goes on after a restart', async () => {
    const town = await startTown();
    const { discord, guildId, ada, bob } = town;
    const buyers = discord.addRole(guildId, { name: 'Quiz hosts' });
    const approvers = discord.addRole(guildId, { name: 'Leads' });
    discord.setRoles(guildId, bob.id, [buyers.id]);
    discord.setRoles(guildId, ada.id, [approvers.id]);
    const staff = discord.addChannel(guildId, 'staff');
    const admins = discord.addChannel(guildId, 'admins', { seenBy: [ada.id] });

    const walk = walker(town);
    const first = await walk.pick(await walk.run(), 'setup.pick:askers', [buyers.id]);
    const second = await walk.pick(await walk.press(first, 'Next'), 'setup.pick:approvers', [approvers.id]);
    await town.bot.stop('SIGKILL');
    await town.restart();
    const where = await walk.press(second, 'Next');
    const third = await walk.pick(where, 'setup.pick:approvalsChannel', [staff.id]);
    const fourth = await walk.pick(third, 'setup.pick:adminsChannel', [admins.id]);
    const amounts = await walk.pick(await walk.press(fourth, 'Next'), 'setup.amount:free', ['5']);
    const done = await walk.press(await walk.pick(amounts, 'setup.amount:month', ['100']), 'Done');
    expect(walk.presses()).toBeLessThanOrEqual(12);
    for (const each of [`<@&${buyers.id}>`, `<@&${approvers.id}>`, `<#${staff.id}>`, `<#${admins.id}>`])
      expect(done.text).toContain(each);
    expect(done.text).toContain('Cardigan is set up');

    const quoted = await quote(bob, CARD);
    expect(quoted.buttons.some(({ label }) => label?.startsWith('Confirm'))).toBe(true);
  });

  it('says at once where Cardigan may not write and what is no amount, and keeps what was typed', async () => {
    const { discord, guildId, alice, bob } = await startTown();
    await expect(bob.here.run('setup')).rejects.toThrow(); // Discord doesn't show it to him
    const quiet = discord.addChannel(guildId, 'quiet', { botMayPost: false });
    const start = await (await alice.here.run('setup')).settled();
    const where = await press(alice.here, await press(alice.here, start, 'Next'), 'Next');
    const refused = await (await alice.here.choose(where, 'setup.pick:approvalsChannel', [quiet.id])).settled();
    expect(refused.text).toContain('Send Messages');
    expect(refused.text).toContain('Set up Cardigan, 3 of 4');

    const amounts = await press(alice.here, refused, 'Next');
    const form = await alice.here.press(amounts, 'setup.other:free');
    const wrong = await (await alice.here.submit(form, { amount: 'ten' })).settled();
    expect(wrong.text).toContain('Set up Cardigan, 4 of 4');
    const again = wrong.buttons.find(({ label }) => label === 'Edit again')?.customId ?? '';
    const back = await alice.here.press(wrong, again);
    expect(back.modal?.fields[0]?.value).toBe('ten');
    const saved = await (await alice.here.submit(back, { amount: '12.50' })).settled();
    expect(saved.text).toContain('12.50');
  });
});

describe('a server that Cardigan joins', () => {
  it('is welcomed once, with a button that opens setup, whatever ends in between', async () => {
    const town = await startTown();
    const { discord, guildId, adminsId } = town;
    const other = discord.addGuild({ name: 'Book club', joined: false });
    const zoe = discord.addMember(other.id, { name: 'zoe', permissions: 1n << 5n });
    const admins = discord.addChannel(other.id, 'cardigan-admins', { seenBy: [zoe.id] });
    const welcomes = (channel: string) =>
      discord.channelMessages(channel).filter(({ text }) => text.includes('Cardigan has joined this server'));
    const both = { DISCORD_GUILD_IDS: `${guildId},${other.id}` };

    await town.bot.stop();
    const bot = await town.restart(both);
    discord.joinGuild(other.id);
    const [welcome] = await eventually(
      () => welcomes(admins.id).length > 0 && welcomes(admins.id),
      () => `a welcome:\n${bot.output()}`,
    );
    const there = discord.as(zoe.id, { guildId: other.id, channelId: admins.id });
    if (!welcome) throw new Error('no welcome');
    expect((await press(there, welcome, 'Set up Cardigan')).text).toContain('Set up Cardigan, 1 of 4');

    discord.leaveGuild(other.id);
    discord.joinGuild(other.id);
    await bot.stop('SIGKILL');
    await town.restart(both);
    await town.alice.here.run('stop', { reason: 'We count the cards' });
    // What comes later in the same round is there: nothing else is on its way.
    await eventually(
      () => discord.channelMessages(adminsId).length > 0,
      () => 'the notice of the stop',
    );
    expect(welcomes(admins.id)).toHaveLength(1);
    expect(welcomes(adminsId)).toHaveLength(0);
  });
});
