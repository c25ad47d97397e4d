import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDiscord } from '../../../sandbox/discord/start-discord.ts';
import { createApi } from './api.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
let posted: () => number;
const messages = /^\/channels\/\d+\/messages$/;

beforeEach(async () => {
  stage = await setStage();
  posted = () => stage.discord.channelMessages(stage.guild.general.id).length;
});
afterEach(() => stage.close());

const post = (content = 'x') => stage.api.post(`/channels/${stage.guild.general.id}/messages`, { content });

describe('a fault', () => {
  it('fails as many requests as wanted, before the work is done', async () => {
    const fault = stage.discord.fail({ method: 'POST', path: messages, times: 2, with: 500 });
    expect([(await post()).status, (await post()).status]).toEqual([500, 500]);
    expect(posted()).toBe(0);
    expect(fault.hits).toBe(2);
    expect((await post()).status).toBe(200);
  });

  it('or after it', async () => {
    stage.discord.fail({ path: messages, with: 500, after: true });
    expect((await post()).status).toBe(500);
    expect(posted()).toBe(1);
  });

  it('can be a rate limit with its delay', async () => {
    stage.discord.fail({ path: messages, with: 429, retryAfter: 1.5 });
    expect(await post()).toMatchObject({
      status: 429,
      body: { retry_after: 1.5, global: false },
    });
  });

  it('can be one of Discord’s own errors', async () => {
    const with50013 = { status: 403, code: 50013, message: 'Missing Permissions' };
    stage.discord.fail({ path: messages, with: with50013 });
    expect(await post()).toMatchObject({ status: 403, body: { code: 50013 } });
  });

  it('can break the connection off, or never answer', async () => {
    stage.discord.fail({ path: messages, with: 'reset', after: true });
    await expect(post()).rejects.toThrow('fetch failed');
    expect(posted()).toBe(1);
    stage.discord.fail({ path: messages, with: 'hang' });
    const impatient = fetch(`${stage.discord.url}/v10/channels/${stage.guild.general.id}/messages`, {
      method: 'POST',
      body: '{}',
      signal: AbortSignal.timeout(50),
    });
    await expect(impatient).rejects.toThrow('timeout');
    expect(stage.discord.requests.at(-1)?.status).toBeUndefined();
  });

  it('can be lifted', async () => {
    const fault = stage.discord.fail({ path: messages, times: 99, with: 500 });
    await post();
    fault.lift();
    expect((await post()).status).toBe(200);
  });
});

describe('what a page needs', () => {
  it('is told of every change until it no longer listens', async () => {
    const seen: string[] = [];
    const silence = stage.discord.on('change', (change) => seen.push(change.kind));
    await post();
    silence();
    await post();
    expect(seen).toEqual(['request', 'message', 'request']);
  });

  it('starts on a wanted port with a wanted token, and stops twice without harm', async () => {
    const first = await startDiscord({ token: 'mine', applicationId: '42' });
    const port = Number(new URL(first.url).port);
    await first.close();
    await first.close();
    const second = await startDiscord({ port, token: 'mine', applicationId: '42' });
    expect(second.url).toBe(first.url);
    expect((await createApi(second).get('/users/@me')).body.id).toBe('42');
    await second.close();
  });

  it('a port that is taken is an error to whoever starts it', async () => {
    const port = Number(new URL(stage.discord.url).port);
    await expect(startDiscord({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('direct messages that are taken for spam', () => {
  it('are refused, as many as wanted, and what is in channels is not', async () => {
    const { discord, api, alice } = stage;
    const dm = (await api.post('/users/@me/channels', { recipient_id: alice.id })).body.id;
    const send = async () => (await api.post(`/channels/${dm}/messages`, { content: 'x' })).body;
    discord.takeDmsForSpam({ times: 2 });
    expect([await send(), await send()]).toMatchObject([{ code: 40003 }, { code: 40003 }]);
    expect((await send()).content).toBe('x');
    discord.takeDmsForSpam({ flagged: true });
    for (let times = 0; times < 5; times++) expect((await send()).code).toBe(20026);
    expect((await post()).status).toBe(200);
    discord.takeDmsForSpam({ times: 0 });
    expect((await send()).content).toBe('x');
    expect(discord.dmsOf(alice.id)).toHaveLength(2);
  });
});
