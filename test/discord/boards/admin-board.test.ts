import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { Guild } from '../../../sandbox/discord/start-discord.ts';
import { approvalChannel, noticeBoard, stands } from '../../../src/discord/boards/admin-board.ts';
import { bind } from '../../../src/lib/bind.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import type { NoticeContent } from '../../../src/orders/model/ports.ts';
import { orderIn, remote } from '../../views/samples.ts';
import { type Stage, startStage } from '../stage.ts';

const stop = { version: 1, id: 'S1', at: 0, by: 'cardigan', why: 'books_ahead' } as const;
const stopped: NoticeContent = { kind: 'stop', stop };
const resumed: NoticeContent = { kind: 'stop', stop: { ...stop, resumed: { at: 1, by: '7' } } };
const review = (requester: string): NoticeContent => ({
  kind: 'review',
  order: orderIn('needs_review', 'found_unclear', {
    ...{ requester, recipients: [{ user: requester, quantity: 2 }], candidates: [remote] },
  }),
});
const once = { nonce: 'n', mayBeOut: false, pings: true };

async function boardOf() {
  const stage = await startStage();
  /** What the guild has set. */
  const set: { adminsChannel?: string } = {};
  const ctx = { ...stage.ctx, adminsChannelOf: async () => set.adminsChannel };
  const board = bind(ctx, { approvalChannel, stands, ...noticeBoard });
  return {
    ...{ ...stage, board, set },
    /** A channel that not everybody reads, once the bot knows it. */
    async addAdmins(name = 'cardigan-admins') {
      const { discord, guild, client, alice } = stage;
      const channel = discord.addChannel(guild.id, name, { seenBy: [alice.id] });
      await expect.poll(() => client.channels.cache.has(channel.id)).toBe(true);
      return channel;
    },
    /** What the owner of a server reads in direct messages. */
    toOwner: (guild: Pick<Guild, 'ownerId'> = stage.guild) => stage.discord.dmsOf(guild.ownerId),
  };
}
const textsIn = ({ discord }: Stage, channel: string) => discord.channelMessages(channel).map(({ text }) => text);

describe('the admins’ notices', () => {
  it('go to the channel that is named for them', async () => {
    const stage = await boardOf();
    const channel = await stage.addAdmins();
    expect((await stage.board.post(stopped, once))?.channel).toBe(channel.id);
    expect(textsIn(stage, channel.id)[0]).toContain('Purchases paused');
    expect(textsIn(stage, stage.guild.general.id)).toEqual([]);
    expect(stage.toOwner()).toEqual([]);
  });

  it.each([
    ['there is none', undefined],
    ['the bot may not write in it', { botMayPost: false }],
    ['everybody can read it', {}],
  ])('go to the owner by direct message, never to a channel that everybody can read, where %s', async (_, setup) => {
    const stage = await boardOf();
    const { discord, guild, client } = stage;
    const named = setup && discord.addChannel(guild.id, 'cardigan-admins', setup);
    if (named) await expect.poll(() => client.channels.cache.has(named.id)).toBe(true);
    const place = await stage.board.post(stopped, once);
    const [told, ...more] = stage.toOwner();
    expect(told?.text).toContain('Purchases paused');
    expect(told?.text).toContain('choose a channel in /settings');
    expect(told?.buttons).toEqual([]);
    expect(more).toEqual([]);
    for (const channel of guild.general ? [guild.general, ...(named ? [named] : [])] : [])
      expect(textsIn(stage, channel.id)).toEqual([]);
    // It is kept true there, and still has no button.
    if (!place) throw new Error('not posted');
    expect(await stage.board.edit(place, resumed)).toBe(true);
    expect(stage.toOwner()[0]?.text).toContain('Purchases resumed');
    expect(stage.toOwner()[0]?.text).toContain('choose a channel in /settings');
  });

  it('go to the channel that was set for them, as long as the bot may write in it', async () => {
    const stage = await boardOf();
    const { id } = await stage.addAdmins('staff');
    stage.set.adminsChannel = id;
    expect((await stage.board.post(stopped, once))?.channel).toBe(id);
    stage.discord.setBotMayPost(id, false);
    const place = () => stage.board.post(stopped, { ...once, nonce: 'other' });
    await expect.poll(async () => (await place())?.channel).not.toBe(id);
    expect(stage.toOwner()).toHaveLength(1);
  });

  it('do not go to the channel that was set for them while everybody can read it', async () => {
    const stage = await boardOf();
    stage.set.adminsChannel = stage.guild.general.id;
    await stage.board.post(stopped, once);
    expect(textsIn(stage, stage.guild.general.id)).toEqual([]);
    expect(stage.toOwner()).toHaveLength(1);
  });

  it('go nowhere, and say so, where there is no channel and the owner takes no direct messages', async () => {
    const stage = await boardOf();
    stage.discord.closeDms(stage.guild.ownerId);
    await expect(stage.board.post(stopped, once)).rejects.toMatchObject({ kind: 'closed' });
    expect(textsIn(stage, stage.guild.general.id)).toEqual([]);
  });

  it.each([true, false])(
    'are there once, although the answer to the first try was lost, in a channel: %s',
    async (is) => {
      const stage = await boardOf();
      const channel = is ? await stage.addAdmins() : undefined;
      const path = /\/channels\/\d+\/messages$/;
      stage.discord.fail({ method: 'POST', path, with: 'reset', after: true, times: 1 });
      await stage.board.post(stopped, once).catch(() => undefined);
      stage.discord.advance(60 * 60_000); // Discord has forgotten the nonce
      const place = await stage.board.post(stopped, { ...once, mayBeOut: true });
      const there = channel ? stage.discord.channelMessages(channel.id) : stage.toOwner();
      expect(there.map(({ id }) => id)).toEqual([place?.message]);
    },
  );

  it('are edited in place, lose their button, and say when they are gone', async () => {
    const stage = await boardOf();
    await stage.addAdmins();
    const place = await stage.board.post(stopped, once);
    if (!place) throw new Error('not posted');
    expect(await stage.board.edit(place, resumed)).toBe(true);
    const [message] = stage.discord.channelMessages(place.channel);
    expect(message?.text).toContain('Purchases resumed');
    expect(message?.buttons).toEqual([]);
    expect(await stage.board.edit({ ...place, message: '999' }, resumed)).toBe(false);
    expect(await stage.board.edit({ ...place, channel: '999' }, resumed)).toBe(false);
  });

  it('ping nobody', async () => {
    const stage = await boardOf();
    await stage.board.post(review(stage.bob.id), once);
    const posted = stage.discord.requests.findLast(({ method }) => method === 'POST');
    expect(posted?.body).toMatchObject({ allowed_mentions: { parse: [] } });
  });
});

describe('a setting that stopped working', () => {
  it('is told in its own server', async () => {
    const stage = await boardOf();
    const other = stage.discord.addGuild({ name: 'Others' });
    await expect.poll(() => stage.client.channels.cache.has(other.general.id)).toBe(true);
    const trouble = { setting: 'approvers', what: 'role_gone', id: '7' } as const;
    const breakage = { ...trouble, guild: other.id, since: 0 };
    const content: NoticeContent = { kind: 'settings_broken', breakage, isMended: false };
    await stage.board.post(content, once);
    expect(stage.toOwner(other)[0]?.text).toContain('A setting has stopped working');
    expect(stage.toOwner()).toEqual([]);
  });
});

describe('the card of an approval', () => {
  const asking = (stage: Stage, channel: string) =>
    orderIn('awaiting_approval', 'approval_asked', { guild: stage.guild.id, channel });

  it('goes where it was asked for', async () => {
    const stage = await boardOf();
    const { id } = stage.discord.addChannel(stage.guild.id, 'quiz');
    const order = asking(stage, id);
    expect(await stage.board.approvalChannel(order, undefined)).toBe(id);
    const approval = { channel: id, wanted: 1, because: [], budgets: [], endsAt: 9, votes: [] };
    const content: NoticeContent = { kind: 'approval', order: { ...order, approval } };
    expect((await stage.board.post(content, once))?.channel).toBe(id);
    expect(textsIn(stage, id)[0]).toContain('Approval needed');
  });

  it.each([
    ['may not write', { botMayPost: false }],
    ['may not look', { botMaySee: false }],
  ])('goes to the channel of the admins where Cardigan %s', async (_, setup) => {
    const stage = await boardOf();
    const admins = await stage.addAdmins();
    const closed = stage.discord.addChannel(stage.guild.id, 'quiz', setup);
    await expect.poll(() => stage.client.channels.cache.has(closed.id)).toBe(true);
    const place = await stage.board.approvalChannel(asking(stage, closed.id), undefined);
    expect(place).toBe(admins.id);
  });

  it('goes to no channel that is gone, nor to one of another server', async () => {
    const stage = await boardOf();
    const admins = await stage.addAdmins();
    const other = stage.discord.addGuild({ name: 'Others' });
    await expect.poll(() => stage.client.channels.cache.has(other.general.id)).toBe(true);
    for (const channel of ['999', other.general.id]) {
      const place = await stage.board.approvalChannel(asking(stage, channel), undefined);
      expect(place).toBe(admins.id);
    }
  });

  it('is promised nowhere, where Cardigan may not write there and admins have no channel of their own', async () => {
    const stage = await boardOf();
    const closed = stage.discord.addChannel(stage.guild.id, 'quiz', { botMayPost: false });
    await expect.poll(() => stage.client.channels.cache.has(closed.id)).toBe(true);
    expect(await stage.board.approvalChannel(asking(stage, closed.id), undefined)).toBeUndefined();
  });
});

describe('a card that Cardigan may not edit now', () => {
  it('is neither gone nor posted anew, and what is lacking is said', async () => {
    const stage = await boardOf();
    const admins = await stage.addAdmins();
    const place = await stage.board.post(stopped, once);
    if (!place) throw new Error('not posted');
    const why = { status: 403, code: 50013, message: 'Missing Permissions' };
    const forbidden = stage.discord.fail({ method: 'PATCH', path: /messages/, with: why, times: 9 });
    stage.discord.setBotMayPost(admins.id, false);
    const edit = () => stage.board.edit(place, resumed).catch((error: Error) => error.message);
    await expect.poll(edit).toContain('lacks send');
    forbidden.lift();
    stage.discord.fail({ method: 'PATCH', path: /messages/, with: { ...why, code: 50001 }, times: 1 });
    await expect(stage.board.edit(place, resumed)).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await stage.board.edit(place, resumed)).toBe(true);
    expect(textsIn(stage, admins.id)).toHaveLength(1);
  });

  it('stands: people see and press it', async () => {
    const stage = await boardOf();
    const path = /\/channels\/\d+$/;
    const unseen = { channel: '200000000000000001', message: '1' };
    stage.discord.fail({ path, with: { status: 403, code: 50001, message: 'Missing Access' }, times: 1 });
    expect(await stage.board.stands(unseen)).toBe(true);
    expect(await stage.board.stands(unseen)).toBe(false);
  });
});

describe('who is asked for an approval', () => {
  const content = (stage: Stage, approvers: readonly string[], more: Partial<Order> = {}): NoticeContent => ({
    kind: 'approval',
    order: orderIn('awaiting_approval', 'approval_asked', {
      ...{ guild: stage.guild.id, channel: stage.guild.general.id, ...more },
    }),
    approvers,
  });
  const posted = async (stage: Awaited<ReturnType<typeof boardOf>>, one: NoticeContent) => {
    const place = await stage.board.post(one, once);
    if (!place) throw new Error('not posted');
    const there = () => stage.discord.channelMessages(place.channel).find(({ id }) => id === place.message);
    return { place, there };
  };
  const knows = (stage: Stage, role: string) =>
    expect.poll(() => stage.client.guilds.cache.get(stage.guild.id)?.roles.cache.has(role)).toBe(true);

  it('is pinged when the card comes, once, whatever is edited later', async () => {
    const stage = await boardOf();
    const { id } = stage.discord.addRole(stage.guild.id, { name: 'Finance', mentionable: true });
    await knows(stage, id);
    const { place, there } = await posted(stage, content(stage, [id, '999']));
    expect(there()?.text).toContain(`<@&${id}>, please decide.`);
    expect(there()?.pinged).toEqual([id]);
    await stage.board.edit(place, content(stage, [id]));
    expect(there()?.mentioned).toEqual([]);
    const again = await stage.board.post(content(stage, [id]), { ...once, pings: false });
    expect(again?.message).toBe(place.message);
  });

  it('is whoever has Manage Server by a role, where the policy names no role', async () => {
    const stage = await boardOf();
    const { id } = stage.discord.addRole(stage.guild.id, {
      ...{ name: 'Admins', permissions: PermissionFlagsBits.ManageGuild, mentionable: true },
    });
    await knows(stage, id);
    const { there } = await posted(stage, content(stage, []));
    expect(there()?.text).toMatch(new RegExp(`<@&\\d+>, <@&${id}>, please decide`));
    expect(there()?.pinged).toContain(id);
  });

  it('is the owner where nobody has it by a role, unless they ask', async () => {
    const stage = await boardOf();
    stage.discord.setPermissions(stage.guild.id, stage.alice.id, 0n);
    const roles = () => stage.client.guilds.cache.get(stage.guild.id)?.roles.cache;
    await expect.poll(() => roles()?.some((role) => role.permissions.has(PermissionFlagsBits.ManageGuild))).toBe(false);
    const { ownerId } = stage.guild;
    const { there } = await posted(stage, content(stage, []));
    expect(there()?.text).toContain(`<@${ownerId}>, please decide.`);
    const own = await stage.board.post(content(stage, [], { requester: ownerId }), {
      ...{ ...once, nonce: 'other' },
    });
    const message = stage.discord.channelMessages(own?.channel ?? '').at(-1);
    expect(message?.text).not.toContain('please decide');
  });

  it('is nobody where the roles of the policy are gone, and the card says so', async () => {
    const stage = await boardOf();
    const { there } = await posted(stage, content(stage, ['999']));
    expect(there()?.text).toContain('None of the approver roles exists any more');
  });

  it('does not get a second card, although who is asked has changed since the first one was lost', async () => {
    const stage = await boardOf();
    const path = /\/channels\/\d+\/messages$/;
    stage.discord.fail({ method: 'POST', path, with: 'reset', after: true, times: 1 });
    await stage.board.post(content(stage, []), once).catch(() => undefined);
    stage.discord.advance(60 * 60_000);
    const one = content(stage, ['999']);
    await stage.board.post(one, { ...once, mayBeOut: true });
    expect(textsIn(stage, stage.guild.general.id)).toHaveLength(1);
  });

  it('is reminded by a reply to the card, which is taken away again, also when nobody knows where it is', async () => {
    const stage = await boardOf();
    const asking = content(stage, []);
    const { place: card } = await posted(stage, asking);
    const order = 'order' in asking ? asking.order : orderIn('quoted');
    const reminder = { kind: 'reminder', order, number: 1, card, isDue: true } as const;
    const how = { nonce: 'r', mayBeOut: false, pings: false };
    const place = await stage.board.post(reminder, how);
    const replies = () =>
      stage.discord.channelMessages(card.channel).filter(({ repliesTo }) => repliesTo === card.message);
    expect(replies().map(({ id, pinged }) => [id, pinged])).toEqual([[place?.message, []]]);
    await stage.board.remove(reminder, undefined);
    expect(replies()).toEqual([]);
    await stage.board.remove(reminder, place);
    await stage.board.remove(reminder, undefined);
    expect(textsIn(stage, card.channel)).toHaveLength(1);
  });
});

describe('an order that waits for people', () => {
  const shownFor = async (stage: Awaited<ReturnType<typeof boardOf>>, requester: string) => {
    await stage.board.post(review(requester), once);
    return stage.toOwner()[0]?.text;
  };
  const nobody = 'Nobody else here can review it. Whoever runs Cardigan can';
  const perhaps = 'If nobody else here has Manage Server';

  it('is for the owner of the server, when somebody else asked', async () => {
    const stage = await boardOf();
    const text = await shownFor(stage, stage.alice.id);
    expect(text).not.toContain(nobody);
    expect(text).not.toContain(perhaps);
  });

  it('is for whoever runs Cardigan, when its owner asked and nobody else has Manage Server', async () => {
    const stage = await boardOf();
    stage.discord.setPermissions(stage.guild.id, stage.alice.id, 0n);
    const roles = () => stage.client.guilds.cache.get(stage.guild.id)?.roles.cache;
    await expect.poll(() => roles()?.some((role) => role.permissions.has(PermissionFlagsBits.ManageGuild))).toBe(false);
    expect(await shownFor(stage, stage.guild.ownerId)).toContain(nobody);
  });

  it('is for the other admin, when its owner asked and one has Manage Server by a role', async () => {
    const stage = await boardOf();
    const text = await shownFor(stage, stage.guild.ownerId);
    expect(text).not.toContain(nobody);
    expect(text).not.toContain(perhaps);
  });

  it('leaves it open where Discord does not tell who there is', async () => {
    const stage = await boardOf();
    stage.discord.fail({ path: /member-counts$/, with: 500, times: 10 });
    expect(await shownFor(stage, stage.guild.ownerId)).toContain(perhaps);
  });
});
