import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../../src/campaigns/model/campaign.ts';
import type { Stats } from '../../../src/campaigns/model/entry.ts';
import type { CampaignContent } from '../../../src/campaigns/model/ports.ts';
import { campaignBoard } from '../../../src/discord/boards/campaign-board.ts';
import { bind } from '../../../src/lib/bind.ts';
import { AT, campaign, usd } from '../../campaigns/campaign.ts';
import { type Stage, startStage } from '../stage.ts';

const once = { nonce: 'n', mayBeOut: false, pings: true };
const tally: Stats = {
  ...{ entered: 0, won: 0, due: 250, ordered: 0, failed: 0, lapsed: 0 },
  ...{ sent: 0, waiting: 0, onWay: 0, pool: 0, unclear: 0, openOrders: 0 },
  charged: usd('0'),
};

async function boardOf() {
  const stage = await startStage();
  const place = stage.discord.addChannel(stage.guild.id, 'rewards');
  await expect.poll(() => stage.client.channels.cache.has(place.id)).toBe(true);
  const ctx = { ...stage.ctx, clock: { ...stage.ctx.clock, now: () => AT } };
  const board = bind(ctx, campaignBoard);
  const sample = (more: Partial<Campaign> = {}) =>
    campaign({
      ...{ guild: stage.guild.id, channel: stage.guild.general.id, place: place.id },
      ...{ requester: stage.bob.id, ...more },
    });
  return { ...stage, board, sample, place: place.id };
}
const textsIn = ({ discord }: Pick<Stage, 'discord'>, channel: string) =>
  discord.channelMessages(channel).map(({ text }) => text);
const lastBody = ({ discord }: Pick<Stage, 'discord'>, method: string) =>
  discord.requests.findLast((request) => request.method === method)?.body;
const halted = (of: Campaign): CampaignContent => {
  const step = { at: AT, by: 'cardigan', state: 'halted', why: 'blocked' } as const;
  const news = { kind: 'halted', step, since: 2 } as const;
  return { kind: 'word', campaign: { ...of, state: 'halted' }, news, tally };
};

describe('the message of a campaign', () => {
  it('stands in its place, is edited there, and says when it is gone', async () => {
    const stage = await boardOf();
    const content = { kind: 'main', campaign: stage.sample(), tally } as const;
    const posted = await stage.board.post(content, once);
    expect(posted?.channel).toBe(stage.place);
    expect(textsIn(stage, stage.place)[0]).toContain('Sending 250 gift cards');
    if (!posted) throw new Error('not posted');
    const paused = { ...content, campaign: stage.sample({ state: 'paused' }) };
    expect(await stage.board.edit(posted, paused)).toBe(true);
    expect(textsIn(stage, stage.place)[0]).toContain('Paused');
    expect(await stage.board.edit({ ...posted, message: '999' }, paused)).toBe(false);
  });

  it('is found by its first line, however far it had come', async () => {
    const stage = await boardOf();
    const content = { kind: 'main', campaign: stage.sample(), tally } as const;
    const first = await stage.board.post(content, once);
    stage.discord.advance(60 * 60_000); // Discord has forgotten the nonce
    const now = { ...content, tally: { ...tally, due: 0, sent: 250 } };
    expect(await stage.board.post(now, { ...once, mayBeOut: true })).toEqual(first);
    expect(textsIn(stage, stage.place)).toHaveLength(1);
  });

  it('is nowhere where the bot may not write', async () => {
    const stage = await boardOf();
    const content = { kind: 'main', campaign: stage.sample({ place: '999' }), tally } as const;
    expect(await stage.board.post(content, once)).toBeUndefined();
  });

  it('gets the file of its draw by an edit, once', async () => {
    const stage = await boardOf();
    const draw = { seedHash: 'a'.repeat(64), reached: 0 };
    const of = stage.sample({ kind: 'giveaway', places: 1, draw });
    const before = { kind: 'main', campaign: of, tally } as const;
    const posted = await stage.board.post(before, once);
    if (!posted) throw new Error('not posted');
    const { seedHash } = draw;
    const drawn = { at: AT, seed: 'b'.repeat(64), entrantsHash: 'c'.repeat(64), entrants: 1 };
    const after: CampaignContent = {
      ...before,
      campaign: { ...of, draw: { seedHash, drawn, reached: 1 } },
      drawn: { winners: [stage.bob.id], file: '{"version":1}' },
    };
    await stage.board.edit(posted, after);
    await stage.board.edit(posted, after);
    const [message] = stage.discord.channelMessages(stage.place);
    expect(message?.text).toContain('Drawn from 1 entry');
    expect(message?.attachments.map(({ filename }) => filename).sort()).toEqual(['brand.png', 'draw-K7Q2M9.json']);
    expect(lastBody(stage, 'PATCH')).toMatchObject({ allowed_mentions: { parse: [] } });
  });
});

describe('a call to a channel', () => {
  it('pings whom it calls, and nobody once it is edited', async () => {
    const stage = await boardOf();
    const content = {
      ...{ kind: 'winners', campaign: stage.sample({ kind: 'giveaway' }), number: 1 },
      ...{ users: [stage.alice.id, stage.bob.id], until: AT, isOpen: true },
    } as CampaignContent;
    const posted = await stage.board.post(content, once);
    expect(lastBody(stage, 'POST')).toMatchObject({
      allowed_mentions: { parse: [], users: [stage.alice.id, stage.bob.id] },
    });
    if (!posted) throw new Error('not posted');
    await stage.board.edit(posted, { ...content, isOpen: false } as CampaignContent);
    expect(lastBody(stage, 'PATCH')).not.toHaveProperty('allowed_mentions.users');
    expect(stage.discord.channelMessages(stage.place)[0]?.buttons).toEqual([]);
  });
});

describe('the card of a campaign', () => {
  it('asks those who approve, in the channel that was set for it', async () => {
    const stage = await boardOf();
    const channel = stage.guild.general.id;
    const approval = { channel, wanted: 1, because: [], budgets: [], endsAt: AT, votes: [] };
    const of = stage.sample({ state: 'awaiting_approval', approval });
    const content = { kind: 'approval', campaign: of, since: 1, approvers: [] } as const;
    expect((await stage.board.post(content, once))?.channel).toBe(channel);
    const [message] = stage.discord.channelMessages(channel);
    expect(message?.text).toContain('Approval needed');
    expect(message?.text).toContain('please decide');
    expect(message?.buttons.map(({ label }) => label)).toEqual([
      ...['Approve $1,225.00', 'Decline', 'Details', 'Manage'],
    ]);
  });
});

describe('word to whoever runs a campaign', () => {
  it('comes by direct message, once', async () => {
    const stage = await boardOf();
    const content = halted(stage.sample());
    const place = await stage.board.post(content, once);
    expect(await stage.board.post(content, { ...once, mayBeOut: true })).toEqual(place);
    const sent = stage.discord.dmsOf(stage.bob.id);
    expect(sent.map(({ text }) => text)).toEqual([expect.stringContaining('On hold')]);
  });

  it.each([
    ['their direct messages are closed', false],
    ['Discord has flagged the bot for spam', true],
  ])('comes in the channel where they asked when %s, without amounts', async (_, isFlagged) => {
    const stage = await boardOf();
    if (isFlagged) stage.discord.takeDmsForSpam({ flagged: true });
    else stage.discord.closeDms(stage.bob.id);
    const place = await stage.board.post(halted(stage.sample()), once);
    expect(place?.channel).toBe(stage.guild.general.id);
    const [text = ''] = textsIn(stage, stage.guild.general.id);
    expect(text).toContain('your campaign is on hold and needs you');
    expect(text).not.toContain('USD');
  });

  it('is reminded of by a reply to it, which is edited, and taken away again, also when nobody knows where it is', async () => {
    const stage = await boardOf();
    const channel = stage.guild.general.id;
    const approval = { channel, wanted: 2, because: [], budgets: [], endsAt: AT, votes: [] };
    const of = stage.sample({ state: 'awaiting_approval', approval });
    const asking = { kind: 'approval', campaign: of, since: 1, approvers: [] } as const;
    const card = await stage.board.post(asking, once);
    if (!card) throw new Error('not posted');
    const content = {
      kind: 'reminder',
      campaign: of,
      since: 1,
      number: 1,
      card,
      isDue: true,
    };
    const reminder = content as CampaignContent;
    const how = { nonce: 'r', mayBeOut: false, pings: false };
    const place = await stage.board.post(reminder, how);
    const replies = () => stage.discord.channelMessages(channel).filter(({ repliesTo }) => repliesTo === card.message);
    expect(replies().map(({ id, pinged }) => [id, pinged])).toEqual([[place?.message, []]]);
    if (!place) throw new Error('not posted');
    const votes = [{ by: stage.alice.id, voice: stage.alice.id, at: AT }];
    const voted = { ...content, campaign: { ...of, approval: { ...approval, votes } } };
    expect(await stage.board.edit(place, voted as CampaignContent)).toBe(true);
    expect(replies()[0]?.text).toContain('1 of 2 approvals');
    await stage.board.remove(reminder, undefined);
    expect(replies()).toEqual([]);
    await stage.board.remove(reminder, place);
    await stage.board.remove(reminder, undefined);
    expect(textsIn(stage, channel)).toHaveLength(1);
  });
});
