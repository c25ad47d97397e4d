import { describe, expect, it } from 'vitest';
import { routeOf } from '../../../src/discord/gateway/health.ts';
import { waitToldBy } from '../../../src/discord/gateway/requests.ts';
import { type Stage, startStage, trial, view } from '../stage.ts';

const ORIGINAL = { method: 'PATCH', path: /\/webhooks\/.*original$/ };

/** So many have pressed, and wait for an answer that is not there yet. */
async function waiting(count: number) {
  const stage = await startStage([trial(() => new Promise(() => undefined))]);
  const here = stage.here(stage.alice);
  const presses = await Promise.all(Array.from({ length: count }, () => here.run('try')));
  const edit = (token: string, title = 'Done') => stage.ctx.webhooks.edit(token, '@original', view(title));
  return { ...stage, presses, edit };
}

/** The most requests of a kind that Discord had at once. */
function mostAtOnce({ discord }: Pick<Stage, 'discord'>, isMeant: (method: string, path: string) => boolean): number {
  const meant = discord.requests.filter(({ method, path }) => isMeant(method, path));
  const steps = meant.flatMap(({ at, endedAt = at }) => [
    { at, by: 1 },
    { at: endedAt, by: -1 },
  ]);
  let [most, under] = [0, 0];
  for (const { by } of steps.sort((one, other) => one.at - other.at || one.by - other.by)) {
    under += by;
    most = Math.max(most, under);
  }
  return most;
}

describe('the door of answers', () => {
  it('does not wait for what holds up the bot’s own requests', async () => {
    const { client, presses, edit } = await waiting(1);
    // As after its 50th request of a second, or a 429 for all of them.
    client.rest.globalRemaining = 0;
    client.rest.globalReset = Date.now() + 10 * 60_000;
    const [press] = presses;
    await edit(press?.token ?? '');
    expect((await press?.settled())?.text).toBe('**Done**');
  });

  it('has two dozen edits out at once, and no more', async () => {
    const stage = await waiting(60);
    stage.discord.setLatency({ minMs: 60, maxMs: 60 });
    await Promise.all(stage.presses.map(({ token }) => stage.edit(token)));
    const most = mostAtOnce(stage, (method) => method === 'PATCH');
    expect(most).toBeGreaterThan(4);
    expect(most).toBeLessThanOrEqual(24);
  });

  it.each([
    ['401', 401],
    ['403', 403],
    ['an unknown message', { status: 404, code: 10008, message: 'x' }],
    ['an unknown webhook', { status: 404, code: 10015, message: 'x' }],
    ['an unknown interaction', { status: 404, code: 10062, message: 'x' }],
    ['a token that has ended', { status: 401, code: 50027, message: 'Invalid Webhook Token' }],
  ] as const)('that Discord closes with %s is a failure, and costs the bot nothing', async (_, how) => {
    const { discord, alice, directMessages, presses, edit } = await waiting(1);
    const before = discord.requests.length;
    discord.fail({ ...ORIGINAL, with: how });
    await expect(edit(presses[0]?.token ?? '')).rejects.toMatchObject({ name: 'DiscordFailure' });
    expect(discord.requests).toHaveLength(before + 1);
    await directMessages.send(alice.id, view('Still here'));
    expect(discord.dmsOf(alice.id)).toHaveLength(1);
    expect(discord.requests.some(({ path }) => path === '/users/@me')).toBe(false);
  });

  it('sends no token of the bot’s, and no word of its failures tells one of its own', async () => {
    const { discord, log, presses, edit } = await waiting(1);
    const token = presses[0]?.token ?? '';
    discord.fail({ ...ORIGINAL, with: 429, retryAfter: 0.05 });
    await edit(token);
    discord.fail({ ...ORIGINAL, with: { status: 400, code: 50035, message: 'x' } });
    const failure = await edit(token).catch((error: unknown) => error);
    expect(JSON.stringify([log, failure, String(failure)])).not.toContain(token);
  });

  it('waits as long as Discord says, which is logged and in the health record', async () => {
    const { discord, ctx, logged, presses, edit } = await waiting(1);
    const limit = discord.fail({ ...ORIGINAL, with: 429, retryAfter: 0.2 });
    await edit(presses[0]?.token ?? '');
    expect(limit.hits).toBe(1);
    expect(presses[0]?.message()?.text).toBe('**Done**');
    const route = '/webhooks/:id/:token/messages/@original';
    expect(ctx.health.read()).toMatchObject({ last: { route } });
    expect(logged('Discord answered 429')?.facts).toMatchObject({ route, scope: 'user' });
  });
});

it('acknowledgements have 64 connections, however many press at once', async () => {
  const stage = await startStage([trial(async () => view('Done'), { reads: () => true })]);
  stage.discord.setLatency({ minMs: 500, maxMs: 500 });
  const here = stage.here(stage.alice);
  const presses = await Promise.all(Array.from({ length: 100 }, () => here.run('try')));
  expect(presses.map(({ error }) => error).filter(Boolean)).toEqual([]);
  const most = mostAtOnce(stage, (_, path) => path.endsWith('/callback'));
  expect(most).toBeGreaterThan(8);
  expect(most).toBeLessThanOrEqual(64);
});

describe('what discord.js does in silence', () => {
  it('is logged once for many, and counted', async () => {
    const { ctx, discord, alice, directMessages, log } = await startStage();
    discord.fail({ method: 'POST', path: /\/channels\/\d+\/messages/, with: 429, retryAfter: 0.05, times: 3 });
    await directMessages.send(alice.id, view('Word'));
    expect(ctx.health.read().waits).toBeGreaterThanOrEqual(3);
    expect(log.filter(({ text }) => text.includes('answered 429'))).toHaveLength(1);
  });

  it('is how many requests were invalid, those of answers too: they bar the same bot', async () => {
    const { ctx, discord, logged, edit } = await waiting(0);
    discord.fail({ ...ORIGINAL, with: { status: 401, code: 50027, message: 'Invalid Webhook Token' }, times: 500 });
    const outcomes = await Promise.allSettled(Array.from({ length: 500 }, (_, number) => edit(`token-${number}`)));
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(ctx.health.read().invalid).toBeGreaterThanOrEqual(500);
    expect(logged('many requests were invalid')).toBeDefined();
  });

  it('is how often it may still sign in', async () => {
    const { ctx } = await startStage();
    expect(ctx.health.read().signIns?.left).toBeGreaterThan(900);
  });

  it.each([
    ['/webhooks/1000000000000000001/secret-token/messages/@original', '/webhooks/:id/:token/messages/@original'],
    ['/webhooks/1000000000000000001/secret-token?wait=true', '/webhooks/:id/:token'],
    ['/interactions/1575904213618130946/secret-token/callback', '/interactions/:id/:token/callback'],
    ['/channels/1575904213618130946/messages/1575904213618130947', '/channels/:id/messages/:id'],
  ])('is named by its route alone: %s', (path, route) => {
    expect(routeOf(`https://discord.com/api/v10${path}`)).toBe(route);
  });

  it.each([
    [{ 'retry-after': '2', 'x-ratelimit-scope': 'user' }, 'user', 2_000],
    [{ 'retry-after': '2', 'x-ratelimit-scope': 'shared' }, 'shared', 2_000],
    [{ 'retry-after': '0.5', 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' }, 'global', 500],
    [{ 'retry-after': '3600' }, 'address', 3_600_000],
    [{}, 'address', undefined],
  ])('is whom a 429 is about, and for how long: %o', (headers, scope, forMs) => {
    const answer = new Response(null, { status: 429, headers: headers as Record<string, string> });
    const route = '/gateway/bot';
    expect(waitToldBy(`https://discord.com/api/v10${route}`, answer)).toEqual({ route, scope, forMs });
    expect(
      waitToldBy(
        'https://discord.com/api/v10/x',
        new Response(null, { status: 200, headers: headers as Record<string, string> }),
      ),
    ).toBeUndefined();
  });
});
