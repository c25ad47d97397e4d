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
