import { Events } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { PUBLISHED_EDITS } from '../../../sandbox/discord/old-edits.ts';
import type { Fault } from '../../../sandbox/discord/start-discord.ts';
import type { Command } from '../../../src/discord/interactions/handler.ts';
import { TooManyEdits } from '../../../src/outbox/outbox.ts';
import { message } from '../../../src/views/kit/message.ts';
import { type Stage, startStage, trial, view } from '../stage.ts';

const MESSAGES = /\/channels\/\d+\/messages/;
const CALLBACK = /\/callback$/;
const word = message({ title: 'Word' });

async function listening() {
  const stage = await startStage();
  let refusals = 0;
  stage.client.on(Events.Invalidated, () => {
    refusals += 1;
  });
  const send = () => stage.directMessages.send(stage.alice.id, word);
  return { ...stage, send, refusals: () => refusals };
}

describe('a 401 from Discord', () => {
  it('to one request takes the token from nobody: it is asked about, and the request is made again', async () => {
    const { discord, alice, send, refusals, logged } = await listening();
    discord.fail({ method: 'POST', path: MESSAGES, with: 401 });
    await send();
    expect(discord.dmsOf(alice.id)).toHaveLength(1);
    expect(discord.requests.filter(({ path }) => path === '/users/@me')).toHaveLength(1);
    expect(logged('answered 401 to one request')).toBeDefined();
    await send();
    expect(discord.dmsOf(alice.id)).toHaveLength(2);
    expect(refusals()).toBe(0);
  });

  it('to every request of a kind fails those, and nothing else', async () => {
    const { discord, alice, send, refusals } = await listening();
    const broken = discord.fail({ method: 'POST', path: MESSAGES, with: 401, times: 99 });
    await expect(send()).rejects.toMatchObject({ kind: 'unavailable' });
    broken.lift();
    await send();
    expect(discord.dmsOf(alice.id)).toHaveLength(1);
    expect(refusals()).toBe(0);
  });

  it('while nobody can tell about the token is no word on it', async () => {
    const { discord, alice, send, refusals } = await listening();
    const asked = discord.fail({ path: /^\/users\/@me$/, with: 500, times: 99 });
    discord.fail({ method: 'POST', path: MESSAGES, with: 401 });
    await send();
    expect(asked.hits).toBe(1);
    expect(discord.dmsOf(alice.id)).toHaveLength(1);
    expect(refusals()).toBe(0);
  });

  it('to the token itself is said, and what was to be sent fails', async () => {
    const { discord, send, refusals, logged } = await listening();
    discord.fail({ path: /./, with: 401, times: 99 });
    await expect(send()).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(refusals()).toBe(1);
    expect(logged('Discord refuses the bot token')?.level).toBe('error');
  });

  it('about the token of an answer is not about the bot’s', async () => {
    const { discord, ctx, refusals } = await listening();
    await expect(ctx.webhooks.edit('gone', '@original', word)).rejects.toMatchObject({ kind: 'gone' });
    expect(discord.requests.some(({ path }) => path === '/users/@me')).toBe(false);
    expect(refusals()).toBe(0);
  });
});

describe('a 429 from Discord', () => {
  it.each([
    ['of an old message', { status: 429, code: 30046, message: 'Maximum number of edits reached' }],
    ['of any kind', { status: 429, code: 0, message: 'You are being rate limited.' }],
  ])('%s that does not say when is asked once, and left to whoever asked', async (_, how) => {
    const { discord, guild, ctx } = await startStage();
    const place = await ctx.channelMessages.post(guild.id, guild.general.id, word, { nonce: 'n', mayBeOut: false });
    if (!place) throw new Error('it is not there');
    const limit = discord.fail({ method: 'PATCH', path: MESSAGES, with: how, times: 9999 });
    const edited = ctx.channelMessages.edit(place, message({ title: 'Later' }));
    await expect(edited).rejects.toBeInstanceOf(TooManyEdits);
    expect(limit.hits).toBe(1);
  });

  it('that says in a header what its body does not mean is asked once, too', async () => {
    const { discord, guild, ctx } = await startStage();
    const place = await ctx.channelMessages.post(guild.id, guild.general.id, word, { nonce: 'n', mayBeOut: false });
    if (!place) throw new Error('it is not there');
    discord.publish(place.message);
    const edit = (title: string) => ctx.channelMessages.edit(place, message({ title }));
    for (let count = 0; count < PUBLISHED_EDITS.most; count++) await edit(`Later ${count}`);
    await expect(edit('Too late')).rejects.toBeInstanceOf(TooManyEdits);
    expect(discord.requests.filter(({ status }) => status === 429)).toHaveLength(1);
  });

  it('that says when is waited for', async () => {
    const { discord, alice, directMessages } = await startStage();
    const limit = discord.fail({ method: 'POST', path: MESSAGES, with: 429, retryAfter: 0.2 });
    await directMessages.send(alice.id, word);
    expect(limit.hits).toBe(1);
    expect(discord.dmsOf(alice.id)).toHaveLength(1);
  });
});

describe('an acknowledgement whose answer was lost', () => {
  async function run(...faults: readonly Partial<Fault>[]) {
    let runs = 0;
    const counted: Command['run'] = async () => {
      runs += 1;
      return view('Done');
    };
    const stage = await startStage([trial(counted)]);
    for (const fault of faults) stage.discord.fail({ path: CALLBACK, with: 500, ...fault });
    const exchange = await stage.here(stage.alice).run('try');
    return { stage, exchange, runs: () => runs };
  }

  const unanswered = ({ logged }: Stage) => logged('could not be answered')?.facts.err;

  it.each([
    ['a fault of Discord’s own', [{ after: true, with: 500 }]],
    ['a broken connection', [{ after: true, with: 'reset' }]],
    ['no answer at all', [{ after: true, with: 'hang' }]],
    ['two of them', [{ after: true, with: 502 }, { with: 'reset' }]],
    ['a fault before it was taken', [{ with: 503 }]],
    ['a limit after it', [{ after: true, with: 500 }, { with: 429 }]],
  ] as const)('is taken for accepted, whether it was lost by %s', async (_, faults) => {
    const { exchange, runs, stage } = await run(...faults);
    expect((await exchange.settled()).text).toContain('Done');
    expect(runs()).toBe(1);
    expect(unanswered(stage)).toBeUndefined();
  });

  it('is not, where another process may have answered and no try of ours can have arrived', async () => {
    const { runs, stage } = await run({ with: { status: 400, code: 40060, message: 'x' }, times: 99 });
    await expect.poll(() => unanswered(stage)).toMatchObject({ kind: 'gone', code: 40060 });
    expect(runs()).toBe(0);
  });

  it('is given up when Discord never answers', async () => {
    const { runs, stage } = await run({ with: 500, times: 99 });
    await expect.poll(() => unanswered(stage)).toMatchObject({ kind: 'unavailable' });
    expect(runs()).toBe(0);
  });

  it('is over where Discord says that it came too late', async () => {
    const { runs, stage } = await run({ with: 500 }, { with: { status: 404, code: 10062, message: 'x' }, times: 99 });
    await expect.poll(() => unanswered(stage)).toMatchObject({ kind: 'gone', code: 10062 });
    expect(runs()).toBe(0);
  });
});
