import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectRaw } from './raw-gateway.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

describe('the gateway', () => {
  it('is found by REST', async () => {
    const { body } = await stage.api.get('/gateway/bot');
    expect(body.url).toBe(`${stage.discord.url.replace('http', 'ws').replace('/api', '')}/gateway`);
    expect(body).toMatchObject({ shards: 1, session_start_limit: { max_concurrency: 1 } });
  });

  it('greets with READY and each guild, with the fields that a client needs', async () => {
    const ready = await stage.gateway.event('READY');
    expect(ready).toMatchObject({
      v: 10,
      user: { id: stage.discord.applicationId, bot: true, username: expect.any(String) },
      application: { id: stage.discord.applicationId, flags: 0 },
      guilds: [{ id: stage.guild.id, unavailable: true }],
      session_id: expect.any(String),
      resume_gateway_url: expect.stringMatching(/^ws:/),
    });
    expect(await stage.gateway.event('GUILD_CREATE')).toMatchObject({
      id: stage.guild.id,
      unavailable: false,
      member_count: 4,
      members: [{ user: { id: stage.discord.applicationId } }],
      channels: [{ id: stage.guild.general.id }],
      roles: [{ id: stage.guild.id }],
    });
  });

  it('tells of members by their ids without an intent, a hundred at most, and of all of them only with it', async () => {
    const { discord, gateway, guild } = stage;
    const people = Array.from({ length: 101 }, (_, at) => discord.addMember(guild.id, { name: `m${at}` }).id);
    const ask = (more: object) => gateway.send(8, { guild_id: guild.id, limit: 0, ...more });
    ask({ user_ids: [...people.slice(0, 1), '123456789012345678'], nonce: 'one' });
    expect(await gateway.event('GUILD_MEMBERS_CHUNK')).toMatchObject({
      ...{ guild_id: guild.id, chunk_index: 0, chunk_count: 1, nonce: 'one', not_found: ['123456789012345678'] },
      members: [{ user: { id: people[0] } }],
    });
    ask({ user_ids: people, nonce: 'x'.repeat(33) });
    const many = await gateway.event('GUILD_MEMBERS_CHUNK', 1);
    expect(many).toMatchObject({ not_found: [] });
    expect(many).not.toHaveProperty('nonce');
    expect((many as unknown as { members: unknown[] }).members).toHaveLength(100);
    ask({ query: '' });
    ask({ query: 'M10', nonce: 'named' });
    expect(await gateway.event('GUILD_MEMBERS_CHUNK', 2)).toMatchObject({ nonce: 'named' });
    discord.loseMemberRequests(1);
    ask({ user_ids: people[0], nonce: 'lost' });
    ask({ user_ids: people[0], nonce: 'heard' });
    expect(await gateway.event('GUILD_MEMBERS_CHUNK', 3)).toMatchObject({ nonce: 'heard' });
    expect(discord.memberRequests).toEqual([2, 101, 0, 0, 1, 1]);
  });

  it('acknowledges a heartbeat', async () => {
    stage.gateway.send(1, null);
    const answer = await stage.gateway.next(() => stage.gateway.received.find((one) => one.op === 11));
    expect(answer.op).toBe(11);
  });

  it.each([
    ['a wrong token', { token: 'wrong' }, 4004],
    ['an intent that has to be granted', { intents: 1 | (1 << 15) }, 4014],
  ])('closes on %s', async (_name, how, code) => {
    expect(await (await connectRaw(stage.discord, how)).closed()).toBe(code);
  });

  it('closes on a second IDENTIFY', async () => {
    stage.gateway.send(2, { token: stage.discord.token, intents: 1 });
    expect(await stage.gateway.closed()).toBe(4005);
  });

  it('tells every process, and the first to answer wins', async () => {
    const second = await connectRaw(stage.discord);
    await second.event('READY');
    expect(stage.discord.connections).toBe(2);
    const pending = await stage.begin(() => stage.inGeneral(stage.alice).run('buy'));
    expect((await second.event('INTERACTION_CREATE')).id).toBe(pending.id);
    const answers = await Promise.all([pending.callback(5), pending.callback(5)]);
    expect(answers.map((one) => one.body?.code)).toEqual([undefined, 40060]);
    second.close();
  });

  it('keeps guilds from who did not ask for them', async () => {
    const bare = await connectRaw(stage.discord, { intents: 0 });
    await bare.event('READY');
    const pending = await stage.begin(() => stage.inGeneral(stage.alice).run('buy'));
    await bare.event('INTERACTION_CREATE');
    expect(bare.received.map((one) => one.t)).not.toContain('GUILD_CREATE');
    await pending.callback(5);
    bare.close();
  });
});
