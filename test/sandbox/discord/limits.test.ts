import { REST } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWays } from '../../../sandbox/discord/rest/latency.ts';
import { MOST_INVALID } from '../../../sandbox/discord/rest/limits.ts';
import type { Answered } from './api.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
let messages: string;

beforeEach(async () => {
  stage = await setStage();
  stage.discord.setLimits('real');
  messages = `/channels/${stage.guild.general.id}/messages`;
});
afterEach(() => stage.close());

const post = (path = messages) => stage.api.post(path, { content: 'x' });
const times = <T>(count: number, work: () => Promise<T>) => Promise.all(Array.from({ length: count }, work));
const statuses = (answers: readonly Answered[]) => answers.map(({ status }) => status).sort();
const limitOf = ({ headers }: Answered) =>
  ['limit', 'remaining', 'bucket', 'scope', 'global'].map((name) => headers.get(`x-ratelimit-${name}`));

describe('a bucket', () => {
  it('is told with every answer of its route', async () => {
    const first = await post();
    const [limit, remaining, bucket] = limitOf(first);
    expect([limit, remaining]).toEqual(['5', '4']);
    expect(Number(first.headers.get('x-ratelimit-reset-after'))).toBeCloseTo(5, 0);
    expect(Number(first.headers.get('x-ratelimit-reset'))).toBeGreaterThan(1_700_000_000);
    expect(limitOf(await post()).slice(1, 3)).toEqual(['3', bucket]);
    // One that has none.
    expect(limitOf(await stage.api.get(messages))).toEqual([null, null, null, null, null]);
  });

  it('is refused when it is empty, with when to come back, and is full again after that', async () => {
    await times(5, () => post());
    const refused = await post();
    expect(refused).toMatchObject({ status: 429, body: { message: 'You are being rate limited.', global: false } });
    expect(limitOf(refused)).toEqual(['5', '0', expect.any(String), 'user', null]);
    expect((refused.body as unknown as { retry_after: number }).retry_after).toBeGreaterThan(3);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(stage.discord.requests.at(-1)).toMatchObject({ status: 429, answer: { global: false } });
    stage.discord.advance(5_000);
    expect((await post()).status).toBe(200);
    expect(stage.discord.channelMessages(stage.guild.general.id)).toHaveLength(6);
  });

  it('is one for each channel, and one for each method', async () => {
    const other = stage.discord.addChannel(stage.guild.id, 'other');
    const [made] = await times(5, () => post());
    expect((await post(`/channels/${other.id}/messages`)).status).toBe(200);
    const message = `${messages}/${made?.body.id}`;
    expect((await stage.api.patch(message, { content: 'y' })).status).toBe(200);
    expect((await stage.api.delete(message)).status).toBe(204);
  });

  it('is one for each interaction behind its token, and its callback has none', async () => {
    const [one, two] = [await stage.answered(4, { content: 'a' }), await stage.answered(4, { content: 'b' })];
    const edit = (webhook: string) => stage.api.patch(`${webhook}/messages/@original`, { content: 'c' });
    expect(statuses(await times(6, () => edit(one.webhook)))).toEqual([200, 200, 200, 200, 200, 429]);
    expect((await edit(two.webhook)).status).toBe(200);
    const begun = await stage.begin(() => stage.inGeneral(stage.alice).run('buy'));
    expect(limitOf(await begun.callback(4, { content: 'd' }))[0]).toBeNull();
  });
});

describe('follow-ups', () => {
  it('share a limit of their channel, which no header tells beforehand and which counts towards no ban', async () => {
    const hooks: string[] = [];
    for (let count = 0; count < 7; count++) hooks.push((await stage.answered(4, { content: 'a' })).webhook);
    const answers = await Promise.all(hooks.flatMap((hook) => Array.from({ length: 5 }, () => post(hook))));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(5);
    expect(limitOf(refused[0] as Answered)).toEqual(['5', expect.any(String), expect.any(String), 'shared', null]);
    expect(refused[0]?.body.message).toBe('The resource is being rate limited.');
    expect(stage.discord.invalidRequests).toBe(0);
  });
});

describe('the global limit', () => {
  it('is 50 a second for the bot’s token, on all routes together', async () => {
    const read = () => stage.api.get('/users/@me');
    const answers = await times(60, read);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(50);
    expect(refused[0]).toMatchObject({ body: { global: true } });
    expect(limitOf(refused[0] as Answered)).toEqual([null, null, null, 'global', 'true']);
    stage.discord.advance(1_000);
    expect((await read()).status).toBe(200);
  });

  it('holds nobody back who answers interactions', async () => {
    const begun = [];
    for (let count = 0; count < 30; count++) begun.push(await stage.begin(() => stage.inGeneral(stage.bob).run('buy')));
    stage.discord.advance(500);
    await times(60, () => stage.api.get('/users/@me'));
    expect(statuses(await Promise.all(begun.map((one) => one.callback(5))))).toEqual(begun.map(() => 204));
    const edits = begun.map(({ webhook }) => stage.api.patch(`${webhook}/messages/@original`, { content: 'x' }));
    expect(statuses(await Promise.all(edits))).toEqual(begun.map(() => 200));
  });
});

describe('requests that are not valid', () => {
  it('are counted for ten minutes, and ban the address for a while when they are too many', async () => {
    const forbidden = () => stage.api.get(`/channels/${hidden}/messages`);
    const hidden = stage.discord.addChannel(stage.guild.id, 'hidden', { botMaySee: false }).id;
    await times(3, forbidden);
    expect(stage.discord.invalidRequests).toBe(3);
    stage.discord.advance(10 * 60_000);
    expect(stage.discord.invalidRequests).toBe(0);

    stage.discord.setLimits('off');
    for (let count = 0; count < MOST_INVALID; count += 100) await times(100, forbidden);
    expect(stage.discord.invalidRequests).toBe(MOST_INVALID);
    stage.discord.setLimits('real');
    const banned = await stage.api.get('/users/@me');
    expect(banned).toMatchObject({ status: 429, body: { message: expect.stringContaining('You are being blocked') } });
    stage.discord.advance(10 * 60_000);
    expect((await stage.api.get('/users/@me')).status).toBe(200);
  });
});

describe('discord.js', () => {
  it('keeps to the buckets that it is told of, and is refused nothing', async () => {
    const rest = new REST({ api: stage.discord.url }).setToken(stage.discord.token);
    await times(7, () => rest.post(messages as `/${string}`, { body: { content: 'x' } }));
    expect(stage.discord.channelMessages(stage.guild.general.id)).toHaveLength(7);
    expect(stage.discord.requests.filter(({ status }) => status === 429)).toEqual([]);
  });
});

describe('without limits', () => {
  it('nothing is refused, and no header speaks of any', async () => {
    stage.discord.setLimits('off');
    const answers = await times(80, () => post());
    expect(new Set(statuses(answers))).toEqual(new Set([200]));
    expect(limitOf(answers[0] as Answered)).toEqual([null, null, null, null, null]);
  });
});

describe('latency', () => {
  it('comes with every request, while it is wanted', async () => {
    const read = (signal?: AbortSignal) =>
      fetch(`${stage.discord.url}/v10/users/@me`, {
        headers: { authorization: `Bot ${stage.discord.token}` },
        ...(signal && { signal }),
      });
    stage.discord.setLatency({ minMs: 600_000, maxMs: 600_000 });
    await expect(read(AbortSignal.timeout(50))).rejects.toThrow('timeout');
    stage.discord.setLatency({ minMs: 1, maxMs: 4 });
    expect((await read()).status).toBe(200);
    stage.discord.setLatency();
    expect((await read()).status).toBe(200);
  });

  it('is spread, and the same again for the same seed', () => {
    const few = (seed: number) => Array.from({ length: 50 }, createWays({ minMs: 40, maxMs: 400, seed }));
    expect(few(3)).toEqual(few(3));
    expect(few(3)).not.toEqual(few(4));
    expect(Math.min(...few(3))).toBeGreaterThanOrEqual(40);
    expect(Math.max(...few(3))).toBeLessThan(400);
    expect(Math.max(...few(3)) - Math.min(...few(3))).toBeGreaterThan(200);
  });
});
